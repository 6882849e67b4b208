import SceneLang

/// The turns of a loop: index = start, start + 1, …, `count` of them.
struct LoopTurns {
  let start: Double
  let count: Int

  /// `from` and `to` are rounded up to integers; at most `limit` turns.
  init(from: Double, to: Double, limit: Int) {
    start = ScalarMath.ceil(ScalarMath.finite(from))
    let end = ScalarMath.ceil(ScalarMath.finite(to))
    count = Int(ScalarMath.clamp(end - start, 0, Double(limit)))
  }
}

extension Reduction {
  /// What a loop without turns gives.
  var valueOfNone: Double {
    switch self {
    case .product: 1
    case .sum, .min, .max, .mean: 0
    }
  }

  /// How the next turn joins the turns so far; the first one stands by itself. A mean is divided at the end.
  var combination: BinaryFunction {
    switch self {
    case .sum, .mean: .add
    case .product: .multiply
    case .min: .minimum
    case .max: .maximum
    }
  }
}
