import CVector

// Elementary functions by range reduction and a polynomial. Only IEEE operations in a fixed order, no fused
// multiply-add: every instruction set gives the same bits. The coefficients are minimax fits made for this file.

/// Absolute error at most 2e-7 for |x| ≤ 2^20 and 1e-6 for |x| ≤ 2^30; beyond that, where neighbouring numbers lie 64
/// apart, x counts as 0. The result is in −1…1.
@inline(__always) func sine(_ x: Lanes) -> Lanes { sineAfterReduction(x, offset: 0) }

/// As accurate as `sine`.
@inline(__always) func cosine(_ x: Lanes) -> Lanes { sineAfterReduction(x, offset: 0.5) }

/// Absolute error at most 1e-6 · (1 + tan²) for |x| ≤ 2^20.
@inline(__always) func tangent(_ x: Lanes) -> Lanes { quotient(sine(x), cosine(x)) }

/// The largest argument for which the products of the short reduction are exact.
private let shortReductionLimit: Float = 32768

/// sin(x) for offset 0, cos(x) for offset ½: with n the nearest integer to x/π − offset, r = x − (n + offset)·π is in
/// −π/2…π/2, and the result is ±sin(r), negative for odd n (of cos: −sin(r) for even n, since cos(x) = −sin(x − π/2)).
@inline(__always) private func sineAfterReduction(_ x: Lanes, offset: Float) -> Lanes {
  guard cv_all_within(x, shortReductionLimit) else { return sineOfLargeLanes(x, offset: offset) }
  return shortSine(x, offset: offset)
}

@inline(__always) private func shortSine(_ x: Lanes, offset: Float) -> Lanes {
  // Adding 1.5 · 2^23 rounds to an integer and leaves it in the low bits of the sum.
  let shifted = (x * 0.318309886 - offset) + 12_582_912
  let turns = (shifted - 12_582_912) + offset
  // π in three parts of which the first two have 8 and 9 bits: their products with `turns` (15 bits) are exact.
  var r = x - turns * 3.140625
  r = r - turns * 9.67025756835937500e-4
  r = r - turns * 6.278329573009626e-7
  return signedSine(r, signBits: (bits(shifted) &+ (offset == 0 ? 0 : 1)) &<< 31)
}

/// sin(r) for |r| ≤ 1.58, its sign flipped by `signBits`. Never beyond 1: the coefficients were chosen so.
@inline(__always) private func signedSine(_ r: Lanes, signBits: BitLanes) -> Lanes {
  let square = r * r
  var p = square * 2.600024345156271e-06 + -0.00019806601630989462
  p = p * square + 0.008333016186952591
  p = p * square + -0.16666656732559204
  return lanes(bits: bits((p * square) * r + r) ^ signBits)
}

/// Some lanes are large: those are reduced in Double. Small lanes keep the bits that the short reduction gives, so that a
/// lane never depends on its neighbours.
@inline(never) private func sineOfLargeLanes(_ x: Lanes, offset: Float) -> Lanes {
  let size = magnitude(x)
  let known = splat(0).replacing(with: x, where: size .<= 0x1p30)
  let wide: SIMD16<Double> = cv_to_double(known)
  let shifted = (wide * 0.3183098861837907 - Double(offset)) + 0x1.8p52
  let turns = (shifted - 0x1.8p52) + Double(offset)
  // π in two parts, the first of 21 bits: exact products with `turns` up to 2^31.
  let r = (wide - turns * 3.1415920257568359375) - turns * 6.278329573009626e-07
  let low: IntegerLanes = cv_to_int(cv_from_double(turns - Double(offset) - 2 * halfFloor(turns - Double(offset))))
  let parity = unsafeBitCast(low, to: BitLanes.self) &+ (offset == 0 ? 0 : 1)
  let large = signedSine(cv_from_double(r), signBits: parity &<< 31)
  return large.replacing(with: shortSine(x, offset: offset), where: size .<= shortReductionLimit)
}

/// floor(n / 2) of integers below 2^50.
@inline(__always) private func halfFloor(_ n: SIMD16<Double>) -> SIMD16<Double> {
  // n/2 − ¼ lies a quarter from the nearest integer, which is the floor.
  (n * 0.5 - 0.25 + 0x1.8p52) - 0x1.8p52
}

/// The angle of (x, y) in −π…π, 0 for (0, 0) and on the positive x axis, π on the negative one. Absolute error at most
/// 5e-7.
@inline(__always) func arcTangent(_ y: Lanes, _ x: Lanes) -> Lanes {
  let greatest = splat(Float.greatestFiniteMagnitude)
  let (width, height) = (minimum(magnitude(x), greatest), minimum(magnitude(y), greatest))
  let ratio = quotient(minimum(width, height), maximum(width, height))
  var angle = arcTangentOfUnit(ratio)
  // `Float.pi` is below π, so no result leaves the range.
  angle = angle.replacing(with: Float.pi / 2 - angle, where: height .> width)
  angle = angle.replacing(with: Float.pi - angle, where: x .< 0)
  return angle.replacing(with: negated(angle), where: y .< 0)
}

/// Absolute error at most 3e-7; in −π/2…π/2.
@inline(__always) func arcTangent(_ x: Lanes) -> Lanes { arcTangent(x, splat(1)) }

/// Of x clamped to −1…1. Absolute error at most 5e-7.
@inline(__always) func arcSine(_ x: Lanes) -> Lanes {
  let clamped = clamp(x, -1, 1)
  return arcTangent(clamped, squareRoot((1 - clamped) * (1 + clamped)))
}

/// Of x clamped to −1…1, in 0…π. Absolute error at most 5e-7.
@inline(__always) func arcCosine(_ x: Lanes) -> Lanes {
  let clamped = clamp(x, -1, 1)
  return arcTangent(squareRoot((1 - clamped) * (1 + clamped)), clamped)
}

/// atan on 0…1: an odd polynomial of degree 17.
@inline(__always) private func arcTangentOfUnit(_ x: Lanes) -> Lanes {
  let square = x * x
  var p = square * 0.0026222406886518 + -0.015132521279156208
  p = p * square + 0.04112183675169945
  p = p * square + -0.07366704195737839
  p = p * square + 0.10573931038379669
  p = p * square + -0.1418597549200058
  p = p * square + 0.1999039649963379
  p = p * square + -0.33332985639572144
  return (p * square) * x + x
}
