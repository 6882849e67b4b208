/// What a field kernel computes, in Float32 with one IEEE rounding per written operation, in the order written.
///
/// The functions have the total rules of `UnaryFunction` and `BinaryFunction`. The fused operations exist for speed
/// alone: each gives the bits of the operations it replaces.
public enum FieldOperation: Sendable, Hashable, CaseIterable {
  // One operand.
  case negate, abs, sign, floor, ceil, round, fract, sqrt, cbrt, exp, log, sin, cos, tan, asin, acos, atan, tanh
  case copy
  /// NaN becomes 0, then 0…1.
  case clampUnit
  /// NaN becomes 0, infinities the greatest finite numbers.
  case clampFinite
  /// Uniform in [0, 1): the hash of the key and of the operand's floor.
  case random

  // Two operands.
  case add, subtract, multiply, divide, modulo, power, minimum, maximum, atan2, hypot
  case less, lessOrEqual, equal, notEqual

  /// b where a is not 0, else c.
  case select

  /// minimum(maximum(a, b), c).
  case clamp
  /// a + (b − a) · c.
  case mix
  /// a · a · (3 − 2 · a), the curve of smoothstep.
  case smoothCurve
  /// a · b + c.
  case multiplyAdd
  /// a · b + c · d.
  case sumOfProducts
  /// a · b + c · d + e.
  case sumOfProductsAdd
  case sinOfMultiplyAdd, sinOfSumOfProducts, sinOfSumOfProductsAdd
  case cosOfMultiplyAdd, cosOfSumOfProducts, cosOfSumOfProductsAdd

  /// Native fields: x, y, seed and x, y, z, seed.
  case valueNoise, simplex

  /// A plane's value at (x, y), bilinear on a torus; the third operand is the plane (see `SimulationPlane`).
  case sample
  /// The same of a plane that ends at its edges: 0 outside of it.
  case sampleBounded

  /// The four bytes of a picture's pixel at (x, y), bilinear, as the bits of a float; the third operand is the picture
  /// (see `SampledPicture`).
  case samplePicture
  /// One of four bytes, 0…1: the one with the number in the key.
  case channel

  /// A table of 256 numbers, given as the first operand's base, read at the place b, 0…1, on straight lines.
  case lookup
}
