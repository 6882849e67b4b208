import SceneLang

/// Glowing sparks that rise from the lower edge, or from wherever a field glows, and are carried by turbulent air
/// (CATALOGUE 1.10).
struct Embers: ParticleSystem {
  static let declaration = OpDeclaration(
    .particles, "embers", aliases: ["sparks"], "Sparks that rise and wander in the air; energy tells them apart.",
    parameters: [
      ParameterDeclaration("rate", default: "180 + 200 * rms", in: 0...5000, "Sparks a second."),
      ParameterDeclaration(
        "from", .field, default: "if(row >= rows - 1, 1, 0)", rate: .cell,
        "Where they come from, the more the brighter. The lower edge unless given."),
      ParameterDeclaration("speed", default: "0.3", in: -5...5, "How fast they rise, in shorter sides a second."),
      ParameterDeclaration(
        "turbulence", default: "0.2", in: 0...5, "How far the air carries them, in the same measure."),
      ParameterDeclaration("wind", default: "0", in: -5...5, "Drift to the right, in the same measure."),
      ParameterDeclaration("life", default: "4", in: 0.05...60, "Seconds of the longest sparks."),
      .trail(0.3), .characters("value"), .cap(1500), .time,
    ],
    facts: Facts(isStateless: false),
    show: [
      "grid": "md", "palette": "spark", "color": "ember(0.45 + 0.55 * value)", "wash": "0",
      "brightness": "0.5 + 0.5 * value",
    ],
    example: "particles: embers(rate=150, wind=0.05)")

  private enum Role: Int { case place, offsetX, offsetY, speed, life, kind }

  private let setting: EffectSetting
  private let air: CurlNoise
  private(set) var particles = Particles()
  var pen: ParticlePen
  /// Sparks due, a fraction included.
  private var due = 0.0

  init(_ setting: EffectSetting) {
    self.setting = setting
    air = CurlNoise(setting)
    pen = ParticlePen(setting)
  }

  mutating func move(_ arguments: CallArguments, tick: Int) {
    // The first tick finds a fire that has burnt as long as its oldest sparks.
    let before = tick == 0 ? Int(arguments.number("life") * Double(FrameRate.ticksPerSecond)) : 0
    for _ in 0...before { burn(arguments) }
  }

  private mutating func burn(_ arguments: CallArguments) {
    due += arguments.number("rate") * Double(Particles.tick)
    emit(arguments)
    particles.cull(to: arguments.integer("cap"))
    let (rise, setting) = (Float(arguments.number("speed")), setting)
    particles.float(
      in: air, frequency: 3.2, phase: Float(0.35 * arguments.time),
      strength: Float(arguments.number("turbulence")), wind: Float(arguments.number("wind"))
    ) { rise * Float(0.5 + setting.random(Role.speed.rawValue, $0)) }
    particles.step(Particles.Forces())
  }

  private mutating func emit(_ arguments: CallArguments) {
    let count = Int(due)
    due -= Double(count)
    guard count > 0 else { return }
    let places = EmissionPlaces(arguments.field("from"))
    guard !places.isEmpty else { return }
    let (setting, life) = (setting, arguments.number("life"))
    for _ in 0..<count {
      particles.emit { number in
        let (x, y) = places.point(
          setting.random(Role.place.rawValue, number), across: setting.random(Role.offsetX.rawValue, number),
          down: setting.random(Role.offsetY.rawValue, number), in: setting.geometry)
        return (x, y, 0, 0, life * (0.35 + 0.65 * setting.random(Role.life.rawValue, number)))
      }
    }
  }

  func mark(_ index: Int) -> ParticlePen.Mark {
    let life = particles.life(index)
    return ParticlePen.Mark(
      value: min(1, 1.2 * life), energy: Float(setting.random(Role.kind.rawValue, particles.number[index])), life: life)
  }
}
