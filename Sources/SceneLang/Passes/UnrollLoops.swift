/// Writes out loops whose bounds are numbers and whose unrolled bodies stay small, innermost first: their turns then
/// fold, share and hoist like anything else.
@Sendable func unrollLoops(_ graph: RenderGraph) -> RenderGraph { graph.mapSegments(unrolled) }

/// More turns or more nodes than this stay a loop: the program would grow faster than it speeds up. Scalars count apart:
/// written out they are computed once a frame, in a loop once for every strip of cells.
private let turnLimit = 16
private let nodeLimit = 1024
private let scalarLimit = 4096

private func unrolled(_ segment: SegmentGraph) -> SegmentGraph {
  var nodes: [Node] = []
  // Where each old node went.
  var map: [NodeID] = []
  var result = segment
  for node in segment.nodes {
    let moved = node.mapOperands { map[$0.index] }
    guard case .loop(let reduction, let loop, let from, let to, let limit, let body) = moved.kind,
      case .number(let first) = nodes[from.index].kind, case .number(let last) = nodes[to.index].kind
    else {
      nodes.append(moved)
      map.append(NodeID(nodes.count - 1))
      continue
    }
    let (start, end) = (first.rounded(.up), last.rounded(.up))
    let members = bodyMembers(of: loop, body: body, in: nodes)
    let turns = max(0, min(end - start, Double(limit)))
    let scalars = members.count { nodes[$0.index].rate.isAccepted(by: .frame) }
    guard turns <= Double(turnLimit), Int(turns) * (members.count - scalars) <= nodeLimit,
      Int(turns) * scalars <= scalarLimit
    else {
      nodes.append(moved)
      map.append(NodeID(nodes.count - 1))
      continue
    }
    map.append(unroll(reduction, loop, Int(start), Int(turns), members, body, rate: moved.rate, into: &nodes))
  }
  result.nodes = nodes
  return result.mapRoots { map[$0.index] }
}

/// The nodes that read the loop's index, in order.
private func bodyMembers(of loop: LoopID, body: NodeID, in nodes: [Node]) -> [NodeID] {
  var depends = [Bool](repeating: false, count: body.index + 1)
  for index in 0...body.index {
    if case .index(loop) = nodes[index].kind {
      depends[index] = true
    } else {
      depends[index] = nodes[index].operands.contains { depends[$0.index] }
    }
  }
  return depends.indices.filter { depends[$0] }.map { NodeID($0) }
}

private func unroll(
  _ reduction: Reduction, _ loop: LoopID, _ start: Int, _ turns: Int, _ members: [NodeID], _ body: NodeID, rate: Rate,
  into nodes: inout [Node]
) -> NodeID {
  func append(_ kind: Node.Kind, _ rate: Rate) -> NodeID {
    nodes.append(Node(kind, rate: rate))
    return NodeID(nodes.count - 1)
  }
  var total: NodeID?
  for turn in 0..<turns {
    var copies: [NodeID: NodeID] = [:]
    for member in members {
      let node = nodes[member.index]
      if case .index(loop) = node.kind {
        copies[member] = append(.number(Double(start + turn)), .constant)
      } else {
        let copy = node.mapOperands { copies[$0] ?? $0 }
        copies[member] = append(copy.kind, copy.rate)
      }
    }
    let value = copies[body] ?? body
    if let sum = total {
      total = append(.binary(reduction.combination, sum, value), rate)
    } else {
      // The first turn is combined with the start value only where that changes it.
      total = nodes[value.index].rate == rate ? value : append(.promote(value), rate)
    }
  }
  guard let total else { return append(.promote(append(.number(reduction.emptyValue), .constant)), rate) }
  if reduction != .mean { return total }
  return append(.binary(.divide, total, append(.number(Double(turns)), .constant)), rate)
}

extension Reduction {
  /// What joins the turns; a mean is a sum divided at the end.
  public var combination: BinaryFunction {
    switch self {
    case .sum, .mean: .add
    case .product: .multiply
    case .min: .minimum
    case .max: .maximum
    }
  }

  /// The value of no turns at all.
  public var emptyValue: Double { self == .product ? 1 : 0 }
}
