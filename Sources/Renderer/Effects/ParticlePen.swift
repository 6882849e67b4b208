import SceneLang

/// Draws particles and their trails, the same way for all systems: trails are lines of dots, but of particles that have
/// each its own character they are made of that.
struct ParticlePen: Sendable {
  private let setting: EffectSetting
  /// The grid of the trails.
  private var ground: GridGeometry
  private(set) var trails: ParticleTrails
  private var isDotted = false

  init(_ setting: EffectSetting) {
    self.setting = setting
    ground = setting.geometry
    trails = ParticleTrails(ground)
  }

  /// How a particle shows; `life` falls from 1 to 0 over the characters of a palette used from first to last.
  struct Mark {
    var value: Float
    var energy: Float
    var life: Float
  }

  /// A tick of trails: they fade, then every particle marks its way of the tick, a little dimmer than itself.
  /// `marks` has one for each particle.
  mutating func trace(_ particles: Particles, _ marks: [Mark], seconds: Double, characters: String) {
    if characters != "own", !isDotted {
      isDotted = true
      ground = DottedLines.ground(setting.geometry)
      trails = ParticleTrails(ground)
    }
    trails.fade(over: seconds)
    for index in 0..<particles.count {
      let (x, y) = (particles.x[index], particles.y[index])
      let end = ground.cell(x: x, y: y)
      let start = ground.cell(
        x: x - particles.velocityX[index] * Particles.tick, y: y - particles.velocityY[index] * Particles.tick)
      let (own, symbol) = (marks[index], symbol(characters, number: particles.number[index], life: marks[index].life))
      trails.mark(from: start, to: end, value: 0.8 * own.value, energy: own.energy, symbol)
    }
  }

  /// Draws trails, then particles where they are `ahead` seconds after the tick.
  func draw(_ particles: Particles, _ marks: [Mark], ahead: Double, characters: String, into cells: EffectCells) {
    if isDotted {
      trails.draw(patternsInto: cells, symbol: DottedLines.symbol)
    } else {
      trails.draw(into: cells)
    }
    let ahead = Float(ahead)
    for index in 0..<particles.count {
      let (column, row) = setting.geometry.cell(
        x: particles.x[index] + particles.velocityX[index] * ahead,
        y: particles.y[index] + particles.velocityY[index] * ahead)
      let (own, symbol) = (marks[index], symbol(characters, number: particles.number[index], life: marks[index].life))
      cells.put(column, row, value: own.value, energy: own.energy, symbol)
    }
  }

  /// The symbol of a particle by the parameter `characters`.
  func symbol(_ word: String, number: Int, life: Float) -> CellSymbol {
    let count = setting.characterCount
    guard count > 0 else { return .byValue }
    switch word {
    case "own": return .palette(Int(setting.random(-1, number) * Double(count)))
    case "life": return .palette(min(count - 1, Int((1 - life) * Float(count))))
    default: return .byValue
    }
  }
}

/// The four directions of a line in a cell.
enum LineSymbol {
  static let characters: [Unicode.Scalar] = Array("─╲│╱".unicodeScalars)

  /// The nearest of the four for a way on the picture, in which cells are `aspect` times as tall as wide; the index of
  /// `characters`, whose own directions follow the cell's diagonal.
  static func index(dx: Float, dy: Float, aspect: Float) -> Int {
    // In units of the cell the four lie 45° apart.
    let (across, down) = (dx * aspect, dy)
    let (a, b) = (abs(across), abs(down))
    // tan 22.5°
    if b < 0.414_213_56 * a { return 0 }
    if a < 0.414_213_56 * b { return 2 }
    return (across > 0) == (down > 0) ? 1 : 3
  }
}
