import SceneLang

/// A flock (CATALOGUE 1.10): each bird keeps away from those that are too near, flies as its neighbours fly and towards
/// their middle. The picture is a torus; neighbours are found in squares as wide as birds see. Source: Reynolds, SIGGRAPH
/// 1987.
struct Boids: ParticleSystem {
  static let declaration = OpDeclaration(
    .particles, "boids", aliases: ["flock"], "A flock that keeps together; energy is the speed.",
    parameters: [
      ParameterDeclaration("count", aliases: ["n"], .integer, default: "500", in: 0...5000, "How many birds."),
      ParameterDeclaration(
        "sight", aliases: ["perception"], default: "0.07", in: 0.01...1, .length, "How far they see."),
      ParameterDeclaration(
        "speed", aliases: ["max_speed"], default: "0.3", in: 0.01...5, "Of the fastest, in shorter sides a second."),
      ParameterDeclaration("separation", aliases: ["sep"], default: "1", in: 0...20, "How hard they keep apart."),
      ParameterDeclaration("alignment", aliases: ["ali"], default: "1", in: 0...20, "How hard they fly as others do."),
      ParameterDeclaration("cohesion", aliases: ["coh"], default: "1", in: 0...20, "How hard they keep together."),
      ParameterDeclaration("panic", default: "0.25 * bdecay", in: 0...5, "How hard they flee the middle."),
      .trail(0.6), .characters("value"), .cap(1200),
    ],
    facts: Facts(isStateless: false),
    show: ["grid": "sm", "palette": "dot", "color": "daybreak(0.15 + 0.85 * value)", "wash": "0"],
    example: "particles: boids(count=200, speed=0.4)")

  private enum Role: Int { case x, y, angle }

  private let setting: EffectSetting
  private(set) var particles = Particles()
  var pen: ParticlePen
  /// The fastest speed of the last tick.
  private var fastest: Float = 1

  init(_ setting: EffectSetting) {
    self.setting = setting
    pen = ParticlePen(setting)
  }

  mutating func move(_ arguments: CallArguments, tick: Int) {
    let count = min(arguments.integer("count"), arguments.integer("cap"))
    fastest = Float(arguments.number("speed"))
    particles.cull(to: count)
    while particles.count < count { emit() }
    steer(arguments)
    particles.step(Particles.Forces())
    particles.wrap(in: setting.geometry)
  }

  private mutating func emit() {
    let (geometry, setting, fastest) = (setting.geometry, setting, fastest)
    particles.emit { number in
      let angle = 2 * Double.pi * setting.random(Role.angle.rawValue, number)
      return (
        (2 * setting.random(Role.x.rawValue, number) - 1) * geometry.halfWidth,
        (2 * setting.random(Role.y.rawValue, number) - 1) * geometry.halfHeight,
        0.5 * Double(fastest) * ScalarMath.cos(angle), 0.5 * Double(fastest) * ScalarMath.sin(angle), 1e9
      )
    }
  }

  private mutating func steer(_ arguments: CallArguments) {
    let sight = Float(arguments.number("sight"))
    let weights = (
      separation: Float(arguments.number("separation")), alignment: Float(arguments.number("alignment")),
      cohesion: Float(arguments.number("cohesion"))
    )
    let panic = Float(arguments.number("panic"))
    let squares = Squares(particles, side: sight, geometry: setting.geometry)
    let (oldX, oldY) = (particles.velocityX, particles.velocityY)
    for index in 0..<particles.count {
      var (pushX, pushY, flyX, flyY, middleX, middleY) = (Float(0), Float(0), Float(0), Float(0), Float(0), Float(0))
      var neighbours: Float = 0
      squares.forEachNear(index) { other, dx, dy in
        let square = dx * dx + dy * dy
        guard square < sight * sight, square > 0 else { return }
        if square < 0.16 * sight * sight {
          // Towards 1 / d² as they come near, at most that of a twentieth of the sight.
          let push = 1 / max(square, 0.0025 * sight * sight)
          pushX -= dx * push
          pushY -= dy * push
        }
        flyX += oldX[other]
        flyY += oldY[other]
        middleX += dx
        middleY += dy
        neighbours += 1
      }
      var (vx, vy) = (oldX[index], oldY[index])
      if neighbours > 0 {
        // Per tick: a tenth of the way to the others' flight, a hundredth of that to their middle, as in the catalogue.
        vx += 0.1 * weights.alignment * (flyX / neighbours - vx) + 0.24 * weights.cohesion * middleX / neighbours
        vy += 0.1 * weights.alignment * (flyY / neighbours - vy) + 0.24 * weights.cohesion * middleY / neighbours
        vx += 0.012 * weights.separation * sight * pushX
        vy += 0.012 * weights.separation * sight * pushY
      }
      let distance = max(
        (particles.x[index] * particles.x[index] + particles.y[index] * particles.y[index]).squareRoot(), 0.05)
      vx += 0.02 * panic * particles.x[index] / distance
      vy += 0.02 * panic * particles.y[index] / distance
      let speed = (vx * vx + vy * vy).squareRoot()
      let limited = min(max(speed, 0.35 * fastest), fastest)
      let scale = speed > 0 ? limited / speed : 0
      particles.velocityX[index] = vx * scale
      particles.velocityY[index] = vy * scale
    }
  }

  func mark(_ index: Int) -> ParticlePen.Mark {
    let (vx, vy) = (particles.velocityX[index], particles.velocityY[index])
    let speed = min(1, (vx * vx + vy * vy).squareRoot() / fastest)
    return ParticlePen.Mark(value: 0.5 + 0.5 * speed, energy: speed, life: 1 - speed)
  }
}

/// Birds by the square they are in, on the torus of the picture.
private struct Squares {
  private let particles: Particles
  private let columns: Int
  private let rows: Int
  private let width: Float
  private let height: Float
  /// The birds of each square one after another, and where each square's begin.
  private var members: [Int]
  private var starts: [Int]

  init(_ particles: Particles, side: Float, geometry: GridGeometry) {
    self.particles = particles
    width = Float(2 * geometry.halfWidth)
    height = Float(2 * geometry.halfHeight)
    columns = max(1, Int(width / side))
    rows = max(1, Int(height / side))
    starts = Array(repeating: 0, count: columns * rows + 1)
    members = Array(repeating: 0, count: particles.count)
    let squares = (0..<particles.count).map { square(particles.x[$0], particles.y[$0]) }
    for square in squares { starts[square.row * columns + square.column + 1] += 1 }
    for place in 1..<starts.count { starts[place] += starts[place - 1] }
    var next = starts
    for (index, square) in squares.enumerated() {
      let place = square.row * columns + square.column
      members[next[place]] = index
      next[place] += 1
    }
  }

  private func square(_ x: Float, _ y: Float) -> (column: Int, row: Int) {
    let column = Int((x / width + 0.5) * Float(columns))
    let row = Int((y / height + 0.5) * Float(rows))
    return (min(max(column, 0), columns - 1), min(max(row, 0), rows - 1))
  }

  /// All others in the nine squares around, with the way to them.
  func forEachNear(_ index: Int, _ body: (_ other: Int, _ dx: Float, _ dy: Float) -> Void) {
    let (x, y) = (particles.x[index], particles.y[index])
    let own = square(x, y)
    // A torus of fewer than three squares would meet some twice.
    for down in rows < 3 ? 0...(rows - 1) : -1...1 {
      for across in columns < 3 ? 0...(columns - 1) : -1...1 {
        let row = (own.row + down + rows) % rows
        let column = (own.column + across + columns) % columns
        let place = row * columns + column
        for other in members[starts[place]..<starts[place + 1]] where other != index {
          var (dx, dy) = (particles.x[other] - x, particles.y[other] - y)
          dx -= dx > width / 2 ? width : dx < -width / 2 ? -width : 0
          dy -= dy > height / 2 ? height : dy < -height / 2 ? -height : 0
          body(other, dx, dy)
        }
      }
    }
  }
}
