/// Two row buffers that steps write in turn: a loop that wrote the row it reads could not be vectorised.
struct RowPair {
  private let buffers: [PixelRowBuffer]

  init(width: Int) { buffers = [PixelRowBuffer(width: width), PixelRowBuffer(width: width)] }

  /// The buffer to write when `row` is read: any but that one.
  func other(than row: PixelRow) -> PixelRow {
    row.red == buffers[0].row.red ? buffers[1].row : buffers[0].row
  }
}
