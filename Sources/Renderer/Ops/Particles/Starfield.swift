import SceneLang

/// A flight through stars (CATALOGUE 1.10): a star at (x, y, z) shows at (x, y) / z with brightness 1 − z, and the near ones
/// leave streaks. The state is the way flown; where each star stands follows from it.
struct Starfield: EffectOp {
  static let declaration = OpDeclaration(
    .particles, "starfield", aliases: ["warp"], "A flight through stars; energy tells them apart.",
    parameters: [
      ParameterDeclaration("count", aliases: ["n"], .integer, default: "800", in: 0...20000, "How many stars."),
      ParameterDeclaration("speed", default: "0.25 + 0.5 * bass", in: -20...20, "Depths flown in a second."),
      ParameterDeclaration("streak", default: "4", in: 0...50, "How long the streaks of near stars are."),
      .characters("value"), .cap(800),
    ],
    facts: Facts(isStateless: false),
    show: [
      "grid": "md", "palette": "spark", "color": "rgb(0.55 + 0.45 * value, 0.7 + 0.3 * value, 1)",
      "brightness": "0.5 + 0.5 * value", "wash": "0",
    ],
    example: "particles: starfield(count=400, speed=0.6)")

  static let ownCharacters = DottedLines.characters

  private enum Role: Int { case x, y, z, kind }

  private static let nearest = 0.01
  private static let tick = Double(Particles.tick)

  private let setting: EffectSetting
  private let pen: ParticlePen
  private var way = 0.0
  /// Depths flown in the last tick.
  private var step = 0.0

  init(_ setting: EffectSetting) {
    self.setting = setting
    pen = ParticlePen(setting)
  }

  mutating func advance(_ arguments: CallArguments, tick: Int) {
    step = arguments.number("speed") * Self.tick
    way += step
  }

  func draw(_ arguments: CallArguments, ahead: Double, into cells: EffectCells) {
    let count = min(arguments.integer("count"), arguments.integer("cap"))
    let word = arguments.word("characters")
    let streak = arguments.number("streak") * step
    let (halfWidth, halfHeight) = (setting.geometry.halfWidth, setting.geometry.halfHeight)
    let ground = DottedLines.ground(setting.geometry)
    var streaks = ParticleTrails(ground)
    let now = way + step * ahead / Self.tick
    for star in 0..<count {
      let depth = setting.random(Role.z.rawValue, star) - now
      let pass = ScalarMath.floor(depth)
      let z = Self.nearest + (1 - Self.nearest) * (depth - pass)
      // Every pass is another star.
      let turn = Int(pass)
      let x = (2 * setting.random(Role.x.rawValue, star, turn) - 1) * halfWidth
      let y = (2 * setting.random(Role.y.rawValue, star, turn) - 1) * halfHeight
      // Stars come out of the dark in the farthest tenth.
      let brightness = Float((0.3 + 0.7 * (1 - z)) * min(1, 10 * (1 - z)))
      let kind = Float(setting.random(Role.kind.rawValue, star, turn))
      let symbol = pen.symbol(word, number: star, life: Float(z))
      let here = setting.geometry.cell(x: Float(x / z), y: Float(y / z))
      cells.put(here.column, here.row, value: brightness, energy: kind, symbol)
      // From where it is to where it was, in as many steps as it crosses dots.
      let before = min(1, z + streak)
      let length = ScalarMath.hypot(x / z - x / before, y / z - y / before)
      let marks = max(1, min(256, Int(length / ground.cellWidthShare)))
      for mark in 0..<marks {
        let share = Double(mark) / Double(marks)
        let at = 1 / (1 / z + (1 / before - 1 / z) * share)
        let (column, row) = ground.cell(x: Float(x / at), y: Float(y / at))
        let fade = Float(1 - share)
        streaks.mark(column, row, 0.9 * brightness * fade * fade, kind)
      }
    }
    streaks.draw(patternsInto: cells, symbol: DottedLines.symbol)
  }
}
