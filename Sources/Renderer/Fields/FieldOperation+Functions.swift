import KernelTable
import SceneLang

extension FieldOperation {
  init(_ function: UnaryFunction) {
    self =
      switch function {
      case .negate: .negate
      case .abs: .abs
      case .sign: .sign
      case .floor: .floor
      case .ceil: .ceil
      case .round: .round
      case .fract: .fract
      case .sqrt: .sqrt
      case .cbrt: .cbrt
      case .exp: .exp
      case .log: .log
      case .sin: .sin
      case .cos: .cos
      case .tan: .tan
      case .asin: .asin
      case .acos: .acos
      case .atan: .atan
      case .tanh: .tanh
      }
  }

  init(_ function: BinaryFunction) {
    self =
      switch function {
      case .add: .add
      case .subtract: .subtract
      case .multiply: .multiply
      case .divide: .divide
      case .modulo: .modulo
      case .power: .power
      case .minimum: .minimum
      case .maximum: .maximum
      case .atan2: .atan2
      case .hypot: .hypot
      case .less: .less
      case .lessOrEqual: .lessOrEqual
      case .equal: .equal
      case .notEqual: .notEqual
      }
  }
}
