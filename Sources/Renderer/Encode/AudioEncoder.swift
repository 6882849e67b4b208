import SceneLang

/// Which part of a sound a video holds.
struct SoundSpan: Hashable, Sendable {
  /// Of each channel at 48 kHz, counted from the beginning of the whole video.
  let samples: Range<Int>
  /// Seconds: fades end here, whatever part is built.
  let videoEnd: Double

  /// What sounds under some frames of a video of `count`.
  init(_ frames: Range<Int>, of count: Int, _ fps: FrameRate) {
    let (clock, rate) = (VideoClock(fps), SoundFormat.video.sampleRate)
    samples =
      clock.samples(
        frames: frames.lowerBound, sampleRate: rate)..<clock.samples(
        frames: frames.upperBound, sampleRate: rate)
    videoEnd = fps.seconds(ofFrame: count)
  }
}

/// Encodes the scene's sound once, exactly as long as the video.
enum AudioEncoder {
  static let bitRate = "192k"

  /// The part `span` of a mix as AAC in an mp4 file: silence follows where the mix is shorter, what is longer is cut.
  ///
  /// Throws a failure of kind `asset` when ffmpeg finds no sound that it can read.
  static func encode(
    _ mix: OpenedMix, _ span: SoundSpan, into part: PartFile, _ toolchain: Toolchain, _ cancellation: Cancellation,
    log: Descriptor? = nil
  ) throws(BuildFailure) {
    let gain = try mix.loudness.map { (target) throws(BuildFailure) in
      var meter = LoudnessMeter()
      try SoundMixer(mix, .video, end: span.videoEnd, toolchain, cancellation).run { (block) throws(BuildFailure) in
        meter.take(block)
      }
      return meter.gain(to: target)
    }
    var command = ChildCommand.ffmpeg(toolchain, arguments, log: log)
    command.readsPipe = true
    command.output = part
    let child = try ChildProcess(command, cancellation)
    var position = 0
    try SoundMixer(mix, .video, end: span.videoEnd, toolchain, cancellation).run { (block) throws(BuildFailure) in
      let channels = SoundFormat.video.channels
      if let gain { for index in block.indices { block[index] *= gain } }
      let wanted = span.samples.clamped(to: position..<position + block.count / channels)
      if !wanted.isEmpty {
        let part = block[(wanted.lowerBound - position) * channels..<(wanted.upperBound - position) * channels]
        try child.write(UnsafeRawBufferPointer(UnsafeMutableBufferPointer(rebasing: part)))
      }
      position += block.count / channels
    }
    try writeSilence(span.samples.upperBound - max(position, span.samples.lowerBound), to: child)
    try child.waitForSuccess(progress: { part.progress })
    guard let file = try? Descriptor(reading: part.path), let track = MP4Track(file), track.sampleCount > 0 else {
      throw BuildFailure(.encoder, "ffmpeg did not encode the sound")
    }
  }

  private static func writeSilence(_ count: Int, to child: ChildProcess) throws(BuildFailure) {
    let silence = [UInt8](repeating: 0, count: 1 << 16)
    var left = max(count, 0) * SoundFormat.video.channels * MemoryLayout<Float>.size
    while left > 0 {
      let part = silence.prefix(left)
      try child.write(part)
      left -= part.count
    }
  }

  /// Decodes the first moments and throws a failure of kind `asset` when there is no sound: better told before the
  /// pictures are rendered than after.
  static func check(_ media: MediaFile, _ toolchain: Toolchain, _ cancellation: Cancellation) throws(BuildFailure) {
    var command = ChildCommand.ffmpeg(
      toolchain,
      ["-t", "0.1"] + MediaFile.inputOptions + ["-map", "0:a:0", "-vn", "-sn", "-dn", "-f", "null", "-"])
    command.inherited = [media.descriptor]
    command.limits = .decoding
    let child = try ChildProcess(command, cancellation)
    try checkStatus(of: child, media, try child.wait())
  }

  private static func checkStatus(of child: ChildProcess, _ media: MediaFile, _ status: ExitStatus) throws(BuildFailure)
  {
    guard !status.isSuccess else { return }
    throw BuildFailure(.asset, "no sound could be read from `\(media.path)`: ffmpeg \(status)\n\(child.errorTail())")
  }

  static let arguments: [String] = [
    "-f", "f32le", "-ar", "\(SoundFormat.video.sampleRate)", "-ac", "\(SoundFormat.video.channels)", "-i", "pipe:0",
    "-c:a", "aac", "-b:a", bitRate, "-threads", "1", "-cpuflags", "0", "-fflags", "+bitexact", "-flags:a", "+bitexact",
    "-map_metadata", "-1", "-map_chapters", "-1", "-movie_timescale", "\(SoundFormat.video.sampleRate)", "-f", "mp4",
    ChildCommand.outputPath,
  ]
}
