/// Computes equal nodes once: same kind, same operands, same rate, same randomness key. Layers share too.
@Sendable func shareSubexpressions(_ graph: RenderGraph) -> RenderGraph {
  graph.mapSegments { segment in
    var seen: [Node: NodeID] = [:]
    var nodes: [Node] = []
    var map: [NodeID] = []
    for node in segment.nodes {
      var node = node.mapOperands { map[$0.index] }
      // A promotion to a rate the operand already has is nothing.
      if case .promote(let source) = node.kind, nodes[source.index].rate == node.rate {
        map.append(source)
        continue
      }
      node.normalizeZero()
      if let twin = seen[node] {
        map.append(twin)
      } else {
        nodes.append(node)
        let id = NodeID(nodes.count - 1)
        seen[node] = id
        map.append(id)
      }
    }
    var result = segment
    result.nodes = nodes
    return result.mapRoots { map[$0.index] }
  }
}

extension Node {
  /// 0 and −0 are equal but not the same bits: the sign is kept by never merging the two.
  fileprivate mutating func normalizeZero() {
    if case .number(let value) = kind, value == 0, value.sign == .minus { kind = .unary(.negate, NodeID(-1)) }
  }
}
