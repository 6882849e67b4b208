import SceneLang

/// The light of one frame, averaged over cells about 0.2° wide for a viewer to whom the picture is 30° wide.
///
/// Averages are taken in linear light, as the eye takes them: a fine pattern that flickers in balance (glyphs that move by
/// a pixel, noise) is no flash, as WCAG excepts it, and a large area of thin glyphs that lights up is one.
public struct LightField: Sendable {
  /// Cells.
  public let width: Int
  public let height: Int
  /// Row by row, 0…1.
  private(set) var red: [Float]
  private(set) var green: [Float]
  private(set) var blue: [Float]

  /// Cells of the longer side, at most.
  static let cells = 160

  /// Red, green and blue in linear light, a tuple for each cell.
  public init(width: Int, height: Int, cells: [(red: Float, green: Float, blue: Float)]) {
    precondition(cells.count == width * height, "\(cells.count) cells are not \(width) × \(height)")
    self.width = width
    self.height = height
    red = cells.map(\.red)
    green = cells.map(\.green)
    blue = cells.map(\.blue)
  }

  /// A field for pictures of a size; its cells are read by `take`.
  init(pictureWidth: Int, pictureHeight: Int) {
    let longer = max(pictureWidth, pictureHeight)
    let count = min(longer, Self.cells)
    width = max(1, pictureWidth * count / longer)
    height = max(1, pictureHeight * count / longer)
    red = Array(repeating: 0, count: width * height)
    (green, blue) = (red, red)
  }

  /// Takes the pixels of a picture, red, green and blue beside each other, rows without padding.
  mutating func take(_ pixels: UnsafeBufferPointer<UInt8>, pictureWidth: Int, pictureHeight: Int) {
    precondition(pixels.count == 3 * pictureWidth * pictureHeight, "the pixels of another picture")
    for row in 0..<height {
      let rows = row * pictureHeight / height..<(row + 1) * pictureHeight / height
      for column in 0..<width {
        let columns = column * pictureWidth / width..<(column + 1) * pictureWidth / width
        var sum: (red: Float, green: Float, blue: Float) = (0, 0, 0)
        for y in rows {
          for x in columns {
            let place = 3 * (y * pictureWidth + x)
            sum.red += Self.linear[Int(pixels[place])]
            sum.green += Self.linear[Int(pixels[place + 1])]
            sum.blue += Self.linear[Int(pixels[place + 2])]
          }
        }
        let scale = 1 / Float(rows.count * columns.count)
        let cell = row * width + column
        (red[cell], green[cell], blue[cell]) = (sum.red * scale, sum.green * scale, sum.blue * scale)
      }
    }
  }

  func state(_ cell: Int, _ light: FlashRule.Light) -> LightState {
    let (r, g, b) = (red[cell], green[cell], blue[cell])
    switch light {
    case .general: return LightState(value: 0.2126 * r + 0.7152 * g + 0.0722 * b)
    case .red: return LightState(value: max(0, (r - g - b) * 320), isSaturatedRed: r > 0 && r >= 0.8 * (r + g + b))
    }
  }

  /// sRGB levels in linear light.
  private static let linear: [Float] = (0...255).map { Float(LinearRGB(RGB($0, $0, $0)).red) }
}
