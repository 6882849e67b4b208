extension ScalarMath {
  /// e^x for x clamped to −708…709, so that the result is a normal number. Relative error at most 1e-15.
  public static func exp(_ x: Double) -> Double {
    let clamped = clamp(x, -708, 709)
    let n = round(clamped * 1.4426950408889634)
    let r = (clamped - n * ln2High) - n * ln2Low
    let p = polynomial(r, exponentialSeries)
    // p · 2^n, in two steps since 2^n may leave the range of Double where p · 2^n does not.
    let half = Int(n) / 2
    return p * powerOfTwo(half) * powerOfTwo(Int(n) - half)
  }

  /// The natural logarithm; of x below the smallest normal number, that of the smallest normal number. Error at most 1e-15
  /// · max(1, |log x|).
  public static func log(_ x: Double) -> Double {
    let normal = clamp(x, Double.leastNormalMagnitude, Double.greatestFiniteMagnitude)
    var exponent = Double(normal.exponent)
    var m = normal.significand
    if m > 1.4142135623730951 { (m, exponent) = (m * 0.5, exponent + 1) }
    // log m = 2 · artanh(s), s = (m − 1) / (m + 1), |s| ≤ 0.172.
    let s = (m - 1) / (m + 1)
    let square = s * s
    let logOfM = (polynomial(square, artanhSeries) * square) * (s + s) + (s + s)
    return exponent * ln2High + (logOfM + exponent * ln2Low)
  }

  /// ln 2 in two parts, the first of 32 bits: exact products with exponents.
  private static let ln2High = 0.6931471803691238
  private static let ln2Low = 1.9082149292705877e-10

  /// 1 / k!.
  private static let exponentialSeries: [Double] = [
    1, 1, 1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040, 1 / 40320, 1 / 362_880, 1 / 3_628_800, 1 / 39_916_800,
    1 / 479_001_600, 1 / 6_227_020_800,
  ]

  /// (artanh s − s) / s³ in powers of s²: 1 / (2k + 1).
  private static let artanhSeries: [Double] = [
    1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13, 1 / 15, 1 / 17, 1 / 19, 1 / 21,
  ]

  /// Precondition: −1022…1023.
  private static func powerOfTwo(_ n: Int) -> Double { Double(bitPattern: UInt64(n + 1023) << 52) }

  /// x^y. A negative base keeps its sign for odd integers y, loses it for even ones and gives 0 for all others; 0^y is 0,
  /// except 0^0 = 1. Exponents ½, 1, 2 and 3 are exact roots and products. Relative error at most 2e-15 · (1 + |y · log
  /// x|); saturates as `exp` does.
  public static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 3 { return (x * x) * x }
    if y == 2 { return x * x }
    if y == 1 { return x }
    if y == 0.5 { return sqrt(x) }
    if x == 0 { return y == 0 ? 1 : 0 }
    let isInteger = floor(y) == y
    if x < 0 && !isInteger { return 0 }
    let size = exp(y * log(x.magnitude))
    return x < 0 && floor(y * 0.5) * 2 != y ? -size : size
  }

  /// The cube root with the sign of x; of magnitudes below the smallest normal number, 0. Relative error at most 1e-15.
  public static func cbrt(_ x: Double) -> Double {
    let size = minimum(x.magnitude, Double.greatestFiniteMagnitude)
    guard size >= Double.leastNormalMagnitude else { return 0 }
    let estimate = exp(log(size) * (1 / 3))
    // One step of Newton.
    let root = estimate - (estimate - size / (estimate * estimate)) * (1 / 3)
    return x < 0 ? -root : root
  }

  /// In −1…1. Relative error at most 1e-14.
  public static func tanh(_ x: Double) -> Double {
    let size = minimum(x.magnitude, 40)
    let result: Double
    if size < 0.1 {
      // Near 0 the difference below would cancel: tanh = s / √(1 + s²) with s = sinh by its series.
      let square = size * size
      let sinh = (polynomial(square, sinhSeries) * square) * size + size
      result = sinh / (1 + sinh * sinh).squareRoot()
    } else {
      result = 1 - 2 / (exp(size + size) + 1)
    }
    return x < 0 ? -result : result
  }

  /// (sinh r − r) / r³ in powers of r²: 1 / (2k + 1)!.
  private static let sinhSeries: [Double] = [1 / 6, 1 / 120, 1 / 5040, 1 / 362_880, 1 / 39_916_800]
}
