import SceneLang

/// The values of a segment's scalars (rates constant, segment and frame) in Double, evaluated once per frame.
///
/// One per worker: it is not `Sendable`.
public final class FrameValues {
  private let facts: SegmentFacts
  private let geometry: GridGeometry
  private let stepsPerFrame: [EvaluationStep]
  private var context: FrameContext?
  /// By node; only planned nodes are ever written.
  private var values: [Double]

  /// Plans all nodes that `roots` need and evaluates those that no frame can change.
  ///
  /// `geometry` is the grid of the layer; the pixels where there is none (shaders, transitions). Precondition: every root
  /// has at most frame rate.
  public convenience init(segment: SegmentGraph, roots: [NodeID], geometry: GridGeometry) {
    self.init(SegmentFacts(segment), roots: roots, geometry: geometry)
  }

  init(_ facts: SegmentFacts, roots: [NodeID], geometry: GridGeometry) {
    for root in roots {
      precondition(facts.isScalar(root), "node \(root.index) has rate \(facts.rate(root)), finer than a frame")
    }
    self.facts = facts
    self.geometry = geometry
    values = Array(repeating: 0, count: facts.segment.nodes.count)
    let steps = EvaluationPlan(roots, of: facts).steps
    stepsPerFrame = steps.filter { facts.varies($0) }
    for step in steps where !facts.varies(step) { run(step) }
  }

  /// Evaluates the nodes that depend on the frame.
  public func update(_ context: FrameContext) {
    self.context = context
    for step in stepsPerFrame { run(step) }
  }

  /// The value of a root at the frame of the last `update`, always finite.
  public subscript(_ root: NodeID) -> Double { ScalarMath.finite(self[exact: root]) }

  /// The value before a sink makes it finite.
  subscript(exact id: NodeID) -> Double { values[facts.source(id).index] }

  /// What a table of the sound holds in the frame of the last `update`, or at a second of the video that a node tells.
  func table(_ table: SoundTable, at second: NodeID? = nil) -> [Float] {
    (second.map { frame.hearing.tables(at: self[exact: $0]) } ?? frame.tables)[table]
  }

  func run(_ step: EvaluationStep) {
    switch step {
    case .node(let id): values[id.index] = evaluate(id)
    case .loop(let id, let body): values[id.index] = reduce(id, body)
    case .value, .output: preconditionFailure("a layer's value and outputs are not scalars")
    }
  }

  private func evaluate(_ id: NodeID) -> Double {
    switch facts.kind(id) {
    case .number(let value): value
    case .input(let input): read(input)
    case .unary(let function, let a): ScalarMath.apply(function, self[exact: a])
    case .binary(let function, let a, let b): ScalarMath.apply(function, self[exact: a], self[exact: b])
    case .select(let condition, let then, let otherwise): self[exact: self[exact: condition] != 0 ? then : otherwise]
    case .random(let key, let a): ScalarHash.random(self[exact: a], key: key)
    case .native(let op, let arguments, _): call(FieldOps.named(op), arguments.map { self[exact: $0] })
    case .heard(let feature, let time):
      frame.hearing.features(at: self[exact: time], period: frame.period)[Feature.positions[feature]!]
    case .curve(let curve, let time): curve.value(at: self[exact: time])
    case .gradient(let gradient, let channel, let place): gradient.level(channel, at: self[exact: place])
    case .promote(let a): self[exact: a]
    case .percentile: preconditionFailure("node \(id.index) was not measured")
    case .simulation, .sample, .picture: preconditionFailure("node \(id.index) is finer than a frame")
    case .index, .loop: values[id.index]  // Written by `reduce` and `setIndex`.
    }
  }

  private func call(_ op: any FieldOp.Type, _ arguments: [Double]) -> Double {
    // A last argument that is none of the op's own: when it listens.
    let listens = arguments.count > op.declaration.parameters.count
    let tables = listens ? frame.hearing.tables(at: arguments[arguments.count - 1]) : context?.tables ?? .silence
    return op.value(arguments, in: tables)
  }

  private func read(_ input: Input) -> Double {
    switch input {
    case .columns: Double(geometry.columns / geometry.finenessX)
    case .rows: Double(geometry.rows / geometry.finenessY)
    case .cellWidth: geometry.cellWidthShare * Double(geometry.finenessX)
    case .cellHeight: geometry.cellHeightShare * Double(geometry.finenessY)
    case .time: frame.time
    case .timeline: frame.timeline
    case .progress: frame.progress
    case .frame: Double(frame.frame)
    case .feature(let feature): frame.features[Feature.positions[feature]!]
    case .x, .u, .column, .y, .v, .row, .value, .energy, .pixel: preconditionFailure("`\(input)` is finer than a frame")
    }
  }

  private var frame: FrameContext {
    guard let context else { preconditionFailure("a value was read before the first frame") }
    return context
  }

  // MARK: Loops

  private func reduce(_ id: NodeID, _ body: [EvaluationStep]) -> Double {
    guard case .loop(let reduction, let loop, let from, let to, let limit, let result) = facts.kind(id) else {
      preconditionFailure("node \(id.index) is no loop")
    }
    let turns = LoopTurns(from: self[exact: from], to: self[exact: to], limit: limit)
    guard turns.count > 0 else { return reduction.valueOfNone }
    var total = 0.0
    for turn in 0..<turns.count {
      setIndex(of: loop, to: turns.start + Double(turn))
      for step in body { run(step) }
      let value = self[exact: result]
      total = turn == 0 ? value : ScalarMath.apply(reduction.combination, total, value)
    }
    return reduction == .mean ? total / Double(turns.count) : total
  }

  func setIndex(of loop: LoopID, to value: Double) {
    for id in facts.indexNodes(of: loop) { values[id.index] = value }
  }
}

extension SegmentFacts {
  fileprivate func varies(_ step: EvaluationStep) -> Bool {
    switch step {
    case .node(let id), .loop(let id, _): varies(id)
    case .value, .output: true
    }
  }
}

extension Feature {
  /// Where `FrameContext.features` has each feature.
  fileprivate static let positions = Dictionary(uniqueKeysWithValues: zip(allCases, 0...))
}
