import SceneLang

/// What of a layer is computed where: a plan for each stage, from the finest to the coarsest, since each asks the coarser
/// ones for what it reads.
struct LayerPlans {
  /// Where a node outside of loops is evaluated.
  enum Stage: Hashable {
    case scalar
    /// Along a strip of all columns or all rows, once for all or once a frame.
    case column(everyFrame: Bool)
    case row(everyFrame: Bool)
    /// Kept for all cells of the grid.
    case plane
    case cell
  }

  /// Computes the outputs that are the same in every row.
  let rowless: EvaluationPlan
  private var plans: [Stage: EvaluationPlan] = [:]
  private var requested: [Stage: [NodeID]] = [:]
  private var isRequested: Set<NodeID> = []

  /// `cells`: how many a plane has; `room`: what planes may take. `readsPixels`: the cells are pixels.
  init(
    value: NodeID?, outputs: [NodeID], cells: Int, room: PlaneRoom, readsPixels: Bool, facts: SegmentFacts
  ) {
    var stages = NodeStages(facts: facts)
    // An output of scalar or column rate that does not read the value is the same in every row.
    let sameInRows: Set<Stage> = [.scalar, .column(everyFrame: false), .column(everyFrame: true)]
    let computed = Dictionary(grouping: outputs.indices) {
      sameInRows.contains(stages.stage(of: facts.source(outputs[$0])))
    }
    func plan(_ value: NodeID?, rowless: Bool) -> EvaluationPlan {
      EvaluationPlan(
        value: value, outputs: outputs, computed: computed[rowless] ?? [], of: facts,
        isSupplied: stages.isOutside([.cell]))
    }
    // A plane of pixels takes longer to read than most of them to compute.
    if !readsPixels {
      let roots = ([value].compactMap { $0 } + outputs).map(facts.source)
      stages.planes = PlaneChoice.choose(
        in: plan(value, rowless: false), outputs: roots, cells: cells, room: room, facts: facts)
    }
    let cellPlan = plan(value, rowless: false)
    rowless = plan(nil, rowless: true)
    plans[.cell] = cellPlan
    request(cellPlan.supplied + rowless.supplied, stages)
    // Planes may be made of other planes: all standing cells are computed together.
    add(.plane, with: [.cell], stages)
    for stage: Stage in [
      .column(everyFrame: true), .row(everyFrame: true), .column(everyFrame: false), .row(everyFrame: false),
    ] { add(stage, stages) }
  }

  /// The plan of a stage but `scalar`.
  subscript(stage: Stage) -> EvaluationPlan {
    guard let plan = plans[stage] else { preconditionFailure("no plan of \(stage)") }
    return plan
  }

  /// What finer stages read of a stage.
  func requests(_ stage: Stage) -> [NodeID] { requested[stage] ?? [] }

  /// Plans what was requested of a stage, computing with it nodes of the stages `others`.
  private mutating func add(_ stage: Stage, with others: Set<Stage> = [], _ stages: NodeStages) {
    let plan = EvaluationPlan(
      requests(stage), of: stages.facts, isSupplied: stages.isOutside(others.union([stage])))
    plans[stage] = plan
    request(plan.supplied, stages)
  }

  private mutating func request(_ ids: [NodeID], _ stages: NodeStages) {
    for id in ids where isRequested.insert(id).inserted { requested[stages.stage(of: id), default: []].append(id) }
  }
}

/// The stage of each node.
private struct NodeStages {
  let facts: SegmentFacts
  /// What is kept for all cells.
  var planes: Set<NodeID> = []

  func stage(of id: NodeID) -> LayerPlans.Stage {
    switch facts.rate(id) {
    case _ where facts.isScalar(id): .scalar
    case .row: .row(everyFrame: facts.varies(id))
    case .column: .column(everyFrame: facts.varies(id))
    default: planes.contains(id) ? .plane : .cell
    }
  }

  /// Whether a node is evaluated before those of these stages.
  func isOutside(_ own: Set<LayerPlans.Stage>) -> (NodeID) -> Bool {
    { id in facts.openLoops(id).isEmpty && !own.contains(stage(of: id)) }
  }
}
