import CVector

// The lanes that all loops work on, and the operations on them that are exact by nature. SIMD arithmetic, bit
// operations and `replacing(with:where:)` compile to single instructions; what does not comes from CVector.

typealias Lanes = SIMD16<Float>
typealias IntegerLanes = SIMD16<Int32>
typealias BitLanes = SIMD16<UInt32>

@inline(__always) func load(_ pointer: UnsafePointer<Float>) -> Lanes {
  UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
}

@inline(__always) func store(_ lanes: Lanes, to pointer: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(pointer).storeBytes(of: lanes, as: Lanes.self)
}

@inline(__always) func splat(_ value: Float) -> Lanes { Lanes(repeating: value) }

@inline(__always) func bits(_ x: Lanes) -> BitLanes { unsafeBitCast(x, to: BitLanes.self) }
@inline(__always) func lanes(bits: BitLanes) -> Lanes { unsafeBitCast(bits, to: Lanes.self) }

/// Where one argument is NaN, `b`.
@inline(__always) func minimum(_ a: Lanes, _ b: Lanes) -> Lanes { cv_min(a, b) }
/// Where one argument is NaN, `b`.
@inline(__always) func maximum(_ a: Lanes, _ b: Lanes) -> Lanes { cv_max(a, b) }
/// `low` where x is NaN.
@inline(__always) func clamp(_ x: Lanes, _ low: Float, _ high: Float) -> Lanes {
  cv_min(cv_max(x, splat(low)), splat(high))
}

/// NaN becomes 0, infinities the greatest finite numbers.
@inline(__always) func finite(_ x: Lanes) -> Lanes {
  let limit = Float.greatestFiniteMagnitude
  return clamp(x.replacing(with: splat(0), where: x .!= x), -limit, limit)
}

/// Flips the sign bit: Swift's prefix minus is 0 − x, which makes +0 of +0.
@inline(__always) func negated(_ x: Lanes) -> Lanes { lanes(bits: bits(x) ^ 0x8000_0000) }
@inline(__always) func magnitude(_ x: Lanes) -> Lanes { cv_abs(x) }
@inline(__always) func floor(_ x: Lanes) -> Lanes { cv_floor(x) }
@inline(__always) func ceil(_ x: Lanes) -> Lanes { negated(cv_floor(negated(x))) }
/// Half goes up: 2.5 → 3, −2.5 → −2.
@inline(__always) func round(_ x: Lanes) -> Lanes {
  let below = cv_floor(x)
  return below + truth(x - below .>= 0.5)
}

/// x − floor(x), always below 1: the difference of a tiny negative number rounds to 1.
@inline(__always) func fract(_ x: Lanes) -> Lanes { cv_min(x - cv_floor(x), splat(0x1.fffffep-1)) }

/// 1 where the condition holds, else 0.
@inline(__always) func truth(_ condition: SIMDMask<IntegerLanes>) -> Lanes {
  splat(0).replacing(with: splat(1), where: condition)
}

@inline(__always) func sign(_ x: Lanes) -> Lanes { truth(x .> 0) - truth(x .< 0) }
@inline(__always) func squareRoot(_ x: Lanes) -> Lanes { cv_sqrt(cv_max(x, splat(0))) }
@inline(__always) func hypotenuse(_ x: Lanes, _ y: Lanes) -> Lanes { cv_sqrt(x * x + y * y) }

/// a / b, 0 where b is 0.
@inline(__always) func quotient(_ a: Lanes, _ b: Lanes) -> Lanes {
  (a / b).replacing(with: splat(0), where: b .== 0)
}

/// x − y·floor(x / y), 0 where y is 0.
@inline(__always) func modulo(_ x: Lanes, _ y: Lanes) -> Lanes {
  (x - y * cv_floor(x / y)).replacing(with: splat(0), where: y .== 0)
}

/// The floor as an integer of magnitude at most `limit` (2^24 for cells and seeds: beyond it Float32 skips integers).
@inline(__always) func integerFloor(_ x: Lanes, limit: Float = 0x1p24) -> BitLanes {
  unsafeBitCast(cv_to_int(clamp(cv_floor(x), -limit, limit)), to: BitLanes.self)
}
