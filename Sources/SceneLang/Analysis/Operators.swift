/// Operators: the types they take, the units of what comes of them, and colours channel by channel.
extension Analyzer {
  func unary(_ op: UnaryOperator, _ a: TypedExpression, _ span: Span) -> TypedExpression {
    if a.isInvalid { return .invalid(span) }
    switch op {
    case .negate:
      guard expectNumber(a, for: "`-`", orDistance: true) else { return .invalid(span) }
      if case .number(let value) = a.kind { return .number(-value, a.dimension, span: span) }
      return TypedExpression(.unary(.negate, a), a.dimension, rate: a.rate, span: span)
    case .not:
      guard expectBoolean(a, for: "`not`") else { return .invalid(span) }
      return TypedExpression(
        .binary(.subtract, .number(1, span: span), a), type: .boolean, rate: a.rate, span: span)
    }
  }

  func binary(
    _ op: BinaryOperator, _ a: TypedExpression, _ b: TypedExpression, _ span: Span, in scope: Scope
  ) -> TypedExpression {
    if a.isInvalid || b.isInvalid { return .invalid(span) }
    if op == .and || op == .or {
      guard expectBoolean(a, for: "`\(op.rawValue)`"), expectBoolean(b, for: "`\(op.rawValue)`") else {
        return .invalid(span)
      }
      return make(op == .and ? .minimum : .maximum, a, b, type: .boolean, .plain, span)
    }
    if a.type.isColored || b.type.isColored { return colorArithmetic(op, a, b, span, in: scope) }
    let what = "`\(op.rawValue)`"
    let takesDistances = op.comparesOrMoves
    guard expectNumber(a, for: what, orDistance: takesDistances),
      expectNumber(b, for: what, orDistance: takesDistances && op != .subtract)
    else { return .invalid(span) }
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
      if op == .add && p == .distance && q == .distance {
        report(.distanceAsNumber(b, for: "`+` of a distance"))
        return nil
      }
      guard let dimension = p.joined(with: q) else {
        report(.unitsDiffer(op, a, b, span))
        return nil
      }
      if dimension == .distance, op == .add || op == .subtract, !areLengths([a, b]) { return nil }
      return dimension
    }
  }

  private func colorArithmetic(
    _ op: BinaryOperator, _ a: TypedExpression, _ b: TypedExpression, _ span: Span, in scope: Scope
  ) -> TypedExpression {
    let function: BinaryFunction
    switch op {
    case .add: function = .add
    case .subtract: function = .subtract
    case .multiply: function = .multiply
    case .divide where !b.type.isColored: function = .divide
    default:
      report(.noColorOperator(op, span))
      return .invalid(span)
    }
    for operand in [a, b] where !operand.type.isColored {
      guard expectNumber(operand, for: "`\(op.rawValue)` of a color") else { return .invalid(span) }
    }
    return eachChannel(of: [a, b], span, in: scope) { self.make(function, $0[0], $0[1], span) }
  }

  /// Applies a function channel by channel; numbers count for every channel, and gradients are read.
  func eachChannel(
    of operands: [TypedExpression], _ span: Span, in scope: Scope, _ body: ([TypedExpression]) -> TypedExpression
  ) -> TypedExpression {
    let operands = operands.map { asColor($0, in: scope) }
    if operands.contains(where: \.isInvalid) { return .invalid(span) }
    var channels: [TypedExpression] = []
    for channel in 0..<3 {
      var parts: [TypedExpression] = []
      for operand in operands {
        guard let part = self.channel(channel, of: operand) else {
          preconditionFailure("neither a number nor a colour: \(operand)")
        }
        parts.append(part)
      }
      channels.append(body(parts))
    }
    let rate = channels.dropFirst().reduce(channels[0].rate) { $0.joined(with: $1.rate) }
    return TypedExpression(.rgb(channels[0], channels[1], channels[2]), type: .color, rate: rate, span: span)
  }

  private func channel(_ index: Int, of expression: TypedExpression) -> TypedExpression? {
    guard expression.type == .color else { return expression }
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
}

extension BinaryOperator {
  /// A distance may stand on its left.
  fileprivate var comparesOrMoves: Bool {
    switch self {
    case .add, .subtract, .less, .greater, .lessOrEqual, .greaterOrEqual, .equal, .notEqual: true
    case .multiply, .divide, .power, .and, .or: false
    }
  }
}

extension Dimension {
  /// What values of two dimensions have in common when they are added or compared; nil if nothing. A distance is moved by
  /// a length, and plain numbers take the other's tag.
  func joined(with other: Dimension) -> Dimension? {
    if self == other || other == .plain { return self }
    if self == .plain { return other }
    return Set([self, other]) == [.length, .distance] ? .distance : nil
  }
}

extension Diagnostic {
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

}
