import SceneLang
import Testing

@testable import Renderer

/// Builds graphs by hand.
struct GraphBuilder {
  var nodes: [Node] = []
  private var loopCount = 0

  mutating func add(_ kind: Node.Kind, _ rate: Rate) -> NodeID {
    nodes.append(Node(kind, rate: rate))
    return NodeID(nodes.count - 1)
  }

  mutating func number(_ value: Double) -> NodeID { add(.number(value), .constant) }
  mutating func input(_ input: Input) -> NodeID { add(.input(input), input.rate) }
  mutating func unary(_ function: UnaryFunction, _ a: NodeID) -> NodeID { add(.unary(function, a), rate(a)) }
  mutating func binary(_ function: BinaryFunction, _ a: NodeID, _ b: NodeID) -> NodeID {
    add(.binary(function, a, b), rate(a, b))
  }
  mutating func native(_ op: String, _ arguments: [NodeID]) -> NodeID {
    add(
      .native(op: op, arguments: arguments, seed: 0),
      arguments.map { rate($0) }.reduce(.constant) { $0.joined(with: $1) })
  }
  mutating func loop(
    _ reduction: Reduction, from: NodeID, to: NodeID, limit: Int = 64, _ body: (inout GraphBuilder, NodeID) -> NodeID
  ) -> NodeID {
    let loop = LoopID(loopCount)
    loopCount += 1
    let index = add(.index(loop), .constant)
    let result = body(&self, index)
    return add(.loop(reduction, loop, from: from, to: to, limit: limit, body: result), rate(from, to, result))
  }

  func rate(_ ids: NodeID...) -> Rate { ids.map { nodes[$0.index].rate }.reduce(.constant) { $0.joined(with: $1) } }

  var segment: SegmentGraph {
    SegmentGraph(
      name: "test", frames: 0..<100, nodes: nodes, layers: [], tone: Tone(exposure: .none, gamma: 1), shaders: [])
  }
}

extension GridGeometry {
  static func test(columns: Int, rows: Int) -> GridGeometry {
    GridGeometry(
      columns: columns, rows: rows, cellWidth: 6, cellHeight: 13, originX: 0, originY: 0, cellWidthShare: 6 / 1080,
      cellHeightShare: 13 / 1080)
  }
}

extension FrameContext {
  static func test(_ frame: Int) -> FrameContext {
    FrameContext(
      frame: frame, time: Double(frame) / 24, timeline: 10 + Double(frame) / 24, progress: Double(frame) / 100,
      features: Feature.allCases.indices.map { Double(($0 * 7 + frame) % 16) / 16 })
  }
}

struct FieldEvaluatorTests {
  /// Compares all outputs in every fourth cell of some frames with the reference, bit for bit.
  private func expectReference(
    _ segment: SegmentGraph, value: NodeID?, outputs: [NodeID], geometry: GridGeometry = .test(columns: 37, rows: 5),
    level: KernelLevel = .best, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let evaluator = LayerEvaluator(
      segment: segment, value: value, outputs: outputs, geometry: geometry, kernels: KernelSet(level).field)
    for frame in [3, 0] {
      evaluator.begin(.test(frame))
      let reference = FieldReference(segment: segment, geometry: geometry, frame: .test(frame), value: value)
      for row in 0..<geometry.rows {
        let cells = evaluator.row(row)
        for column in stride(from: 0, to: geometry.columns, by: 4) {
          var found = outputs.indices.map { cells[$0][column] }
          var expected = outputs.map { reference.output($0, column: column, row: row) }
          if value != nil {
            found.append(cells.value[column])
            expected.append(reference.layerValue(column: column, row: row))
          }
          guard found.map(\.bitPattern) == expected.map(\.bitPattern) else {
            Issue.record(
              "frame \(frame), cell (\(column), \(row)): \(found), not \(expected). \(comment ?? "")",
              sourceLocation: sourceLocation)
            return
          }
        }
      }
    }
  }

  @Test func plasmaEqualsTheReference() {
    var graph = GraphBuilder()
    let (value, brightness) = graph.plasma()
    expectReference(graph.segment, value: value, outputs: [brightness])
  }

  @Test func everyRateReachesTheCells() {
    var graph = GraphBuilder()
    let (x, y, t) = (graph.input(.x), graph.input(.y), graph.input(.time))
    let constant = graph.binary(.divide, graph.input(.columns), graph.input(.cellWidth))
    let columns = graph.unary(.sin, x)
    let columnsOfFrame = graph.binary(.multiply, columns, t)
    let rows = graph.unary(.cos, y)
    let rowsOfFrame = graph.binary(.subtract, t, rows)
    let cells = graph.binary(.hypot, x, y)
    let cellsOfFrame = graph.binary(.add, graph.binary(.multiply, cells, columnsOfFrame), rowsOfFrame)
    let promoted = graph.add(.promote(graph.add(.promote(t), .row)), .cell)
    let value = graph.input(.value)
    let outputs = [
      constant, t, x, y, columns, columnsOfFrame, rows, rowsOfFrame, cells, cellsOfFrame, promoted, value,
      graph.binary(.multiply, value, promoted),
    ]
    for own in outputs.dropLast(2) { expectReference(graph.segment, value: own, outputs: outputs) }
    expectReference(graph.segment, value: nil, outputs: outputs)
  }

  @Test(arguments: Reduction.allCases)
  func loopsEqualTheReference(_ reduction: Reduction) {
    var graph = GraphBuilder()
    let (x, y, t) = (graph.input(.x), graph.input(.y), graph.input(.time))
    let (zero, half, five) = (graph.number(0), graph.number(0.5), graph.number(4.2))
    let hoisted = graph.unary(.exp, graph.binary(.multiply, x, y))
    func body(_ graph: inout GraphBuilder, _ index: NodeID) -> NodeID {
      let phase = graph.binary(.multiply, index, t)
      let wave = graph.unary(.sin, graph.binary(.add, graph.binary(.multiply, x, phase), phase))
      let row = graph.binary(.multiply, y, index)
      return graph.binary(.add, graph.binary(.multiply, wave, hoisted), row)
    }
    let full = graph.loop(reduction, from: half, to: five) { body(&$0, $1) }
    let empty = graph.loop(reduction, from: five, to: zero) { body(&$0, $1) }
    let limited = graph.loop(reduction, from: zero, to: five, limit: 2) { body(&$0, $1) }
    let growing = graph.loop(reduction, from: zero, to: graph.binary(.multiply, t, graph.number(40))) { body(&$0, $1) }
    let scalar = graph.loop(reduction, from: zero, to: five) { graph, index in
      graph.unary(.cos, graph.binary(.add, index, t))
    }
    let alongColumns = graph.loop(reduction, from: half, to: five) { graph, index in graph.binary(.power, x, index) }
    let alongRows = graph.loop(reduction, from: half, to: five) { graph, index in graph.binary(.modulo, y, index) }
    let bodyWithoutIndex = graph.loop(reduction, from: zero, to: five) { _, _ in hoisted }
    let outputs = [full, empty, limited, growing, scalar, alongColumns, alongRows, bodyWithoutIndex]
    for own in outputs { expectReference(graph.segment, value: own, outputs: outputs) }
  }

  @Test func nestedLoopsEqualTheReference() {
    var graph = GraphBuilder()
    let (x, y, t) = (graph.input(.x), graph.input(.y), graph.input(.time))
    let (zero, three) = (graph.number(0), graph.number(3))
    let nested = graph.loop(.sum, from: zero, to: three) { graph, i in
      let outer = graph.unary(.sin, graph.binary(.multiply, x, i))
      let rowOfTurn = graph.unary(.cos, graph.binary(.multiply, y, i))
      // A row-rate loop and a scalar loop that depend on the outer index, and one that does not.
      let rows = graph.loop(.max, from: zero, to: three) { graph, k in
        graph.binary(.multiply, y, graph.binary(.add, k, i))
      }
      let scalar = graph.loop(.product, from: zero, to: three) { graph, k in
        graph.binary(.add, graph.binary(.add, k, i), t)
      }
      let free = graph.loop(.mean, from: zero, to: three) { graph, k in graph.binary(.multiply, x, k) }
      let inner = graph.loop(.sum, from: i, to: three) { graph, j in
        let term = graph.binary(.multiply, graph.binary(.add, i, j), graph.binary(.multiply, x, y))
        return graph.binary(.add, graph.binary(.add, term, outer), rowOfTurn)
      }
      let sum = graph.binary(.add, graph.binary(.add, inner, rows), graph.binary(.multiply, scalar, free))
      return graph.binary(.add, sum, graph.binary(.multiply, graph.binary(.multiply, x, y), outer))
    }
    expectReference(graph.segment, value: nested, outputs: [nested])
  }

  @Test func noiseWorksAtEveryRate() {
    var graph = GraphBuilder()
    let (x, y, t) = (graph.input(.x), graph.input(.y), graph.input(.time))
    let (zero, eight) = (graph.number(0), graph.number(8))
    let (sx, sy) = (graph.binary(.multiply, x, eight), graph.binary(.multiply, y, eight))
    let outputs = [
      graph.native("value_noise", [sx, sy, zero]), graph.native("value_noise", [t, zero, zero]),
      graph.native("simplex", [sx, sy, t, eight]), graph.native("simplex", [sx, zero, zero, zero]),
      graph.native("simplex", [sx, sy, zero, zero]),
      graph.add(.random(key: 77, graph.input(.column)), .column),
      graph.add(.random(key: 77, graph.binary(.add, graph.binary(.multiply, graph.input(.row), eight), t)), .row),
    ]
    expectReference(graph.segment, value: outputs[0], outputs: outputs)
  }

  @Test(arguments: 0..<60)
  func randomGraphsEqualTheReference(_ seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    var graph = GraphBuilder()
    let roots = graph.addRandomNodes(count: 40, using: &random)
    let levels = FieldLanes.supportedLevels
    expectReference(
      graph.segment, value: roots[0], outputs: Array(roots.dropFirst()), geometry: .test(columns: 17, rows: 2),
      level: levels[seed % levels.count], "seed \(seed)")
  }

  @Test func scalarsAreFiniteAndFollowTheFrame() {
    var graph = GraphBuilder()
    let t = graph.input(.time)
    let huge = graph.binary(.multiply, graph.number(1e300), graph.number(1e300))
    let undefined = graph.binary(.subtract, huge, huge)
    let bass = graph.input(.feature(.bass))
    let values = FrameValues(
      segment: graph.segment, roots: [t, huge, undefined, bass], geometry: .test(columns: 4, rows: 3))
    #expect(values[huge] == .greatestFiniteMagnitude && values[undefined] == 0)
    values.update(.test(12))
    #expect(values[t] == 0.5)
    #expect(values[bass] == FrameContext.test(12).features[2])
    values.update(.test(24))
    #expect(values[t] == 1)
  }

  /// What the order of frames and rows must not change.
  @Test func evaluationKeepsNoStateBetweenFramesAndRows() {
    var graph = GraphBuilder()
    let (value, brightness) = graph.plasma()
    let geometry = GridGeometry.test(columns: 33, rows: 4)
    func make() -> LayerEvaluator {
      LayerEvaluator(
        segment: graph.segment, value: value, outputs: [brightness], geometry: geometry,
        kernels: KernelSet(.best).field)
    }
    let (walked, fresh) = (make(), make())
    for frame in 0..<5 {
      walked.begin(.test(frame))
      for row in 0..<4 { _ = walked.row(row) }
    }
    fresh.begin(.test(4))
    let (a, b) = (fresh.row(2), walked.row(2))
    for column in 0..<33 { #expect(a.value[column] == b.value[column] && a[0][column] == b[0][column]) }
  }
}

extension GraphBuilder {
  /// The plasma of the field measurements: 40 operations with four waves, and a brightness that reads the value.
  mutating func plasma() -> (value: NodeID, brightness: NodeID) {
    let (x, y, t) = (input(.x), input(.y), input(.time))
    func scaled(_ graph: inout GraphBuilder, _ a: NodeID, _ factor: Double) -> NodeID {
      let factor = graph.number(factor)
      return graph.binary(.multiply, a, factor)
    }
    let r = binary(.hypot, x, y)
    let waves = [
      binary(.add, scaled(&self, x, 10), t),
      binary(.subtract, binary(.add, scaled(&self, x, 5.6), scaled(&self, y, 10.4)), scaled(&self, t, 1.3)),
      binary(.subtract, scaled(&self, r, 14), scaled(&self, t, 2)),
      binary(.add, binary(.add, scaled(&self, y, 5), scaled(&self, r, 3)), scaled(&self, t, 0.7)),
    ].map { unary(.sin, $0) }
    let sum = waves.dropFirst().reduce(waves[0]) { binary(.add, $0, $1) }
    let s = binary(.add, scaled(&self, sum, 0.125), number(0.5))
    let f = unary(.fract, binary(.add, scaled(&self, s, 3), scaled(&self, t, 0.1)))
    let (zero, one, two, three) = (number(0), number(1), number(2), number(3))
    let ramp = binary(.multiply, binary(.subtract, f, number(0.2)), number(1 / 0.6))
    let u = binary(.minimum, binary(.maximum, ramp, zero), one)
    let m = binary(.multiply, binary(.multiply, u, u), binary(.subtract, three, binary(.multiply, two, u)))
    let mixed = binary(.add, s, binary(.multiply, binary(.subtract, m, s), number(0.6)))
    let value = binary(.multiply, mixed, binary(.subtract, one, scaled(&self, r, 0.3)))
    let own = input(.value)
    let brightness = binary(.add, number(0.4), binary(.multiply, number(0.6), own))
    return (value, brightness)
  }

  /// Adds nodes of all kinds over random operands, loops included; returns four of the last.
  mutating func addRandomNodes(count: Int, using random: inout SplitMix) -> [NodeID] {
    var pool = [Input.x, .y, .time, .u, .row, .feature(.bass), .columns].map { input($0) }
    pool += [0, 1, 2, 3, -0.5, 1e-3, 7.25].map { number($0) }
    for _ in 0..<count { pool.append(addRandomNode(from: pool, depth: 0, using: &random)) }
    // The value's own readers come last: they may not feed the value.
    let own = input(.value)
    let roots = Array(pool.suffix(3))
    return roots + [binary(.multiply, own, pool.randomElement(using: &random)!)]
  }

  private mutating func addRandomNode(from pool: [NodeID], depth: Int, using random: inout SplitMix) -> NodeID {
    func pick() -> NodeID {
      // Recent nodes more often, so that graphs grow deep.
      Bool.random(using: &random) ? pool.suffix(6).randomElement(using: &random)! : pool.randomElement(using: &random)!
    }
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<5: return unary(UnaryFunction.allCases.randomElement(using: &random)!, pick())
    case 5..<8: return binary([.add, .subtract, .multiply].randomElement(using: &random)!, pick(), pick())
    case 8..<11:
      let product = binary(.multiply, pick(), pick())
      let sum = binary([.add, .subtract].randomElement(using: &random)!, product, pick())
      return Bool.random(using: &random) ? unary([.sin, .cos].randomElement(using: &random)!, sum) : sum
    case 11..<13:
      let (a, b) = (binary(.multiply, pick(), pick()), binary(.multiply, pick(), pick()))
      let sum = binary([.add, .subtract].randomElement(using: &random)!, a, b)
      return Bool.random(using: &random) ? binary(.subtract, sum, pick()) : unary(.cos, sum)
    case 13..<16: return binary(BinaryFunction.allCases.randomElement(using: &random)!, pick(), pick())
    case 16:
      let (condition, then, otherwise) = (pick(), pick(), pick())
      return add(.select(condition: condition, then: then, otherwise: otherwise), rate(condition, then, otherwise))
    case 17:
      let argument = pick()
      return Bool.random(using: &random)
        ? add(.random(key: random.next(), argument), rate(argument))
        : add(.promote(argument), rate(argument).joined(with: .column))
    case 18: return native("value_noise", [pick(), pick(), pool[7]])
    default:
      guard depth < 2 else { return binary(.add, pick(), pick()) }
      let reduction = Reduction.allCases.randomElement(using: &random)!
      let bound = number(Double.random(in: 0...3, using: &random))
      return loop(reduction, from: pool[7], to: bound) { graph, index in
        var inner = pool + [index]
        for _ in 0..<6 { inner.append(graph.addRandomNode(from: inner, depth: depth + 1, using: &random)) }
        return inner.last!
      }
    }
  }
}
