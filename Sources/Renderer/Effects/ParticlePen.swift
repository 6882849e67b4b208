import SceneLang

/// Draws particles and their trails, the same way for all systems.
struct ParticlePen: Sendable {
  private let setting: EffectSetting
  private(set) var trails: ParticleTrails

  init(_ setting: EffectSetting) {
    self.setting = setting
    trails = ParticleTrails(setting.geometry)
  }

  /// How a particle shows.
  struct Mark {
    var value: Float
    var energy: Float
    var symbol: CellSymbol
  }

  /// A tick of trails: they fade, then every particle marks its way of the tick, a little dimmer than itself.
  mutating func trace(_ particles: Particles, seconds: Double, _ mark: (Int) -> Mark) {
    guard seconds > 0 else { return }
    trails.fade(over: seconds)
    let geometry = setting.geometry
    for index in 0..<particles.count {
      let (x, y) = (particles.x[index], particles.y[index])
      let end = geometry.cell(x: x, y: y)
      let start = geometry.cell(
        x: x - particles.velocityX[index] * Particles.tick, y: y - particles.velocityY[index] * Particles.tick)
      let own = mark(index)
      trails.mark(from: start, to: end, value: 0.8 * own.value, energy: own.energy, own.symbol)
    }
  }

  /// Draws trails, then particles where they are `ahead` seconds after the tick.
  func draw(_ particles: Particles, ahead: Double, into cells: EffectCells, _ mark: (Int) -> Mark) {
    trails.draw(into: cells)
    let ahead = Float(ahead)
    for index in 0..<particles.count {
      let (column, row) = setting.geometry.cell(
        x: particles.x[index] + particles.velocityX[index] * ahead,
        y: particles.y[index] + particles.velocityY[index] * ahead)
      let own = mark(index)
      cells.put(column, row, value: own.value, energy: own.energy, own.symbol)
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
