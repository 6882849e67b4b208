import KernelTable
import SceneLang

/// (hash − 0.5) · amount of every cell: the fixed unrest of a palette.
struct CellJitter {
  private let stride: Int
  /// One row of zeros without jitter.
  private let values: AlignedBuffer<Float>
  private let isNone: Bool

  init(amount: Double, seed: UInt64, columns: Int, rows: Int, stride: Int) {
    self.stride = stride
    isNone = amount == 0
    values = AlignedBuffer(count: isNone ? stride : stride * rows)
    guard !isNone else { return }
    for row in 0..<rows {
      for column in 0..<columns {
        let share = CellHash.unit(seed: seed, column: column, row: row)
        values.base[row * stride + column] = Float((share - 0.5) * amount)
      }
    }
  }

  func row(_ row: Int) -> Floats { Floats(values.base + (isNone ? 0 : row * stride)) }
}
