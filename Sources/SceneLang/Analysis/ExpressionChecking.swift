extension Analyzer {
  /// Settles names, types, units and rates of an expression. What is wrong is reported once and becomes `.invalid`.
  func check(_ expression: Expression, in scope: Scope) -> TypedExpression {
    guard let value = deeper(at: expression.span, { checkedKind(of: expression, in: scope) }), admitExpression(value)
    else { return .invalid(expression.span) }
    return value
  }

  private func checkedKind(of expression: Expression, in scope: Scope) -> TypedExpression {
    let span = expression.span
    switch expression.kind {
    case .invalid: return .invalid(span)
    case .number(let value, let unit): return number(value, unit, span)
    case .string(let text): return string(text, span)
    case .text(let pieces):
      guard let text = text(pieces, in: scope) else { return .invalid(span) }
      return TypedExpression(.text(text), type: .text, rate: .constant, span: span)
    case .reference(let path): return reference(path, span, in: scope)
    case .call(let path, let arguments): return call(path, arguments, span, in: scope)
    case .unary(let op, let operand): return unary(op, check(operand, in: scope), span)
    case .binary(let op, let left, let right):
      if let comparison = comparison(op, left, right, span, in: scope) { return comparison }
      return binary(op, check(left, in: scope), check(right, in: scope), span)
    case .loop(let reduction, let index, let from, let to, let body):
      return loop(reduction, index, check(from, in: scope), check(to, in: scope), body, span, in: scope)
    }
  }

  // MARK: Atoms

  private func number(_ value: Double, _ unit: Unit?, _ span: Span) -> TypedExpression {
    switch unit {
    case nil, .chars: return .number(value, span: span)
    case .percent: return .number(value / 100, span: span)
    case .s: return .number(value, .time, span: span)
    case .ms: return .number(value / 1000, .time, span: span)
    case .f: return .number(value / fps.value, .time, span: span)
    case .beats, .bars:
      guard let seconds = seconds(ofBeats: value * (unit == .bars ? beatsPerBar : 1)) else {
        report(.beatsWithoutTempo(span, isHeard: sound != nil))
        return .invalid(span)
      }
      return .number(seconds, .time, span: span)
    case .deg: return .number(value * .pi / 180, .angle, span: span)
    case .rad: return .number(value, .angle, span: span)
    case .turn: return .number(value * 2 * .pi, .angle, span: span)
    case .px: return .number(value / 1080, .length, span: span)
    case .cells:
      if value == 0 { return .number(0, .length, span: span) }
      let count = TypedExpression.number(value, span: span)
      let width = TypedExpression(.input(.cellWidth), rate: .constant, span: span)
      return TypedExpression(.binary(.multiply, count, width), .length, rate: .constant, span: span)
    case .hertz: return .number(value, .frequency, span: span)
    }
  }

  private func string(_ text: String, _ span: Span) -> TypedExpression {
    guard text.hasPrefix("#") else {
      return TypedExpression(.text(text), type: .text, rate: .constant, span: span)
    }
    guard let color = RGB(hex: text) else {
      report(.badColor(text, span))
      return .invalid(span)
    }
    return self.color(color, span)
  }

  func color(_ color: RGB, _ span: Span) -> TypedExpression {
    let channels = [color.red, color.green, color.blue].map { TypedExpression.number(Double($0) / 255, span: span) }
    return TypedExpression(.rgb(channels[0], channels[1], channels[2]), type: .color, rate: .constant, span: span)
  }

  private func reference(_ path: [Name], _ span: Span, in scope: Scope) -> TypedExpression {
    guard path.count == 1, let name = path.first else {
      if isInput(path, in: scope) { return inputMember(path, span) }
      if path[0].key == "audio", scope.module.imports["audio"] == nil { return soundMember(path, span) }
      guard let symbol = symbol(path, in: scope), let last = path.last else { return .invalid(span) }
      return value(of: symbol, last, span, in: scope)
    }
    if name.text == LanguageNames.timeline {
      return TypedExpression(.input(.timeline), rate: .frame, span: span)
    }
    if let symbol = scope.find(name.key) { return value(of: symbol, name, span, in: scope) }
    if let input = LanguageNames.inputs[name.key] {
      if (input == .value || input == .energy) && !scope.hasValue {
        report(.valueOutsideColors(name))
        return .invalid(span)
      }
      let type: ValueType = input == .feature(.beat) ? .boolean : .number
      return TypedExpression(.input(input), type: type, rate: input.rate, span: span)
    }
    if Self.pixelNames.contains(name.key) { return pixel(name, span, in: scope) }
    if let polar = LanguageNames.polar[name.key] {
      return TypedExpression(.polar(polar), rate: .cell, span: span)
    }
    if let constant = LanguageNames.constants[name.key] {
      let isBoolean = name.key == "true" || name.key == "false"
      return TypedExpression(.number(constant), type: isBoolean ? .boolean : .number, rate: .constant, span: span)
    }
    if isInput(path, in: scope) { return inputMember(path, span) }
    switch name.key {
    case "fps": return .number(fps.value, span: span)
    case "cell_aspect":
      let (height, width) = (Input.cellHeight, Input.cellWidth)
      return make(
        .divide, TypedExpression(.input(height), rate: .constant, span: span),
        TypedExpression(.input(width), rate: .constant, span: span), span)
    case "portrait", "landscape":
      let holds = name.key == "portrait" ? format.height > format.width : format.width > format.height
      return TypedExpression(.number(holds ? 1 : 0), type: .boolean, rate: .constant, span: span)
    default: return call(path, [], span, in: scope)
    }
  }

  private func value(of symbol: Scope.Symbol, _ name: Name, _ span: Span, in scope: Scope) -> TypedExpression {
    switch symbol {
    case .binding(let id):
      guard let bound = binding(id, from: span), admit(levels: bindings[id.index].levels, at: span) else {
        return .invalid(span)
      }
      return TypedExpression(.binding(id), type: bound.type, bound.dimension, rate: bound.rate, span: span)
    case .parameter(let place, let parameter):
      let type: ValueType = parameter.type == .field || parameter.type == .integer ? .number : parameter.type
      return TypedExpression(.parameter(place), type: type, parameter.dimension, rate: parameter.rate, span: span)
    case .index(let slot, _):
      return TypedExpression(.index(slot), rate: .constant, span: span)
    case .gradient(let gradient):
      return TypedExpression(.gradient(gradient, at: nil), type: .gradient, rate: .cell, span: span)
    case .definition(let id):
      return callField(id, name, [], span, in: scope)
    case .palette, .look, .layers:
      report(.notAValue(name))
      return .invalid(span)
    }
  }

  // MARK: Operators

  private func unary(_ op: UnaryOperator, _ a: TypedExpression, _ span: Span) -> TypedExpression {
    if a.isInvalid { return .invalid(span) }
    switch op {
    case .negate:
      guard expectNumber(a, for: "`-`") else { return .invalid(span) }
      if case .number(let value) = a.kind { return .number(-value, a.dimension, span: span) }
      return TypedExpression(.unary(.negate, a), a.dimension, rate: a.rate, span: span)
    case .not:
      guard expectBoolean(a, for: "`not`") else { return .invalid(span) }
      return TypedExpression(
        .binary(.subtract, .number(1, span: span), a), type: .boolean, rate: a.rate, span: span)
    }
  }

  func binary(
    _ op: BinaryOperator, _ a: TypedExpression, _ b: TypedExpression, _ span: Span
  ) -> TypedExpression {
    if a.isInvalid || b.isInvalid { return .invalid(span) }
    if op == .and || op == .or {
      guard expectBoolean(a, for: "`\(op.rawValue)`"), expectBoolean(b, for: "`\(op.rawValue)`") else {
        return .invalid(span)
      }
      return make(op == .and ? .minimum : .maximum, a, b, type: .boolean, .plain, span)
    }
    if a.type == .color || b.type == .color { return colorArithmetic(op, a, b, span) }
    let what = "`\(op.rawValue)`"
    guard expectNumber(a, for: what), expectNumber(b, for: what) else { return .invalid(span) }
    guard let dimension = dimension(of: op, a, b, span) else { return .invalid(span) }
    switch op {
    case .add: return make(.add, a, b, dimension, span)
    case .subtract: return make(.subtract, a, b, dimension, span)
    case .multiply: return make(.multiply, a, b, dimension, span)
    case .divide: return make(.divide, a, b, dimension, span)
    case .power: return make(.power, a, b, dimension, span)
    case .less: return make(.less, a, b, type: .boolean, .plain, span)
    case .greater: return make(.less, b, a, type: .boolean, .plain, span)
    case .lessOrEqual: return make(.lessOrEqual, a, b, type: .boolean, .plain, span)
    case .greaterOrEqual: return make(.lessOrEqual, b, a, type: .boolean, .plain, span)
    case .equal: return make(.equal, a, b, type: .boolean, .plain, span)
    case .notEqual: return make(.notEqual, a, b, type: .boolean, .plain, span)
    case .and, .or: preconditionFailure("handled above")
    }
  }

  /// A plain number of two.
  func make(_ function: BinaryFunction, _ a: TypedExpression, _ b: TypedExpression, _ span: Span) -> TypedExpression {
    make(function, a, b, .plain, span)
  }

  func make(
    _ function: BinaryFunction, _ a: TypedExpression, _ b: TypedExpression, type: ValueType = .number,
    _ dimension: Dimension, _ span: Span
  ) -> TypedExpression {
    TypedExpression(.binary(function, a, b), type: type, dimension, rate: a.rate.joined(with: b.rate), span: span)
  }

  /// LANGUAGE "soft units": the tag of the result, or a report and nil.
  private func dimension(
    of op: BinaryOperator, _ a: TypedExpression, _ b: TypedExpression, _ span: Span
  ) -> Dimension? {
    let (p, q) = (a.dimension, b.dimension)
    switch op {
    case .multiply:
      if p != .plain && q != .plain {
        report(.unitsTimesUnits(a, b, span))
        return nil
      }
      return p == .plain ? q : p
    case .divide:
      if q == .plain { return p }
      if p != .plain && p != q {
        report(.unitsDiffer(op, a, b, span))
        return nil
      }
      return .plain
    case .power:
      if p != .plain || q != .plain {
        report(.unitsDiffer(op, a, b, span))
        return nil
      }
      return .plain
    default:
      if p != .plain && q != .plain && p != q {
        report(.unitsDiffer(op, a, b, span))
        return nil
      }
      return p == .plain ? q : p
    }
  }

  private func colorArithmetic(
    _ op: BinaryOperator, _ a: TypedExpression, _ b: TypedExpression, _ span: Span
  ) -> TypedExpression {
    let function: BinaryFunction
    switch op {
    case .add: function = .add
    case .subtract: function = .subtract
    case .multiply: function = .multiply
    case .divide where b.type != .color: function = .divide
    default:
      report(.noColorOperator(op, span))
      return .invalid(span)
    }
    return eachChannel(of: [a, b], span) { self.make(function, $0[0], $0[1], span) }
  }

  /// Applies a function channel by channel; numbers count for every channel.
  func eachChannel(
    of operands: [TypedExpression], _ span: Span, _ body: ([TypedExpression]) -> TypedExpression
  ) -> TypedExpression {
    var channels: [TypedExpression] = []
    for channel in 0..<3 {
      var parts: [TypedExpression] = []
      for operand in operands {
        guard let part = self.channel(channel, of: operand) else {
          report(.notYetInExpression(operand))
          return .invalid(span)
        }
        parts.append(part)
      }
      channels.append(body(parts))
    }
    let rate = channels.dropFirst().reduce(channels[0].rate) { $0.joined(with: $1.rate) }
    return TypedExpression(.rgb(channels[0], channels[1], channels[2]), type: .color, rate: rate, span: span)
  }

  private func channel(_ index: Int, of expression: TypedExpression) -> TypedExpression? {
    guard expression.type == .color else { return expression.type == .gradient ? nil : expression }
    switch expression.kind {
    case .rgb(let r, let g, let b): return [r, g, b][index]
    case .binding(let id): return channel(index, of: id, at: expression.span)
    case .select(let condition, let then, let otherwise):
      guard let a = channel(index, of: then), let b = channel(index, of: otherwise) else { return nil }
      let rate = condition.rate.joined(with: a.rate).joined(with: b.rate)
      return TypedExpression(.select(condition, then: a, otherwise: b), rate: rate, span: expression.span)
    default: return nil
    }
  }

  /// Of a named colour: a name of its own, since colours that read others twice would grow without end.
  private func channel(_ index: Int, of id: BindingID, at span: Span) -> TypedExpression? {
    guard let color = binding(id), let value = channel(index, of: color) else { return nil }
    if value.parts.isEmpty { return value }
    let names =
      channelNames[id]
      ?? (0..<3).map { index in
        named(channel(index, of: color) ?? value, as: bindings[id.index].name, in: bindings[id.index].scope)
      }
    channelNames[id] = names
    var name = names[index]
    name.span = span
    return name
  }

  // MARK: Loops

  private static let mostTurns = 100_000.0

  private func loop(
    _ reduction: Reduction, _ index: Name, _ from: TypedExpression, _ to: TypedExpression, _ body: Expression,
    _ span: Span, in scope: Scope
  ) -> TypedExpression {
    if from.isInvalid || to.isInvalid { return .invalid(span) }
    for bound in [from, to] {
      guard expectNumber(bound, for: "a loop bound") else { return .invalid(span) }
      guard bound.rate.isAccepted(by: .frame) else {
        report(.loopBoundTooFine(bound))
        return .invalid(span)
      }
    }
    let bounds = ValueBounds(analyzer: self)
    guard let first = bounds.of(from)?.lowerBound, let last = bounds.of(to)?.upperBound else {
      report(.loopUnbounded(bounds.of(from) == nil ? from : to))
      return .invalid(span)
    }
    guard last - first <= Self.mostTurns else {
      report(.loopTooLong(from.span.joined(with: to.span), last - first))
      return .invalid(span)
    }
    let slot = addIndex(first...max(first, last))
    let inner = makeScope(parent: scope)
    _ = inner.define(index.key, .index(slot, first...max(first, last)), at: index.span)
    let body = check(body, in: inner)
    guard !body.isInvalid, expectNumber(body, for: "the body of `\(reduction.rawValue)`") else { return .invalid(span) }
    if let state = simulation(in: body, throughNames: false) {
      report(.stateInLoop(state, span))
      return .invalid(span)
    }
    if measures(body) {
      report(.levelsInLoop(span))
      return .invalid(span)
    }
    let limit = Int(max(0, (last - first).rounded(.up)))
    return TypedExpression(
      .loop(reduction, index: slot, from: from, to: to, limit: limit, body: body), body.dimension,
      rate: from.rate.joined(with: to.rate).joined(with: body.rate), span: span)
  }

  // MARK: Expectations

  func expectNumber(_ a: TypedExpression, for what: String) -> Bool {
    if a.type == .number || a.type == .integer { return true }
    report(.expectedNumber(a, for: what))
    return false
  }

  func expectBoolean(_ a: TypedExpression, for what: String) -> Bool {
    if a.type == .boolean { return true }
    report(.expectedCondition(a, for: what))
    return false
  }
}

extension RGB {
  /// `#rgb` or `#rrggbb`.
  init?(hex: String) {
    let digits = hex.dropFirst().map { $0 }
    guard hex.hasPrefix("#"), digits.count == 3 || digits.count == 6 else { return nil }
    let values = digits.compactMap { $0.isASCII ? $0.hexDigitValue : nil }
    guard values.count == digits.count else { return nil }
    func channel(_ index: Int) -> UInt8 {
      digits.count == 3 ? UInt8(values[index] * 17) : UInt8(values[2 * index] * 16 + values[2 * index + 1])
    }
    self.init(channel(0), channel(1), channel(2))
  }
}

extension Dimension {
  var described: String {
    switch self {
    case .plain: "a plain number"
    case .time: "a time"
    case .angle: "an angle"
    case .length: "a length"
    case .frequency: "a frequency"
    case .pitch: "a number or a frequency"
    }
  }
}

extension ValueType {
  var described: String {
    switch self {
    case .number, .integer: "a number"
    case .boolean: "a condition"
    case .text: "text"
    case .color: "a colour"
    case .gradient: "a gradient"
    case .palette: "a palette"
    case .field: "a field"
    case .distance: "a distance"
    case .choice: "a choice"
    case .lut: "a table of colours"
    }
  }
}

extension Diagnostic {
  fileprivate static func beatsWithoutTempo(_ span: Span, isHeard: Bool) -> Diagnostic {
    Diagnostic(
      "beats_without_tempo",
      isHeard ? "no beat is heard in the track, so beats have no length" : "beats and bars have no length here",
      at: span,
      help: "give the scene a tempo, such as `tempo: 120`")
  }

  fileprivate static func badColor(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "bad_color", "`\(text)` is not a colour", at: span,
      help: "write three or six hexadecimal digits, such as \"#ff5f6d\"")
  }

  static func notAValue(_ name: Name) -> Diagnostic {
    Diagnostic("wrong_type", "`\(name.text)` is no value of an expression", at: name.span)
  }

  fileprivate static func valueOutsideColors(_ name: Name) -> Diagnostic {
    Diagnostic(
      "value_outside_layer", "`\(name.text)` belongs to a layer's cells: only its colours and its wash can read it",
      at: name.span)
  }

  fileprivate static func unitsTimesUnits(_ a: TypedExpression, _ b: TypedExpression, _ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_unit", "\(a.dimension.described) cannot be multiplied by \(b.dimension.described)", at: span,
      help: "leave the unit off one of them")
  }

  fileprivate static func unitsDiffer(
    _ op: BinaryOperator, _ a: TypedExpression, _ b: TypedExpression, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      "wrong_unit", "`\(op.rawValue)` between \(a.dimension.described) and \(b.dimension.described)", at: span,
      labels: [.init(a.span, a.dimension.described), .init(b.span, b.dimension.described)])
  }

  fileprivate static func noColorOperator(_ op: BinaryOperator, _ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_type", "colours have no `\(op.rawValue)`", at: span,
      help: "colours can be added, scaled and mixed: `mix(a, b, 0.5)`")
  }

  fileprivate static func notYetInExpression(_ a: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_type", "\(a.type.described) cannot be calculated with", at: a.span,
      help: "a gradient stands alone, as in `color: heat`, or is read at a place, as in `color: heat(dist)`")
  }

  fileprivate static func loopBoundTooFine(_ bound: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_rate", "a loop bound may change once per frame, but this changes per \(bound.rate.rawValue)",
      at: bound.span)
  }

  fileprivate static func loopUnbounded(_ bound: TypedExpression) -> Diagnostic {
    Diagnostic(
      "unbounded_loop", "it is not known how far this loop bound can go", at: bound.span,
      help: "write min(n, 64), or give the parameter min and max")
  }

  fileprivate static func loopTooLong(_ span: Span, _ turns: Double) -> Diagnostic {
    Diagnostic(
      "unbounded_loop", "a loop makes at most 100000 turns, this one up to \(plain(turns))", at: span,
      help: "write min(n, 64), or give the parameter min and max")
  }

  fileprivate static func expectedNumber(_ a: TypedExpression, for what: String) -> Diagnostic {
    Diagnostic("wrong_type", "\(what) needs a number, found \(a.type.described)", at: a.span)
  }

  fileprivate static func expectedCondition(_ a: TypedExpression, for what: String) -> Diagnostic {
    Diagnostic(
      "wrong_type", "\(what) needs a condition, found \(a.type.described)", at: a.span,
      help: a.type == .number ? "compare it: `… > 0.3`" : nil)
  }
}
