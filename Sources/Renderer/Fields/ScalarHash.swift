import SceneLang

/// The integer hashes of `Sources/Kernels/VectorHash.swift` for one number: the same bits from the same integers.
enum ScalarHash {
  /// Uniform in [0, 1), from a 64-bit key and the floor of x.
  static func random(_ x: Double, key: UInt64) -> Double {
    let low = UInt32(truncatingIfNeeded: key)
    let high = UInt32(truncatingIfNeeded: key >> 32)
    return Double(avalanche(avalanche(integerFloor(x) ^ low) &+ high) >> 8) * 0x1p-24
  }

  /// Spreads every bit of x over all bits of the result.
  private static func avalanche(_ x: UInt32) -> UInt32 {
    var h = x
    h = (h ^ (h >> 16)) &* 0x7feb_352d
    h = (h ^ (h >> 15)) &* 0x846c_a68b
    return h ^ (h >> 16)
  }

  /// The hash of an integer point; all arithmetic modulo 2^32 (catalogue, "noise base"; the factors of z and the seed are
  /// further primes of xxHash).
  static func lattice(_ x: UInt32, _ y: UInt32, _ z: UInt32 = 0, seed: Double) -> UInt32 {
    let sum =
      x &* 374_761_393 &+ y &* 668_265_263 &+ z &* 3_266_489_917 &+ integerFloor(seed) &* 2_246_822_519
    let n = (sum ^ (sum >> 13)) &* 1_274_126_177
    return n ^ (n >> 16)
  }

  /// The floor as an integer of magnitude at most `limit`.
  static func integerFloor(_ x: Double, limit: Double = 0x1p24) -> UInt32 {
    UInt32(bitPattern: Int32(ScalarMath.clamp(ScalarMath.floor(x), -limit, limit)))
  }
}
