extension Analyzer {
  /// The number an expression of constant rate stands for, by the same functions that the renderer uses. Nil when it
  /// depends on anything known only later.
  func constant(_ expression: TypedExpression) -> Double? {
    switch expression.kind {
    case .number(let value): return value
    case .binding(let id): return fact(\.constants, of: id, none: nil) { constant($0) }
    case .unary(let function, let a): return constant(a).map { ScalarMath.apply(function, $0) }
    case .binary(let function, let a, let b):
      guard let a = constant(a), let b = constant(b) else { return nil }
      return ScalarMath.apply(function, a, b)
    case .select(let condition, let then, let otherwise):
      return constant(condition).flatMap { $0 != 0 ? constant(then) : constant(otherwise) }
    case .gradientLevel(let gradient, let channel, let place):
      return constant(place).map { gradient.level(channel, at: $0) }
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
