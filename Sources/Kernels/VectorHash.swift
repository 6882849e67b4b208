import CVector

// Integer hashes. All arithmetic is modulo 2^32.

/// Spreads every bit of x over all bits of the result (the bias-searched constants of Wellons' hash prospector,
/// "lowbias32").
@inline(__always) func avalanche(_ x: BitLanes) -> BitLanes {
  var h = x
  h = (h ^ (h &>> 16)) &* 0x7feb_352d
  h = (h ^ (h &>> 15)) &* 0x846c_a68b
  return h ^ (h &>> 16)
}

/// The top 24 bits as a number in [0, 1).
@inline(__always) func unitInterval(_ h: BitLanes) -> Lanes {
  let top: Lanes = cv_from_int(unsafeBitCast(h &>> 8, to: IntegerLanes.self))
  return top * 0x1p-24
}

/// Uniform in [0, 1), from a 64-bit key and the floor of x.
@inline(__always) func random(_ x: Lanes, key: UInt64) -> Lanes {
  let low = UInt32(truncatingIfNeeded: key)
  let high = UInt32(truncatingIfNeeded: key &>> 32)
  return unitInterval(avalanche(avalanche(integerFloor(x) ^ low) &+ high))
}

/// The factors of the lattice hash (catalogue, "noise base"; the third one, for z, and that of the seed are further
/// primes of xxHash).
enum LatticeFactor {
  static let x: UInt32 = 374_761_393
  static let y: UInt32 = 668_265_263
  static let z: UInt32 = 3_266_489_917
  static let seed: UInt32 = 2_246_822_519
}

/// The last steps of the lattice hash, from Σ factor · coordinate.
@inline(__always) func latticeHash(_ sum: BitLanes) -> BitLanes {
  let n = (sum ^ (sum &>> 13)) &* 1_274_126_177
  return n ^ (n &>> 16)
}
