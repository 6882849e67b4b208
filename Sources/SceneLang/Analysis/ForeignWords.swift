/// Words that mean something in YAML 1.1 and other languages, and here only in messages.
enum ForeignWords {
  /// What `yes`, `no`, `on` and `off` stand for; nil for any other word.
  static func boolean(_ key: String) -> String? {
    switch key {
    case "yes", "on": "true"
    case "no", "off": "false"
    default: nil
    }
  }
}

extension Diagnostic {
  static func foreignBoolean(_ text: String, _ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "foreign_boolean", "`\(text)` is text here, not true or false", at: span, caret: "write `\(word)`",
      edit: Edit(span, replacement: word, isSafe: true))
  }
}
