/// The loops of simulations, compiled once per instruction set and chosen at run time; all levels give the same bits.
///
/// A plane has `rows` rows of `columns` values (a multiple of 16), `stride` apart; `stride` is at least `columns` + 32, and
/// a row of margin stands above the first and below the last. Pointers are those of the first value.
public protocol SimulationKernels: SendableMetatype {
  /// Copies the opposite edges into the margins, one value wide, so that the plane is a torus.
  static func wrap(_ plane: MutableFloats, columns: Int, rows: Int, stride: Int)
  /// One Gray–Scott step with the 3 × 3 Laplacian of weights 0.2, 0.05 and −1. Margins of a and b are wrapped; those of the
  /// outputs are left alone.
  static func grayScott(
    _ outA: MutableFloats, _ outB: MutableFloats, a: Floats, b: Floats, _ rates: GrayScottRates,
    columns: Int, rows: Int, stride: Int)
  /// One generation of an automaton of 0 and 1 on wrapped margins: bit n of `birth` lets a dead cell with n living
  /// neighbours of eight live, bit n of `survival` keeps a living one.
  static func life(
    _ out: MutableFloats, _ alive: Floats, birth: UInt32, survival: UInt32, columns: Int, rows: Int, stride: Int)
  /// max(alive, trail · fade).
  static func fade(_ trail: MutableFloats, alive: Floats, by fade: Float, columns: Int, rows: Int, stride: Int)
  /// One step of a map for every point; `count` is a multiple of 16.
  static func iterate(
    _ map: AttractorMap, _ x: MutableFloats, _ y: MutableFloats, a: Float, b: Float, c: Float, d: Float, count: Int)
  /// The least and the greatest of `count` numbers, a multiple of 16.
  static func extremes(_ x: Floats, count: Int) -> (least: Float, greatest: Float)
  /// plane[row, column] += 1 where column = ⌊x · scale + offsetX⌋ and row = ⌊y · scale + offsetY⌋ lie in the plane.
  static func count(
    _ plane: MutableFloats, x: Floats, y: Floats, scale: Float, offsetX: Float, offsetY: Float, count: Int,
    columns: Int, rows: Int, stride: Int)
  /// Values times a factor; returns the greatest result.
  static func scale(_ plane: MutableFloats, by factor: Float, columns: Int, rows: Int, stride: Int) -> Float
}

/// Maps of the plane whose orbits fill strange attractors.
public enum AttractorMap: Sendable, Hashable, CaseIterable {
  /// (sin ay + c · cos ax, sin bx + d · cos by).
  case clifford
  /// (sin ay − cos bx, sin cx − cos dy).
  case deJong
  /// (sin(xy / b) + cos(ax − y), x · sin ay + cos(bx − y)).
  case bedhead
}

/// The constants of the Gray–Scott model of two substances a and b whose concentrations lie in 0…1 (J. E. Pearson, "Complex
/// Patterns in a Simple System", Science 261, 1993): ∂a/∂t = D_a ∇²a − ab² + F(1 − a), ∂b/∂t = D_b ∇²b + ab² − (F + k) b.
public struct GrayScottRates: Sendable {
  /// F: the share of a that flows in per unit of time, 0…1.
  public var feed: Float
  /// k: the share of b that is taken out per unit of time, 0…1.
  public var kill: Float
  /// D_a in square cells per unit of time, 0…1.
  public var diffusionA: Float
  /// D_b, likewise.
  public var diffusionB: Float
  /// The length of a step in units of time, 0…1; the model diverges at more.
  public var time: Float

  public init(feed: Float, kill: Float, diffusionA: Float, diffusionB: Float, time: Float) {
    (self.feed, self.kill, self.diffusionA, self.diffusionB, self.time) = (feed, kill, diffusionA, diffusionB, time)
  }
}
