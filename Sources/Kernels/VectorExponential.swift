import CVector

// Exponentials and logarithms; see VectorTrigonometry.swift for the rules. Series coefficients are the exact ones.

/// e^x for x clamped to −87…88, so that the result is a normal number: 1.6e-38…1.7e38. Relative error at most 3e-7.
@inline(__always) func exponential(_ x: Lanes) -> Lanes {
  let clamped = clamp(x, -87, 88)
  // x = n · ln 2 + r with |r| ≤ 0.35; the first part of ln 2 has 10 bits, so its product with n is exact.
  let shifted = clamped * 1.44269504 + 12_582_912
  let n = shifted - 12_582_912
  let r = (clamped - n * 0.693359375) - n * -2.12194440e-4
  var p = r * (1 / 5040) + (1 / 720)
  p = p * r + (1 / 120)
  p = p * r + (1 / 24)
  p = p * r + (1 / 6)
  p = p * r + 0.5
  p = p * r + 1
  p = p * r + 1
  // The low bits of `shifted` are n: moved into the exponent they multiply by 2^n.
  return lanes(bits: bits(p) &+ (bits(shifted) &<< 23))
}

/// The natural logarithm; of x below the smallest normal number, that of the smallest normal number. Error at most 3e-7 ·
/// max(1, |log x|).
@inline(__always) func logarithm(_ x: Lanes) -> Lanes {
  let normal = clamp(x, Float.leastNormalMagnitude, Float.greatestFiniteMagnitude)
  // x = m · 2^e with m in √½…√2.
  let raw = unsafeBitCast(normal, to: IntegerLanes.self)
  let exponent = (raw &- 0x3f35_04f3) &>> 23
  let m = unsafeBitCast(raw &- (exponent &<< 23), to: Lanes.self)
  // log m = 2 · artanh(s), s = (m − 1) / (m + 1), |s| ≤ 0.172.
  let s = (m - 1) / (m + 1)
  let square = s * s
  var p = square * (1 / 9) + (1 / 7)
  p = p * square + (1 / 5)
  p = p * square + (1 / 3)
  let logOfM = (p * square) * (s + s) + (s + s)
  let e: Lanes = cv_from_int(exponent)
  return e * 0.693359375 + (logOfM + e * -2.12194440e-4)
}

/// x^y. A negative base keeps its sign for odd integers y, loses it for even ones and gives 0 for all others; 0^y is 0,
/// except 0^0 = 1. Exponents ½, 1, 2 and 3 are exact roots and products. Relative error at most 4e-7 · (1 + |y · log x|);
/// saturates as `exponential` does.
@inline(__always) func power(_ x: Lanes, _ y: Lanes) -> Lanes {
  var result = exponential(y * logarithm(magnitude(x)))
  let isInteger = cv_floor(y) .== y
  let isOdd = isInteger .& (cv_floor(y * 0.5) * 2 .!= y)
  result = result.replacing(with: splat(0), where: (x .< 0) .& .!isInteger)
  result = result.replacing(with: negated(result), where: (x .< 0) .& isOdd)
  result = result.replacing(with: truth(y .== 0), where: x .== 0)
  result = result.replacing(with: squareRoot(x), where: y .== 0.5)
  result = result.replacing(with: x, where: y .== 1)
  result = result.replacing(with: x * x, where: y .== 2)
  return result.replacing(with: (x * x) * x, where: y .== 3)
}

/// The cube root with the sign of x; of magnitudes below the smallest normal number, 0. Relative error at most 3e-7.
@inline(__always) func cubeRoot(_ x: Lanes) -> Lanes {
  let size = minimum(magnitude(x), splat(Float.greatestFiniteMagnitude))
  let estimate = exponential(logarithm(size) * (1 / 3))
  // One step of Newton.
  var root = estimate - (estimate - size / (estimate * estimate)) * (1 / 3)
  root = root.replacing(with: splat(0), where: size .< Float.leastNormalMagnitude)
  return root.replacing(with: negated(root), where: x .< 0)
}

/// In −1…1. Absolute error at most 3e-7, relative error at most 1e-6.
@inline(__always) func hyperbolicTangent(_ x: Lanes) -> Lanes {
  let size = minimum(magnitude(x), splat(20))
  let far = 1 - 2 / (exponential(size + size) + 1)
  // Near 0 the difference would cancel: the series.
  let square = size * size
  var p = square * (62 / 2835) + (-17 / 315)
  p = p * square + (2 / 15)
  p = p * square + (-1 / 3)
  let near = (p * square) * size + size
  let result = far.replacing(with: near, where: size .< 0.25)
  return result.replacing(with: negated(result), where: x .< 0)
}
