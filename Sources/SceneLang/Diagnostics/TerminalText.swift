extension Unicode.Scalar {
  /// Whether a terminal would obey this character instead of showing it: controls (ESC among them), line separators,
  /// and the marks that reorder text (Unicode, UAX 9), with which a line can pretend to be another.
  var steersTerminal: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// The character as text: `\u{1b}`.
  var visibleEscape: String { "\\u{\(hexadecimal(value, digits: 2))}" }
}

/// Lower-case hexadecimal digits, at least `digits` of them.
func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}

/// `text` on one line, harmless to a terminal: whatever steers one is written as an escape, and what is longer than
/// `limit` code points is cut.
public func terminalSafe(_ text: String, limit: Int = 500) -> String {
  if text.unicodeScalars.count > limit {
    return terminalSafe(String(text.unicodeScalars.prefix(limit)), limit: limit) + "…"
  }
  guard text.unicodeScalars.contains(where: \.steersTerminal) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if scalar.steersTerminal { result += scalar.visibleEscape } else { result.unicodeScalars.append(scalar) }
  }
  return result
}
