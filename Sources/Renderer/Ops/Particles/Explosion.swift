import SceneLang

/// Bursts: whenever `pulse` changes, sparks fly off a place in all directions and fall (CATALOGUE 1.10).
struct Explosion: ParticleSystem {
  static let declaration = OpDeclaration(
    .particles, "explosion", aliases: ["burst", "fireworks"],
    "Sparks that burst from a place at every pulse and fall; energy is the speed.",
    parameters: [
      ParameterDeclaration("pulse", default: "beat_n", "A burst comes whenever this number changes, and at the start."),
      ParameterDeclaration(
        "count", aliases: ["count_base"], default: "160 + 200 * rms", in: 0...5000, "Sparks of a burst."),
      ParameterDeclaration("u", default: "0.5", in: -1...2, "Where bursts come, across the picture."),
      ParameterDeclaration("v", default: "0.42", in: -1...2, "Where bursts come, down the picture."),
      ParameterDeclaration("spread", default: "0.6", in: 0...2, "How far from there, in shares of the picture."),
      ParameterDeclaration(
        "speed", default: "0.5 + 2 * sub_r", in: 0...20, "Of the fastest sparks, in shorter sides a second."),
      ParameterDeclaration("gravity", default: "0.35", in: -10...10, "How fast they fall, in shorter sides a second²."),
      ParameterDeclaration("drag", default: "1.1", in: 0...20, "Share of the speed that the air takes in a second."),
      ParameterDeclaration("wind", default: "0", in: -10...10, "Push to the right, in shorter sides a second²."),
      ParameterDeclaration("life", default: "2.2", in: 0.05...60, "Seconds of the longest sparks."),
      .trail(0.9), .characters("value"), .cap(1000),
    ],
    facts: Facts(isStateless: false),
    show: ["grid": "md", "palette": "spark", "color": "ember(0.2 + 0.8 * value)", "wash": "0"],
    example: "particles: explosion(count=120)")

  private enum Role: Int { case angle, speed, life, u, v }

  private let setting: EffectSetting
  private(set) var particles = Particles()
  var pen: ParticlePen
  private var pulse = 0.0
  private var bursts = 0

  init(_ setting: EffectSetting) {
    self.setting = setting
    pen = ParticlePen(setting)
  }

  mutating func move(_ arguments: CallArguments, tick: Int) {
    let now = arguments.number("pulse")
    if tick == 0 || now != pulse { burst(arguments) }
    pulse = now
    particles.cull(to: arguments.integer("cap"))
    particles.step(Particles.Forces(arguments))
  }

  private mutating func burst(_ arguments: CallArguments) {
    let geometry = setting.geometry
    let spread = arguments.number("spread")
    let u = arguments.number("u") + spread * (setting.random(Role.u.rawValue, bursts) - 0.5)
    let v = arguments.number("v") + spread * (setting.random(Role.v.rawValue, bursts) - 0.5)
    bursts += 1
    let (speed, life) = (arguments.number("speed"), arguments.number("life"))
    for _ in 0..<arguments.integer("count") {
      particles.emit { number in
        let angle = 2 * Double.pi * setting.random(Role.angle.rawValue, number)
        // Most near the fastest, so that a burst is a shell and no disc.
        let own = speed * (0.5 + 0.5 * ScalarMath.sqrt(setting.random(Role.speed.rawValue, number)))
        return (
          (2 * u - 1) * geometry.halfWidth, (2 * v - 1) * geometry.halfHeight, own * ScalarMath.cos(angle),
          own * ScalarMath.sin(angle), life * (0.5 + 0.5 * setting.random(Role.life.rawValue, number))
        )
      }
    }
  }

  func mark(_ index: Int) -> ParticlePen.Mark {
    let life = particles.life(index)
    let (vx, vy) = (particles.velocityX[index], particles.velocityY[index])
    return ParticlePen.Mark(value: life, energy: min(1, (vx * vx + vy * vy).squareRoot()), life: life)
  }
}
