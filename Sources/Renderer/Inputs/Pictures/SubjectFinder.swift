import SceneLang

/// Finds the subject of a picture: what is not transparent, or what differs most from all of it (frequency-tuned saliency,
/// Achanta et al., CVPR 2009), the middle before the border. The same picture gives the same mask everywhere.
enum SubjectFinder {
  /// Parts along the longer side, at most.
  static let size = 96
  /// Changes whenever the same picture gives another mask.
  static let version = 1

  static func subject(of block: PixelBlock) -> SubjectMask {
    let small = shrunk(block)
    return transparency(small) ?? saliency(small)
  }

  /// The mask that a picture of its own is: bright where the subject is.
  static func mask(from block: PixelBlock) -> SubjectMask {
    let small = shrunk(block)
    let levels = (0..<small.width * small.height).map { pixel -> UInt8 in
      let (red, green, blue) = (small.bytes[4 * pixel], small.bytes[4 * pixel + 1], small.bytes[4 * pixel + 2])
      let sum = PictureLuma.red * Int(red) + PictureLuma.green * Int(green) + PictureLuma.blue * Int(blue)
      return UInt8((sum + 32_768) >> 16)
    }
    return SubjectMask(columns: small.width, rows: small.height, levels: levels)
  }

  private static func shrunk(_ block: PixelBlock) -> PixelBlock {
    var block = block
    while max(block.width, block.height) > size {
      block = block.halved(across: block.width > 1, down: block.height > 1)
    }
    return block
  }

  /// The coverage, if a hundredth of the picture or more is transparent.
  private static func transparency(_ block: PixelBlock) -> SubjectMask? {
    let levels = stride(from: 3, to: block.bytes.count, by: 4).map { block.bytes[$0] }
    guard levels.count(where: { $0 < 128 }) * 100 >= levels.count, levels.contains(where: { $0 >= 128 }) else {
      return nil
    }
    return SubjectMask(columns: block.width, rows: block.height, levels: levels)
  }

  private static func saliency(_ block: PixelBlock) -> SubjectMask {
    let (width, height) = (block.width, block.height)
    let colors = (0..<width * height).map { opponent(block, $0) }
    let mean = (0..<3).map { part in colors.reduce(0) { $0 + $1[part] } / Double(colors.count) }
    var levels = colors.indices.map { pixel -> Double in
      let distance = (0..<3).reduce(0) { $0 + (colors[pixel][$1] - mean[$1]) * (colors[pixel][$1] - mean[$1]) }
      let x = (Double(pixel % width) + 0.5) / Double(width) - 0.5
      let y = (Double(pixel / width) + 0.5) / Double(height) - 0.5
      return ScalarMath.sqrt(distance) * ScalarMath.exp(-4 * (x * x + y * y))
    }
    for _ in 0..<2 { levels = blurred(levels, width, height) }
    // Twice the mean, as there.
    let threshold = 2 * levels.reduce(0, +) / Double(levels.count)
    let strongest = levels.max() ?? 0
    guard threshold > 0, strongest > threshold else {
      return SubjectMask(columns: width, rows: height, levels: levels.map { _ in 0 })
    }
    let largest = greatestRegion(levels, above: threshold, width, height)
    return SubjectMask(
      columns: width, rows: height,
      levels: levels.indices.map { pixel in
        guard largest.contains(pixel) else { return 0 }
        return UInt8(255 * min(1, 0.5 + levels[pixel] / threshold - 1) + 0.5)
      })
  }

  /// Luma and two differences of colours, in equal measure.
  private static func opponent(_ block: PixelBlock, _ pixel: Int) -> [Double] {
    let (red, green, blue) = (
      Double(block.bytes[4 * pixel]), Double(block.bytes[4 * pixel + 1]), Double(block.bytes[4 * pixel + 2])
    )
    return [0.2126 * red + 0.7152 * green + 0.0722 * blue, 0.7 * (red - green), 0.7 * ((red + green) / 2 - blue)]
  }

  /// The mean of each part and the eight about it.
  private static func blurred(_ levels: [Double], _ width: Int, _ height: Int) -> [Double] {
    levels.indices.map { pixel in
      let (column, row) = (pixel % width, pixel / width)
      var sum = 0.0
      for y in max(row - 1, 0)...min(row + 1, height - 1) {
        for x in max(column - 1, 0)...min(column + 1, width - 1) { sum += levels[y * width + x] }
      }
      let (across, down) = (
        min(column + 1, width - 1) - max(column - 1, 0) + 1, min(row + 1, height - 1) - max(row - 1, 0) + 1
      )
      return sum / Double(across * down)
    }
  }

  /// The parts above a threshold that hang together and have the most of all levels.
  private static func greatestRegion(
    _ levels: [Double], above threshold: Double, _ width: Int, _ height: Int
  ) -> Set<Int> {
    var isSeen = levels.map { $0 <= threshold }
    var greatest: (sum: Double, parts: Set<Int>) = (0, [])
    for start in levels.indices where !isSeen[start] {
      var (sum, parts, open) = (0.0, Set<Int>(), [start])
      isSeen[start] = true
      while let part = open.popLast() {
        sum += levels[part]
        parts.insert(part)
        let (column, row) = (part % width, part / width)
        for (x, y) in [(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)]
        where x >= 0 && x < width && y >= 0 && y < height && !isSeen[y * width + x] {
          isSeen[y * width + x] = true
          open.append(y * width + x)
        }
      }
      if sum > greatest.sum { greatest = (sum, parts) }
    }
    return greatest.parts
  }
}
