import KernelTable
import SceneLang

/// An operand of a fused operation.
enum FusionTerm: Equatable {
  case node(NodeID)
  /// A uniform with its sign changed, for a − b = a + (−b), which is exact.
  case negated(NodeID)
  case constant(Float)
}

/// Several nodes computed by one kernel, with the same roundings in the same order.
struct Fusion {
  var operation: FieldOperation
  var terms: [FusionTerm]
  /// The inner nodes, which get no instruction of their own.
  var absorbed: [NodeID]
}

/// Finds fused operations. A strip is then walked once for several nodes, which saves loads, stores and calls.
struct OperationFusion {
  let facts: SegmentFacts
  /// Whether the node is computed in the same block for one reader only.
  let canAbsorb: (NodeID) -> Bool
  let isUniform: (NodeID) -> Bool

  /// The fused form of the node with the most absorbed, if there is one.
  func fusion(at id: NodeID) -> Fusion? {
    switch facts.kind(id) {
    case .unary(.sin, let a): wave(of: a, .sinOfMultiplyAdd, .sinOfSumOfProducts, .sinOfSumOfProductsAdd)
    case .unary(.cos, let a): wave(of: a, .cosOfMultiplyAdd, .cosOfSumOfProducts, .cosOfSumOfProductsAdd)
    case .binary(.minimum, let a, let b): clamp(facts.source(a), facts.source(b))
    case .binary(.multiply, let a, let b): smoothCurve(facts.source(a), facts.source(b))
    case .binary: mix(id) ?? sum(id)
    default: nil
    }
  }

  private func binary(_ id: NodeID) -> (BinaryFunction, NodeID, NodeID)? {
    guard case .binary(let function, let a, let b) = facts.kind(id) else { return nil }
    return (function, facts.source(a), facts.source(b))
  }

  /// The operands of an inner node with that function.
  private func absorbed(_ function: BinaryFunction, _ id: NodeID) -> (NodeID, NodeID)? {
    guard canAbsorb(id), let (found, a, b) = binary(id), found == function else { return nil }
    return (a, b)
  }

  /// sin or cos of a sum or product.
  private func wave(
    of operand: NodeID, _ multiplyAdd: FieldOperation, _ products: FieldOperation, _ productsAdd: FieldOperation
  ) -> Fusion? {
    let id = facts.source(operand)
    guard canAbsorb(id) else { return nil }
    if let sum = sum(id) {
      let operation =
        switch sum.operation {
        case .multiplyAdd: multiplyAdd
        case .sumOfProducts: products
        default: productsAdd
        }
      return Fusion(operation: operation, terms: sum.terms, absorbed: sum.absorbed + [id])
    }
    switch binary(id) {
    // a·b + (−0) and a·1 + b are exact.
    case (.multiply, let a, let b)?:
      return Fusion(operation: multiplyAdd, terms: [.node(a), .node(b), .constant(-0.0)], absorbed: [id])
    case (.add, let a, let b)?:
      return Fusion(operation: multiplyAdd, terms: [.node(a), .constant(1), .node(b)], absorbed: [id])
    case (.subtract, let a, let b)? where isUniform(b):
      return Fusion(operation: multiplyAdd, terms: [.node(a), .constant(1), .negated(b)], absorbed: [id])
    default: return nil
    }
  }

  /// a·b + c, a·b + c·d, a·b + c·d + e and the same with differences, where one side is a product.
  private func sum(_ id: NodeID) -> Fusion? {
    guard let (function, left, right) = binary(id), function == .add || function == .subtract else { return nil }
    let isDifference = function == .subtract
    if let inner = sumOfProducts(left), let term = term(right, negated: isDifference) {
      return Fusion(
        operation: .sumOfProductsAdd, terms: inner.terms + [term], absorbed: inner.absorbed + [left])
    }
    if !isDifference, let inner = sumOfProducts(right) {
      return Fusion(
        operation: .sumOfProductsAdd, terms: inner.terms + [.node(left)], absorbed: inner.absorbed + [right])
    }
    switch (product(left, negated: false), product(right, negated: isDifference)) {
    case (let a?, let b?): return Fusion(operation: .sumOfProducts, terms: a + b, absorbed: [left, right])
    case (let a?, nil):
      guard let term = term(right, negated: isDifference) else { return nil }
      return Fusion(operation: .multiplyAdd, terms: a + [term], absorbed: [left])
    case (nil, let b?): return Fusion(operation: .multiplyAdd, terms: b + [.node(left)], absorbed: [right])
    case (nil, nil): return nil
    }
  }

  private func sumOfProducts(_ id: NodeID) -> Fusion? {
    guard canAbsorb(id), let sum = sum(id), sum.operation == .sumOfProducts else { return nil }
    return sum
  }

  private func product(_ id: NodeID, negated: Bool) -> [FusionTerm]? {
    guard let (a, b) = absorbed(.multiply, id) else { return nil }
    if !negated { return [.node(a), .node(b)] }
    if isUniform(a) { return [.negated(a), .node(b)] }
    return isUniform(b) ? [.node(a), .negated(b)] : nil
  }

  private func term(_ id: NodeID, negated: Bool) -> FusionTerm? {
    if !negated { return .node(id) }
    return isUniform(id) ? .negated(id) : nil
  }

  /// minimum(maximum(a, b), c).
  private func clamp(_ inner: NodeID, _ high: NodeID) -> Fusion? {
    guard let (a, low) = absorbed(.maximum, inner) else { return nil }
    return Fusion(operation: .clamp, terms: [.node(a), .node(low), .node(high)], absorbed: [inner])
  }

  /// a + (b − a) · c.
  private func mix(_ id: NodeID) -> Fusion? {
    guard let (function, a, scaled) = binary(id), function == .add, let (p, q) = absorbed(.multiply, scaled) else {
      return nil
    }
    for (difference, amount) in [(p, q), (q, p)] {
      if let (b, base) = absorbed(.subtract, difference), base == a {
        return Fusion(
          operation: .mix, terms: [.node(a), .node(b), .node(amount)], absorbed: [scaled, difference])
      }
    }
    return nil
  }

  /// (t · t) · (3 − 2 · t).
  private func smoothCurve(_ square: NodeID, _ rest: NodeID) -> Fusion? {
    guard let (t, again) = absorbed(.multiply, square), t == again,
      let (three, double) = absorbed(.subtract, rest), facts.kind(three) == .number(3),
      let (p, q) = absorbed(.multiply, double),
      (facts.kind(p) == .number(2) && q == t) || (facts.kind(q) == .number(2) && p == t)
    else { return nil }
    return Fusion(operation: .smoothCurve, terms: [.node(t)], absorbed: [square, rest, double])
  }
}
