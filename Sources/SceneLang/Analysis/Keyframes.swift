/// `{keys: {0s: 0, 2s: {to: 0.8, ease: out_cubic}, 100%: 0}, ease: …, loop: false}`: a value that runs through keys.
extension Analyzer {
  private struct Key {
    var seconds: Double
    var value: TypedExpression
    var curve: Curve?
    var span: Span

    /// Whether what was before it stays until it is reached.
    var isHeld: Bool { if case .hold = curve { true } else { false } }
  }

  /// What the value is between two keys, and the second of the later one.
  private struct Piece {
    var end: Double
    var value: TypedExpression
  }

  /// How a value gets from key to key unless they say it.
  private static let usualEase = "in_out_cubic"

  func keyframes(_ node: YAMLNode, in scope: Scope) -> TypedExpression {
    guard let entries = read(node, as: "keyframes", keys: KeyTable.keyframes.names),
      let keysEntry = entries["keys"], let items = mapping(keysEntry.value, as: "keys")
    else { return .invalid(node.span) }
    let usual = preludeDefinition(.eases, Self.usualEase).map { Curve.named($0) }
    let common = entries["ease"].map { curve($0.value, in: scope) } ?? usual
    let loops = entries["loop"].flatMap { boolean($0.value, as: "true or false") } ?? false
    // All of them, so that each mistake is reported.
    let read = items.map { key($0, common: common, in: scope) }
    guard !read.contains(where: { $0 == nil }) else { return .invalid(node.span) }
    var keys = read.compactMap { $0 }.sorted { $0.seconds < $1.seconds }
    if let other = keys.first(where: { !$0.value.type.isKeyed })?.value {
      report(.notKeyed(other))
      return .invalid(node.span)
    }
    if let color = keys.first(where: \.value.type.isColored)?.value {
      if let other = keys.first(where: { !$0.value.type.isColored })?.value {
        report(.keysDiffer(other, color))
        return .invalid(node.span)
      }
      if keys.contains(where: { $0.value.type != color.type }) || !keys.dropFirst().allSatisfy(\.isHeld) {
        for index in keys.indices { keys[index].value = asColor(keys[index].value, in: scope) }
        if keys.contains(where: \.value.isInvalid) { return .invalid(node.span) }
      }
    }
    guard let first = keys.first, let last = keys.last else {
      report(.noKeys(keysEntry.value.span))
      return .invalid(node.span)
    }
    if let twin = zip(keys, keys.dropFirst()).first(where: { $0.seconds == $1.seconds })?.1 {
      report(.keyTwice(twin.span))
      return .invalid(node.span)
    }
    keyValues[node.span] = keys.map(\.value)
    if !loops, let duration = openDuration {
      openKeyTimes.append((node.span, keys.map { (-$0.seconds, $0.seconds - duration, $0.span) }))
    }
    return join(keys, from: first, to: last, loops: loops, node.span, in: scope)
  }

  private func join(
    _ keys: [Key], from first: Key, to last: Key, loops: Bool, _ span: Span, in scope: Scope
  ) -> TypedExpression {
    var now = TypedExpression(.input(.time), .time, rate: .frame, span: span)
    let seconds = { (value: Double) in TypedExpression.number(value, .time, span: span) }
    let length = last.seconds - first.seconds
    if loops && length > 0 {
      let since = make(.subtract, now, seconds(first.seconds), .time, span)
      now = make(.add, make(.modulo, since, seconds(length), .time, span), seconds(first.seconds), .time, span)
    }
    var pieces: [Piece] = []
    for (a, b) in zip(keys, keys.dropFirst()) {
      let share = clip(
        make(.divide, make(.subtract, now, seconds(a.seconds), .time, span), seconds(b.seconds - a.seconds), span), span
      )
      let within: TypedExpression =
        b.isHeld ? a.value : lerp(a.value, b.value, eased(share, by: b.curve, span), span, in: scope)
      if within.isInvalid { return within }
      pieces.append(Piece(end: b.seconds, value: within))
    }
    return piece(of: pieces[...], at: now, otherwise: last.value, span)
  }

  /// The first piece that has not ended, the earliest comparison outermost. Many are halved first: depth is stack.
  private func piece(
    of pieces: ArraySlice<Piece>, at now: TypedExpression, otherwise last: TypedExpression, _ span: Span
  ) -> TypedExpression {
    func isBefore(_ end: Double) -> TypedExpression {
      make(.less, now, .number(end, .time, span: span), type: .boolean, .plain, span)
    }
    guard pieces.count > 32 else {
      return pieces.reversed().reduce(last) { later, piece in choose(isBefore(piece.end), piece.value, later, span) }
    }
    let middle = pieces.startIndex + pieces.count / 2
    let early = piece(of: pieces[..<middle], at: now, otherwise: pieces[middle].value, span)
    let late = piece(of: pieces[(middle + 1)...], at: now, otherwise: last, span)
    return choose(isBefore(pieces[middle].end), early, late, span)
  }

  private func lerp(
    _ a: TypedExpression, _ b: TypedExpression, _ t: TypedExpression, _ span: Span, in scope: Scope
  ) -> TypedExpression {
    if a.type.isColored || b.type.isColored {
      return eachChannel(of: [a, b, t], span, in: scope) { self.lerp($0[0], $0[1], $0[2], span, in: scope) }
    }
    guard let dimension = common([a, b], span) else { return .invalid(span) }
    let difference = make(.subtract, b, a, dimension, span)
    return make(.add, a, make(.multiply, difference, t, dimension, span), dimension, span)
  }

  private func choose(
    _ condition: TypedExpression, _ a: TypedExpression, _ b: TypedExpression, _ span: Span
  ) -> TypedExpression {
    TypedExpression(
      .select(condition, then: a, otherwise: b), type: a.type, a.dimension == .plain ? b.dimension : a.dimension,
      rate: condition.rate.joined(with: a.rate).joined(with: b.rate), span: span)
  }

  private func key(_ item: YAMLEntry, common: Curve?, in scope: Scope) -> Key? {
    let seconds = time(item)
    var node = item.value
    var curve = common
    if case .mapping(let entries) = item.value.content, entries.contains(where: { $0.key == "to" || $0.key == "ease" })
    {
      guard let own = read(item.value, as: "a key", keys: KeyTable.key.names, required: ["to"]), let to = own["to"]
      else {
        return nil
      }
      node = to.value
      if let ease = own["ease"] {
        guard let named = self.curve(ease.value, in: scope) else { return nil }
        curve = named
      }
    }
    let value = self.value(node, in: scope)
    guard let seconds, !value.isInvalid else { return nil }
    return Key(seconds: seconds, value: value, curve: curve, span: item.keySpan)
  }

  /// A key's time: seconds or a share of the segment, negative from its end.
  private func time(_ item: YAMLEntry) -> Double? {
    let scalar = YAMLScalar(
      text: item.key, style: .plain, pieces: [.init(text: 0, source: item.keySpan.start)], file: item.keySpan.file)
    let expression = parse(scalar)
    if case .invalid = expression.kind { return nil }
    var inner = expression
    var sign = 1.0
    if case .unary(.negate, let operand) = inner.kind { (inner, sign) = (operand, -1) }
    var isShare = false
    if case .number(_, .percent) = inner.kind { isShare = true }
    let value = check(inner, in: makeBareScope())
    guard !value.isInvalid, let number = constant(value), isShare || value.dimension == .time else {
      if !value.isInvalid { report(.badKeyTime(item)) }
      return nil
    }
    guard let duration = openDuration else {
      if isShare || sign < 0 {
        report(.keyWithoutSegment(item))
        return nil
      }
      return number
    }
    if duration == 0 { return nil }
    let seconds = isShare ? number * duration : number
    return sign < 0 ? duration - seconds : seconds
  }

  private func curve(_ node: YAMLNode, in scope: Scope) -> Curve? {
    guard let scalar = scalar(node, as: "the name of a curve") else { return nil }
    return curve(parse(scalar), in: scope)
  }
}

extension ValueType {
  /// Whether keyframes run through such values.
  fileprivate var isKeyed: Bool {
    switch self {
    case .number, .integer, .boolean, .field, .distance, .color, .gradient: true
    case .text, .palette, .choice, .lut: false
    }
  }
}

extension Diagnostic {
  fileprivate static func noKeys(_ span: Span) -> Diagnostic {
    Diagnostic("missing_value", "expected at least one key", at: span, help: "as in `{0s: 0, 2s: 1}`")
  }

  fileprivate static func keyTwice(_ span: Span) -> Diagnostic {
    Diagnostic("duplicate_key", "two keys stand at one time", at: span)
  }

  fileprivate static func notKeyed(_ value: TypedExpression) -> Diagnostic {
    Diagnostic("wrong_type", "keys are numbers or colours, found \(value.type.described)", at: value.span)
  }

  fileprivate static func keysDiffer(_ value: TypedExpression, _ color: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_type", "a value is a colour at all of its keys or at none, found \(value.type.described)", at: value.span,
      labels: [.init(color.span, color.type.described)])
  }

  fileprivate static func badKeyTime(_ item: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "missing_unit", "a key is a time or a share of the segment, found `\(item.key)`", at: item.keySpan,
      help: "as in `2s`, `-1s` or `50%`")
  }

  fileprivate static func keyWithoutSegment(_ item: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "key_outside_segment", "`\(item.key)` counts from the end of a segment, but this stands outside one",
      at: item.keySpan)
  }
}
