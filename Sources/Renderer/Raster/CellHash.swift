/// Randomness of cells and rows: pure hashes of a key and integers, the same on every machine.
enum CellHash {
  /// Uniform in [0, 1), in steps of 2^-24.
  static func unit(seed: UInt64, column: Int, row: Int) -> Double {
    let position = UInt64(UInt32(truncatingIfNeeded: row)) << 32 | UInt64(UInt32(truncatingIfNeeded: column))
    return Double(mixed(seed ^ mixed(position)) >> 40) / 16_777_216
  }

  /// A key for `row` of `frame`.
  static func key(seed: UInt64, frame: Int, row: Int) -> UInt32 {
    let position = UInt64(UInt32(truncatingIfNeeded: row)) << 32 | UInt64(UInt32(truncatingIfNeeded: frame))
    return UInt32(truncatingIfNeeded: mixed(seed ^ mixed(position)))
  }

  /// The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
  private static func mixed(_ key: UInt64) -> UInt64 {
    var x = key &+ 0x9E37_79B9_7F4A_7C15
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
  }
}
