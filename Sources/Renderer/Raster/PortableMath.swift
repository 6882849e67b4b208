import Glibc

/// Elementary functions of Double from +, −, ×, ÷ and square root alone, which IEEE 754 rounds exactly: the same bits on
/// every machine, unlike those of a C library. Relative error below 1e-14 where tested.
enum PortableMath {
  private static let ln2 = 0.693_147_180_559_945_309_417
  private static let halfTurn = 3.141_592_653_589_793_238_463

  /// The natural logarithm; −∞ for 0. Precondition: `x` ≥ 0 and normal.
  ///
  /// x = m · 2^e with m in [√½, √2), log m = 2 artanh((m − 1) / (m + 1)) by its Taylor series.
  static func log(_ x: Double) -> Double {
    if x == 0 { return -.infinity }
    precondition(x > 0 && x.isNormal, "the logarithm of \(x)")
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.414_213_562_373_095 {
      mantissa /= 2
      exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var sum = 0.0
    for term in stride(from: 23, through: 1, by: -2) { sum = sum * square + 1 / Double(term) }
    return exponent * ln2 + 2 * s * sum
  }

  /// e to the power of x; 0 below −708 and ∞ above 709.
  ///
  /// x = k · ln 2 + r with |r| ≤ ln 2 / 2, e^r by its Taylor series.
  static func exp(_ x: Double) -> Double {
    if x < -708 { return 0 }
    if x > 709 { return .infinity }
    let k = (x / ln2 + 0.5).rounded(.down)
    let r = x - k * ln2
    var sum = 1.0
    for term in stride(from: 16, through: 1, by: -1) { sum = 1 + sum * r / Double(term) }
    return Double(sign: .plus, exponent: Int(k), significand: sum)
  }

  /// x^y for x ≥ 0; exactly x where y is 1 and 0 where x is 0. Precondition: y > 0.
  static func power(_ x: Double, _ y: Double) -> Double {
    precondition(x >= 0 && y > 0, "\(x) to the power of \(y)")
    if x == 0 || y == 1 { return x }
    return exp(y * log(x))
  }

  /// The real cube root, by Newton's method from a logarithm.
  static func cubeRoot(_ x: Double) -> Double {
    if x == 0 { return 0 }
    let magnitude = abs(x)
    var root = exp(log(magnitude) / 3)
    root -= (root * root * root - magnitude) / (3 * root * root)
    return x < 0 ? -root : root
  }

  /// Cosine and sine of an angle in turns.
  static func cosineAndSine(turns: Double) -> (cosine: Double, sine: Double) {
    // Quarter turns are taken off exactly; what is left lies within an eighth of a turn.
    let quarter = (turns * 4 + 0.5).rounded(.down)
    let angle = (turns - quarter / 4) * 2 * halfTurn
    let square = angle * angle
    var (cosine, sine) = (1.0, 1.0)
    for term in stride(from: 20, through: 2, by: -2) {
      cosine = 1 - cosine * square / Double(term * (term - 1))
      sine = 1 - sine * square / Double(term * (term + 1))
    }
    sine *= angle
    switch Int(quarter - (quarter / 4).rounded(.down) * 4) {
    case 0: return (cosine, sine)
    case 1: return (-sine, cosine)
    case 2: return (-cosine, -sine)
    default: return (sine, -cosine)
    }
  }

  /// The angle of a point in turns, 0 ≤ angle < 1, counted from the x axis towards y; 0 for the origin.
  static func turns(y: Double, x: Double) -> Double {
    if x == 0 && y == 0 { return 0 }
    let length = (x * x + y * y).squareRoot()
    // tan(θ/2) = sin θ / (1 + cos θ): halving three times leaves at most 1/32 of a turn, where the series is short.
    var (a, b) = (x / length, y / length)
    let isBehind = a < 0
    if isBehind { (a, b) = (-a, -b) }
    var tangent = b / (1 + a)
    for _ in 0..<2 { tangent = tangent / (1 + (1 + tangent * tangent).squareRoot()) }
    let square = tangent * tangent
    var sum = 0.0
    for term in stride(from: 31, through: 1, by: -2) { sum = 1 / Double(term) - square * sum }
    let turn = tangent * sum * 8 / (2 * halfTurn) + (isBehind ? 0.5 : 0)
    // A negative angle below the last bit of 1 rounds to a whole turn.
    return turn >= 0 ? turn : turn + 1 < 1 ? turn + 1 : 0
  }
}
