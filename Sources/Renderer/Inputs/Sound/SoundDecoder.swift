/// Decodes the sound of a media file to one channel of floats, a block at a time: memory does not grow with its length.
enum SoundDecoder {
  /// Samples per second (CATALOGUE X-26).
  static let sampleRate = 22_050
  /// Seconds; the longest video. What comes after is never heard.
  static let longest = 36_000
  private static let blockSize = 1 << 16
  /// What ffmpeg calls the file.
  private static let inputPrefix = "\(ChildCommand.inheritedPath): "

  /// Gives the samples, about −1…1 and always finite, to `take` in blocks of at most 65 536.
  ///
  /// Throws a failure of kind `asset` when ffmpeg finds no sound that it can read.
  static func decode(
    _ media: MediaFile, _ toolchain: Toolchain, _ cancellation: Cancellation,
    _ take: (UnsafeBufferPointer<Float>) -> Void
  ) throws(BuildFailure) {
    var command = ChildCommand.ffmpeg(toolchain, arguments)
    command.inherited = media.descriptor
    command.limits = .decoding
    command.streamsOutput = true
    let child = try ChildProcess(command, cancellation)
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: blockSize)
    defer { block.deallocate() }
    var total = 0
    while true {
      let count = try child.read(into: UnsafeMutableRawBufferPointer(block)) / MemoryLayout<Float>.size
      // A file may hold floats, and those may be anything.
      for index in 0..<count where !(abs(block[index]) <= 64) { block[index] = 0 }
      take(UnsafeBufferPointer(rebasing: block[..<count]))
      total += count
      if count < blockSize { break }
    }
    let status = try child.wait()
    guard status.isSuccess, total > 0 else {
      let reason = child.errorTail().split(separator: "\n").last.map(String.init) ?? "ffmpeg \(status)"
      let told = reason.hasPrefix(Self.inputPrefix) ? String(reason.dropFirst(Self.inputPrefix.count)) : reason
      throw BuildFailure(
        .asset, "no sound can be read from `\(media.path)`: \(status.isSuccess ? "it holds none" : told)")
    }
  }

  /// The sound starts where the video's own track will: gaps before it are silence.
  private static let arguments =
    AudioEncoder.readingOptions + MediaFile.inputOptions + AudioEncoder.soundOnly + [
      "-af", "aresample=\(sampleRate):async=1:first_pts=0,aformat=sample_fmts=flt:channel_layouts=mono",
      "-t", "\(longest)", "-fflags", "+bitexact", "-f", "f32le", "-",
    ]
}
