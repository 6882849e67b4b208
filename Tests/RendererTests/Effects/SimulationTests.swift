import Foundation
import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// A simulation that stands alone.
struct LoneSimulation {
  var op: any SimulationOp
  let parameters: [ParameterDeclaration]
  let plane: SimulationPlane
  private let values: [CallArguments.Value]

  init(
    _ type: any SimulationOp.Type, columns: Int, rows: Int, numbers: [String: Double] = [:],
    words: [String: String] = [:], seed: UInt64 = 1, level: KernelLevel = .best
  ) {
    op = type.init(SimulationSetting(columns: columns, rows: rows, seed: seed, kernels: KernelSet(level)))
    parameters = type.declaration.parameters
    plane = SimulationPlane(.test(columns: columns, rows: rows))
    values = parameters.map { parameter in
      parameter.type == .choice || parameter.type == .text
        ? .word(words[parameter.name] ?? parameter.default!)
        : .number(numbers[parameter.name] ?? parameter.default.flatMap(Double.init) ?? 0)
    }
  }

  mutating func advance(ticks: Range<Int>) {
    for tick in ticks { op.advance(CallArguments(parameters, values), tick: tick) }
  }

  func shown() -> [[Float]] {
    op.write(into: plane)
    return (0..<plane.rows).map { row in (0..<plane.columns).map { plane.row(row)[$0] } }
  }
}

struct SimulationTests {
  @Test func everyFileOfASimulationIsInTheList() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Sources/Renderer/Ops/Simulations")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(SimulationOps.simulations.map { "\($0).swift" } == files.sorted())
    for declaration in SimulationOps.all.map({ $0.declaration }) {
      #expect(declaration.kind == .field && !declaration.facts.isStateless && declaration.summary.hasSuffix("."))
      #expect(declaration.parameters.allSatisfy { !$0.doc.isEmpty && $0.default != nil })
    }
  }

  // MARK: Formulas

  /// Gray–Scott in Double on a torus, as it stands in the docstring.
  private func grayScott(
    _ u: inout [[Double]], _ v: inout [[Double]], feed: Double, kill: Double, da: Double, db: Double, dt: Double
  ) {
    let (rows, columns) = (u.count, u[0].count)
    func laplacian(_ a: [[Double]], _ column: Int, _ row: Int) -> Double {
      var sum = -a[row][column]
      for dy in -1...1 {
        for dx in -1...1 where (dx, dy) != (0, 0) {
          let weight = dx == 0 || dy == 0 ? 0.2 : 0.05
          sum += weight * a[(row + dy + rows) % rows][(column + dx + columns) % columns]
        }
      }
      return sum
    }
    let (oldU, oldV) = (u, v)
    for row in 0..<rows {
      for column in 0..<columns {
        let (a, b) = (oldU[row][column], oldV[row][column])
        u[row][column] = a + dt * (da * laplacian(oldU, column, row) - a * b * b + feed * (1 - a))
        v[row][column] = b + dt * (db * laplacian(oldV, column, row) + a * b * b - (kill + feed) * b)
      }
    }
  }

  @Test(arguments: [(1.0, 0.5, 1.0), (0.9, 0.45, 0.8)])
  func reactionDiffusionEqualsItsFormula(_ da: Double, _ db: Double, _ dt: Double) {
    let (columns, rows) = (32, 20)
    let setting = SimulationSetting(columns: columns, rows: rows, seed: 1, kernels: KernelSet(.best))
    var u = [[Double]](repeating: Array(repeating: 1, count: columns), count: rows)
    var v = u.map { $0.map { _ in 0.0 } }
    for row in rows / 2 - 3..<rows / 2 + 3 {
      for column in columns / 2 - 3..<columns / 2 + 3 {
        u[row][column] = 0.5
        v[row][column] = 0.25 + 0.25 * setting.random(2, column, row)
      }
    }
    var grown = LoneSimulation(
      ReactionDiffusion.self, columns: columns, rows: rows,
      numbers: ["steps": 5, "age": 0, "da": da, "db": db, "dt": dt], words: ["preset": "worms", "start": "center"])
    grown.advance(ticks: 0..<8)
    for _ in 0..<40 { grayScott(&u, &v, feed: 0.046, kill: 0.063, da: da, db: db, dt: dt) }
    // Worms are shown from 0 to 0.365 as 0 to 0.9.
    let shown = grown.shown().flatMap { $0 }
    let errors = zip(shown, v.flatMap { $0 }).map { abs(Double($0) - min($1 * 0.9 / 0.365, 1)) }
    #expect(errors.max()! < 1e-5)
    #expect(shown.max()! > 0.3)
  }

  @Test func aBlinkerBlinksAndAGliderGlidesOverTheEdge() {
    let kernels = KernelSet(.best).simulation
    var alive = TorusPlane(columns: 16, rows: 8)
    var next = alive
    for (column, row) in [(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)] { alive[column, row] = 1 }
    func cells(_ plane: TorusPlane) -> Set<[Int]> {
      Set((0..<8).flatMap { row in (0..<16).filter { plane[$0, row] == 1 }.map { [$0, row] } })
    }
    let start = cells(alive)
    // A glider moves by (1, 1) in four generations: 32 · 4 bring it round both ways.
    for generation in 1...128 {
      alive.withMutableValues { kernels.wrap($0, columns: 16, rows: 8, stride: 48) }
      alive.withValues { alive in
        next.withMutableValues {
          kernels.life($0, alive, birth: 0b1000, survival: 0b1100, columns: 16, rows: 8, stride: 48)
        }
      }
      swap(&alive, &next)
      #expect(cells(alive).count == 5)
      if generation == 4 { #expect(cells(alive) == Set(start.map { [$0[0] + 1, $0[1] + 1] })) }
    }
    #expect(cells(alive) == start)
  }

  /// At how many neighbours cells are born and survive (CATALOGUE 1.6), counted anew here.
  @Test(arguments: [
    ("life", [3], [2, 3]), ("coral", [3], [4, 5, 6, 7, 8]), ("maze", [3], [1, 2, 3, 4, 5]),
    ("anneal", [4, 6, 7, 8], [3, 5, 6, 7, 8]), ("day_night", [3, 6, 7, 8], [3, 4, 6, 7, 8]),
    ("high_life", [3, 6], [2, 3]), ("seeds", [2], []), ("B36/S125", [3, 6], [1, 2, 5]), ("B2/S", [2], []),
  ])
  func everyRuleIsItsNumbers(_ rule: (name: String, birth: [Int], survival: [Int])) {
    var numbers = ["rate": 24, "density": 0.4, "fade": 0]
    if rule.name.contains("/") {
      numbers["birth"] = rule.birth.reduce(0) { 10 * $0 + Double($1) }
      numbers["survive"] = rule.survival.isEmpty ? 9 : rule.survival.reduce(0) { 10 * $0 + Double($1) }
    }
    let isNamed = GameOfLife.declaration.parameters[0].choices.contains(rule.name)
    var simulation = LoneSimulation(
      GameOfLife.self, columns: 32, rows: 20, numbers: numbers, words: isNamed ? ["rule": rule.name] : [:])
    #expect(isNamed != rule.name.contains("/"))
    simulation.advance(ticks: 0..<1)
    var alive = simulation.shown().map { $0.map { $0 == 1 } }
    for tick in 1..<6 {
      simulation.advance(ticks: tick..<tick + 1)
      alive = (0..<20).map { row in
        (0..<32).map { column in
          var count = alive[row][column] ? -1 : 0
          for dy in -1...1 {
            for dx in -1...1 where alive[(row + dy + 20) % 20][(column + dx + 32) % 32] { count += 1 }
          }
          return (alive[row][column] ? rule.survival : rule.birth).contains(count)
        }
      }
      #expect(simulation.shown() == alive.map { $0.map { $0 ? 1 : 0 } }, "generation \(tick)")
    }
  }

  @Test func everyRuleOfLifeIsTested() {
    let tested = ["life", "coral", "maze", "anneal", "day_night", "high_life", "seeds"]
    #expect(GameOfLife.declaration.parameters[0].choices == tested)
  }

  @Test func anAgeIsGenerationsBeforeTheFirstFrame() {
    func shown(_ age: Double, _ ticks: Int) -> [[Float]] {
      var life = LoneSimulation(
        GameOfLife.self, columns: 32, rows: 20, numbers: ["rate": 24, "density": 0.3, "fade": 0, "age": age])
      life.advance(ticks: 0..<ticks)
      return life.shown()
    }
    #expect(shown(7, 1) == shown(0, 8) && shown(7, 1) != shown(0, 1))
  }

  @Test func theDeadLeaveAFadingTrail() {
    var life = LoneSimulation(
      GameOfLife.self, columns: 32, rows: 32, numbers: ["rate": 24, "density": 0.3, "fade": 0.5, "pulse": 0])
    life.advance(ticks: 0..<6)
    let shown = Set(life.shown().flatMap { $0 })
    #expect(shown.isSubset(of: [1, 0.5, 0.25, 0.125, 0.0625, 0.03125, 0]))
    #expect(shown.count >= 5)
  }

  @Test(arguments: AttractorMap.allCases)
  func attractorsEqualTheirMaps(_ map: AttractorMap) {
    let starts: [(Double, Double)] = (0..<16).map { (index: Int) in
      let share = Double(index) / 20
      return (2 * share - 0.8, 0.5 - share)
    }
    var x: [Float] = starts.map { Float($0.0) }
    var y: [Float] = starts.map { Float($0.1) }
    let (a, b, c, d): (Double, Double, Double, Double) = (-1.4, 1.6, 1.0, 0.7)
    KernelSet(.best).simulation.iterate(
      map, &x, &y, a: Float(a), b: Float(b), c: Float(c), d: Float(d), count: 16)
    for (index, start) in starts.enumerated() {
      let (p, q) = (Double(Float(start.0)), Double(Float(start.1)))
      let across: Double =
        switch map {
        case .clifford: sin(a * q) + c * cos(a * p)
        case .deJong: sin(a * q) - cos(b * p)
        case .bedhead: sin(p * q / b) + cos(a * p - q)
        }
      let down: Double =
        switch map {
        case .clifford: sin(b * p) + d * cos(b * q)
        case .deJong: sin(c * p) - cos(d * q)
        case .bedhead: p * sin(a * q) + cos(b * p - q)
        }
      #expect(abs(Double(x[index]) - across) < 3e-6 && abs(Double(y[index]) - down) < 3e-6)
    }
  }

  @Test func theDensityOfAnAttractorIsLogarithmicAndFillsItsRange() {
    var attractor = LoneSimulation(
      StrangeAttractor.self, columns: 64, rows: 48,
      numbers: ["points": 20000, "a": -1.4, "b": 1.6, "c": 1, "d": 0.7])
    attractor.advance(ticks: 0..<20)
    let shown = attractor.shown().flatMap { $0 }
    #expect(shown.max()! > 0.9999)
    #expect(shown.filter { $0 > 0.05 }.count > 400 && shown.filter { $0 == 0 }.count > 200)
  }

  @Test func samplesAreBilinearOnATorus() {
    let geometry = GridGeometry.test(columns: 7, rows: 5)
    let plane = SimulationPlane(geometry)
    for row in 0..<5 { for column in 0..<7 { plane.row(row)[column] = Float(column * column + 10 * row) } }
    var places: [(Double, Double)] = []
    for k in 0..<32 { places.append((Double(k) * 0.37 - 3.1, 2.4 - Double(k) * 0.29)) }
    let xs = places.map { Float(geometry.x(column: 0) + $0.0 * geometry.cellWidthShare) }
    let ys = places.map { Float(geometry.y(row: 0) + $0.1 * geometry.cellHeightShare) }
    for level in KernelLevel.allCases.filter(\.isSupported) {
      var out = [Float](repeating: 0, count: 32)
      xs.withUnsafeBufferPointer { x in
        ys.withUnsafeBufferPointer { y in
          KernelSet(level).field[.sample](
            &out,
            [
              FieldOperand(strip: x.baseAddress!), FieldOperand(strip: y.baseAddress!), FieldOperand(splat: plane.base),
            ], 32, 0)
        }
      }
      for (index, place) in places.enumerated() {
        let (left, top) = (place.0.rounded(.down), place.1.rounded(.down))
        let (u, v) = (place.0 - left, place.1 - top)
        func cell(_ dx: Int, _ dy: Int) -> Double {
          let (c, r) = (((Int(left) + dx) % 7 + 7) % 7, ((Int(top) + dy) % 5 + 5) % 5)
          return Double(c * c + 10 * r)
        }
        let upper = cell(0, 0) + (cell(1, 0) - cell(0, 0)) * u
        let lower = cell(0, 1) + (cell(1, 1) - cell(0, 1)) * u
        #expect(abs(Double(out[index]) - (upper + (lower - upper) * v)) < 1e-3, "\(level), place \(place)")
      }
    }
  }

  // MARK: Laws

  @Test(arguments: SimulationOps.all.map { $0.declaration })
  func aFrameIsTheSameWhateverWasShownBefore(_ declaration: OpDeclaration) {
    let graph = compiledScene("{field: \"\(declaration.name)(grid=xl)\"}")
    let whole = hashes(graph, frames: Array(stride(from: 0, through: 120, by: 12)))
    let isDrawn = SimulationOps.drawn.contains { $0.declaration.name == declaration.name }
    #expect(Set(whole).count == (isDrawn ? 1 : whole.count))
    let snapshots = SharedSnapshots()
    #expect(hashes(graph, frames: [120], snapshots: snapshots) == [whole[10]])
    #expect(hashes(graph, frames: [108, 36, 108], snapshots: snapshots) == [whole[9], whole[3], whole[9]])
  }

  @Test func everyInstructionSetComputesTheSame() {
    for type in SimulationOps.all {
      let shown = KernelLevel.allCases.filter(\.isSupported).map { level in
        var simulation = LoneSimulation(type, columns: 48, rows: 31, numbers: ["a": 1.4, "b": 1.6], level: level)
        simulation.advance(ticks: 0..<12)
        return simulation.shown()
      }
      #expect(shown.allSatisfy { $0 == shown[0] })
    }
  }

  @Test(arguments: ["spots", "worms", "coral", "mitosis", "labyrinth", "holes", "chaos"])
  func patternsUseTheirRange(_ preset: String) {
    var simulation = LoneSimulation(
      ReactionDiffusion.self, columns: 96, rows: 64, numbers: ["age": 3000], words: ["preset": preset])
    simulation.advance(ticks: 0..<1)
    let shown = simulation.shown().flatMap { $0 }.sorted()
    #expect(shown[shown.count / 50] <= 0.1 && shown[shown.count * 49 / 50] >= 0.85)
  }

  /// The contrast that every field of the catalogue keeps (`PreludeTests`), early and late.
  private func expectContrast(_ simulation: LoneSimulation) {
    var simulation = simulation
    for ticks in [0..<12, 12..<72, 72..<192] {
      simulation.advance(ticks: ticks)
      let shown = simulation.shown().flatMap { $0 }.sorted()
      let (dark, light) = (shown[shown.count / 50], shown[shown.count * 49 / 50])
      #expect(dark <= 0.1 && light >= 0.85, "tick \(ticks.upperBound): \(dark) to \(light)")
    }
  }

  @Test(arguments: ["life", "coral", "maze", "day_night", "high_life"])
  func lifeGoesFromDarkToLight(_ rule: String) {
    expectContrast(
      LoneSimulation(
        GameOfLife.self, columns: 192, rows: 108, numbers: ["density": rule == "day_night" ? 0.45 : 0.3],
        words: ["rule": rule]))
  }

  @Test(arguments: [
    ("clifford", -1.4, 1.6, 1.0, 0.7), ("de_jong", 1.4, -2.3, 2.4, -2.1), ("bedhead", 0.9, 0.35, 0, 0),
  ])
  func veilsGoFromDarkToLight(_ map: (name: String, a: Double, b: Double, c: Double, d: Double)) {
    expectContrast(
      LoneSimulation(
        StrangeAttractor.self, columns: 320, rows: 180, numbers: ["a": map.a, "b": map.b, "c": map.c, "d": map.d],
        words: ["attractor": map.name]))
  }

  // MARK: States of a scene

  private func simulations(_ layers: String) -> (states: Int, nodes: Int) {
    let graph = compiledScene(layers)
    let segment = graph.segments[0]
    let nodes = segment.nodes.count { if case .simulation = $0.kind { true } else { false } }
    return (
      SegmentSimulations(segment, format: graph.format, pictures: .shared, kernels: KernelSet(.best)).states.count,
      nodes
    )
  }

  @Test func aNamedSimulationIsOneStateHoweverItIsRead() {
    let named = """
      {let: {rd: "reaction_diffusion(grid=xl)"}, field: "rd - at(rd, x=x + 2cells)"}
      """
    #expect(simulations(named) == (1, 2))
    let unnamed = "{field: \"reaction_diffusion(grid=xl) - at(reaction_diffusion(grid=xl), x=x + 2cells)\"}"
    #expect(simulations(unnamed) == (2, 2))
    #expect(simulations("{field: \"twist(reaction_diffusion(grid=xl))\"}").states == 1)
  }

  @Test func eachUseOfAFieldHasItsOwnState() {
    let graph = compiledScene(
      "{field: mould}\n{field: mould}\n{field: mould, transform: [rotate: 10deg]}",
      header: "fields: {mould: \"game_of_life(grid=xl)\"}")
    let segment = graph.segments[0]
    #expect(
      SegmentSimulations(segment, format: graph.format, pictures: .shared, kernels: KernelSet(.best)).states.count == 3)
  }

  @Test func aSimulationReadsAnother() {
    let graph = compiledScene("{field: \"reaction_diffusion(grid=xl, feed=0.01 * sin(t))\"}")
    #expect(Set(hashes(graph, frames: [0, 10, 20])).count == 3)
  }
}
