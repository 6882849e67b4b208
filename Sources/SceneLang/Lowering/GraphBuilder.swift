/// Appends nodes to one segment's graph; rates follow from the operands.
struct GraphBuilder {
  private(set) var nodes: [Node] = []
  private var loopCount = 0

  mutating func append(_ kind: Node.Kind, rate: Rate) -> NodeID {
    nodes.append(Node(kind, rate: rate))
    return NodeID(nodes.count - 1)
  }

  func rate(_ id: NodeID) -> Rate { nodes[id.index].rate }

  mutating func number(_ value: Double) -> NodeID { append(.number(value), rate: .constant) }

  mutating func input(_ input: Input) -> NodeID { append(.input(input), rate: input.rate) }

  mutating func unary(_ function: UnaryFunction, _ a: NodeID) -> NodeID {
    append(.unary(function, a), rate: rate(a))
  }

  mutating func binary(_ function: BinaryFunction, _ a: NodeID, _ b: NodeID) -> NodeID {
    append(.binary(function, a, b), rate: rate(a).joined(with: rate(b)))
  }

  mutating func select(_ condition: NodeID, _ then: NodeID, _ otherwise: NodeID) -> NodeID {
    let rate = rate(condition).joined(with: rate(then)).joined(with: rate(otherwise))
    return append(.select(condition: condition, then: then, otherwise: otherwise), rate: rate)
  }

  mutating func makeLoop() -> LoopID {
    loopCount += 1
    return LoopID(loopCount - 1)
  }
}
