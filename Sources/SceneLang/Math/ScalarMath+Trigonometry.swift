extension ScalarMath {
  /// Absolute error at most 1e-15 for |x| ≤ 2^20 and 1e-12 for |x| ≤ 2^30; beyond, x counts as 0. In −1…1.
  public static func sin(_ x: Double) -> Double { quarterWave(x, offset: 0) }

  /// As accurate as `sin`.
  public static func cos(_ x: Double) -> Double { quarterWave(x, offset: 1) }

  /// Absolute error at most 1e-15 · (1 + tan²) for |x| ≤ 2^20.
  public static func tan(_ x: Double) -> Double { quotient(sin(x), cos(x)) }

  /// sin(x + offset · π/2): x is reduced to r in −π/4…π/4 and a number of quarters.
  private static func quarterWave(_ x: Double, offset: Int) -> Double {
    let known = x.magnitude <= 0x1p30 ? x : 0
    let quarters = round(known * 0.6366197723675814)
    // π/2 in three parts, the first two of 21 bits: their products with `quarters` (31 bits) are exact.
    let r = ((known - quarters * pi2High) - quarters * pi2Middle) - quarters * pi2Low
    let square = r * r
    let quarter = (Int(quarters) &+ offset) & 3
    let value =
      quarter & 1 == 0
      ? (polynomial(square, sineSeries) * square) * r + r
      : polynomial(square, cosineSeries) * square + 1
    return clamp(quarter & 2 == 0 ? value : -value, -1, 1)
  }

  private static let pi2High = 1.570796012878418
  private static let pi2Middle = 3.139164164167596e-07
  private static let pi2Low = 6.223372171896613e-14

  /// (sin r − r) / r³ in powers of r²: (−1)^k / (2k + 1)!.
  private static let sineSeries: [Double] = [
    -1 / 6, 1 / 120, -1 / 5040, 1 / 362_880, -1 / 39_916_800, 1 / 6_227_020_800, -1 / 1_307_674_368_000,
  ]

  /// (cos r − 1) / r² in powers of r²: (−1)^k / (2k)!.
  private static let cosineSeries: [Double] = [
    -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3_628_800, 1 / 479_001_600, -1 / 87_178_291_200,
    1 / 20_922_789_888_000,
  ]

  /// The angle of (x, y) in −π…π, 0 for (0, 0) and on the positive x axis, π on the negative one. Absolute error at most
  /// 1e-15.
  public static func atan2(_ y: Double, _ x: Double) -> Double {
    let limit = Double.greatestFiniteMagnitude
    let (width, height) = (minimum(x.magnitude, limit), minimum(y.magnitude, limit))
    var angle = arcTangentOfUnit(quotient(minimum(width, height), maximum(width, height)))
    if height > width { angle = Double.pi / 2 - angle }
    if x < 0 { angle = Double.pi - angle }
    return y < 0 ? -angle : angle
  }

  public static func atan(_ x: Double) -> Double { atan2(x, 1) }

  /// Of x clamped to −1…1.
  public static func asin(_ x: Double) -> Double {
    let clamped = clamp(x, -1, 1)
    return atan2(clamped, sqrt((1 - clamped) * (1 + clamped)))
  }

  /// Of x clamped to −1…1, in 0…π.
  public static func acos(_ x: Double) -> Double {
    let clamped = clamp(x, -1, 1)
    return atan2(sqrt((1 - clamped) * (1 + clamped)), clamped)
  }

  /// atan on 0…1. With c the nearest quarter, atan x = atan c + atan((x − c) / (1 + x·c)); the rest is at most 1/8, where
  /// the series converges fast.
  private static func arcTangentOfUnit(_ x: Double) -> Double {
    let quarter = round(x * 4)
    let c = quarter * 0.25
    let rest = (x - c) / (1 + x * c)
    let square = rest * rest
    return arcTangentsOfQuarters[Int(clamp(quarter, 0, 4))]
      + ((polynomial(square, arcTangentSeries) * square) * rest + rest)
  }

  /// atan(0), atan(¼), atan(½), atan(¾), atan(1).
  private static let arcTangentsOfQuarters: [Double] = [
    0, 0.24497866312686414, 0.4636476090008061, 0.6435011087932844, 0.7853981633974483,
  ]

  /// (atan r − r) / r³ in powers of r²: (−1)^k / (2k + 1).
  private static let arcTangentSeries: [Double] = [-1 / 3, 1 / 5, -1 / 7, 1 / 9, -1 / 11, 1 / 13, -1 / 15, 1 / 17]
}
