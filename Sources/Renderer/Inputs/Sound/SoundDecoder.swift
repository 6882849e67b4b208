/// Decodes the sound of a media file to floats, a block at a time: memory does not grow with its length.
final class SoundDecoder {
  /// Seconds; the longest video. What comes after is never heard.
  static let longest = 36_000
  /// What ffmpeg calls the file.
  private let media: MediaFile
  private let child: ChildProcess
  private let channels: Int
  private var total = 0

  init(
    _ media: MediaFile, _ format: SoundFormat, _ toolchain: Toolchain, _ cancellation: Cancellation
  ) throws(BuildFailure) {
    var command = ChildCommand.ffmpeg(toolchain, Self.arguments(format))
    command.inherited = [media.descriptor]
    command.limits = .decoding
    command.streamsOutput = true
    self.media = media
    channels = format.channels
    child = try ChildProcess(command, cancellation)
  }

  /// Fills `samples`, about −1…1 and always finite, with all channels beside each other, and gives how many it wrote: fewer
  /// than asked for only at the end. Precondition: room for whole frames.
  ///
  /// Throws a failure of kind `asset` when ffmpeg found no sound that it can read.
  func read(into samples: UnsafeMutableBufferPointer<Float>) throws(BuildFailure) -> Int {
    precondition(samples.count.isMultiple(of: channels), "channels stay together")
    let bytes = try child.read(into: UnsafeMutableRawBufferPointer(samples))
    let count = bytes / (MemoryLayout<Float>.size * channels) * channels
    // A file may hold floats, and those may be anything.
    for index in 0..<count where !(abs(samples[index]) <= 64) { samples[index] = 0 }
    total += count
    if count < samples.count { try finish() }
    return count
  }

  private func finish() throws(BuildFailure) {
    let status = try child.wait()
    if status.isSuccess && total > 0 { return }
    let words = child.errorTail()
    let holdsNone = status.isSuccess || words.contains("matches no streams")
    let reason = holdsNone ? "it holds none" : ChildCommand.reason(in: words) ?? "ffmpeg \(status)"
    throw BuildFailure(.asset, "no sound could be read from `\(media.path)`: \(reason)")
  }

  /// Gaps before the sound's first sample are silence.
  private static func arguments(_ format: SoundFormat) -> [String] {
    let layout = format.channels == 1 ? "mono" : "stereo"
    // No processor features: the sound's bits are the same on every machine, for a twelfth more time.
    return ["-cpuflags", "0"] + MediaFile.inputOptions + [
      "-map", "0:a:0", "-vn", "-sn", "-dn",
      "-af", "aresample=\(format.sampleRate):async=1:first_pts=0,aformat=sample_fmts=flt:channel_layouts=\(layout)",
      "-t", "\(longest)", "-fflags", "+bitexact", "-f", "f32le", "-",
    ]
  }
}
