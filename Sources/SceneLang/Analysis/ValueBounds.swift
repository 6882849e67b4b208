/// What is known of a value without rendering: the range it cannot leave. Nil where nothing is known.
struct ValueBounds {
  let analyzer: Analyzer

  func of(_ expression: TypedExpression) -> ClosedRange<Double>? {
    switch expression.kind {
    case .number(let value): return range(value, value)
    case .input(let input): return range(of: input)
    case .parameter(let place): return analyzer.parameterRange(place)
    case .binding(let id): return analyzer.fact(\.bounds, of: id, none: nil) { of($0) }
    case .index(let slot): return analyzer.indexRange(slot)
    case .unary(let function, let a): return of(a).flatMap { unary(function, $0) } ?? unary(function)
    case .binary(let function, let a, let b):
      let (p, q) = (of(a), of(b))
      if p == nil && q == nil { return nil }
      if function == .minimum || function == .maximum {
        return binary(function, p ?? Self.anything, q ?? Self.anything)
      }
      return p.flatMap { p in q.flatMap { q in binary(function, p, q) } }
    case .select(_, let then, let otherwise):
      guard let a = of(then), let b = of(otherwise) else { return nil }
      return range(min(a.lowerBound, b.lowerBound), max(a.upperBound, b.upperBound))
    case .random, .picture, .measured, .gradientLevel: return 0...1
    case .text, .choice, .rgb, .gradient, .polar, .loop, .field, .native, .simulation, .at, .percentile, .lookup,
      .invalid:
      return nil
    }
  }

  private static let anything = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude

  /// Nothing is known of what overflows.
  private func range(_ low: Double, _ high: Double) -> ClosedRange<Double>? {
    low.isFinite && high.isFinite ? low...high : nil
  }

  private func range(of input: Input) -> ClosedRange<Double>? {
    switch input {
    case .feature(.beatN), .feature(.barN), .feature(.bpm): nil
    case .u, .v, .value, .energy, .progress, .feature: 0...1
    // Pixels are the cells of a pixel shader.
    case .columns, .column, .rows, .row: 0...8192
    case .pixel: 0...1
    default: nil
    }
  }

  private func unary(_ function: UnaryFunction, _ a: ClosedRange<Double>) -> ClosedRange<Double>? {
    switch function {
    case .negate: range(-a.upperBound, -a.lowerBound)
    case .floor, .ceil, .round:
      range(ScalarMath.apply(function, a.lowerBound), ScalarMath.apply(function, a.upperBound))
    case .abs:
      a.contains(0)
        ? range(0, max(-a.lowerBound, a.upperBound))
        : range(min(abs(a.lowerBound), abs(a.upperBound)), max(abs(a.lowerBound), abs(a.upperBound)))
    default: unary(function)
    }
  }

  /// Of whatever value.
  private func unary(_ function: UnaryFunction) -> ClosedRange<Double>? {
    switch function {
    case .fract: 0...1
    case .sin, .cos, .tanh, .sign: -1...1
    default: nil
    }
  }

  private func binary(
    _ function: BinaryFunction, _ a: ClosedRange<Double>, _ b: ClosedRange<Double>
  ) -> ClosedRange<Double>? {
    switch function {
    case .add: return range(a.lowerBound + b.lowerBound, a.upperBound + b.upperBound)
    case .subtract: return range(a.lowerBound - b.upperBound, a.upperBound - b.lowerBound)
    case .multiply:
      let products = [
        a.lowerBound * b.lowerBound, a.lowerBound * b.upperBound, a.upperBound * b.lowerBound,
        a.upperBound * b.upperBound,
      ]
      return range(products.min()!, products.max()!)
    case .minimum: return range(min(a.lowerBound, b.lowerBound), min(a.upperBound, b.upperBound))
    case .maximum: return range(max(a.lowerBound, b.lowerBound), max(a.upperBound, b.upperBound))
    case .modulo where b.lowerBound > 0: return range(0, b.upperBound)
    case .less, .lessOrEqual, .equal, .notEqual: return 0...1
    default: return nil
    }
  }
}
