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
