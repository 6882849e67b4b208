import KernelTable
import SceneLang

/// Particles of one system, oldest first, each a place, a velocity and an age.
///
/// Places are those of the scene language: the shorter side is 1, the middle 0, y points down. Times are seconds. A
/// particle is known by the number of its emission, which all its randomness hangs on.
struct Particles: Sendable {
  /// Seconds of a tick.
  static let tick: Float = 1 / Float(FrameRate.ticksPerSecond)

  private(set) var x: [Float] = []
  private(set) var y: [Float] = []
  var velocityX: [Float] = []
  var velocityY: [Float] = []
  private(set) var age: [Float] = []
  /// The age at which it ends.
  private(set) var span: [Float] = []
  private(set) var number: [Int] = []
  /// Particles emitted so far.
  private(set) var emitted = 0

  var count: Int { number.count }

  /// 1 at birth, 0 at the end.
  func life(_ index: Int) -> Float { max(0, 1 - age[index] / max(span[index], 1e-6)) }

  /// Emits a particle; `make` gets its number.
  mutating func emit(
    _ make: (_ number: Int) -> (x: Double, y: Double, velocityX: Double, velocityY: Double, span: Double)
  ) {
    let particle = make(emitted)
    x.append(Float(particle.x))
    y.append(Float(particle.y))
    velocityX.append(Float(particle.velocityX))
    velocityY.append(Float(particle.velocityY))
    age.append(0)
    span.append(Float(particle.span))
    number.append(emitted)
    emitted += 1
  }

  /// Forces that act on every particle alike.
  struct Forces {
    var gravity: Float = 0
    var wind: Float = 0
    /// Share of the velocity lost in a second.
    var drag: Float = 0
  }

  /// Sets velocities to those of turbulent air that drifts to the right and in which each particle rises by its own speed.
  /// All in shorter sides a second; `rise` gets the number of the particle.
  mutating func float(
    in air: CurlNoise, frequency: Float, phase: Float, strength: Float, wind: Float = 0, rise: (_ number: Int) -> Float
  ) {
    let flow = air.velocities(x: x, y: y, frequency: frequency, phase: phase)
    for index in 0..<count {
      velocityX[index] = wind + strength * flow.x[index]
      velocityY[index] = strength * flow.y[index] - rise(number[index])
    }
  }

  /// A tick: forces change velocities, velocities places; who is past its span is gone.
  mutating func step(_ forces: Forces) {
    let kept = max(0, 1 - forces.drag * Self.tick)
    let (falling, drifting) = (forces.gravity * Self.tick, forces.wind * Self.tick)
    for index in 0..<count {
      velocityX[index] = velocityX[index] * kept + drifting
      velocityY[index] = velocityY[index] * kept + falling
      x[index] += velocityX[index] * Self.tick
      y[index] += velocityY[index] * Self.tick
      age[index] += Self.tick
    }
    let (age, span) = (age, span)
    keep { age[$0] < span[$0] }
  }

  /// What flies off one edge of the picture comes in at the other.
  mutating func wrap(in geometry: GridGeometry) {
    let (right, bottom) = (Float(geometry.halfWidth), Float(geometry.halfHeight))
    for index in 0..<count {
      if abs(x[index]) > right { x[index] -= x[index] > 0 ? 2 * right : -2 * right }
      if abs(y[index]) > bottom { y[index] -= y[index] > 0 ? 2 * bottom : -2 * bottom }
    }
  }

  /// Lets only those particles live, in their order.
  mutating func keep(_ isKept: (Int) -> Bool) {
    let kept = (0..<count).filter(isKept)
    guard kept.count < count else { return }
    x = kept.map { x[$0] }
    y = kept.map { y[$0] }
    velocityX = kept.map { velocityX[$0] }
    velocityY = kept.map { velocityY[$0] }
    age = kept.map { age[$0] }
    span = kept.map { span[$0] }
    number = kept.map { number[$0] }
  }

  /// Over the cap the oldest go.
  mutating func cull(to cap: Int) {
    let surplus = count - cap
    if surplus > 0 { keep { $0 >= surplus } }
  }
}

extension Particles.Forces {
  /// From the parameters `gravity`, `wind` and `drag`.
  init(_ arguments: CallArguments) {
    self.init(
      gravity: Float(arguments.number("gravity")), wind: Float(arguments.number("wind")),
      drag: Float(arguments.number("drag")))
  }
}

extension GridGeometry {
  /// The cell of a place of the scene language.
  func cell(x: Float, y: Float) -> (column: Int, row: Int) {
    (
      index(x, Float(cellWidthShare), columns), index(y, Float(cellHeightShare), rows)
    )
  }

  private func index(_ place: Float, _ size: Float, _ count: Int) -> Int {
    let position = place / size + Float(count) / 2
    return Int(min(max(position, -1e6), 1e6).rounded(.down))
  }

  /// Half the width and height of the grid in shares of the shorter side.
  var halfWidth: Double { Double(columns) * cellWidthShare / 2 }
  var halfHeight: Double { Double(rows) * cellHeightShare / 2 }
}

extension ParameterDeclaration {
  /// The most particles at once.
  static func cap(_ count: Int) -> ParameterDeclaration {
    ParameterDeclaration(
      "cap", .integer, default: "\(count)", in: 0...20000, "The most particles at once; over it the oldest go.")
  }

  /// Seconds over which trails fade.
  static func trail(_ seconds: Double) -> ParameterDeclaration {
    ParameterDeclaration(
      "trail", default: "\(seconds)", in: 0...60, "Seconds until a trail has faded to a twentieth; 0 for none.")
  }

  static func characters(_ standard: String) -> ParameterDeclaration {
    ParameterDeclaration(
      "characters", .choice, default: standard, choices: ["value", "own", "life"],
      "How the palette is used: by the value, one for each particle at random, or from first to last over its life.")
  }
}
