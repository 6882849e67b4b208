/// Removes nodes that no layer and no shader reads, directly or through others.
@Sendable func dropUnread(_ graph: RenderGraph) -> RenderGraph {
  graph.mapSegments { segment in
    var isRead = [Bool](repeating: false, count: segment.nodes.count)
    for root in segment.roots { isRead[root.index] = true }
    for index in segment.nodes.indices.reversed() where isRead[index] {
      for operand in segment.nodes[index].operands { isRead[operand.index] = true }
    }
    return segment.reordered(segment.nodes.indices.filter { isRead[$0] })
  }
}

extension SegmentGraph {
  /// The segment with only these nodes, in this order, which keeps operands before their readers.
  func reordered(_ order: [Int]) -> SegmentGraph {
    var place = [Int](repeating: -1, count: nodes.count)
    for (new, old) in order.enumerated() { place[old] = new }
    let map = { (id: NodeID) -> NodeID in
      precondition(place[id.index] >= 0, "node \(id.index) is read but was removed")
      return NodeID(place[id.index])
    }
    var result = self
    result.nodes = order.map { nodes[$0].mapOperands(map) }
    return result.mapRoots(map)
  }
}
