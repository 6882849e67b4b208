import SceneLang

/// What evaluation needs to know of a segment's nodes beyond their kinds.
struct SegmentFacts {
  let segment: SegmentGraph
  /// By node: the loops whose index it reads and that are not closed below it. Empty for all nodes outside loop bodies.
  private let openLoops: [Set<LoopID>]
  private let varying: [Bool]
  private let indexNodes: [LoopID: [NodeID]]

  init(_ segment: SegmentGraph) {
    self.segment = segment
    var openLoops: [Set<LoopID>] = []
    var varying: [Bool] = []
    var indexNodes: [LoopID: [NodeID]] = [:]
    openLoops.reserveCapacity(segment.nodes.count)
    varying.reserveCapacity(segment.nodes.count)
    for (position, node) in segment.nodes.enumerated() {
      var open: Set<LoopID> = []
      switch node.kind {
      case .index(let loop):
        open = [loop]
        indexNodes[loop, default: []].append(NodeID(position))
      case .loop(_, let loop, let from, let to, _, let body):
        open = openLoops[body.index].subtracting([loop])
        open.formUnion(openLoops[from.index])
        open.formUnion(openLoops[to.index])
      default: for operand in node.operands { open.formUnion(openLoops[operand.index]) }
      }
      openLoops.append(open)
      varying.append(Self.isFrameInput(node.kind) || node.operands.contains { varying[$0.index] })
    }
    self.openLoops = openLoops
    self.varying = varying
    self.indexNodes = indexNodes
  }

  private static func isFrameInput(_ kind: Node.Kind) -> Bool {
    switch kind {
    case .simulation, .sample, .input(.pixel): true
    case .input(let input): input.rate == .frame || input == .value || input == .energy
    case .native(let op, _, _): FieldOps.table(of: op) != nil
    default: false
    }
  }

  func kind(_ id: NodeID) -> Node.Kind { segment[id].kind }
  func rate(_ id: NodeID) -> Rate { segment[id].rate }
  func openLoops(_ id: NodeID) -> Set<LoopID> { openLoops[id.index] }
  /// Whether it is the layer's own value or energy.
  func isOfCell(_ id: NodeID) -> Bool { kind(id) == .input(.value) || kind(id) == .input(.energy) }
  /// The nodes that give a loop's index.
  func indexNodes(of loop: LoopID) -> [NodeID] { indexNodes[loop] ?? [] }
  /// Whether the value can differ between frames of the segment.
  func varies(_ id: NodeID) -> Bool { varying[id.index] }
  /// Whether the value is a Double of at most frame rate; the index of a loop always is.
  func isScalar(_ id: NodeID) -> Bool {
    if case .index = kind(id) { return true }
    return rate(id).isAccepted(by: .frame)
  }

  /// The node behind promotions. A promotion changes no value: where a Double enters a grid it is rounded once, whichever
  /// node reads it.
  func source(_ id: NodeID) -> NodeID {
    var id = id
    while case .promote(let operand) = kind(id) { id = operand }
    return id
  }

  /// The operands behind promotions; of a simulation only its coordinates, since its arguments are read by ticks, and of a
  /// picture, whose time is read once a frame.
  func sources(_ id: NodeID) -> [NodeID] {
    if case .picture(_, _, let x, let y, _) = kind(id) { return [source(x), source(y)] }
    if case .simulation(_, _, let x, let y) = kind(id) { return [source(x), source(y)] }
    return segment[id].operands.map(source)
  }
}
