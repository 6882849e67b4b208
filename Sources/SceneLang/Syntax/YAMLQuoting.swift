/// `text` as a quoted YAML scalar on one line: in double quotes if it needs no escapes there, else in single ones, where
/// only the quote itself is doubled.
func quotedForYAML(_ text: String) -> String {
  if !text.contains("\""), !text.contains("\\") { return "\"\(text)\"" }
  return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}

/// Advice to quote a value, with the value if it is not too long for a line.
func quotingHelp(_ text: String) -> String {
  text.utf8.count > 80 || text.contains("\n") ? "put the whole value in quotes" : "write `\(quotedForYAML(text))`"
}

/// What is called in a call with a map among its arguments in parentheses, as in `rotate(plasma, by={keys: …})`, which quotes
/// make no better; nil for any other text.
func callWithMap(_ text: String) -> Substring? {
  let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) }
  guard !name.isEmpty, text[name.endIndex...].hasPrefix("(") else { return nil }
  let packed = text.filter { $0 != " " }
  return packed.contains("={") || packed.contains("=[") ? name : nil
}

/// Advice for what `callWithMap` finds.
func mapCallHelp(_ name: Substring) -> String {
  "no map stands between parentheses: write the call as a map, too, `{\(name): {…}}`"
}
