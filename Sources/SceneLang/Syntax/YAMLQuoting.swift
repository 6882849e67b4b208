/// `text` as a quoted YAML scalar on one line: in double quotes if it needs no escapes there, else in single ones, where
/// only the quote itself is doubled.
func quotedForYAML(_ text: String) -> String {
  if !text.contains("\""), !text.contains("\\") { return "\"\(text)\"" }
  return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}
