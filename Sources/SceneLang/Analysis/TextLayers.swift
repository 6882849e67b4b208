/// Text layers: what is written, where, and how it moves.
extension Analyzer {
  func text(_ keys: inout LayerKeys, _ entry: ScopedEntry) -> CheckedText? {
    let words = text(entry.value, in: entry.scope)
    guard var text = layout(&keys, at: entry.value.span), let words else { return nil }
    shownCharacters[entry.value.span] = .text(words)
    text.text = words
    return text
  }

  /// Keys that say nothing of a text. What its styles and effects write may come from its palette.
  func reviewText(_ keys: LayerKeys) {
    if let transform = keys.own["transform"] { report(.onlyForFields(transform.entry)) }
    if let palette = keys.own["palette"], keys.own["style"] == nil, keys.own["effects"] == nil, sharedGrid == nil {
      report(.paletteOfText(palette.entry))
    }
  }

  /// How words are laid out and move, which ones they may be. Nil after a report.
  func layout(_ keys: inout LayerKeys, at span: Span) -> CheckedText? {
    var alignment = TextBlock.Alignment.center
    if let entry = keys.own["align"] {
      let known = choices(TextBlock.Alignment.self)
      alignment = choice(entry.value, as: "an alignment", among: known, in: entry.scope) ?? .center
    }
    var place: [TypedExpression] = []
    if let position = keys.own["position"] {
      switch position.value.content {
      case .sequence(let items) where items.count == 2:
        place = items.map { accept(value($0, in: position.scope), in: Slot("position", of: .layer)) }
      case .invalid: break
      default: report(.badPosition(position.value))
      }
    }
    var wrap: Int?
    if let own = keys.own["wrap"] {
      wrap = settled(value(own.entry, in: Slot("wrap", of: .layer), scope: own.scope)).map { Int($0) }
    }
    let motion = keys.own["style"].flatMap { self.motion($0, keys) }
    if let styles = motion?.styles { showStyles(styles, of: &keys) }
    let middle = TypedExpression.number(0.5, span: span)
    return CheckedText(
      text: "", alignment: alignment, u: place.count == 2 ? place[0] : middle, v: place.count == 2 ? place[1] : middle,
      hasPosition: keys.own["position"] != nil, wrap: wrap, motion: motion, span: span)
  }

  /// `style:` is a style or a list of them. Nil after a report.
  private func motion(_ entry: ScopedEntry, _ keys: LayerKeys) -> CheckedMotion? {
    let items: [YAMLNode]
    if case .sequence(let list) = entry.value.content { items = list } else { items = [entry.value] }
    let styles = items.compactMap { style($0, in: entry.scope) }
    guard styles.count == items.count, !styles.isEmpty else { return nil }
    let span = entry.value.span
    let now = TypedExpression(.input(.time), .time, rate: .frame, span: span)
    let elapsed = keys.from.map { make(.subtract, now, $0, .time, span) } ?? now
    let remaining = keys.to.map { make(.subtract, $0, now, .time, span) } ?? restOfSegment(span)
    if elapsed.isInvalid || remaining.isInvalid { return nil }
    return CheckedMotion(styles: styles, elapsed: elapsed, remaining: remaining)
  }

  /// Sets what styles show unless the layer says it; in it `{sung}` stands for the text that the style was given.
  private func showStyles(_ styles: [CheckedCall], of keys: inout LayerKeys) {
    for call in styles {
      guard var op = catalog.entry(.style, call.op), !op.show.isEmpty else { continue }
      for (parameter, value) in zip(op.parameters, call.arguments) {
        guard parameter.type == .text, case .word(let word) = value else { continue }
        op.show = op.show.mapValues { Self.replacing("{\(parameter.name)}", in: $0, by: word) }
      }
      show(shown(op), in: makeBareScope(), of: &keys)
    }
  }

  private static func replacing(_ name: String, in text: String, by word: String) -> String {
    var (result, rest) = ("", text[...])
    while let place = rest.firstRange(of: name) {
      result += rest[..<place.lowerBound] + word
      rest = rest[place.upperBound...]
    }
    return result + rest
  }

  private func style(_ node: YAMLNode, in scope: Scope) -> CheckedCall? {
    chosenCall(node, of: .style, as: "the style", in: scope, otherwise: Diagnostic.notAStyle) {
      style($0, $1, $2, in: scope)
    }
  }

  private func style(_ name: Name, _ arguments: [Argument], _ span: Span, in scope: Scope) -> CheckedCall? {
    guard let op = catalog.entry(.style, name.key) else {
      report(.unknownStyle(name, catalog.names(.style)))
      checkArgumentsOfUnknown(arguments, in: scope)
      return nil
    }
    return nativeCall(op, name, arguments, span, in: scope)
  }

  /// Seconds until the segment ends: t · (1 − p) / p; nothing is known of it at its first frame, from which it is far.
  private func restOfSegment(_ span: Span) -> TypedExpression {
    func number(_ value: Double) -> TypedExpression { .number(value, span: span) }
    let now = TypedExpression(.input(.time), .time, rate: .frame, span: span)
    let p = TypedExpression(.input(.progress), .plain, rate: .frame, span: span)
    let rest = make(
      .divide, make(.multiply, now, make(.subtract, number(1), p, span), .time, span), p, .time, span)
    return TypedExpression(
      .select(make(.less, number(0), p, type: .boolean, .plain, span), then: rest, otherwise: number(1e6)), .time,
      rate: .frame, span: span)
  }
}

extension Diagnostic {
  fileprivate static func paletteOfText(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "no_effect", .warning, "`palette` changes nothing: a text is written in its own characters", at: entry.keySpan,
      help: "styles such as `decrypt` take characters from it")
  }

  fileprivate static func badPosition(_ node: YAMLNode) -> Diagnostic {
    let places = [
      "top": "[0.5, 0.15]", "bottom": "[0.5, 0.85]", "left": "[0.15, 0.5]", "right": "[0.85, 0.5]",
      "center": "[0.5, 0.5]", "centre": "[0.5, 0.5]", "middle": "[0.5, 0.5]",
    ]
    var help = "shares of the picture from its upper left corner: `[0.5, 0.5]` is its middle"
    if case .scalar(let word) = node.content, let place = places[Name.folded(word.text)] {
      help = "`\(word.text)` is `\(place)`, shares of the picture from its upper left corner"
    }
    return Diagnostic("wrong_type", "expected a position [u, v]", at: node.span, help: help)
  }

  fileprivate static func unknownStyle(_ name: Name, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_style", "no text style is called `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: names), help: "there are \(list(names.sorted(), limit: 24))",
      edit: replacement(name.text, among: names, at: name.span))
  }

  fileprivate static func notAStyle(_ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_type", "expected a text style", at: span, help: "as in `style: typewriter` or `style: [decrypt, fade_out]`"
    )
  }
}
