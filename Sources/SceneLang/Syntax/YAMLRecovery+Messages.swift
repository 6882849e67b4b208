// The wording for `YAMLRecovery`, which would otherwise drown in it.

extension YAMLRecovery {
  static func reservedCharacter(_ character: String, _ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "reserved_character", "a value cannot begin with `\(character)`", at: span,
      help: quotingHelp(text),
      edit: .init(span, replacement: quotedForYAML(text), isSafe: true))
  }

  static func nestedColon(_ text: String, at span: Span) -> Diagnostic {
    if let name = callWithMap(text) {
      return Diagnostic("nested_colon", "a value cannot hold `: ` here", at: span, help: mapCallHelp(name))
    }
    if let key = keyAfterComma(text) {
      return Diagnostic(
        "nested_colon", "a value cannot hold `: ` unless it is quoted", at: span,
        help: "if `\(key)` is a key, write it on a line of its own, or all of them in braces, as in "
          + "`{field: plasma, opacity: 0.3}`; if it is text, put quotes around the whole")
    }
    if let name = keyWithoutValue(text) {
      return Diagnostic(
        "nested_colon", "`\(name)` has a colon and no value", at: span,
        help: "remove the colon, or give it a value; a text is put in quotes",
        edit: .init(span, replacement: name))
    }
    if let help = expressionHelp(text) {
      return Diagnostic("nested_colon", "an expression has no `: `", at: span, help: help)
    }
    return Diagnostic(
      "nested_colon", "a value cannot hold `: ` unless it is quoted", at: span, help: quotingHelp(text),
      edit: .init(span, replacement: quotedForYAML(text), isSafe: true))
  }

  /// The name in `bloom:`.
  private static func keyWithoutValue(_ text: String) -> String? {
    guard text.hasSuffix(":") else { return nil }
    let name = text.dropLast()
    return !name.isEmpty && name.allSatisfy(\.isOfHyphenedName) ? String(name) : nil
  }

  /// What to write for `plasma(speed: 2)` and `x ? 1 : 2`; nil for other texts.
  private static func expressionHelp(_ text: String) -> String? {
    guard let colon = text.firstRange(of: ": ") else { return nil }
    let before = text[..<colon.lowerBound]
    if let open = before.lastIndex(of: "("), !before[open...].contains(")"), open > before.startIndex,
      before[..<open].allSatisfy(\.isOfHyphenedName)
    {
      let argument = before[open...].dropFirst().split(separator: ",").last.map { $0.drop { $0 == " " } } ?? ""
      let value = text[colon.upperBound...].prefix { !",)".contains($0) }
      return "named arguments are written `\(argument)=\(value)`"
    }
    return before.contains(" ? ") ? "a choice is written `if(condition, value, other)`" : nil
  }

  /// What looks like the second key of a mapping without its braces: `opacity` in `plasma, opacity: 0.3`.
  private static func keyAfterComma(_ text: String) -> String? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).dropFirst()
    return parts.lazy.compactMap { part -> String? in
      let entry = part.drop { $0 == " " }
      guard let colon = entry.firstIndex(of: ":"), entry[colon...].hasPrefix(": ") else { return nil }
      let key = entry[..<colon]
      let isKey = !key.isEmpty && key.allSatisfy { $0.isLowercase || $0 == "_" }
      return isKey ? String(key) : nil
    }.first
  }

  static func lineOfPercent(at span: Span) -> Diagnostic {
    Diagnostic(
      "yaml_directive", "a line that begins with `%` is a YAML directive, which scene files do not take", at: span,
      help: "delete it, or quote the value that begins so")
  }

  static func longKey(at span: Span) -> Diagnostic {
    Diagnostic("long_key", "a key has at most 1000 characters", at: span)
  }

  static func missingColon(_ text: String, at span: Span) -> Diagnostic {
    let split = text.firstIndex { $0 == ":" || $0 == " " || $0 == "=" }
    guard let split, split > text.startIndex else {
      return Diagnostic(
        "missing_colon", "expected `key: value`", at: span, caret: "has no colon", help: "write `\(text): …`")
    }
    let value = text[split...].drop { $0 == ":" || $0 == " " || $0 == "=" }
    let fixed = "\(text[..<split]): \(value)"
    return Diagnostic(
      "missing_colon", "expected `key: value`", at: span,
      caret: text[split] == ":" ? "needs a blank behind the colon" : "has no colon", help: "write `\(fixed)`",
      edit: .init(span, replacement: fixed, isSafe: text[split] == ":"))
  }

  static func textAfterValue(_ rest: String, whole: String, at span: Span) -> Diagnostic {
    if let mark = rest.first, "]})".contains(mark) { return strayMark(String(mark), at: span) }
    return Diagnostic(
      "text_after_value", "the value before this is already complete", at: span, caret: "does not belong to it",
      help: "a value that begins with a quote, a bracket, a brace or `*` ends there; quote it as a whole")
  }

  static func strayMark(_ mark: String, at span: Span) -> Diagnostic {
    let message = mark == "," ? "expected a value before `,`" : "`\(mark)` closes nothing"
    return Diagnostic("stray_mark", message, at: span, help: "delete it, or quote the value")
  }

  static func missingItem(_ mark: String, at span: Span) -> Diagnostic {
    Diagnostic("missing_item", "expected a value before `\(mark)`", at: span, help: "delete one of the commas")
  }

  static func unclosedQuote(_ quote: String, at span: Span) -> Diagnostic {
    Diagnostic("unclosed_quote", "the text that begins with `\(quote)` has no end", at: span, help: "close the quote")
  }

  static func badEscape(at span: Span) -> Diagnostic {
    Diagnostic(
      "bad_escape", "unknown escape in double quotes", at: span,
      help: "write `\\\\` for a backslash, or use single quotes, which know no escapes")
  }

  static func listInValue(at span: Span) -> Diagnostic {
    Diagnostic(
      "list_in_value", "a list item cannot begin behind its key", at: span,
      help: "begin the list on the next line; the minus of a number touches it")
  }

  static func blockScalarHeader(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "block_scalar_header", "`>` and `|` at the start of a value begin a block of text on the next line", at: span,
      help: quotingHelp(text), edit: .init(span, replacement: quotedForYAML(text), isSafe: true))
  }

  static func badTag(at span: Span) -> Diagnostic {
    Diagnostic(
      "yaml_tag", "`!` begins a YAML tag, which scene files do not take", at: span, help: "write `not` for a negation")
  }

  static func missingComma(at span: Span, opening: Span) -> Diagnostic {
    Diagnostic(
      "missing_comma", "expected a comma or the closing bracket", at: span,
      labels: [.init(opening, "opened here")])
  }

  static func wrongBracket(_ opening: String, _ closing: String, at span: Span, opening place: Span) -> Diagnostic {
    Diagnostic(
      "wrong_bracket", "`\(opening)` cannot be closed by `\(closing)`", at: span, caret: "closed here",
      labels: [.init(place, "opened here")])
  }

  static func unclosedBracket(_ opening: String, at span: Span) -> Diagnostic {
    Diagnostic("unclosed_bracket", "`\(opening)` is never closed", at: span)
  }

  static func emptyKey(at span: Span) -> Diagnostic {
    Diagnostic("empty_key", "expected a name before the colon", at: span)
  }

  static func mixedBlock(isItem: Bool, at span: Span, above: Span) -> Diagnostic {
    Diagnostic(
      "mixed_block", isItem ? "a list item stands among keys" : "a key stands among list items", at: span,
      labels: [.init(above, isItem ? "this is a key" : "this is a list item")],
      help: "indent the line deeper if it belongs to the one above")
  }

  static func badIndentation(at span: Span, column: Int, columnAbove: Int?) -> Diagnostic {
    let help = columnAbove.flatMap { $0 == column ? nil : "keys of one block begin in one column; above it is \($0)" }
    return Diagnostic(
      "bad_indentation", "this line does not fit the indentation of the lines above", at: span,
      caret: "begins in column \(column)", help: help)
  }

  static func tabIndentation(at span: Span, others: Int) -> Diagnostic {
    Diagnostic(
      "tab_indentation", "tabs cannot indent", at: span,
      caret: others == 0 ? "" : "and on \(others) more line\(others == 1 ? "" : "s")", help: "indent with blanks")
  }

  static func syntax(_ problem: String, at span: Span) -> Diagnostic {
    Diagnostic("yaml_syntax", "this is not YAML: \(problem)", at: span)
  }
}
