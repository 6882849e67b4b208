import SceneLang

/// A cloud over the picture, or over wherever a field glows, that rises slowly, drifts apart and goes out (CATALOGUE 1.10):
/// life falls by 0.05 a second, faster by a twentieth with every second.
struct DissolvingCloud: ParticleSystem {
  static let declaration = OpDeclaration(
    .particles, "dissolve", aliases: ["dissolve_cloud", "dust"],
    "A cloud that rises, drifts apart and goes out; energy tells apart.",
    parameters: [
      ParameterDeclaration(
        "count", aliases: ["n"], .integer, default: "600", in: 0...20000, rate: .constant, "Particles of the cloud."),
      ParameterDeclaration(
        "from", .field, default: "1", rate: .cell, "What dissolves, at the start: the more the brighter."),
      ParameterDeclaration("speed", default: "0.03", in: -5...5, "How fast it rises, in shorter sides a second."),
      ParameterDeclaration("turbulence", default: "0.05", in: 0...5, "How fast it drifts apart, in the same measure."),
      ParameterDeclaration("fade", default: "1", in: 0...100, "How fast it goes out."),
      .trail(0), .characters("own"), .cap(600), .time,
    ],
    facts: Facts(isStateless: false),
    show: ["grid": "md", "palette": "dot", "color": "nebula(0.35 + 0.6 * energy)", "wash": "0"],
    example: "particles: dissolve(count=900, speed=0.05)")

  private enum Role: Int { case place, offsetX, offsetY, speed, kind, span }

  private let setting: EffectSetting
  private let air: CurlNoise
  private(set) var particles = Particles()
  var pen: ParticlePen
  /// Share of the cloud that has gone out.
  private var gone = 0.0

  init(_ setting: EffectSetting) {
    self.setting = setting
    air = CurlNoise(setting)
    pen = ParticlePen(setting)
  }

  mutating func move(_ arguments: CallArguments, tick: Int) {
    if tick == 0 { scatter(arguments) }
    particles.cull(to: arguments.integer("cap"))
    let elapsed = Double(tick) * Double(Particles.tick)
    gone += 0.048 * (1 + 0.05 * elapsed) * arguments.number("fade") * Double(Particles.tick)
    let (rise, setting) = (Float(arguments.number("speed")), setting)
    particles.float(
      in: air, frequency: 2.5, phase: Float(0.2 * arguments.time),
      strength: Float(arguments.number("turbulence"))
    ) { rise * Float(0.4 + 1.2 * setting.random(Role.speed.rawValue, $0)) }
    particles.step(Particles.Forces())
    let lives = particles.number.map(life)
    particles.keep { lives[$0] > 0 }
  }

  private mutating func scatter(_ arguments: CallArguments) {
    let places = EmissionPlaces(arguments.field("from"))
    guard !places.isEmpty else { return }
    let setting = setting
    for _ in 0..<arguments.integer("count") {
      particles.emit { number in
        let (x, y) = places.point(
          setting.random(Role.place.rawValue, number), across: setting.random(Role.offsetX.rawValue, number),
          down: setting.random(Role.offsetY.rawValue, number), in: setting.geometry)
        return (x, y, 0, 0, 1e6)
      }
    }
  }

  /// Not all go out at once: the last ones live twice as long as the first.
  private func life(_ number: Int) -> Float {
    Float(max(0, 1 - gone / (0.5 + 0.5 * setting.random(Role.span.rawValue, number))))
  }

  func mark(_ index: Int) -> ParticlePen.Mark {
    let number = particles.number[index]
    let life = life(number)
    return ParticlePen.Mark(value: life, energy: Float(setting.random(Role.kind.rawValue, number)), life: life)
  }
}
