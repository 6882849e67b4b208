import SceneLang

/// Writes what is read of pixels as planes of 0…1.
enum ChannelPlanes {
  /// `before`: the frames before, the latest first, for `motion`; as many as `motionWeights`.
  static func write(_ channel: PictureChannel, of block: PixelBlock, before: [PixelBlock], into plane: SimulationPlane)
  {
    precondition(plane.columns == block.width && plane.rows == block.height, "the plane of another size")
    switch channel {
    case .luma: luma(block) { row, column, level in plane.row(row)[column] = level }
    case .red: component(0, of: block, into: plane)
    case .green: component(1, of: block, into: plane)
    case .blue: component(2, of: block, into: plane)
    case .alpha: component(3, of: block, into: plane)
    case .edges: edges(of: block, into: plane)
    case .motion: motion(of: block, before, into: plane)
    case .subject: preconditionFailure("a subject is none of a frame")
    }
  }

  /// The same in all frames; nothing without a mask.
  static func write(_ mask: SubjectMask?, into plane: SimulationPlane) {
    guard let mask else { return }
    for row in 0..<plane.rows {
      let out = plane.row(row)
      let v = (Double(row) + 0.5) / Double(plane.rows)
      for column in 0..<plane.columns {
        out[column] = Float(mask.level(u: (Double(column) + 0.5) / Double(plane.columns), v: v))
      }
    }
  }

  private static func component(_ index: Int, of block: PixelBlock, into plane: SimulationPlane) {
    block.bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<block.height {
        let out = plane.row(row)
        let start = 4 * row * block.width + index
        for column in 0..<block.width { out[column] = Float(bytes[start + 4 * column]) / 255 }
      }
    }
  }

  /// Gives the luma of each pixel, 0…1, row by row.
  private static func luma(_ block: PixelBlock, _ take: (_ row: Int, _ column: Int, Float) -> Void) {
    let scale = 1 / Float(65_536 * 255)
    block.bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<block.height {
        for column in 0..<block.width {
          let pixel = 4 * (row * block.width + column)
          let sum =
            PictureLuma.red * Int(bytes[pixel]) + PictureLuma.green * Int(bytes[pixel + 1])
            + PictureLuma.blue * Int(bytes[pixel + 2])
          take(row, column, Float(sum) * scale)
        }
      }
    }
  }

  private static func lumas(_ block: PixelBlock) -> [Float] {
    [Float](unsafeUninitializedCapacity: block.width * block.height) { out, count in
      luma(block) { row, column, level in out[row * block.width + column] = level }
      count = block.width * block.height
    }
  }

  /// The magnitude of the Sobel gradient, 1 at a step from black to white.
  private static func edges(of block: PixelBlock, into plane: SimulationPlane) {
    let (width, height) = (block.width, block.height)
    let levels = lumas(block)
    levels.withUnsafeBufferPointer { levels in
      for row in 0..<height {
        let out = plane.row(row)
        let (above, here, below) = (max(row - 1, 0) * width, row * width, min(row + 1, height - 1) * width)
        for column in 0..<width {
          let (left, right) = (max(column - 1, 0), min(column + 1, width - 1))
          let across =
            levels[above + right] - levels[above + left] + 2 * (levels[here + right] - levels[here + left])
            + levels[below + right] - levels[below + left]
          let down =
            levels[below + left] - levels[above + left] + 2 * (levels[below + column] - levels[above + column])
            + levels[below + right] - levels[above + right]
          out[column] = min(1, (across * across + down * down).squareRoot() / 4)
        }
      }
    }
  }

  /// Shares of the frames before in what a frame is compared with (CATALOGUE I-11: prev = 0.7 f + 0.3 prev, of which four
  /// frames are taken, so that it does not depend on where decoding began).
  static let motionWeights: [Float] = [0.7, 0.21, 0.063, 0.027]

  /// |luma − luma before| · 255 / 30, clipped.
  private static func motion(of block: PixelBlock, _ before: [PixelBlock], into plane: SimulationPlane) {
    precondition(before.count == motionWeights.count, "motion compares with frames before")
    var past = [Float](repeating: 0, count: block.width * block.height)
    for (weight, block) in zip(motionWeights, before) {
      luma(block) { row, column, level in past[row * block.width + column] += weight * level }
    }
    luma(block) { row, column, level in
      plane.row(row)[column] = min(1, abs(level - past[row * block.width + column]) * (255.0 / 30))
    }
  }
}
