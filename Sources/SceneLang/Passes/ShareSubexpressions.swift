/// Computes equal nodes once: same kind, same operands, same rate, same randomness key. Layers share too.
@Sendable func shareSubexpressions(_ graph: RenderGraph) -> RenderGraph {
  graph.mapSegments { segment in
    var seen: [Node: NodeID] = [:]
    var nodes: [Node] = []
    var map: [NodeID] = []
    for node in segment.nodes {
      let node = node.mapOperands { map[$0.index] }
      // A promotion to a rate the operand already has is nothing.
      if case .promote(let source) = node.kind, nodes[source.index].rate == node.rate {
        map.append(source)
        continue
      }
      if let twin = seen[node.key] {
        map.append(twin)
      } else {
        nodes.append(node)
        let id = NodeID(nodes.count - 1)
        seen[node.key] = id
        map.append(id)
      }
    }
    var result = segment
    result.nodes = nodes
    return result.mapRoots { map[$0.index] }
  }
}

extension Node {
  /// What is looked up: the node itself, but for −0, which is equal to 0 and has other bits. The key of −0 is a node that
  /// no graph holds.
  fileprivate var key: Node {
    guard case .number(let value) = kind, value == 0, value.sign == .minus else { return self }
    return Node(.unary(.negate, NodeID(-1)), rate: rate)
  }
}
