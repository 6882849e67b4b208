import SceneLang

/// Small copies of frames side by side on one picture.
public final class ContactSheet {
  public let picture: Picture
  private let columns: Int
  private let cellWidth: Int
  private let cellHeight: Int
  /// Pixels between frames.
  private let gap = 4

  /// Room for `count` frames of the format, `columns` in a row, each `cellWidth` pixels wide (at most the frame's width).
  public init(format: PictureFormat, count: Int, columns: Int, cellWidth: Int) {
    precondition(count > 0 && columns > 0 && cellWidth > 0, "a contact sheet has frames")
    self.columns = min(columns, count)
    self.cellWidth = min(cellWidth, format.width)
    cellHeight = max(1, self.cellWidth * format.height / format.width)
    let rows = (count + self.columns - 1) / self.columns
    picture = Picture(
      width: self.columns * (self.cellWidth + gap) - gap, height: rows * (cellHeight + gap) - gap)
  }

  /// Puts a frame at a place counted row by row: every pixel is the mean of those it covers.
  public func put(_ frame: Picture, at place: Int) {
    let left = place % columns * (cellWidth + gap)
    let top = place / columns * (cellHeight + gap)
    for plane in 0..<3 {
      for y in 0..<cellHeight {
        let rows =
          y * frame.height / cellHeight..<max(y * frame.height / cellHeight + 1, (y + 1) * frame.height / cellHeight)
        let out = picture.row(top + y, plane: plane) + left
        for x in 0..<cellWidth {
          let span =
            x * frame.width / cellWidth..<max(x * frame.width / cellWidth + 1, (x + 1) * frame.width / cellWidth)
          var sum = 0
          for row in rows {
            let pixels = frame.row(row, plane: plane)
            for column in span { sum += Int(pixels[column]) }
          }
          let area = rows.count * span.count
          out[x] = UInt8((sum + area / 2) / area)
        }
      }
    }
  }
}
