extension Analyzer {
  /// The number an expression stands for, by the same functions that the renderer uses. Nil when it depends on anything
  /// known only later, or when the loops and fields of all constants of the scene take too long.
  func constant(_ expression: TypedExpression) -> Double? {
    constant(expression, ConstantFrame())
  }

  /// The number that a value accepted by a slot of constant rate stands for; nil after a report.
  func settled(_ value: TypedExpression) -> Double? {
    if value.isInvalid { return nil }
    if let number = constant(value) { return number }
    report(.notSettled(value))
    return nil
  }

  /// The same of a color accepted by such a slot.
  func settledColor(_ value: TypedExpression) -> RGB? {
    if value.isInvalid { return nil }
    if let color = constantColor(value) { return color }
    report(.notSettled(value))
    return nil
  }

  /// Steps in loops and fields; a fraction of a second.
  private static let mostConstantSteps = 1_000_000

  private func constant(_ expression: TypedExpression, _ frame: ConstantFrame) -> Double? {
    if frame.outer != nil || !frame.indices.isEmpty {
      constantSteps += 1
      guard constantSteps <= Self.mostConstantSteps else { return nil }
    }
    switch expression.kind {
    case .number(let value): return value
    case .binding(let id):
      if let known = fact(\.constants, of: id, none: nil, { constant($0) }) { return known }
      // It may read the parameters of the field that it belongs to.
      return frame.outer == nil ? nil : binding(id).flatMap { constant($0, frame) }
    case .parameter(let place):
      guard frame.arguments.indices.contains(place), let outer = frame.outer else { return nil }
      return constant(frame.arguments[place], outer)
    case .index(let slot): return frame.indices[slot]
    case .unary(let function, let a): return constant(a, frame).map { ScalarMath.apply(function, $0) }
    case .binary(let function, let a, let b):
      guard let a = constant(a, frame), let b = constant(b, frame) else { return nil }
      return ScalarMath.apply(function, a, b)
    case .select(let condition, let then, let otherwise):
      guard let holds = constant(condition, frame) else { return nil }
      return constant(holds != 0 ? then : otherwise, frame)
    case .gradientLevel(let gradient, let channel, let place):
      return constant(place, frame).map { gradient.level(channel, at: $0) }
    case .choice(let word, let choices): return choices.firstIndex(of: word).map { Double($0) }
    case .loop(let reduction, let index, let from, let to, let limit, let body):
      guard let from = constant(from, frame), let to = constant(to, frame) else { return nil }
      let turns = Int(max(0, min(to.rounded(.up) - from.rounded(.up), Double(limit))))
      var total: Double?
      let outer = frame.indices[index]
      defer { frame.indices[index] = outer }
      for turn in 0..<turns {
        frame.indices[index] = from.rounded(.up) + Double(turn)
        guard let value = constant(body, frame) else { return nil }
        total = total.map { ScalarMath.apply(reduction.combination, $0, value) } ?? value
      }
      guard let total else { return reduction.emptyValue }
      return reduction == .mean ? total / Double(turns) : total
    case .field(let id, let arguments):
      guard case .done(let field) = definitions[id.index].state else { return nil }
      return constant(field.value, ConstantFrame(arguments, outer: frame))
    // What is the same everywhere is the same elsewhere.
    case .at(let field, _, _, _): return constant(field, frame)
    default: return nil
    }
  }

  /// The colour an expression of constant rate stands for.
  func constantColor(_ expression: TypedExpression) -> RGB? {
    switch expression.kind {
    case .rgb(let r, let g, let b):
      guard let r = constant(r), let g = constant(g), let b = constant(b) else { return nil }
      return RGB(level(r), level(g), level(b))
    case .binding(let id): return binding(id).flatMap { constantColor($0) }
    case .select(let condition, let then, let otherwise):
      return constant(condition).flatMap { $0 != 0 ? constantColor(then) : constantColor(otherwise) }
    default: return nil
    }
  }

  /// The gradient an expression stands for; nil for one that is read at a place.
  func constantGradient(_ expression: TypedExpression) -> Gradient? {
    switch expression.kind {
    case .gradient(let gradient, nil): return gradient
    case .binding(let id): return binding(id).flatMap { constantGradient($0) }
    case .select(let condition, let then, let otherwise):
      return constant(condition).flatMap { $0 != 0 ? constantGradient(then) : constantGradient(otherwise) }
    default: return nil
    }
  }

  /// The text an expression stands for, such as a text parameter.
  func constantText(_ expression: TypedExpression) -> String? {
    switch expression.kind {
    case .text(let text), .choice(let text, _): return text
    case .binding(let id): return binding(id).flatMap { constantText($0) }
    case .select(let condition, let then, let otherwise):
      return constant(condition).flatMap { $0 != 0 ? constantText(then) : constantText(otherwise) }
    default: return nil
    }
  }

  private func level(_ value: Double) -> UInt8 { UInt8(min(max(value * 255 + 0.5, 0), 255)) }
}

/// What the body of a field refers to while a constant is computed: the arguments of the call, as they stand where it is,
/// and the turns of the loops around.
private final class ConstantFrame {
  let arguments: [TypedExpression]
  let outer: ConstantFrame?
  var indices: [Int: Double] = [:]

  init(_ arguments: [TypedExpression] = [], outer: ConstantFrame? = nil) {
    (self.arguments, self.outer) = (arguments, outer)
  }
}

extension Diagnostic {
  /// What depends on its place in the picture, or takes too long.
  static func notSettled(_ value: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_rate", "this is settled before rendering, but what it depends on is known only then", at: value.span,
      help: "use numbers, `params:` and what follows from them in a million steps; not `cols`, `rows`, `cell_aspect` "
        + "or the parameters of a field")
  }
}
