/// Evaluates nodes of rate `constant` whose operands are numbers, by the functions that the renderer itself uses, and
/// takes the chosen branch of a settled `if`. A finer node that turns out equal to a coarser one becomes `promote`, so
/// that the step from Double to Float32 stays where it was.
@Sendable func foldConstants(_ graph: RenderGraph) -> RenderGraph {
  graph.mapSegments { segment in
    var result = segment
    for index in segment.nodes.indices { result.nodes[index] = folded(result.nodes[index], in: result) }
    return result
  }
}

private func folded(_ node: Node, in segment: SegmentGraph) -> Node {
  func number(_ id: NodeID) -> Double? {
    if case .number(let value) = segment[id].kind { value } else { nil }
  }
  switch node.kind {
  case .unary(let function, let a):
    guard let a = number(a) else { return node }
    return Node(.number(ScalarMath.apply(function, a)), rate: node.rate)
  case .binary(let function, let a, let b):
    if let a = number(a), let b = number(b) {
      return Node(.number(ScalarMath.apply(function, a, b)), rate: node.rate)
    }
    return withoutUnit(node, function, a, b, number)
  case .select(let condition, let then, let otherwise):
    guard let condition = number(condition) else { return node }
    return same(as: condition != 0 ? then : otherwise, for: node)
  case .gradient(let gradient, let channel, let place):
    guard let place = number(place) else { return node }
    return Node(.number(gradient.level(channel, at: place)), rate: node.rate)
  default: return node
  }
}

/// x · 1, x / 1 and x − 0 are x, to the bit.
private func withoutUnit(
  _ node: Node, _ function: BinaryFunction, _ a: NodeID, _ b: NodeID, _ number: (NodeID) -> Double?
) -> Node {
  switch (function, number(a), number(b)) {
  case (.multiply, _, 1), (.divide, _, 1), (.subtract, _, 0): same(as: a, for: node)
  case (.multiply, 1, _): same(as: b, for: node)
  default: node
  }
}

private func same(as source: NodeID, for node: Node) -> Node { Node(.promote(source), rate: node.rate) }
