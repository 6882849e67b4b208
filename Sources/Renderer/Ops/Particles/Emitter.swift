import SceneLang

/// A fountain to make one's own systems from: particles leave a place (which keyframes can lead along a path), a field or
/// both in bursts and at a rate, and gravity, wind, a curl of the air, a well and drag act on them.
struct Emitter: ParticleSystem {
  static let declaration = OpDeclaration(
    .particles, "emitter", aliases: ["fountain"],
    "Particles that leave a place and are moved by forces; energy is the life that is left.",
    parameters: [
      ParameterDeclaration("rate", default: "500", in: 0...5000, "Particles a second."),
      ParameterDeclaration("burst", default: "0", in: 0...5000, "Particles more whenever `pulse` changes."),
      ParameterDeclaration("pulse", default: "beat_n", "What bursts come with."),
      ParameterDeclaration("u", default: "0.5", in: -1...2, "The place, across the picture."),
      ParameterDeclaration("v", default: "0.9", in: -1...2, "The place, down the picture."),
      ParameterDeclaration(
        "from", .field, default: "0", rate: .cell, "Leave wherever this glows instead, the more the brighter."),
      ParameterDeclaration("direction", default: "-90deg", in: -360...360, .angle, "Where they fly: −90° is up."),
      ParameterDeclaration("spread", default: "50deg", in: 0...360, .angle, "Width of the fan."),
      ParameterDeclaration("speed", default: "1.1", in: 0...20, "Of the fastest, in shorter sides a second."),
      ParameterDeclaration("gravity", default: "0.5", in: -10...10, "Pull downwards, in shorter sides a second²."),
      ParameterDeclaration("wind", default: "0", in: -10...10, "Push to the right, in the same measure."),
      ParameterDeclaration("curl", default: "0.3", in: 0...10, "Whirls of the air, in the same measure."),
      ParameterDeclaration("well", default: "0", in: -10...10, "Pull towards the middle, in the same measure."),
      ParameterDeclaration("drag", default: "0.3", in: 0...20, "Share of the speed that the air takes in a second."),
      ParameterDeclaration("life", default: "2.5", in: 0.05...60, "Seconds of the longest ones."),
      .trail(0.4), .characters("life"), .cap(1200), .time,
    ],
    facts: Facts(isStateless: false),
    show: ["grid": "md", "palette": "spark", "color": "daybreak(0.3 + 0.7 * value)", "wash": "0"],
    example: "particles: emitter(u=0.5 + 0.3 * cos(t), v=0.5 + 0.3 * sin(t), gravity=0)")

  private enum Role: Int { case place, offsetX, offsetY, angle, speed, life, moment }

  private let setting: EffectSetting
  private let air: CurlNoise
  private(set) var particles = Particles()
  var pen: ParticlePen
  /// Particles due, a fraction included.
  private var due = 0.0
  private var pulse = 0.0
  /// The place of the last tick.
  private var last: (u: Double, v: Double)?

  init(_ setting: EffectSetting) {
    self.setting = setting
    air = CurlNoise(setting)
    pen = ParticlePen(setting)
  }

  mutating func move(_ arguments: CallArguments, tick: Int) {
    due += arguments.number("rate") * Double(Particles.tick)
    if tick == 0 || arguments.number("pulse") != pulse { due += arguments.number("burst") }
    pulse = arguments.number("pulse")
    emit(arguments)
    particles.cull(to: arguments.integer("cap"))
    push(arguments)
    particles.step(Particles.Forces(arguments))
  }

  private mutating func emit(_ arguments: CallArguments) {
    let here = (u: arguments.number("u"), v: arguments.number("v"))
    let start = last ?? here
    last = here
    let count = Int(due)
    due -= Double(count)
    guard count > 0 else { return }
    let places = EmissionPlaces(arguments.field("from"))
    let (geometry, setting) = (setting.geometry, setting)
    let (direction, spread) = (arguments.number("direction"), arguments.number("spread"))
    let (speed, life) = (arguments.number("speed"), arguments.number("life"))
    func random(_ role: Role, _ number: Int) -> Double { setting.random(role.rawValue, number) }
    for _ in 0..<count {
      particles.emit { number in
        let (x, y): (Double, Double)
        if places.isEmpty {
          // Spread over the way of the tick, so that a fast path has no gaps.
          let share = random(.moment, number)
          x = (2 * (start.u + (here.u - start.u) * share) - 1) * geometry.halfWidth
          y = (2 * (start.v + (here.v - start.v) * share) - 1) * geometry.halfHeight
        } else {
          (x, y) = places.point(
            random(.place, number), across: random(.offsetX, number), down: random(.offsetY, number), in: geometry)
        }
        let angle = direction + spread * (random(.angle, number) - 0.5)
        let own = speed * (0.4 + 0.6 * random(.speed, number))
        return (
          x, y, own * ScalarMath.cos(angle), own * ScalarMath.sin(angle), life * (0.4 + 0.6 * random(.life, number))
        )
      }
    }
  }

  /// The forces that differ from place to place.
  private mutating func push(_ arguments: CallArguments) {
    let (curl, well) = (Float(arguments.number("curl")), Float(arguments.number("well")))
    if curl > 0 {
      let flow = air.velocities(
        x: particles.x, y: particles.y, frequency: 2.5, phase: Float(0.3 * arguments.time))
      for index in 0..<particles.count {
        particles.velocityX[index] += curl * flow.x[index] * Particles.tick
        particles.velocityY[index] += curl * flow.y[index] * Particles.tick
      }
    }
    guard well != 0 else { return }
    for index in 0..<particles.count {
      let (x, y) = (particles.x[index], particles.y[index])
      let distance = max((x * x + y * y).squareRoot(), 0.02)
      particles.velocityX[index] -= well * x / distance * Particles.tick
      particles.velocityY[index] -= well * y / distance * Particles.tick
    }
  }

  func mark(_ index: Int) -> ParticlePen.Mark {
    let life = particles.life(index)
    return ParticlePen.Mark(value: min(1, 1.3 * life), energy: life, life: life)
  }
}
