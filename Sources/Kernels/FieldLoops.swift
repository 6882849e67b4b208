import KernelTable

/// This build's field loops.
public let fieldKernels = FieldKernels { loop(of: $0) }

/// One loop per operation: the walk (`strip`) with the operation inlined into it.
private func loop(of operation: FieldOperation) -> FieldKernel {
  switch operation {
  case .negate: { out, of, count, _ in strip(out, of[0], count, negated) }
  case .abs: { out, of, count, _ in strip(out, of[0], count, magnitude) }
  case .sign: { out, of, count, _ in strip(out, of[0], count, sign) }
  case .floor: { out, of, count, _ in strip(out, of[0], count, floor) }
  case .ceil: { out, of, count, _ in strip(out, of[0], count, ceil) }
  case .round: { out, of, count, _ in strip(out, of[0], count, round) }
  case .fract: { out, of, count, _ in strip(out, of[0], count, fract) }
  case .sqrt: { out, of, count, _ in strip(out, of[0], count, squareRoot) }
  case .cbrt: { out, of, count, _ in strip(out, of[0], count, cubeRoot) }
  case .exp: { out, of, count, _ in strip(out, of[0], count, exponential) }
  case .log: { out, of, count, _ in strip(out, of[0], count, logarithm) }
  case .sin: { out, of, count, _ in strip(out, of[0], count, sine) }
  case .cos: { out, of, count, _ in strip(out, of[0], count, cosine) }
  case .tan: { out, of, count, _ in strip(out, of[0], count, tangent) }
  case .asin: { out, of, count, _ in strip(out, of[0], count, arcSine) }
  case .acos: { out, of, count, _ in strip(out, of[0], count, arcCosine) }
  case .atan: { out, of, count, _ in strip(out, of[0], count, arcTangent) }
  case .tanh: { out, of, count, _ in strip(out, of[0], count, hyperbolicTangent) }
  case .copy: { out, of, count, _ in strip(out, of[0], count, same) }
  case .clampUnit: { out, of, count, _ in strip(out, of[0], count, clampUnit) }
  case .clampFinite: { out, of, count, _ in strip(out, of[0], count, clampFinite) }
  case .random: { out, of, count, key in randomStrip(out, of[0], count, key) }

  case .add: { out, of, count, _ in strip(out, of[0], of[1], count, sum) }
  case .subtract: { out, of, count, _ in strip(out, of[0], of[1], count, difference) }
  case .multiply: { out, of, count, _ in strip(out, of[0], of[1], count, product) }
  case .divide: { out, of, count, _ in strip(out, of[0], of[1], count, quotient) }
  case .modulo: { out, of, count, _ in strip(out, of[0], of[1], count, modulo) }
  case .power: { out, of, count, _ in powerStrip(out, of[0], of[1], count) }
  case .minimum: { out, of, count, _ in strip(out, of[0], of[1], count, minimum) }
  case .maximum: { out, of, count, _ in strip(out, of[0], of[1], count, maximum) }
  case .atan2: { out, of, count, _ in strip(out, of[0], of[1], count, arcTangent) }
  case .hypot: { out, of, count, _ in strip(out, of[0], of[1], count, hypotenuse) }
  case .less: { out, of, count, _ in strip(out, of[0], of[1], count, less) }
  case .lessOrEqual: { out, of, count, _ in strip(out, of[0], of[1], count, lessOrEqual) }
  case .equal: { out, of, count, _ in strip(out, of[0], of[1], count, equal) }
  case .notEqual: { out, of, count, _ in strip(out, of[0], of[1], count, notEqual) }

  case .select: { out, of, count, _ in strip(out, of[0], of[1], of[2], count, select) }
  case .clamp: { out, of, count, _ in strip(out, of[0], of[1], of[2], count, clamp) }
  case .mix: { out, of, count, _ in strip(out, of[0], of[1], of[2], count, mix) }
  case .smoothCurve: { out, of, count, _ in strip(out, of[0], count, smoothCurve) }
  case .multiplyAdd: { out, of, count, _ in strip(out, of[0], of[1], of[2], count, multiplyAdd) }
  case .sumOfProducts: { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], count, sumOfProducts) }
  case .sumOfProductsAdd:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], of[4], count, sumOfProductsAdd) }
  case .sinOfMultiplyAdd: { out, of, count, _ in strip(out, of[0], of[1], of[2], count, sinOfMultiplyAdd) }
  case .sinOfSumOfProducts:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], count, sinOfSumOfProducts) }
  case .sinOfSumOfProductsAdd:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], of[4], count, sinOfSumOfProductsAdd) }
  case .cosOfMultiplyAdd: { out, of, count, _ in strip(out, of[0], of[1], of[2], count, cosOfMultiplyAdd) }
  case .cosOfSumOfProducts:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], count, cosOfSumOfProducts) }
  case .cosOfSumOfProductsAdd:
    { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], of[4], count, cosOfSumOfProductsAdd) }

  case .valueNoise: { out, of, count, _ in strip(out, of[0], of[1], of[2], count, valueNoise) }
  case .sample: { out, of, count, _ in sampleStrip(out, of[0], of[1], plane: of[2].base, count) }
  case .sampleBounded: { out, of, count, _ in sampleBoundedStrip(out, of[0], of[1], plane: of[2].base, count) }
  case .samplePicture: { out, of, count, _ in samplePictureStrip(out, of[0], of[1], picture: of[2].base, count) }
  case .channel: { out, of, count, key in channelStrip(out, of[0], count, UInt32(truncatingIfNeeded: key)) }
  case .lookup: { out, of, count, _ in lookupStrip(out, of[0].base, of[1], count) }
  case .simplex: { out, of, count, _ in strip(out, of[0], of[1], of[2], of[3], count, simplex) }
  }
}

private func randomStrip(_ out: UnsafeMutablePointer<Float>, _ a: FieldOperand, _ count: Int, _ key: UInt64) {
  var (a, i) = (a, 0)
  while i < count {
    store(random(a.next(), key: key), to: out + i)
    i &+= 16
  }
}

/// Places first, in vectors; then one by one what stands there.
private func lookupStrip(
  _ out: UnsafeMutablePointer<Float>, _ table: UnsafePointer<Float>, _ place: FieldOperand, _ count: Int
) {
  strip(out, place, count) { clampUnit($0) * 255 }
  var i = 0
  while i < count {
    let before = min(Int32(out[i]), 254)
    let low = table[Int(before)]
    out[i] = low + (table[Int(before) &+ 1] - low) * (out[i] - Float(before))
    i &+= 1
  }
}

/// A square under a uniform exponent (`value^2`) is worth its own loop: it gives what `power` gives, 30 times sooner.
private func powerStrip(
  _ out: UnsafeMutablePointer<Float>, _ a: FieldOperand, _ b: FieldOperand, _ count: Int
) {
  if b.step == 0 && b.base[0] == 2 {
    strip(out, a, count, square)
  } else {
    strip(out, a, b, count, power)
  }
}
