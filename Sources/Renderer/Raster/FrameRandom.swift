/// The random numbers of one shader call in one frame: hashes of (seed, frame, index, role).
struct FrameRandom {
  let seed: UInt64
  let frame: Int

  /// Uniform in [0, 1). `role`: 0…15, what the number is for.
  func unit(_ index: Int, _ role: Int) -> Double {
    CellHash.unit(seed: seed, column: frame, row: index << 4 | role)
  }

  /// Uniform among the integers of a range; its lower bound where it is empty.
  func integer(in range: Range<Int>, _ index: Int, _ role: Int) -> Int {
    range.lowerBound + Int(unit(index, role) * Double(range.count))
  }
}
