extension YAMLTreeBuilder {
  /// Reads a scalar and notices the traps of plain ones: brackets and commas of an expression that end it early in a
  /// flow collection, and colours that turn into comments.
  mutating func buildScalar(
    _ style: YAMLScalar.Style, _ event: YAMLEventReader.Event, start: Int, isKey: Bool
  ) -> YAMLNode {
    var range = start..<max(start, event.end)
    if style == .literal || style == .folded {
      // libyaml ends a block scalar where the next token begins.
      while range.upperBound > start, isBreak(bytes[range.upperBound - 1]) || isBlank(bytes[range.upperBound - 1]) {
        range = start..<range.upperBound - 1
      }
    }
    lastScalar = (style, range)
    let invalid = YAMLNode(.invalid, span: span(range))
    if !shadow.spoiled.isEmpty, shadow.isSpoiled(range) { return invalid }
    // What libyaml saw inside of a mistake is not what the author meant.
    if let last = mistakes.last, range.lowerBound < last.repair.range.upperBound { return invalid }
    if style == .plain, !isKey || !flowStarts.isEmpty, let trap = plainTrap(range) {
      if let repair = trap.repair {
        mistakes.append(Mistake(diagnostic: trap.diagnostic, repair: repair))
      } else if let diagnostic = trap.diagnostic {
        findings.append(diagnostic)
      }
      return invalid
    }
    let scalar = ScalarDecoder.decode(style, bytes, in: range, block: event.block, file: file)
    if let nul = scalar.text.utf8.firstIndex(of: 0) {
      let offset = scalar.text.utf8.distance(from: scalar.text.utf8.startIndex, to: nul)
      findings.append(.nulCharacter(at: scalar.span(offset..<offset + 1)))
      return invalid
    }
    return YAMLNode(.scalar(scalar), span: span(range))
  }

  /// A repair comes with traps that hide structure.
  private func plainTrap(_ range: Range<Int>) -> (diagnostic: Diagnostic?, repair: ShadowText.Repair?)? {
    if range.isEmpty {
      guard let comment = scanner.comment(at: range.upperBound),
        let color = scanner.color(at: comment.lowerBound)
      else { return nil }
      return (Self.colorIsComment(source(color), at: span(color)), nil)
    }
    guard bytes[range].contains(UInt8(ascii: "(")), scanner.opensParenthesis(range) else { return nil }
    if !flowStarts.isEmpty {
      let (whole, isBalanced) = scanner.flowValue(from: range.lowerBound)
      guard whole.upperBound > range.upperBound else { return nil }
      guard isBalanced else {
        if let comment = scanner.comment(at: whole.upperBound), let color = scanner.color(at: comment.lowerBound) {
          return (
            Self.colorIsComment(source(color), at: span(color)),
            .init(range: whole.lowerBound..<color.upperBound, cover: .word, spoils: true)
          )
        }
        return (.openParenthesis(at: span(whole)), .init(range: whole, cover: .word, spoils: true))
      }
      let mistake = Self.unquotedExpression(source(whole), at: span(whole))
      return (mistake.diagnostic, mistake.repair)
    }
    guard let comment = scanner.comment(at: range.upperBound) else { return nil }
    if let color = scanner.color(at: comment.lowerBound) {
      return (Self.colorIsComment(source(color), at: span(color)), nil)
    }
    // The rest of the value, on the lines below, is no second mistake.
    let end = scanner.continuationEnd(of: range)
    let repair = ShadowText.Repair(range: range.lowerBound..<end, cover: .word, spoils: true)
    return (.cutByComment(at: span(comment), value: span(range)), end > comment.upperBound ? repair : nil)
  }
}

// Findings that `YAMLRecovery` shares.
extension YAMLTreeBuilder {
  /// An expression in a flow collection that YAML cut into pieces. Behind the report it is read as if it were quoted, so
  /// that its own mistakes come to light; square brackets and braces, which no expression has, would only repeat it.
  static func unquotedExpression(_ text: String, at span: Span) -> Mistake {
    var diagnostic = Diagnostic(
      "unquoted_expression", "inside `{…}` and `[…]` a value with commas or brackets must be quoted", at: span,
      caret: "ends at its first comma or bracket", help: quotingHelp(text),
      edit: .init(span, replacement: quotedForYAML(text), isSafe: true))
    if let name = callWithMap(text) { (diagnostic.help, diagnostic.edit) = (mapCallHelp(name), nil) }
    let spoils = text.contains { "[]{}".contains($0) }
    return Mistake(
      diagnostic: diagnostic, repair: .init(range: span.start..<span.end, cover: .word, spoils: spoils))
  }

  static func colorIsComment(_ color: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "color_is_comment", "`\(color)` is read as a comment", at: span, caret: "everything after ` #` is a comment",
      help: "write `\"\(color)\"`", edit: .init(span, replacement: "\"\(color)\"", isSafe: true))
  }
}

extension Diagnostic {
  fileprivate static func cutByComment(at span: Span, value: Span) -> Diagnostic {
    Diagnostic(
      "cut_by_comment", "a comment cuts this value off", at: span, caret: "the comment begins here",
      labels: [Label(value, "has no closing parenthesis")], help: "quote the value if `#` belongs to it")
  }

  fileprivate static func openParenthesis(at span: Span) -> Diagnostic {
    Diagnostic("missing_parenthesis", "expected `)`", at: span, caret: "has more `(` than `)`")
  }

  fileprivate static func nulCharacter(at span: Span) -> Diagnostic {
    Diagnostic("nul_character", "text cannot hold the character U+0000", at: span, help: "delete the escape")
  }
}
