import Foundation
import KernelTable
import SceneLang
import Testing

@testable import Renderer

struct ParticleTests {
  private static let geometry = GridGeometry.test(columns: 320, rows: 83)

  @Test func everyFileOfAParticleSystemIsInTheList() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Sources/Renderer/Ops/Particles")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(EffectOps.particles.map { "\($0).swift" } == files.sorted())
    #expect(EffectOps.particles.allSatisfy { $0.declaration.kind == .particles })
  }

  /// A field that glows all over and simple numbers for what has expressions as defaults.
  private func lone(_ type: any EffectOp.Type, _ numbers: [String: Double]) -> LoneEffect {
    let usual: [String: Double] = ["rate": 200, "count": 300, "speed": 0.3, "pull": 0.06, "trail": 0, "tail": 0]
    return LoneEffect(
      type, geometry: Self.geometry, numbers: usual.merging(["streak": 0]) { $1 }.merging(numbers) { $1 },
      fields: ["from": { _, _ in 1 }, "along": { column, row in Float(column % 40 + row % 20) / 60 }])
  }

  /// Without trails no more cells are lit than there are particles.
  @Test(arguments: EffectOps.particles.map { $0.declaration.name })
  func noMoreThanTheCap(_ name: String) {
    for (cap, fewest) in [(0.0, 0), (40, 10)] {
      var system = lone(EffectOps.named(name), ["cap": cap])
      system.advance(ticks: 0..<24)
      system.draw()
      let lit = (0..<83).reduce(0) { sum, row in sum + (0..<320).filter { system.value($0, row) > 0 }.count }
      #expect((fewest...Int(cap)).contains(lit), "\(lit) cells for a cap of \(cap)")
    }
  }

  @Test(arguments: EffectOps.particles.map { $0.declaration.name })
  func seedsTellSystemsApart(_ name: String) {
    let pictures = [1, 2].map { seed in
      let type = EffectOps.named(name)
      return hashes(compiledScene("{particles: \(type.declaration.name), seed: \(seed)}"), frames: [30])
    }
    #expect(pictures[0] != pictures[1])
  }

  private func particles(at places: [(x: Double, y: Double, span: Double)]) -> Particles {
    var particles = Particles()
    for place in places { particles.emit { _ in (place.x, place.y, 0.25, 0, place.span) } }
    return particles
  }

  @Test func overTheCapTheOldestGo() {
    var particles = particles(at: (0..<5).map { (Double($0), 0, 9) })
    particles.cull(to: 2)
    #expect(particles.number == [3, 4] && particles.x == [3, 4])
    particles.emit { _ in (9, 9, 0, 0, 9) }
    #expect(particles.number == [3, 4, 5] && particles.emitted == 6)
    particles.cull(to: 7)
    #expect(particles.count == 3)
  }

  /// Ticks of n against v' = a − drag · v in closed form of the discrete rule.
  @Test func forcesAddUpTickByTick() {
    var particles = particles(at: [(0, 0, 100)])
    let ticks = 48
    for _ in 0..<ticks { particles.step(.init(gravity: 0.5, wind: -0.25, drag: 1.2)) }
    var (x, y, vx, vy) = (0.0, 0.0, 0.25, 0.0)
    for _ in 0..<ticks {
      vx = vx * (1 - 1.2 / 24) - 0.25 / 24
      vy = vy * (1 - 1.2 / 24) + 0.5 / 24
      x += vx / 24
      y += vy / 24
    }
    #expect(abs(Double(particles.x[0]) - x) < 1e-5 && abs(Double(particles.y[0]) - y) < 1e-5)
    // The speed that gravity and drag come to: 0.5 / 1.2.
    #expect(abs(vy - 0.5 / 1.2) < 0.05)
  }

  @Test func whoIsPastItsSpanIsGone() {
    var particles = particles(at: [(0, 0, 0.1), (1, 0, 0.5), (2, 0, 0.2)])
    for _ in 0..<4 { particles.step(.init()) }
    #expect(particles.number == [1, 2])
    #expect(abs(particles.life(0) - (1 - 4 / 24 / 0.5)) < 1e-6)
  }

  @Test func trailsFadeToATwentieth() {
    var trails = ParticleTrails(.test(columns: 8, rows: 1))
    trails.mark(from: (1, 0), to: (4, 0), value: 0.9, energy: 0.5, .palette(2))
    for _ in 0..<24 { trails.fade(over: 1.2) }
    let cells = EffectCells(geometry: .test(columns: 8, rows: 1))
    trails.draw(into: cells)
    // 0.9 · 20^(−1 / 1.2).
    for column in 0..<8 {
      let expected: Float = (1...4).contains(column) ? 0.9 * 0.082_38 : 0
      #expect(abs(cells.values[column] - expected) < 1e-4)
    }
    for _ in 0..<24 { trails.fade(over: 1.2) }
    cells.clear()
    trails.draw(into: cells)
    #expect(!cells.isUsed(row: 0))
  }

  @Test func trailsOfEightPointsAreBraille() {
    let grid = GridGeometry.test(columns: 3, rows: 2)
    var trails = ParticleTrails(GridGeometry(grid, columnsPerCell: 2, rowsPerCell: 4))
    // Down the left column of points of cell (1, 0), on to the first of cell (1, 1), and the last point of cell (2, 1).
    trails.mark(from: (2, 0), to: (2, 4), value: 0.5, energy: 0.2, .byValue)
    trails.mark(from: (5, 7), to: (5, 7), value: 0.9, energy: 0.7, .byValue)
    let cells = EffectCells(geometry: grid)
    trails.draw(patternsInto: cells) { .own($0) }
    var drawn: [[Int]] = []
    for row in 0..<2 {
      for column in 0..<3 where cells.values[row * cells.stride + column] > 0 {
        let symbol = cells.symbols[row * cells.stride + column]
        drawn.append([column, row, (0...255).first { CellSymbol.own($0).rawValue == symbol }!])
      }
    }
    // The left points of all four rows; the first; the last.
    #expect(drawn == [[1, 0, 0x55], [1, 1, 0x01], [2, 1, 0x80]])
    #expect(cells.values[cells.stride + 2] == 0.9 && cells.energies[cells.stride + 2] == 0.7)
  }

  @Test func linesAreDrawnInTheDirectionOfTheWay() {
    // Cells twice as tall as wide: the diagonal of a cell goes down twice as far as across.
    let ways: [(Float, Float, Int)] = [
      (1, 0, 0), (-1, 0.1, 0), (1, 2, 1), (0, 1, 2), (0.1, -3, 2), (1, -2, 3), (-1, 2, 3),
    ]
    for (dx, dy, symbol) in ways { #expect(LineSymbol.index(dx: dx, dy: dy, aspect: 2) == symbol, "\(dx) \(dy)") }
  }

  /// ∂vx/∂x + ∂vy/∂y of the curl of a potential is 0, up to the steps of the differences.
  @Test func theAirHasNoSources() {
    let air = CurlNoise(
      EffectSetting(geometry: Self.geometry, seed: 3, characterCount: 1, kernels: KernelSet(.best).field))
    var (total, size): (Float, Float) = (0, 0)
    for place in 0..<40 {
      let (x, y, step) = (Float(place % 8) * 0.17 - 0.6, Float(place / 8) * 0.13 - 0.3, Float(0.02))
      let v = air.velocities(x: [x - step, x + step, x, x], y: [y, y, y - step, y + step], frequency: 2, phase: 1)
      total += abs((v.x[1] - v.x[0] + v.y[3] - v.y[2]) / (2 * step))
      size += abs((v.x[3] - v.x[2]) / (2 * step)) + abs((v.y[1] - v.y[0]) / (2 * step))
    }
    #expect(size > 10 && total < 0.15 * size, "\(total) of \(size)")
  }

  @Test func emissionFollowsTheField() {
    let row: [Float] = [0, 3, 0, 1]
    let places = row.withUnsafeBufferPointer {
      EmissionPlaces(CellField(columns: 4, rows: 1, stride: 4, values: $0.baseAddress!))
    }
    let columns = (0..<100).map { places.place((Double($0) + 0.5) / 100).column }
    #expect(columns.filter { $0 == 1 }.count == 75 && columns.filter { $0 == 3 }.count == 25)
  }

  @Test func birdsStayOnThePicture() {
    var flock = lone(Boids.self, ["count": 200, "cap": 200])
    flock.advance(ticks: 0..<240)
    flock.draw()
    let lit = (0..<83).reduce(0) { sum, row in sum + (0..<320).filter { flock.value($0, row) > 0 }.count }
    #expect((60...200).contains(lit))
  }
}
