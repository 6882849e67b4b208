import SceneLang

/// Bytes that planes of one segment may still take, of all its fields together.
final class PlaneRoom {
  var bytes = 32 << 20
}

/// Chooses the cell-rate values that are computed once for the whole clip and kept as planes: those that no frame changes
/// (distances, angles, standing noise) and that cost more to compute than to read back.
struct PlaneChoice {
  /// Planes beyond these would fall out of the second-level cache or cost memory without end.
  private static let maximumCount = 8
  private static let maximumBytes = 8 << 20
  /// Rough nanoseconds a vector; reading one back costs about 2.
  private static let worthwhileCost = 3

  private let facts: SegmentFacts
  private var candidates: [NodeID: Int] = [:]

  /// The chosen ones among what the planned nodes `read`. `cells` is the size of a plane; what is chosen is taken from `room`.
  static func choose(
    in plan: EvaluationPlan, outputs: [NodeID], cells: Int, room: PlaneRoom, facts: SegmentFacts
  ) -> Set<NodeID> {
    var choice = PlaneChoice(facts: facts)
    for output in outputs { choice.consider(facts.source(output)) }
    choice.consider(plan.steps)
    let size = 4 * max(cells, 1)
    let count = min(maximumCount, min(maximumBytes, room.bytes) / size)
    let dearest = choice.candidates.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(count)
    room.bytes -= dearest.count * size
    return Set(dearest.map(\.key))
  }

  private init(facts: SegmentFacts) { self.facts = facts }

  private mutating func consider(_ steps: [EvaluationStep]) {
    for step in steps {
      switch step {
      case .node(let id): if !isStanding(id) { facts.sources(id).forEach { consider($0) } }
      case .loop(let id, let body):
        if !isStanding(id) {
          facts.sources(id).forEach { consider($0) }
          consider(body)
        }
      case .value, .output: break
      }
    }
  }

  private func isStanding(_ id: NodeID) -> Bool {
    facts.rate(id) == .cell && !facts.varies(id) && facts.openLoops(id).isEmpty
  }

  /// A standing value that something varying reads. When its last steps are cheap they are left to the program, where they
  /// fuse with their readers, and the dear values below them are kept instead.
  private mutating func consider(_ id: NodeID) {
    guard isStanding(id), candidates[id] == nil else { return }
    var cheapCost = 0
    var dear: Set<NodeID> = []
    var pending = [id]
    var seen: Set<NodeID> = [id]
    while let next = pending.popLast() {
      let cost = cost(of: next)
      if cost >= Self.worthwhileCost {
        dear.insert(next)
        continue
      }
      cheapCost += cost
      for source in facts.sources(next) where isStanding(source) && seen.insert(source).inserted {
        pending.append(source)
      }
    }
    if cheapCost >= 2 * Self.worthwhileCost {
      candidates[id] = cheapCost + dear.reduce(0) { $0 + cost(of: $1) }
    } else {
      for node in dear { candidates[node] = cost(of: node) }
    }
  }

  private func cost(of id: NodeID) -> Int {
    switch facts.kind(id) {
    case .number, .input, .index, .promote: 0
    case .unary(let function, _):
      switch function {
      case .negate, .abs, .sign, .floor, .ceil, .round, .fract: 1
      case .sqrt: 3
      case .sin, .cos, .exp, .log, .tanh, .atan: 6
      case .cbrt, .tan, .asin, .acos: 12
      }
    case .binary(let function, _, _):
      switch function {
      case .hypot, .divide, .modulo: 3
      case .atan2: 8
      case .power: 15
      default: 1
      }
    case .select: 1
    case .random, .gradient: 6
    case .native, .heard, .curve, .percentile, .simulation, .sample, .picture: 40
    case .loop: 40
    }
  }
}
