import SceneLang

/// Bodies that circle a centre at slightly different distances (CATALOGUE 1.10), each with the arc it has come along behind
/// it. The state is the angle of a body of speed 1.
struct Orbit: EffectOp {
  static let declaration = OpDeclaration(
    .particles, "orbit", aliases: ["orbits"], "Bodies that circle a centre; energy tells them apart.",
    parameters: [
      ParameterDeclaration("count", aliases: ["n"], .integer, default: "120", in: 0...5000, "How many bodies."),
      ParameterDeclaration("radius", default: "0.3", in: 0...2, .length, "Mean distance from the centre."),
      ParameterDeclaration("spread", default: "0.15", in: 0...2, .length, "How far distances differ to each side."),
      ParameterDeclaration("speed", default: "1 + 0.5 * bass", in: -50...50, "Radians a second."),
      ParameterDeclaration("tilt", default: "0.35", in: 0...1, "Flatness of the orbits: 0 are circles, 1 are lines."),
      ParameterDeclaration("tail", default: "1.2", in: 0...6, "Length of the arcs behind, in radians."),
      .characters("value"), .cap(1200),
    ],
    facts: Facts(isStateless: false),
    show: ["grid": "md", "palette": "spark", "color": "daybreak(0.25 + 0.75 * value)", "wash": "0"],
    example: "particles: orbit(count=60, radius=0.25, spread=0.15)")

  static let ownCharacters = DottedLines.characters

  private enum Role: Int { case angle, radius, speed, tilt, kind }

  private let setting: EffectSetting
  private let pen: ParticlePen
  private var angle = 0.0

  init(_ setting: EffectSetting) {
    self.setting = setting
    pen = ParticlePen(setting)
  }

  mutating func advance(_ arguments: CallArguments, tick: Int) {
    angle += arguments.number("speed") * Double(Particles.tick)
  }

  func draw(_ arguments: CallArguments, ahead: Double, into cells: EffectCells) {
    let now = angle + arguments.number("speed") * ahead
    let (radius, spread) = (arguments.number("radius"), arguments.number("spread"))
    let ground = DottedLines.ground(setting.geometry)
    var arcs = ParticleTrails(ground)
    var heads: [(column: Int, row: Int, energy: Float, symbol: CellSymbol)] = []
    let (tilt, tail) = (arguments.number("tilt"), arguments.number("tail"))
    let word = arguments.word("characters")
    for body in 0..<min(arguments.integer("count"), arguments.integer("cap")) {
      let distance = radius + spread * (2 * random(.radius, body) - 1)
      // Kepler's third law: the nearer, the faster.
      let share = ScalarMath.pow(max(distance, 0.01) / max(radius, 0.01), -1.5)
      let place = 2 * Double.pi * random(.angle, body) + now * share * (0.8 + 0.4 * random(.speed, body))
      // A circle, pressed flat along the direction `plane`.
      let plane = 2 * Double.pi * random(.tilt, body)
      let (c, s) = (ScalarMath.cos(plane), ScalarMath.sin(plane))
      let marks = max(1, Int(tail * distance / ground.cellWidthShare))
      // The tail is walked back in equal turns.
      let turn = (cos: ScalarMath.cos(tail / Double(marks)), sin: ScalarMath.sin(tail / Double(marks)))
      var at = (cos: ScalarMath.cos(place), sin: ScalarMath.sin(place))
      let kind = Float(random(.kind, body))
      for mark in 0..<min(marks, 512) {
        let (a, b) = (distance * at.cos, distance * at.sin * (1 - tilt))
        let (x, y) = (Float(a * c - b * s), Float(a * s + b * c))
        let fade = 1 - Float(mark) / Float(marks)
        let dot = ground.cell(x: x, y: y)
        arcs.mark(dot.column, dot.row, 0.85 * fade * fade, kind)
        if mark == 0 {
          let cell = setting.geometry.cell(x: x, y: y)
          heads.append((cell.column, cell.row, kind, pen.symbol(word, number: body, life: 1)))
        }
        at = (at.cos * turn.cos + at.sin * turn.sin, at.sin * turn.cos - at.cos * turn.sin)
      }
    }
    arcs.draw(patternsInto: cells, symbol: DottedLines.symbol)
    for head in heads { cells.put(head.column, head.row, value: 1, energy: head.energy, head.symbol) }
  }

  private func random(_ role: Role, _ index: Int) -> Double { setting.random(role.rawValue, index) }
}
