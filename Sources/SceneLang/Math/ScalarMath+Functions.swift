extension ScalarMath {
  public static func apply(_ function: UnaryFunction, _ x: Double) -> Double {
    switch function {
    case .negate: -x
    case .abs: x.magnitude
    case .sign: sign(x)
    case .floor: floor(x)
    case .ceil: ceil(x)
    case .round: round(x)
    case .fract: fract(x)
    case .sqrt: sqrt(x)
    case .cbrt: cbrt(x)
    case .exp: exp(x)
    case .log: log(x)
    case .sin: sin(x)
    case .cos: cos(x)
    case .tan: tan(x)
    case .asin: asin(x)
    case .acos: acos(x)
    case .atan: atan(x)
    case .tanh: tanh(x)
    }
  }

  public static func apply(_ function: BinaryFunction, _ a: Double, _ b: Double) -> Double {
    switch function {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: quotient(a, b)
    case .modulo: modulo(a, b)
    case .power: pow(a, b)
    case .minimum: minimum(a, b)
    case .maximum: maximum(a, b)
    case .atan2: atan2(a, b)
    case .hypot: hypot(a, b)
    case .less: a < b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    case .equal: a == b ? 1 : 0
    case .notEqual: a != b ? 1 : 0
    }
  }
}
