/// What counts how much where work is told: an operation at a cell is 1, a nanosecond or less.
public enum WorkUnits {
  /// A native field is a noise of some corners.
  public static let native = 60.0
  /// What is computed once per frame has no strips: an operation takes as long as this many at cells.
  public static let scalar = 30.0
}

/// Operations per cell that expressions take, as far as the text tells. What changes per frame or less often costs nothing
/// worth counting, and what a loop does not change is counted once. Or, instead, the nodes that they become, or the
/// operations of what changes once per frame.
struct WorkEstimate {
  enum Unit { case operations, operationsPerFrame, nodes }

  /// The work of an expression inside a definition: its own, and how often it reads each parameter.
  private struct Work {
    var own = 0.0
    var reads: [Int: Double] = [:]
    /// The same at other coordinates.
    var readsElsewhere: [Int: Double] = [:]

    mutating func add(_ other: Work, times: Double = 1) {
      own += other.own * times
      reads.merge(other.reads.mapValues { $0 * times }) { $0 + $1 }
      readsElsewhere.merge(other.readsElsewhere.mapValues { $0 * times }) { $0 + $1 }
    }

    var moved: Work {
      Work(own: own, readsElsewhere: readsElsewhere.merging(reads) { $0 + $1 })
    }
  }

  /// A definition with what a call says in words and plain numbers.
  private struct Variety: Hashable {
    var id: Int
    var choices: [Int: Double]
  }

  private struct Place: Hashable {
    var expression: TypedExpression
    var choices: [Int: Double]
  }

  private let scene: CheckedScene
  private let unit: Unit
  private var places: [Place: Work] = [:]
  private var definitions: [Variety: Work] = [:]
  /// Of the definition being counted, what its call says: places of words, and plain numbers, by places of parameters.
  private var choices: [Int: Double] = [:]
  /// The `let`s that are counted already: one is computed once at a place, however often it is read there.
  private var counted: Set<Int> = []

  init(_ scene: CheckedScene, counting unit: Unit = .operations) { (self.scene, self.unit) = (scene, unit) }

  /// The operations of expressions outside of definitions, which are computed at the same cells.
  mutating func count(of expressions: [TypedExpression]) -> Double {
    counted = []
    return expressions.reduce(0) { $0 + work(of: $1).own }
  }

  private mutating func work(of expression: TypedExpression) -> Work {
    if unit == .operations, expression.rate.isAccepted(by: .frame) { return Work() }
    switch expression.kind {
    case .parameter(let place): return Work(own: 1, reads: [place: 1])
    case .binding(let id):
      return counted.insert(id.index).inserted ? work(of: scene.bindings[id.index].value) : Work()
    case .at: return workElsewhere(of: expression) { $0.sum(of: expression.parts, and: 1) }
    case .field(let id, let arguments): return work(ofCall: id, arguments)
    case .loop(_, let index, let from, let to, let limit, let body) where repeats(expression):
      var result = Work()
      var turn = Work(own: 1)
      split(body, by: index, into: &turn, rest: &result)
      let turns = number(from).flatMap { from in number(to).map { max(0, $0 - from) } }
      result.add(turn, times: min(turns ?? .infinity, Double(limit)))
      return result
    case .native: return sum(of: expression.parts, and: unit == .operations ? WorkUnits.native : 1)
    case .select(let condition, let then, let otherwise):
      // What a choice leaves out is not computed.
      guard let holds = isTrue(condition) else { return sum(of: expression.parts, and: 1) }
      return work(of: holds ? then : otherwise)
    default: return sum(of: expression.parts, and: 1)
    }
  }

  /// Whether the turns of a loop are work of their own.
  private func repeats(_ loop: TypedExpression) -> Bool {
    switch unit {
    case .operations: true
    case .operationsPerFrame: loop.rate.isAccepted(by: .frame)
    case .nodes: false
    }
  }

  private mutating func sum(of parts: [TypedExpression], and own: Double) -> Work {
    var result = Work(own: own)
    for part in parts { result.add(work(of: part)) }
    return result
  }

  /// What is the same elsewhere is counted once, and added as often as it is computed.
  private mutating func workElsewhere(
    of expression: TypedExpression, _ count: (inout WorkEstimate) -> Work
  ) -> Work {
    let place = Place(expression: expression, choices: choices)
    if let known = places[place] { return known }
    let work = elsewhere(count).moved
    places[place] = work
    return work
  }

  /// A field that is passed is evaluated wherever the definition reads it, a number once.
  private mutating func work(ofCall id: DefinitionID, _ arguments: [TypedExpression]) -> Work {
    let body = work(ofDefinition: id, choosing: chosen(by: arguments))
    var result = Work(own: body.own)
    for (place, argument) in arguments.enumerated() {
      guard scene.definitions[id.index].parameters[place].type.isRead else {
        result.add(work(of: argument))
        continue
      }
      if let times = body.reads[place] { result.add(work(of: argument), times: times) }
      if let times = body.readsElsewhere[place] {
        result.add(workElsewhere(of: argument) { $0.work(of: argument) }, times: times)
      }
    }
    return result
  }

  private mutating func work(ofDefinition id: DefinitionID, choosing own: [Int: Double]) -> Work {
    let variety = Variety(id: id.index, choices: own)
    if let known = definitions[variety] { return known }
    let outer = choices
    choices = own
    let work = elsewhere { $0.work(of: $0.scene.definitions[id.index].value) }
    choices = outer
    definitions[variety] = work
    return work
  }

  private func chosen(by arguments: [TypedExpression]) -> [Int: Double] {
    var chosen: [Int: Double] = [:]
    for (place, argument) in arguments.enumerated() { chosen[place] = word(argument) ?? number(argument) }
    return chosen
  }

  /// A plain number; nil for what is not yet known.
  private func number(_ expression: TypedExpression) -> Double? {
    switch expression.kind {
    case .number(let value): value
    case .binding(let id): number(scene.bindings[id.index].value)
    case .parameter(let place): choices[place]
    default: nil
    }
  }

  /// The place of a choice's word; nil for what is no choice.
  private func word(_ expression: TypedExpression) -> Double? {
    switch expression.kind {
    case .choice(let word, let words): words.firstIndex(of: word).map(Double.init)
    case .binding(let id): word(scene.bindings[id.index].value)
    case .parameter(let place): choices[place]
    default: nil
    }
  }

  /// Whether a choice is the one that is asked for; nil for other conditions.
  private func isTrue(_ condition: TypedExpression) -> Bool? {
    guard case .binary(let function, let choice, let place) = condition.kind, let word = word(choice),
      case .number(let asked) = place.kind
    else { return nil }
    return function == .equal ? word == asked : function == .notEqual ? word != asked : nil
  }

  /// At other coordinates everything is computed anew.
  private mutating func elsewhere(_ body: (inout WorkEstimate) -> Work) -> Work {
    let outer = counted
    counted = []
    defer { counted = outer }
    return body(&self)
  }

  /// Adds to `turn` what each turn of a loop computes, and to `rest` what does not read its index.
  private mutating func split(_ expression: TypedExpression, by index: Int, into turn: inout Work, rest: inout Work) {
    guard expression.reads(index: index) else {
      rest.add(work(of: expression))
      return
    }
    switch expression.kind {
    // The index moves the place where a field is read, or goes into its parameters: all of it is done again.
    case .at, .field, .loop, .native: turn.add(work(of: expression))
    default:
      turn.own += 1
      for part in expression.parts { split(part, by: index, into: &turn, rest: &rest) }
    }
  }
}

extension TypedExpression {
  fileprivate func reads(index: Int) -> Bool {
    kind == .index(index) || parts.contains { $0.reads(index: index) }
  }
}
