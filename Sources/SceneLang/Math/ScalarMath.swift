import Glibc  // for squareRoot() only, which is one instruction

/// The functions of `UnaryFunction` and `BinaryFunction` in Double, for values of at most frame rate.
///
/// Written with IEEE operations only, no libm, so that every machine gives the same bits; total by the rules of those
/// enums. `Sources/Kernels` has the Float32 twins; these here are accurate to about 1e-15, so their own error vanishes
/// when a value enters a grid. Series coefficients are the exact ones.
public enum ScalarMath {
  /// The greatest integer not above x.
  public static func floor(_ x: Double) -> Double {
    guard x.magnitude < 0x1p52 else { return x }
    let truncated = Double(Int64(x))
    return truncated > x ? truncated - 1 : truncated
  }

  public static func ceil(_ x: Double) -> Double { -floor(-x) }

  /// Half goes up: 2.5 → 3, −2.5 → −2.
  public static func round(_ x: Double) -> Double {
    let below = floor(x)
    return below + (x - below >= 0.5 ? 1 : 0)
  }

  /// x − floor(x), always below 1: the difference of a tiny negative number rounds to 1.
  public static func fract(_ x: Double) -> Double { minimum(x - floor(x), 1.0.nextDown) }

  public static func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }

  /// 0 for a negative x.
  public static func sqrt(_ x: Double) -> Double { maximum(x, 0).squareRoot() }

  public static func hypot(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }

  /// a / b, 0 where b is 0.
  public static func quotient(_ a: Double, _ b: Double) -> Double { b == 0 ? 0 : a / b }

  /// x − y·floor(x / y), 0 where y is 0.
  public static func modulo(_ x: Double, _ y: Double) -> Double { y == 0 ? 0 : x - y * floor(x / y) }

  /// `b` where one argument is NaN, as the vector instructions do.
  public static func minimum(_ a: Double, _ b: Double) -> Double { a < b ? a : b }
  /// `b` where one argument is NaN.
  public static func maximum(_ a: Double, _ b: Double) -> Double { a > b ? a : b }
  /// `low` where x is NaN.
  public static func clamp(_ x: Double, _ low: Double, _ high: Double) -> Double { minimum(maximum(x, low), high) }

  /// What a sink reads: NaN becomes 0, infinities the greatest finite numbers.
  public static func finite(_ x: Double) -> Double {
    x.isNaN ? 0 : clamp(x, -Double.greatestFiniteMagnitude, Double.greatestFiniteMagnitude)
  }

  /// The one rounding where a value enters a grid, always finite.
  public static func single(_ x: Double) -> Float {
    let limit = Float.greatestFiniteMagnitude
    return Float(clamp(x.isNaN ? 0 : x, -Double(limit), Double(limit)))
  }

  /// Σ coefficients[k] · x^k.
  @inline(__always)
  static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    var sum = 0.0
    for coefficient in coefficients.reversed() { sum = sum * x + coefficient }
    return sum
  }
}
