import SceneLang

/// Particles that fall towards wells which wander about, and begin anew at the edge once they arrive (CATALOGUE 1.10).
struct GravityWell: ParticleSystem {
  static let declaration = OpDeclaration(
    .particles, "gravity_well", aliases: ["gravity_wells"], "Particles that fall into wells; energy is the speed.",
    parameters: [
      ParameterDeclaration("count", .integer, default: "1000", in: 0...20000, "How many particles."),
      ParameterDeclaration("wells", .integer, default: "3", in: 1...16, "How many wells."),
      ParameterDeclaration("pull", default: "0.06 * mix(1, 1.8, bass)", in: -5...5, "Strength of the wells."),
      ParameterDeclaration("swirl", default: "0.5", in: -5...5, "Share of the pull that goes round the well."),
      ParameterDeclaration("drag", default: "0.5", in: 0...20, "Share of the speed lost in a second."),
      ParameterDeclaration("wander", default: "0.3", in: 0...5, "How fast the wells move."),
      .trail(0.5), .characters("value"), .cap(1200), .time,
    ],
    facts: Facts(isStateless: false),
    show: ["grid": "sm", "palette": "spark", "color": "nebula(0.25 + 0.75 * value)", "wash": "0"],
    example: "particles: gravity_well(wells=2, swirl=1)")

  private enum Role: Int { case edge, side, speed, wellX, wellY, start }

  /// Where a particle has arrived.
  private static let reach: Float = 0.02

  private let setting: EffectSetting
  private(set) var particles = Particles()
  var pen: ParticlePen

  init(_ setting: EffectSetting) {
    self.setting = setting
    pen = ParticlePen(setting)
  }

  mutating func move(_ arguments: CallArguments, tick: Int) {
    let count = min(arguments.integer("count"), arguments.integer("cap"))
    particles.cull(to: count)
    while particles.count < count { emit(isFirst: tick == 0) }
    let wells = wells(arguments)
    let (pull, swirl) = (Float(arguments.number("pull")), Float(arguments.number("swirl")))
    for index in 0..<particles.count {
      for well in wells {
        let (dx, dy) = (well.x - particles.x[index], well.y - particles.y[index])
        // Softened, so that a near well does not throw.
        let square = dx * dx + dy * dy + 0.004
        let force = pull / square * Particles.tick
        let distance = square.squareRoot()
        particles.velocityX[index] += force * (dx - swirl * dy) / distance
        particles.velocityY[index] += force * (dy + swirl * dx) / distance
      }
    }
    particles.step(Particles.Forces(drag: Float(arguments.number("drag"))))
    let (particles, geometry) = (particles, setting.geometry)
    let (right, bottom) = (Float(geometry.halfWidth * 1.15), Float(geometry.halfHeight * 1.15))
    self.particles.keep { index in
      let (x, y) = (particles.x[index], particles.y[index])
      guard abs(x) < right, abs(y) < bottom else { return false }
      return wells.allSatisfy { well in
        let (dx, dy) = (well.x - x, well.y - y)
        return dx * dx + dy * dy > Self.reach * Self.reach
      }
    }
  }

  /// Slow Lissajous figures, another for each well.
  private func wells(_ arguments: CallArguments) -> [(x: Float, y: Float)] {
    let time = arguments.time * arguments.number("wander")
    let geometry = setting.geometry
    return (0..<arguments.integer("wells")).map { well in
      let (a, b) = (setting.random(Role.wellX.rawValue, well), setting.random(Role.wellY.rawValue, well))
      return (
        Float(0.62 * geometry.halfWidth * ScalarMath.sin(2 * .pi * a + (0.7 + 0.6 * b) * time)),
        Float(0.58 * geometry.halfHeight * ScalarMath.cos(2 * .pi * b + (0.6 + 0.7 * a) * time))
      )
    }
  }

  private mutating func emit(isFirst: Bool) {
    let geometry = setting.geometry
    let setting = setting
    particles.emit { number in
      let along = 2 * setting.random(Role.edge.rawValue, number) - 1
      let side = Int(4 * setting.random(Role.side.rawValue, number))
      // At the start the picture is full.
      let inward = isFirst ? ScalarMath.sqrt(setting.random(Role.start.rawValue, number)) : 1
      let (u, v): (Double, Double) =
        switch side {
        case 0: (along, -1)
        case 1: (along, 1)
        case 2: (-1, along)
        default: (1, along)
        }
      let speed = 0.04 * (0.5 + setting.random(Role.speed.rawValue, number))
      let (x, y) = (1.05 * inward * u * geometry.halfWidth, 1.05 * inward * v * geometry.halfHeight)
      return (x, y, -speed * v, speed * u, 1e6)
    }
  }

  func mark(_ index: Int) -> ParticlePen.Mark {
    let (vx, vy) = (particles.velocityX[index], particles.velocityY[index])
    let speed = min(1, 1.1 * (vx * vx + vy * vy).squareRoot())
    return ParticlePen.Mark(value: 0.3 + 0.7 * speed, energy: speed, life: 1 - speed)
  }
}
