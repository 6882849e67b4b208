import SceneLang

/// A particle system with trails: it says how its particles move and how each of them shows; the rest is the same for all.
protocol ParticleSystem: EffectOp {
  var particles: Particles { get }
  var pen: ParticlePen { get set }

  /// Births, forces and deaths of a tick.
  mutating func move(_ arguments: CallArguments, tick: Int)
  func mark(_ index: Int) -> ParticlePen.Mark
}

extension ParticleSystem {
  static var ownCharacters: [Unicode.Scalar] { DottedLines.characters }

  mutating func advance(_ arguments: CallArguments, tick: Int) {
    move(arguments, tick: tick)
    let seconds = arguments.number("trail")
    guard seconds > 0 else { return }
    pen.trace(particles, marks, seconds: seconds, characters: arguments.word("characters"))
  }

  func draw(_ arguments: CallArguments, ahead: Double, into cells: EffectCells) {
    pen.draw(particles, marks, ahead: ahead, characters: arguments.word("characters"), into: cells)
  }

  private var marks: [ParticlePen.Mark] { (0..<particles.count).map(mark) }
}
