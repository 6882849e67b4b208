import CSystem
import Glibc
import SceneLang

/// Standard output and standard error of the process, with what they are connected to.
struct Console: Sendable {
  enum ColorMode: String, Sendable, CaseIterable { case auto, always, never }

  /// Whether standard error (messages, diagnostics, progress) shows colour.
  let colorsMessages: Bool
  /// Whether standard output shows colour.
  let colorsOutput: Bool
  /// Whether standard error is a terminal: only then a progress bar redraws its line.
  let isInteractive: Bool

  /// Whether standard output is a terminal that takes more than text.
  private let drawsOutput: Bool

  /// `auto` colours terminals only, and none when NO_COLOR has a value. A terminal that TERM calls `dumb` is taken for none.
  init(color: ColorMode) {
    let isClever = getenv("TERM").map { String(cString: $0) } != "dumb"
    isInteractive = isClever && isatty(STDERR_FILENO) == 1
    drawsOutput = isClever && isatty(STDOUT_FILENO) == 1
    let wantsColor = getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
    switch color {
    case .always: (colorsMessages, colorsOutput) = (true, true)
    case .never: (colorsMessages, colorsOutput) = (false, false)
    case .auto:
      colorsMessages = wantsColor && isInteractive
      colorsOutput = wantsColor && drawsOutput
    }
  }

  /// Characters that fit into a line of the terminal, as wide as it is now; nil where it does not tell.
  var columns: Int? {
    let columns = Int(csystem_terminal_columns(STDERR_FILENO))
    return columns > 0 ? columns : nil
  }

  /// Columns and rows of the terminal that standard output is; nil where it is none, or does not tell.
  var outputSize: (columns: Int, rows: Int)? {
    let (columns, rows) = (csystem_terminal_columns(STDOUT_FILENO), csystem_terminal_rows(STDOUT_FILENO))
    return drawsOutput && columns > 0 && rows > 0 ? (Int(columns), Int(rows)) : nil
  }

  /// Writes results to standard output, as given. A reader that went away ends the output in silence; gives whether there is
  /// one.
  @discardableResult
  func write(_ text: String) throws -> Bool {
    if Self.writeAll(text, to: STDOUT_FILENO) { return true }
    guard errno == EPIPE else {
      throw CommandFailure(.rendering, "cannot write to standard output: \(String(cString: strerror(errno)))")
    }
    return false
  }

  /// Writes messages to standard error, as given.
  func message(_ text: String) {
    // A message that cannot be shown has no other way to be told.
    _ = Self.writeAll(text, to: STDERR_FILENO)
  }

  /// Shows a failure: message and help.
  func report(_ failure: CommandFailure) {
    message(paint("error", "1;31") + ": \(failure.message.terminalSafe)\n")
    if let help = failure.help { message(paint("help", "1;36") + ": \(help.terminalSafe)\n") }
  }

  /// Shows a warning, in place of a progress bar where one is drawn.
  func warn(_ text: String, insteadOfBar: Bool = false) {
    message((insteadOfBar ? "\r\u{1B}[K" : "") + paint("warning", "1;33") + ": \(text.terminalSafe)\n")
  }

  private func paint(_ text: String, _ style: String) -> String {
    colorsMessages ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }

  /// Whether all was written; else `errno` tells why not.
  static func writeAll(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var offset = 0
      while offset < bytes.count {
        let written = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        if written < 0 {
          if errno == EINTR { continue }
          return false
        }
        offset += written
      }
      return true
    }
  }
}

extension String {
  /// The text with what could command a terminal written as escapes; line breaks stay, since a failure may quote
  /// several lines of a program's last words.
  var terminalSafe: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { SceneLang.terminalSafe(String($0), limit: 2000) }.joined(separator: "\n")
  }
}
