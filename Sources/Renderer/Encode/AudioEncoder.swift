import SceneLang

/// Encodes the scene's sound once, exactly as long as the video.
enum AudioEncoder {
  static let sampleRate = 48_000
  static let bitRate = "192k"

  /// The sound under frames `frames` of the video as AAC in an mp4 file: silence follows where the track is shorter,
  /// what is longer is cut. Only numbers of ours enter the filters.
  ///
  /// Throws a failure of kind `asset` when ffmpeg finds no sound that it can read.
  static func encode(
    _ media: MediaFile, frames: Range<Int>, _ fps: FrameRate, into part: PartFile, _ toolchain: Toolchain,
    _ cancellation: Cancellation, log: Descriptor? = nil
  ) throws(BuildFailure) {
    var command = ChildCommand.ffmpeg(toolchain, arguments(frames: frames, fps), log: log)
    command.output = part
    command.inherited = media.descriptor
    command.limits = .decoding
    let child = try ChildProcess(command, cancellation)
    try checkStatus(of: child, media, try child.wait(progress: { part.progress }))
    guard let file = try? Descriptor(reading: part.path), let track = MP4Track(file), track.sampleCount > 0 else {
      throw BuildFailure(.encoder, "ffmpeg did not encode the sound of `\(media.path)`")
    }
  }

  /// Decodes the first moments and throws a failure of kind `asset` when there is no sound: better told before the
  /// pictures are rendered than after.
  static func check(_ media: MediaFile, _ toolchain: Toolchain, _ cancellation: Cancellation) throws(BuildFailure) {
    var command = ChildCommand.ffmpeg(
      toolchain, readingOptions + ["-t", "0.1"] + MediaFile.inputOptions + soundOnly + ["-f", "null", "-"])
    command.inherited = media.descriptor
    command.limits = .decoding
    let child = try ChildProcess(command, cancellation)
    try checkStatus(of: child, media, try child.wait())
  }

  private static func checkStatus(of child: ChildProcess, _ media: MediaFile, _ status: ExitStatus) throws(BuildFailure)
  {
    guard !status.isSuccess else { return }
    throw BuildFailure(.asset, "no sound could be read from `\(media.path)`: ffmpeg \(status)\n\(child.errorTail())")
  }

  // No processor features: the sound's bits are the same on every machine, for a twelfth more time.
  static let readingOptions = ["-cpuflags", "0"]
  static let soundOnly = ["-map", "0:a:0", "-vn", "-sn", "-dn"]

  static func arguments(frames: Range<Int>, _ fps: FrameRate) -> [String] {
    let clock = VideoClock(fps)
    let start = clock.samples(frames: frames.lowerBound, sampleRate: sampleRate)
    let end = clock.samples(frames: frames.upperBound, sampleRate: sampleRate)
    let filters = [
      "aresample=\(sampleRate):async=1:first_pts=0", "apad", "atrim=start_sample=\(start):end_sample=\(end)",
      "asetpts=PTS-STARTPTS",
    ]
    return readingOptions + MediaFile.inputOptions + soundOnly + [
      "-af", filters.joined(separator: ","), "-ac", "2",
      "-c:a", "aac", "-b:a", bitRate, "-threads", "1", "-fflags", "+bitexact", "-flags:a", "+bitexact",
      "-map_metadata", "-1", "-map_chapters", "-1", "-movie_timescale", "\(sampleRate)", "-f", "mp4",
      ChildCommand.outputPath,
    ]
  }
}
