import SceneLang

/// A step of a plan. Operands are evaluated in earlier steps or come from outside.
enum EvaluationStep {
  case node(NodeID)
  /// The loop's body steps run once per turn, then its body node is reduced.
  indirect case loop(NodeID, body: [EvaluationStep])
  /// Clamps the layer's value to 0…1, for `Input.value` and the caller.
  case value
  /// Hands an output to the caller.
  case output(Int)
}

/// The order in which nodes are evaluated. What does not read a loop's index stands before the loop, so every node is
/// evaluated as seldom as possible.
struct EvaluationPlan {
  private(set) var steps: [EvaluationStep] = []
  /// Nodes that come from outside, in the order of their first reading.
  private(set) var supplied: [NodeID] = []

  /// Steps for all `roots`.
  init(_ roots: [NodeID], of facts: SegmentFacts, isSupplied: @escaping (NodeID) -> Bool = { _ in false }) {
    var planner = Planner(facts: facts, layerValue: nil, isSupplied: isSupplied)
    for root in roots { planner.visit(root) }
    (steps, supplied) = planner.finish()
  }

  /// Steps for a layer's value and those outputs that are computed per row of cells (indices of `outputs`).
  init(
    value: NodeID?, outputs: [NodeID], computed: [Int], of facts: SegmentFacts,
    isSupplied: @escaping (NodeID) -> Bool
  ) {
    var planner = Planner(facts: facts, layerValue: value, isSupplied: isSupplied)
    planner.visitValue()
    for index in computed {
      planner.visit(outputs[index])
      planner.append(.output(index))
    }
    (steps, supplied) = planner.finish()
  }
}

private struct Planner {
  /// The steps of the top level (no loop) or of one loop's body.
  private struct Block {
    var loop: LoopID?
    var steps: [EvaluationStep] = []
    var planned: Set<NodeID> = []
  }

  private let facts: SegmentFacts
  private let layerValue: NodeID?
  private let isSupplied: (NodeID) -> Bool
  private var blocks = [Block(loop: nil)]
  private var supplied: [NodeID] = []
  private var knownSupplied: Set<NodeID> = []
  private var hasValue = false

  init(facts: SegmentFacts, layerValue: NodeID?, isSupplied: @escaping (NodeID) -> Bool) {
    self.facts = facts
    self.layerValue = layerValue
    self.isSupplied = isSupplied
  }

  mutating func append(_ step: EvaluationStep) { blocks[0].steps.append(step) }

  mutating func visitValue() {
    guard !hasValue, let layerValue else { return }
    hasValue = true
    visit(layerValue)
    append(.value)
  }

  mutating func visit(_ root: NodeID) {
    let id = facts.source(root)
    if facts.isOfCell(id) { return visitValue() }
    if isSupplied(id) {
      if knownSupplied.insert(id).inserted { supplied.append(id) }
      return
    }
    // The node belongs to the innermost of the loops that it depends on.
    let open = facts.openLoops(id)
    let home = blocks.lastIndex { $0.loop.map(open.contains) ?? false } ?? 0
    precondition(open.isEmpty || home > 0, "node \(id.index) reads the index of a loop that does not enclose it")
    guard blocks[home].planned.insert(id).inserted else { return }
    if case .loop(_, let loop, let from, let to, _, let body) = facts.kind(id) {
      visit(from)
      visit(to)
      blocks.append(Block(loop: loop))
      visit(body)
      let steps = blocks.removeLast().steps
      blocks[home].steps.append(.loop(id, body: steps))
    } else {
      for operand in facts.sources(id) { visit(operand) }
      blocks[home].steps.append(.node(id))
    }
  }

  func finish() -> (steps: [EvaluationStep], supplied: [NodeID]) { (blocks[0].steps, supplied) }
}
