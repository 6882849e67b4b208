import KernelTable
import SceneLang

/// An effect or a particle system: rules that make the cells of a layer by themselves.
///
/// The value is the state: a copy of it is a snapshot. It grows by ticks of 1/24 s whatever the frame rate, so that a
/// frame depends on the arguments of all ticks up to its own and on nothing else. All randomness is a hash of the layer's
/// key, and all else it reads is an argument. Where a formula gives every frame directly there is no state: then `advance`
/// does nothing and the declaration says stateless.
protocol EffectOp: Sendable {
  /// Of kind `effect` or `particles`.
  static var declaration: OpDeclaration { get }
  /// Characters it draws beside those of the palette.
  static var ownCharacters: [Unicode.Scalar] { get }

  /// The state before tick 0.
  init(_ setting: EffectSetting)
  /// One tick. Tick 0 belongs to the segment's first frame, so no frame shows the state before it.
  mutating func advance(_ arguments: CallArguments, tick: Int)
  /// Draws the state into cleared cells, `ahead` seconds after its last tick: 0 at 24 frames a second.
  func draw(_ arguments: CallArguments, ahead: Double, into cells: EffectCells)
}

extension EffectOp {
  static var ownCharacters: [Unicode.Scalar] { [] }
  mutating func advance(_ arguments: CallArguments, tick: Int) {}
}

/// What an effect is made for.
struct EffectSetting: Sendable {
  var geometry: GridGeometry
  /// The randomness key of the layer.
  var seed: UInt64
  /// The palette's visible characters.
  var characterCount: Int
  var kernels: FieldKernels

  /// Uniform in [0, 1): one number for each index of each role. Indices fit in 32 bits.
  func random(_ role: Int, _ index: Int, _ turn: Int = 0) -> Double {
    CellHash.unit(seed: seed &+ UInt64(bitPattern: Int64(role)) &* 0x9E37_79B9_7F4A_7C15, column: index, row: turn)
  }
}

extension ParameterDeclaration {
  /// What an effect takes for the time, so that an overlay's clock is the video's.
  static let time = ParameterDeclaration("time", default: "t", "Seconds on the clock of the effect.")
}

/// The seconds that effects and text styles are drawn at.
enum EffectClock {
  /// A time within thirty years of 0, so that what is counted in it fits in an `Int`.
  static func limited(_ seconds: Double) -> Double { ScalarMath.clamp(seconds, -1e9, 1e9) }
}

extension CallArguments {
  /// Seconds on the clock of the effect.
  var time: Double { EffectClock.limited(number(ParameterDeclaration.time.name)) }
}

/// The effects and particle systems.
enum EffectOps {
  static let all: [any EffectOp.Type] = effects + particles

  /// Alphabetical.
  static let effects: [any EffectOp.Type] = [
    Fire.self,
    Ice.self,
    MatrixRain.self,
    Spectrum.self,
    Waveform.self,
  ]

  /// Alphabetical.
  static let particles: [any EffectOp.Type] = [
    Boids.self,
    DissolvingCloud.self,
    Embers.self,
    Emitter.self,
    Explosion.self,
    Flow.self,
    GravityWell.self,
    Orbit.self,
    Starfield.self,
  ]

  private static let index = Dictionary(uniqueKeysWithValues: all.map { ($0.declaration.name, $0) })

  /// Precondition: an effect has that name (analysis has seen to it).
  static func named(_ name: String) -> any EffectOp.Type {
    guard let op = index[name] else { preconditionFailure("no effect is called `\(name)`") }
    return op
  }
}
