import SceneLang

extension RenderGraph {
  /// Facts of the parts of each segment, and what its expressions take in a frame.
  public func notes(_ catalog: Catalog = .builtin, faces: FaceLibrary = FaceLibrary()) -> [SegmentNotes] {
    segments.map { segment in
      var noter = SegmentNoter(segment, format, catalog, faces)
      return noter.notes()
    }
  }
}

/// Finds out how often a frame computes each node of a segment, evaluator by evaluator as the renderer makes them. What no
/// frame changes is computed once, and counts nothing.
private struct SegmentNoter {
  private let segment: SegmentGraph
  private let format: PictureFormat
  private let catalog: Catalog
  private let faces: FaceLibrary
  private let facts: SegmentFacts
  /// How often each loop turns, at most.
  private let turns: [LoopID: Double]
  private var operations: [Double]
  /// The simulations whose arguments are counted.
  private var simulations: Set<SimulationPlanes.Key> = []

  init(_ segment: SegmentGraph, _ format: PictureFormat, _ catalog: Catalog, _ faces: FaceLibrary) {
    self.segment = segment
    self.format = format
    self.catalog = catalog
    self.faces = faces
    let facts = SegmentFacts(segment)
    self.facts = facts
    var turns: [LoopID: Double] = [:]
    for case .loop(_, let loop, let from, let to, let limit, _) in segment.nodes.map(\.kind) {
      var most = Double(limit)
      if case .number(let first) = facts.kind(facts.source(from)), case .number(let end) = facts.kind(facts.source(to))
      {
        most = min(most, max(0, end.rounded(.up) - first.rounded(.up)))
      }
      turns[loop] = most
    }
    self.turns = turns
    operations = Array(repeating: 0, count: segment.nodes.count)
  }

  mutating func notes() -> SegmentNotes {
    let layers = segment.layers.flatMap { notes(of: $0) }
    let overlay = segment.overlay.flatMap { notes(of: $0) }
    let feedback = segment.feedback.map { feedback in
      SegmentNotes.Part(facts: ["stateful"], operations: count(feedback.roots, 1, 1))
    }
    let shaders = segment.shaders.map { stage in
      SegmentNotes.Part(facts: facts(of: stage), operations: count(stage))
    }
    let transition = segment.transition.map { transition in
      SegmentNotes.Part(
        facts: words(.transition, transition.call.op), operations: count(.call(transition.call), [transition.progress]))
    }
    let nodes = segment.nodes.indices.map { index in
      SegmentNotes.Part(facts: facts(of: NodeID(index)), operations: operations[index])
    }
    return SegmentNotes(
      nodes: nodes, layers: layers, overlay: overlay, feedback: feedback, shaders: shaders, transition: transition)
  }

  // MARK: Layers and shaders

  /// A layer with its operations and those of its group, before those in it.
  private mutating func notes(of layer: Layer) -> [SegmentNotes.Part] {
    let geometry = GridGeometry(grid: layer.grid, format: format, faces: faces)
    var own = layer
    var members: [SegmentNotes.Part] = []
    var total = 0.0
    if case .group(let group) = layer.source {
      own.source = .group(LayerGroup(layers: [], shaders: [], sharesCells: group.sharesCells))
      for member in group.layers {
        let notes = notes(of: member)
        total += notes[0].operations
        members += notes
      }
      for stage in group.shaders { total += count(stage) }
    }
    if layer.maskPlace == .pixels, let mask = layer.mask {
      own.mask = nil
      total += count([mask], format.width, format.height)
    }
    total += count(own.roots, geometry.columns, geometry.rows)
    if case .field(let field) = layer.source, let places = layer.palette.placesPerCell {
      total += count([field], geometry.columns * places.across, geometry.rows * places.down)
    }
    return [SegmentNotes.Part(facts: facts(of: layer, geometry), operations: total)] + members
  }

  private mutating func count(_ stage: ShaderStage, _ more: [NodeID] = []) -> Double {
    count(stage.roots + more, format.width, format.height)
  }

  // MARK: Counting

  /// Counts what one evaluator computes in a frame for these nodes, on a grid of so many cells.
  private mutating func count(_ roots: [NodeID], _ columns: Int, _ rows: Int, times: Double = 1) -> Double {
    var total = 0.0
    var seen: Set<NodeID> = []
    var pending = roots.map(facts.source)
    while let id = pending.popLast() {
      guard seen.insert(id).inserted, !facts.isOfCell(id), !isOnce(id) else { continue }
      let own = times * values(of: id, columns, rows) * work(of: id)
      operations[id.index] += own
      total += own
      pending += facts.sources(id)
      if case .simulation(let call, let seed, _, _) = facts.kind(id) { total += count(call, seed) }
    }
    return total
  }

  /// The arguments of a simulation, which are read 24 times a second, whoever shows it.
  private mutating func count(_ call: NativeCall, _ seed: UInt64) -> Double {
    guard simulations.insert(.init(call: call, seed: seed)).inserted else { return 0 }
    let setting = SimulationSetting(fontSize: call.gridSize, format: format, seed: seed, kernels: KernelSet(.baseline))
    return count(call.nodes, setting.columns, setting.rows, times: 24 / format.fps.value)
  }

  private func isOnce(_ id: NodeID) -> Bool {
    if case .percentile = facts.kind(id) { return true }
    return !facts.varies(id) && facts.openLoops(id).isEmpty
  }

  /// How many values of a node a frame has, in units of values of cells.
  private func values(of id: NodeID, _ columns: Int, _ rows: Int) -> Double {
    let repeated = facts.openLoops(id).reduce(1) { $0 * (turns[$1] ?? 1) }
    if facts.isScalar(id) { return repeated * WorkUnits.scalar }
    switch facts.rate(id) {
    case .row: return repeated * Double(rows)
    case .column: return repeated * Double(columns)
    default: return repeated * Double(columns) * Double(rows)
    }
  }

  private func work(of id: NodeID) -> Double {
    switch facts.kind(id) {
    case .number, .input, .index, .promote, .percentile: 0
    case .native: WorkUnits.native
    case .loop(_, let loop, _, _, _, _): turns[loop] ?? 1
    case .unary, .binary, .select, .random, .heard, .curve, .gradient, .simulation, .picture, .sample: 1
    }
  }

  // MARK: Facts

  private func facts(of id: NodeID) -> [String] {
    let own: [String] =
      switch facts.kind(id) {
      case .native(let op, _, _): words(.field, op)
      case .simulation(let call, _, _, _): words(.field, call.op)
      case .input(.feature), .heard: ["hears"]
      case .picture: ["sees"]
      case .sample, .input(.pixel): ["reads the picture"]
      case .random: ["random"]
      case .percentile: ["measured"]
      case .number, .input, .unary, .binary, .select, .loop, .index, .curve, .gradient, .promote: []
      }
    let isStanding = !facts.isScalar(id) && !facts.varies(id) && facts.openLoops(id).isEmpty
    return own + (isStanding ? ["standing"] : [])
  }

  private func facts(of layer: Layer, _ geometry: GridGeometry) -> [String] {
    var result: [String] = []
    switch layer.source {
    case .effect(let call): result += words(.effect, call.op) + words(.particles, call.op)
    case .group(let group): result.append(group.sharesCells ? "one grid" : "a canvas of its own")
    case .text(let text): result += text.motion?.styles.flatMap { words(.style, $0.op) } ?? []
    case .field: break
    }
    result += layer.effects.flatMap { words(.cellEffect, $0.op) }
    if layer.palette.hysteresis > 0 { result.append("holds values") }
    var seen: Set<String> = []
    return result.filter { seen.insert($0).inserted } + ["\(geometry.columns)x\(geometry.rows) cells"]
  }

  private func facts(of stage: ShaderStage) -> [String] {
    if case .tables = stage { return ["channelwise", "stateless"] }
    guard let op = stage.calls.first?.op, let facts = catalog.entry(.shader, Name.folded(op))?.facts else {
      return ["pointwise", "stateless"]
    }
    return [facts.access.word] + facts.words
  }

  private func words(_ kind: OpKind, _ op: String) -> [String] {
    catalog.entry(kind, Name.folded(op))?.facts.words ?? []
  }
}

extension Facts {
  fileprivate var words: [String] {
    [isStateless ? "stateless" : "stateful"] + (hears ? ["hears"] : []) + (variesByFrame ? ["varies by frame"] : [])
      + (readsKey ? ["random"] : [])
  }
}

extension Facts.Access {
  fileprivate var word: String {
    switch self {
    case .pointwise: "pointwise"
    case .channelwise: "channelwise"
    case .row: "row"
    case .stencil(let radius): "stencil of \(radius)"
    case .warp: "warp"
    case .global: "global"
    }
  }
}

extension Palette {
  /// At how many places of a cell a field is read besides its middle; nil for none.
  fileprivate var placesPerCell: (across: Int, down: Int)? {
    switch match {
    case .coverage: (GlyphShapes.across, GlyphShapes.down)
    case .pattern: CellPatterns.places(of: characters.count)
    case .ink, .index, .random, .fixed: nil
    }
  }
}
