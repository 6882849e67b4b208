import KernelTable

// One loop per operation. The bodies capture nothing, so they are inlined into loops of plain vector instructions: a
// body that captured a vector would be called through a pointer, lane group by lane group (5 times slower).

/// This build's field loops.
public let fieldKernels = FieldKernels { loop(of: $0) }

private func loop(of operation: FieldOperation) -> FieldKernel {
  switch operation {
  case .negate: { out, of, count, _ in strip(out, of[0], count) { negated($0) } }
  case .abs: { out, of, count, _ in strip(out, of[0], count) { magnitude($0) } }
  case .sign: { out, of, count, _ in strip(out, of[0], count) { sign($0) } }
  case .floor: { out, of, count, _ in strip(out, of[0], count) { floor($0) } }
  case .ceil: { out, of, count, _ in strip(out, of[0], count) { ceil($0) } }
  case .round: { out, of, count, _ in strip(out, of[0], count) { round($0) } }
  case .fract: { out, of, count, _ in strip(out, of[0], count) { fract($0) } }
  case .sqrt: { out, of, count, _ in strip(out, of[0], count) { squareRoot($0) } }
  case .cbrt: { out, of, count, _ in strip(out, of[0], count) { cubeRoot($0) } }
  case .exp: { out, of, count, _ in strip(out, of[0], count) { exponential($0) } }
  case .log: { out, of, count, _ in strip(out, of[0], count) { logarithm($0) } }
  case .sin: { out, of, count, _ in strip(out, of[0], count) { sine($0) } }
  case .cos: { out, of, count, _ in strip(out, of[0], count) { cosine($0) } }
  case .tan: { out, of, count, _ in strip(out, of[0], count) { tangent($0) } }
  case .asin: { out, of, count, _ in strip(out, of[0], count) { arcSine($0) } }
  case .acos: { out, of, count, _ in strip(out, of[0], count) { arcCosine($0) } }
  case .atan: { out, of, count, _ in strip(out, of[0], count) { arcTangent($0) } }
  case .tanh: { out, of, count, _ in strip(out, of[0], count) { hyperbolicTangent($0) } }
  case .copy: { out, of, count, _ in strip(out, of[0], count) { $0 } }
  case .clampUnit: { out, of, count, _ in strip(out, of[0], count) { clamp($0, 0, 1) } }
  case .clampFinite: { out, of, count, _ in strip(out, of[0], count) { finite($0) } }
  case .random: { out, of, count, key in randomStrip(out, of[0], count, key) }

  case .add: { out, of, count, _ in strip(out, of[0], of[1], count) { $0 + $1 } }
  case .subtract: { out, of, count, _ in strip(out, of[0], of[1], count) { $0 - $1 } }
  case .multiply: { out, of, count, _ in strip(out, of[0], of[1], count) { $0 * $1 } }
  case .divide: { out, of, count, _ in strip(out, of[0], of[1], count) { quotient($0, $1) } }
  case .modulo: { out, of, count, _ in strip(out, of[0], of[1], count) { modulo($0, $1) } }
  case .power: { out, of, count, _ in powerStrip(out, of[0], of[1], count) }
  case .minimum: { out, of, count, _ in strip(out, of[0], of[1], count) { minimum($0, $1) } }
  case .maximum: { out, of, count, _ in strip(out, of[0], of[1], count) { maximum($0, $1) } }
  case .atan2: { out, of, count, _ in strip(out, of[0], of[1], count) { arcTangent($0, $1) } }
  case .hypot: { out, of, count, _ in strip(out, of[0], of[1], count) { hypotenuse($0, $1) } }
  case .less: { out, of, count, _ in strip(out, of[0], of[1], count) { truth($0 .< $1) } }
  case .lessOrEqual: { out, of, count, _ in strip(out, of[0], of[1], count) { truth($0 .<= $1) } }
  case .equal: { out, of, count, _ in strip(out, of[0], of[1], count) { truth($0 .== $1) } }
  case .notEqual: { out, of, count, _ in strip(out, of[0], of[1], count) { truth($0 .!= $1) } }

  case .select:
    { out, of, count, _ in
      strip(out, of[0], of[1], of[2], count) { $2.replacing(with: $1, where: $0 .!= 0) }
    }
  case .clamp: { out, of, count, _ in strip(out, of[0], of[1], of[2], count) { minimum(maximum($0, $1), $2) } }
  case .mix: { out, of, count, _ in strip(out, of[0], of[1], of[2], count) { $0 + ($1 - $0) * $2 } }
  case .smoothCurve: { out, of, count, _ in strip(out, of[0], count) { ($0 * $0) * (3 - 2 * $0) } }
  case .multiplyAdd: { out, of, count, _ in strip(out, of[0], of[1], of[2], count) { $0 * $1 + $2 } }
  case .sumOfProducts:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], count) { $0 * $1 + $2 * $3 } }
  case .sumOfProductsAdd:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], of[4], count) { ($0 * $1 + $2 * $3) + $4 } }
  case .sinOfMultiplyAdd:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], count) { sine($0 * $1 + $2) } }
  case .sinOfSumOfProducts:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], count) { sine($0 * $1 + $2 * $3) } }
  case .sinOfSumOfProductsAdd:
    { out, of, count, _ in
      strip(out, of[0], of[1], of[2], of[3], of[4], count) { sine(($0 * $1 + $2 * $3) + $4) }
    }
  case .cosOfMultiplyAdd:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], count) { cosine($0 * $1 + $2) } }
  case .cosOfSumOfProducts:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], count) { cosine($0 * $1 + $2 * $3) } }
  case .cosOfSumOfProductsAdd:
    { out, of, count, _ in
      strip(out, of[0], of[1], of[2], of[3], of[4], count) { cosine(($0 * $1 + $2 * $3) + $4) }
    }

  case .valueNoise: { out, of, count, _ in strip(out, of[0], of[1], of[2], count) { valueNoise($0, $1, seed: $2) } }
  case .simplex:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], count) { simplex($0, $1, $2, seed: $3) } }
  }
}

private func randomStrip(_ out: UnsafeMutablePointer<Float>, _ a: FieldOperand, _ count: Int, _ key: UInt64) {
  var (a, i) = (a, 0)
  while i < count {
    store(random(a.next(), key: key), to: out + i)
    i &+= 16
  }
}

/// A square under a uniform exponent (`value^2`) is worth its own loop: it gives what `power` gives, 30 times sooner.
private func powerStrip(
  _ out: UnsafeMutablePointer<Float>, _ a: FieldOperand, _ b: FieldOperand, _ count: Int
) {
  if b.step == 0 && b.base[0] == 2 {
    strip(out, a, count) { $0 * $0 }
  } else {
    strip(out, a, b, count) { power($0, $1) }
  }
}
