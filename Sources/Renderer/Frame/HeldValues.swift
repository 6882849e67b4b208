import KernelTable

/// The values of a layer's cells that stay until they change by more than a threshold, so that what stands still does not
/// flicker (hysteresis). The state after a frame depends on all frames of the segment before it.
final class HeldValues {
  let columns: Int
  let rows: Int
  private let threshold: Float
  private let stride: Int
  private let values: AlignedBuffer<Float>
  /// The last frame that was taken; nil for none.
  private var last: Int?
  /// Whether every value is taken as it is.
  private var isFirst = true

  init(threshold: Double, columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    self.threshold = Float(threshold)
    stride = FieldArena.padded(columns)
    values = AlignedBuffer(count: stride * rows)
  }

  /// The frames, from 0 in the segment, that have to be taken before `frame`.
  func missing(before frame: Int) -> Range<Int> {
    guard let last, last <= frame else { return 0..<frame }
    return min(last + 1, frame)..<frame
  }

  /// Begins with a frame, whose rows follow; a frame before the last one starts anew.
  func begin(_ frame: Int) {
    isFirst = last.map { $0 > frame } ?? true
    last = frame
  }

  /// Takes a row of values and gives those that are shown.
  func take(row: Int, _ fresh: UnsafePointer<Float>, count: Int) -> UnsafePointer<Float> {
    let held = values.base + row * stride
    for column in 0..<count where isFirst || abs(fresh[column] - held[column]) > threshold {
      held[column] = fresh[column]
    }
    return UnsafePointer(held)
  }
}
