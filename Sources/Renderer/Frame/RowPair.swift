/// Two rows that steps write in turn: a loop that wrote the row it reads could not be vectorised. Not owned.
struct RowPair {
  var first: PixelRow
  var second: PixelRow

  /// The row to write when `row` is read: the first, or the second if that is the first.
  func other(than row: PixelRow) -> PixelRow { row.red == first.red ? second : first }
}

/// Owns the rows of a pair.
final class RowPairBuffer {
  let pair: RowPair
  private let buffers: [PixelRowBuffer]

  init(width: Int) {
    buffers = [PixelRowBuffer(width: width), PixelRowBuffer(width: width)]
    pair = RowPair(first: buffers[0].row, second: buffers[1].row)
  }
}
