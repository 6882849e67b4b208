import Foundation
import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// Every particle system moves as its rules say (CATALOGUE 1.10), written a second time in Double, one particle
/// or a few. Places agree to 1e-5 of the shorter side.
struct ParticleFormulaTests {
  private static let geometry = GridGeometry.test(columns: 320, rows: 83)
  private static let setting = EffectSetting(
    geometry: geometry, seed: 5, characterCount: 4, kernels: KernelSet(.best).field)
  private static let tick = 1.0 / 24

  private func random(_ role: Int, _ index: Int) -> Double { Self.setting.random(role, index) }

  /// What a system is given: numbers, else defaults, else 0; every field glows in its middle cell alone.
  private struct Given {
    let arguments: CallArguments
    private let plane: AlignedBuffer<Float>

    init(_ type: any EffectOp.Type, _ numbers: [String: Double], field: (_ column: Int, _ row: Int) -> Float) {
      let stride = EffectCells(geometry: geometry).stride
      let plane = AlignedBuffer<Float>(count: stride * geometry.rows)
      for row in 0..<geometry.rows {
        for column in 0..<geometry.columns { plane.base[row * stride + column] = field(column, row) }
      }
      self.plane = plane
      let parameters = type.declaration.parameters
      arguments = CallArguments(
        parameters,
        parameters.map { parameter in
          switch parameter.type {
          case .field:
            .field(CellField(columns: geometry.columns, rows: geometry.rows, stride: stride, values: plane.base))
          case .choice, .text: .word(parameter.default!)
          default: .number(numbers[parameter.name] ?? parameter.default.flatMap(Double.init) ?? 0)
          }
        })
    }
  }

  private static func middle(_ column: Int, _ row: Int) -> Float { column == 160 && row == 41 ? 1 : 0 }

  /// The particles of a system after so many ticks.
  private func particles<System: ParticleSystem>(
    _ type: System.Type, ticks: Int, _ numbers: [String: Double],
    field: (_ column: Int, _ row: Int) -> Float = middle
  ) -> Particles {
    var system = type.init(Self.setting)
    let given = Given(type, numbers, field: field)
    for tick in 0..<ticks { system.move(given.arguments, tick: tick) }
    return system.particles
  }

  private func expect(_ particles: Particles, _ index: Int = 0, at x: Double, _ y: Double) {
    let (dx, dy) = (Double(particles.x[index]) - x, Double(particles.y[index]) - y)
    #expect(abs(dx) < 1e-5 && abs(dy) < 1e-5, "\(dx) and \(dy) off")
  }

  /// The only lit cell of an effect.
  private func cell(of effect: LoneEffect) -> (column: Int, row: Int, value: Float)? {
    effect.draw()
    for row in 0..<83 {
      for column in 0..<320 where effect.value(column, row) > 0 { return (column, row, effect.value(column, row)) }
    }
    return nil
  }

  @Test func sparksFlyOffAndFall() {
    let sparks = particles(
      Explosion.self, ticks: 12, ["count": 3, "spread": 0, "speed": 0.8, "gravity": 0.5, "drag": 0, "life": 9])
    for index in 0..<3 {
      let angle = 2 * Double.pi * random(0, index)
      let way = 12 * Self.tick * 0.8 * (0.5 + 0.5 * random(1, index).squareRoot())
      let top = (2 * 0.42 - 1) * Self.geometry.halfHeight
      // Velocities change before places: g · (1 + 2 + … + n) · tick².
      let fall = 0.5 * Self.tick * Self.tick * 78
      expect(sparks, index, at: way * cos(angle), top + way * sin(angle) + fall)
    }
  }

  @Test func embersRiseEachAtItsOwnSpeed() {
    let sparks = particles(
      Embers.self, ticks: 10, ["rate": 24, "speed": 0.3, "life": 1, "turbulence": 0, "wind": 0.12, "cap": 100])
    let number = sparks.number.last!
    // The youngest has been for one tick: 0.12 to the right, 0.3 · (0.5 + its own) upwards.
    let (vx, vy) = (Double(sparks.velocityX.last!), Double(sparks.velocityY.last!))
    #expect(abs(vx - 0.12) < 1e-6 && abs(vy + 0.3 * (0.5 + random(3, number))) < 1e-6)
    let (x, y) = (Double(sparks.x.last!) - vx * Self.tick, Double(sparks.y.last!) - vy * Self.tick)
    let (left, top) = (Self.geometry.x(column: 160), Self.geometry.y(row: 41))
    #expect(abs(x - left) <= 3 / 1080.0 + 1e-6 && abs(y - top) <= 6.5 / 1080 + 1e-6)
  }

  /// The share that is gone grows by 0.048 (1 + 0.05 t) a second, and no spark outlives it.
  @Test func theCloudGoesOutFasterAndFaster() {
    let ticks = 24 * 12
    let left = particles(
      DissolvingCloud.self, ticks: ticks, ["count": 400, "cap": 400, "fade": 1, "speed": 0, "turbulence": 0])
    // The sum of 0.048 (1 + 0.05 k · tick) · tick over k = 0…n − 1.
    let seconds = Double(ticks) * Self.tick
    let gone = 0.048 * (seconds + 0.05 * seconds * (seconds - Self.tick) / 2)
    // Spans are spread evenly over 0.5…1.
    let expected = 400 * (1 - min(1, max(0, (gone - 0.5) / 0.5)))
    #expect(gone > 0.6 && abs(Double(left.count) - expected) < 40, "\(left.count) of \(expected)")
  }

  @Test func starsComeNearer() {
    for ticks in [6, 30, 50] {
      var star = LoneEffect(
        Starfield.self, geometry: Self.geometry, numbers: ["count": 1, "speed": 0.3, "streak": 0, "cap": 1], seed: 5)
      star.advance(ticks: 0..<ticks)
      let depth = random(2, 0) - 0.3 * Self.tick * Double(ticks)
      let z = 0.01 + 0.99 * (depth - floor(depth))
      func place(_ role: Int) -> Double { 2 * Self.setting.random(role, 0, Int(floor(depth))) - 1 }
      let (x, y) = (place(0) * Self.geometry.halfWidth / z, place(1) * Self.geometry.halfHeight / z)
      let (column, row) = Self.geometry.cell(x: Float(x), y: Float(y))
      let seen = cell(of: star)
      if (0..<320).contains(column), (0..<83).contains(row) {
        #expect(seen?.column == column && seen?.row == row)
        #expect(abs(Double(seen?.value ?? 0) - (0.3 + 0.7 * (1 - z)) * min(1, 10 * (1 - z))) < 1e-4)
      } else {
        #expect(seen == nil)
      }
    }
  }

  @Test func bodiesCircleByKeplersLaw() {
    for ticks in [1, 20, 100] {
      var body = LoneEffect(
        Orbit.self, geometry: Self.geometry,
        numbers: ["count": 1, "radius": 0.3, "spread": 0.1, "speed": 2, "tilt": 0.4, "tail": 0, "cap": 1], seed: 5)
      body.advance(ticks: 0..<ticks)
      let radius = 0.3 + 0.1 * (2 * random(1, 0) - 1)
      let speed = 2 * pow(radius / 0.3, -1.5) * (0.8 + 0.4 * random(2, 0))
      let place = 2 * Double.pi * random(0, 0) + speed * Double(ticks) * Self.tick
      let plane = 2 * Double.pi * random(3, 0)
      let (a, b) = (radius * cos(place), radius * sin(place) * 0.6)
      let expected = Self.geometry.cell(
        x: Float(a * cos(plane) - b * sin(plane)), y: Float(a * sin(plane) + b * cos(plane)))
      let seen = cell(of: body)
      #expect(seen?.column == expected.column && seen?.row == expected.row && seen?.value == 1)
    }
  }

  @Test func wellsPullAndTurn() {
    let numbers = ["count": 4, "cap": 4, "wells": 1, "pull": 0.05, "swirl": 0.5, "drag": 0.5, "wander": 0]
    let start = particles(GravityWell.self, ticks: 1, numbers)
    let end = particles(GravityWell.self, ticks: 2, numbers)
    let well = (
      x: 0.62 * Self.geometry.halfWidth * sin(2 * .pi * random(3, 0)),
      y: 0.58 * Self.geometry.halfHeight * cos(2 * .pi * random(4, 0))
    )
    for index in 0..<start.count {
      let (x, y) = (Double(start.x[index]), Double(start.y[index]))
      let (dx, dy) = (well.x - x, well.y - y)
      let square = dx * dx + dy * dy + 0.004
      let force = 0.05 / square * Self.tick / square.squareRoot()
      let kept = 1 - 0.5 * Self.tick
      let vx = (Double(start.velocityX[index]) + force * (dx - 0.5 * dy)) * kept
      let vy = (Double(start.velocityY[index]) + force * (dy + 0.5 * dx)) * kept
      expect(end, index, at: x + vx * Self.tick, y + vy * Self.tick)
    }
  }

  /// A tick of the flock against all pairs of birds, without the squares.
  @Test func birdsSteerByTheirNeighbours() {
    let numbers = [
      "count": 120, "cap": 120, "sight": 0.2, "speed": 0.3, "separation": 0.8, "alignment": 0.7, "cohesion": 1.3,
      "panic": 0.1,
    ]
    let (old, new) = (particles(Boids.self, ticks: 8, numbers), particles(Boids.self, ticks: 9, numbers))
    let (width, height) = (2 * Self.geometry.halfWidth, 2 * Self.geometry.halfHeight)
    for index in 0..<old.count {
      let (x, y) = (Double(old.x[index]), Double(old.y[index]))
      var (vx, vy) = (Double(old.velocityX[index]), Double(old.velocityY[index]))
      var (push, fly, middle, near) = (SIMD2(0.0, 0), SIMD2(0.0, 0), SIMD2(0.0, 0), 0.0)
      for other in 0..<old.count where other != index {
        let way = SIMD2(
          remainder(Double(old.x[other]) - x, width), remainder(Double(old.y[other]) - y, height))
        let square = (way * way).sum()
        guard square < 0.04 else { continue }
        if square < 0.16 * 0.04 { push -= way / max(square, 0.0025 * 0.04) }
        fly += SIMD2(Double(old.velocityX[other]), Double(old.velocityY[other]))
        middle += way
        near += 1
      }
      if near > 0 {
        vx += 0.07 * (fly.x / near - vx) + 0.24 * 1.3 * middle.x / near + 0.012 * 0.8 * 0.2 * push.x
        vy += 0.07 * (fly.y / near - vy) + 0.24 * 1.3 * middle.y / near + 0.012 * 0.8 * 0.2 * push.y
      }
      let distance = max(hypot(x, y), 0.05)
      (vx, vy) = (vx + 0.002 * x / distance, vy + 0.002 * y / distance)
      let scale = min(max(hypot(vx, vy), 0.35 * 0.3), 0.3) / hypot(vx, vy)
      #expect(abs(Double(new.velocityX[index]) - vx * scale) < 1e-5)
      #expect(abs(Double(new.velocityY[index]) - vy * scale) < 1e-5)
    }
  }

  @Test func emittedOnesFollowTheirPathAndTheForces() {
    let numbers = [
      "rate": 48, "u": 0.25, "v": 0.5, "direction": -Double.pi / 2, "spread": 0, "speed": 0.6, "gravity": 0.3,
      "wind": 0.1, "curl": 0, "well": 0.2, "drag": 0.4, "life": 9,
    ]
    let thrown = particles(Emitter.self, ticks: 6, numbers, field: { _, _ in 0 })
    var (x, y) = (-0.5 * Self.geometry.halfWidth, 0.0)
    var (vx, vy) = (0.0, -0.6 * (0.4 + 0.6 * random(4, 0)))
    for _ in 0..<6 {
      let distance = max(hypot(x, y), 0.02)
      (vx, vy) = (vx - 0.2 * x / distance * Self.tick, vy - 0.2 * y / distance * Self.tick)
      let kept = 1 - 0.4 * Self.tick
      (vx, vy) = (vx * kept + 0.1 * Self.tick, vy * kept + 0.3 * Self.tick)
      (x, y) = (x + vx * Self.tick, y + vy * Self.tick)
    }
    expect(thrown, at: x, y)
    #expect(thrown.count == 12)
  }

  /// On a slope of g all fly the same way: v = 0.9 v + 0.012 · speed · g, turned by a right angle.
  @Test func theStreamRunsAlongTheContours() {
    var stream = LoneEffect(
      Flow.self, geometry: Self.geometry,
      numbers: ["count": 1, "cap": 1, "speed": 0.7, "turn": .pi / 2, "life": 100, "trail": 0],
      words: ["glyphs": "palette"], fields: ["along": { column, _ in Float(column) / 320 }], seed: 5)
    let slope = 1080.0 / (6 * 320)
    let (top, height) = ((2 * random(1, 0) - 1) * Self.geometry.halfHeight, 2 * Self.geometry.halfHeight)
    let left = (2 * random(0, 0) - 1) * Self.geometry.halfWidth
    var (y, v) = (top, 0.0)
    stream.advance(ticks: 0..<1)
    for _ in 0..<48 {
      v = 0.9 * v + 0.012 * 0.7 * slope
      y = remainder(y + v * Self.tick, height)
    }
    let expected = Self.geometry.cell(x: Float(left), y: Float(y))
    let seen = cell(of: stream)
    #expect(seen?.column == expected.column && seen?.row == expected.row)
  }
}
