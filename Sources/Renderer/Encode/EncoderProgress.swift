/// How far an ffmpeg is that encodes a whole video: what it notes in a file as it goes on.
struct EncoderProgress {
  /// The file, to be inherited.
  let file: Descriptor

  init() throws(BuildFailure) { file = try .scratch(in: Descriptor.temporaryFolder) }

  /// Has ffmpeg note its progress in the file that it finds at `path`, five times a second.
  static func arguments(_ path: String) -> [String] { ["-stats_period", "0.2", "-progress", path] }

  /// Frames that were encoded when it noted last: 0 before the first.
  var frames: Int {
    // A note has some 300 bytes.
    let start = max(0, file.size - 1000)
    let text = (try? file.read(1000, at: start)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    // The last line may be half written.
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().last { $0.hasPrefix("frame=") }
    return line.flatMap { Int($0.dropFirst("frame=".count)) } ?? 0
  }
}
