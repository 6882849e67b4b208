import SceneLang

/// Particles that follow the slopes of a field, or run along its contours (CATALOGUE 1.10): v ← 0.9 v + 10 · speed · ∇field
/// per tick. Their trails are dots of braille, eight to a cell, or glyphs of lines, their heads dots; energy is the speed.
struct Flow: EffectOp {
  static let declaration = OpDeclaration(
    .particles, "flow", aliases: ["flow_field"],
    "Particles that run along the contours of a field and draw lines; energy is the speed.",
    parameters: [
      ParameterDeclaration(
        "along", .field, default: "simplex(2.2 * x, 2.2 * y, 0.06 * t)", rate: .cell, "The field."),
      ParameterDeclaration("count", aliases: ["n"], .integer, default: "500", in: 0...20000, "How many particles."),
      ParameterDeclaration("speed", default: "0.7", in: -50...50, "How strongly the field moves them."),
      ParameterDeclaration(
        "turn", default: "90deg", in: -360...360, .angle, "0 runs up the slopes, 90° along the contours."),
      ParameterDeclaration("life", default: "6", in: 0.1...120, "Seconds of the longest particles."),
      ParameterDeclaration(
        "life_drain", default: "0", in: 0...1,
        "Share of a life that a tick of 1/24 s takes, in place of `life`; 0 for none."),
      ParameterDeclaration("emit_rate", .integer, default: "20000", in: 1...20000, "The most new particles of a tick."),
      ParameterDeclaration(
        "glyphs", .choice, default: "braille", choices: ["braille", "lines", "palette"], "What trails are drawn with."),
      .trail(2.2), .characters("value"), .cap(1200),
    ],
    facts: Facts(isStateless: false),
    show: [
      "grid": "sm", "palette": "dot", "color": "daybreak(0.05 + 0.85 * energy)", "brightness": "0.2 + 0.8 * value",
      "wash": "0",
    ],
    example: "particles: flow(along=fbm, count=800)")

  static let ownCharacters: [Unicode.Scalar] = LineSymbol.characters + ["●"] + braille
  private static let braille = (1...255).map(Braille.character)
  private static let head = CellSymbol.own(LineSymbol.characters.count)

  private static func pattern(_ bits: Int) -> CellSymbol { .own(LineSymbol.characters.count + bits) }

  private enum Role: Int { case x, y, life, start }

  private let setting: EffectSetting
  private var particles = Particles()
  private var pen: ParticlePen
  /// The grid of the trails: that of the layer, or one of eight points per cell.
  private var ground: GridGeometry
  private var trails: ParticleTrails

  init(_ setting: EffectSetting) {
    self.setting = setting
    pen = ParticlePen(setting)
    ground = setting.geometry
    trails = ParticleTrails(ground)
  }

  mutating func advance(_ arguments: CallArguments, tick: Int) {
    let count = min(arguments.integer("count"), arguments.integer("cap"))
    particles.cull(to: count)
    let field = arguments.field("along")
    if tick == 0, arguments.word("glyphs") == "braille" {
      ground = GridGeometry(setting.geometry, columnsPerCell: 2, rowsPerCell: 4)
      trails = ParticleTrails(ground)
    }
    // The first frame shows a flow that has run for a while.
    for step in 0..<(tick == 0 ? 48 : 1) {
      let missing = min(count - particles.count, arguments.integer("emit_rate"))
      for _ in 0..<max(missing, 0) { emit(life(arguments), isFirst: tick == 0 && step == 0) }
      push(field, arguments)
      particles.step(Particles.Forces())
      particles.wrap(in: setting.geometry)
      mark(arguments)
    }
  }

  func draw(_ arguments: CallArguments, ahead: Double, into cells: EffectCells) {
    let glyphs = arguments.word("glyphs")
    if glyphs == "braille" {
      trails.draw(patternsInto: cells, symbol: Self.pattern)
    } else {
      trails.draw(into: cells)
    }
    let word = arguments.word("characters")
    for index in 0..<particles.count {
      let (vx, vy) = (particles.velocityX[index], particles.velocityY[index])
      let (column, row) = setting.geometry.cell(
        x: particles.x[index] + vx * Float(ahead), y: particles.y[index] + vy * Float(ahead))
      let (speed, life) = (speed(index), particles.life(index))
      // Only some heads shine, or the picture would be full of dots.
      let isHead = particles.number[index] % 3 == 0 && life > 0.15
      if glyphs == "palette" {
        let symbol = pen.symbol(word, number: particles.number[index], life: life)
        cells.put(column, row, value: isHead ? 1 : 0.85 * brightness(life), energy: speed, symbol)
      } else if isHead {
        cells.put(column, row, value: 1, energy: speed, Self.head)
      }
    }
  }

  /// Seconds of the longest particles.
  private func life(_ arguments: CallArguments) -> Double {
    let drain = arguments.number("life_drain")
    return drain > 0 ? 1 / (drain * Double(FrameRate.ticksPerSecond)) : arguments.number("life")
  }

  private mutating func emit(_ life: Double, isFirst: Bool) {
    let (geometry, setting) = (setting.geometry, setting)
    particles.emit { number in
      let span = life * (0.4 + 0.6 * setting.random(Role.life.rawValue, number))
      return (
        (2 * setting.random(Role.x.rawValue, number) - 1) * geometry.halfWidth,
        (2 * setting.random(Role.y.rawValue, number) - 1) * geometry.halfHeight, 0, 0,
        isFirst ? span * (0.2 + 0.8 * setting.random(Role.start.rawValue, number)) : span
      )
    }
  }

  private mutating func push(_ field: CellField, _ arguments: CallArguments) {
    let geometry = setting.geometry
    let (turn, speed) = (arguments.number("turn"), Float(arguments.number("speed")))
    let (c, s) = (Float(ScalarMath.cos(turn)), Float(ScalarMath.sin(turn)))
    let (width, height) = (Float(geometry.cellWidthShare), Float(geometry.cellHeightShare))
    for index in 0..<particles.count {
      let (column, row) = geometry.cell(x: particles.x[index], y: particles.y[index])
      // Central differences over two cells, per shorter side.
      let dx = (field[column + 2, row] - field[column - 2, row]) / (4 * width)
      let dy = (field[column, row + 1] - field[column, row - 1]) / (2 * height)
      particles.velocityX[index] = 0.9 * particles.velocityX[index] + 0.012 * speed * (dx * c - dy * s)
      particles.velocityY[index] = 0.9 * particles.velocityY[index] + 0.012 * speed * (dx * s + dy * c)
    }
  }

  private mutating func mark(_ arguments: CallArguments) {
    let seconds = arguments.number("trail")
    guard seconds > 0 else { return }
    trails.fade(over: seconds)
    let lines = arguments.word("glyphs") != "palette"
    let word = arguments.word("characters")
    for index in 0..<particles.count {
      let (vx, vy) = (particles.velocityX[index], particles.velocityY[index])
      let (x, y) = (particles.x[index], particles.y[index])
      let life = particles.life(index)
      trails.mark(
        from: ground.cell(x: x - vx * Particles.tick, y: y - vy * Particles.tick), to: ground.cell(x: x, y: y),
        value: 0.85 * brightness(life), energy: speed(index),
        lines ? direction(vx, vy) : pen.symbol(word, number: particles.number[index], life: life))
    }
  }

  /// Fades in and out.
  private func brightness(_ life: Float) -> Float { min(1, 6 * life) * min(1, 8 * (1 - life) + 0.3) }

  private func speed(_ index: Int) -> Float {
    let (vx, vy) = (particles.velocityX[index], particles.velocityY[index])
    return min(1, 4 * (vx * vx + vy * vy).squareRoot())
  }

  private func direction(_ vx: Float, _ vy: Float) -> CellSymbol {
    let aspect = Float(setting.geometry.cellHeightShare / setting.geometry.cellWidthShare)
    return .own(LineSymbol.index(dx: vx, dy: vy, aspect: aspect))
  }
}
