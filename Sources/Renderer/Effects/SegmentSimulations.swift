import SceneLang

/// What the simulations of a segment show: one plane for every call with its seed, however many nodes read it; and its
/// pictures, which are sampled alike.
final class SimulationPlanes {
  struct Key: Hashable {
    var call: NativeCall
    var seed: UInt64
  }

  /// In the order of their nodes: one that reads another comes after it.
  fileprivate let keys: [Key]
  fileprivate let settings: [SimulationSetting]
  fileprivate let planes: [SimulationPlane]
  private let places: [NodeID: Int]
  let pictures: PicturePlanes
  /// For what fields of the segment keep beside these.
  let room = PlaneRoom()

  init(_ segment: SegmentGraph, format: PictureFormat, pictures: PictureLibrary, kernels: KernelSet) {
    self.pictures = PicturePlanes(segment, format: format, library: pictures)
    var keys: [Key] = []
    var places: [NodeID: Int] = [:]
    for (index, node) in segment.nodes.enumerated() {
      guard case .simulation(let call, let seed, _, _) = node.kind else { continue }
      let key = Key(call: call, seed: seed)
      let place = keys.firstIndex(of: key) ?? keys.count
      if place == keys.count { keys.append(key) }
      places[NodeID(index)] = place
    }
    self.keys = keys
    self.places = places
    settings = keys.map { key in
      SimulationSetting(fontSize: key.call.gridSize, format: format, seed: key.seed, kernels: kernels)
    }
    planes = settings.map { SimulationPlane($0.geometry(format)) }
  }

  /// What the node of a simulation or a picture samples.
  func base(of node: NodeID) -> UnsafePointer<Float> {
    if let picture = pictures.base(of: node) { return picture }
    guard let place = places[node] else { preconditionFailure("node \(node.index) is no simulation") }
    return planes[place].base
  }

  /// The simulations that a node reads, directly or through others.
  fileprivate func read(by root: NodeID, in segment: SegmentGraph) -> Set<Int> {
    var found: Set<Int> = []
    var seen: Set<NodeID> = []
    var pending = [root]
    while let node = pending.popLast() {
      guard seen.insert(node).inserted else { continue }
      if let place = places[node] { found.insert(place) }
      pending += segment[node].operands
    }
    return found
  }
}

/// The simulations of a segment, ready to run. One per worker.
final class SegmentSimulations {
  let planes: SimulationPlanes
  /// What ticks, in the order in which it must.
  var states: [any Ticking] { simulations }
  private let simulations: [Simulation]

  init(_ segment: SegmentGraph, format: PictureFormat, pictures: PictureLibrary, kernels: KernelSet) {
    let planes = SimulationPlanes(segment, format: format, pictures: pictures, kernels: kernels)
    self.planes = planes
    let called = segment.nodes.compactMap { node -> NativeCall? in
      if case .simulation(let call, _, _, _) = node.kind { call } else { nil }
    }
    let effects = (segment.layers + segment.overlay).flatMap(\.parts).compactMap(\.effect)
    let readByTicks = (called + effects).flatMap(\.fields)
      .reduce(into: Set<Int>()) { $0.formUnion(planes.read(by: $1, in: segment)) }
    simulations = planes.keys.indices.map { place in
      let arguments = CallEvaluator(
        planes.keys[place].call, SimulationOps.named(planes.keys[place].call.op).declaration.parameters, in: segment,
        geometry: planes.settings[place].geometry(format), simulations: planes, kernels: kernels.field)
      return Simulation(
        planes.keys[place].call.op, planes.settings[place], arguments, planes.planes[place],
        writesEveryTick: readByTicks.contains(place))
    }
  }

  /// Writes the planes of states that have changed.
  func refresh() { for simulation in simulations { simulation.refresh() } }
}

/// One simulation with its arguments.
private final class Simulation: Ticking {
  private let arguments: CallEvaluator
  private let plane: SimulationPlane
  private let writesEveryTick: Bool
  private let initial: any SimulationOp
  private var op: any SimulationOp
  private var isWritten = false

  init(
    _ op: String, _ setting: SimulationSetting, _ arguments: CallEvaluator, _ plane: SimulationPlane,
    writesEveryTick: Bool
  ) {
    self.arguments = arguments
    self.plane = plane
    self.writesEveryTick = writesEveryTick
    initial = SimulationOps.named(op).init(setting)
    self.op = initial
  }

  func refresh() {
    guard !isWritten else { return }
    op.write(into: plane)
    isWritten = true
  }

  func reset() {
    op = initial
    isWritten = false
  }

  func advance(_ context: FrameContext, tick: Int) {
    op.advance(arguments.evaluate(context), tick: tick)
    isWritten = false
    if writesEveryTick { refresh() }
  }

  var state: any Sendable {
    get { op }
    set {
      guard let state = newValue as? any SimulationOp else { preconditionFailure("the state of something else") }
      op = state
      isWritten = false
    }
  }
}

extension NativeCall {
  /// The font size of the grid that a simulation is called with.
  var gridSize: Double {
    let parameters = SimulationOps.named(op).declaration.parameters
    guard let place = parameters.firstIndex(where: { $0.name == "grid" }), case .word(let name) = arguments[place]
    else { preconditionFailure("`\(op)` has no grid") }
    return SimulationOps.fontSize(ofGrid: name)
  }

  fileprivate var fields: [NodeID] {
    arguments.compactMap { if case .field(let node) = $0 { node } else { nil } }
  }
}

extension Layer {
  fileprivate var effect: NativeCall? { if case .effect(let call) = source { call } else { nil } }
}
