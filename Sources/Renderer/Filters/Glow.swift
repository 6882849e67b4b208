import KernelTable

/// How bloom finds, blurs and adds light. Blocks of pixels at the right and the lower edge repeat the last pixels.
protocol Glow: AnyObject {
  /// As of `PictureGatherer`.
  var reach: Int? { get }
  /// Takes a frame's arguments, both limited to their ranges. Returns false if no level can change.
  func begin(threshold: Double, strength: Double) -> Bool
  // As of `PictureGatherer`.
  func beginGathering()
  func gather(row y: Int, _ source: PixelRow)
  func finishGathering()
  func endShading()
  func shade(row y: Int, from source: PixelRow, to out: PixelRow)
}

extension Glow {
  func beginGathering() {}
  func endShading() {}
}

/// Where a pixel row lies between rows of blocks, whose centres are at 1.5, 5.5, 9.5 … or, of two rows, at 0.5, 2.5 …
struct BlockPosition {
  /// The rows of blocks above and below; the same one at an edge of the picture.
  let upper: Int
  let lower: Int
  /// Share of the lower row: 1, 3, 5 or 7, of blocks of two rows 2 or 6.
  let eighths: Int

  /// `size`: rows of a block, 4 or 2.
  init(row y: Int, blocks: Int, size: Int = 4) {
    let position = size == 4 ? 2 * y - 3 : 4 * y - 2
    eighths = position & 7
    upper = max(position >> 3, 0)
    lower = min((position >> 3) + 1, blocks - 1)
  }
}

extension ShaderSetting {
  /// How many lines of its row of blocks a pixel row stands for: the last row also for those below the picture.
  func blockLines(row y: Int, size: Int = 4) -> Int { y == height - 1 ? size - y % size : 1 }
}

extension PixelRow {
  /// Repeats the last pixel in the padding, so that the last block of four pixels is whole.
  func repeatLastPixel(width: Int) {
    for x in width..<((width + 3) & ~3) {
      for channel in PixelRow.channels { self[channel][x] = self[channel][width - 1] }
    }
  }
}
