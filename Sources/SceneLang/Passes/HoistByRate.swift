/// Orders nodes by rate, so that what is constant comes first, then what changes once per segment, per frame, per row
/// and column, per cell. Operands stay before their readers, and equal rates keep their order.
@Sendable func hoistByRate(_ graph: RenderGraph) -> RenderGraph {
  graph.mapSegments { segment in
    let loops = segment.loopMembers
    // A node's section is its rate; what reads a loop's index can only stand inside that loop, so it sorts with the
    // finest rate of the loop's body.
    func section(_ index: Int) -> Int {
      let rate = loops[index].map { segment[$0].rate } ?? segment.nodes[index].rate
      switch rate {
      case .constant: return 0
      case .segment: return 1
      case .frame: return 2
      case .row: return 3
      case .column: return 4
      case .cell: return 5
      case .pixel: return 6
      }
    }
    var sections = [Int](repeating: 0, count: segment.nodes.count)
    for index in segment.nodes.indices {
      // Never before an operand.
      let operands = segment.nodes[index].operands.map { sections[$0.index] }.max() ?? 0
      sections[index] = max(section(index), operands)
    }
    let order = segment.nodes.indices.sorted { (sections[$0], $0) < (sections[$1], $1) }
    return segment.reordered(order)
  }
}

extension SegmentGraph {
  /// For every node that reads a loop's index, the outermost loop node around it.
  fileprivate var loopMembers: [NodeID?] {
    var reads = [Set<LoopID>](repeating: [], count: nodes.count)
    var loopNode: [LoopID: NodeID] = [:]
    for (index, node) in nodes.enumerated() {
      for operand in node.operands { reads[index].formUnion(reads[operand.index]) }
      if case .index(let loop) = node.kind { reads[index] = [loop] }
      if case .loop(_, let loop, _, _, _, _) = node.kind {
        reads[index].remove(loop)
        loopNode[loop] = NodeID(index)
      }
    }
    return reads.map { loops in loops.compactMap { loopNode[$0] }.max() }
  }
}
