/// Text that the system hands over, which may be any bytes: names of files, and the words of the command line.
struct SystemText: Sendable {
  /// As it is; where it is no UTF-8, with an escape such as `\xff` for each byte beyond ASCII.
  let shown: String
  let isUTF8: Bool

  /// Reads up to the first zero.
  init(_ start: UnsafePointer<CChar>) {
    var bytes: [UInt8] = []
    while start[bytes.count] != 0 { bytes.append(UInt8(bitPattern: start[bytes.count])) }
    let text = String(validating: bytes, as: UTF8.self)
    isUTF8 = text != nil
    shown = text ?? bytes.map { $0 < 0x80 ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }.joined()
  }

  /// The words that the process was called with, without its own name.
  ///
  /// Throws `CommandFailure` for one that is no UTF-8.
  static func words() throws -> [String] {
    let words = (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0].map { SystemText($0) } }.dropFirst()
    if let wrong = words.firstIndex(where: { !$0.isUTF8 }) {
      throw CommandFailure(.usage, "argument \(wrong) is no UTF-8: `\(words[wrong].shown)`")
    }
    return words.map(\.shown)
  }
}
