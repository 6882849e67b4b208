import KernelTable

/// A picture at a half, a quarter, an eighth … of its size, in Float32 levels 0…255, and the way back.
///
/// Down and up, rows and columns are weighed by 1, 3, 3, 1: a pixel's light goes to the two nearest in proportion to its
/// place between them, so that nothing moves (means of 2 × 2 would shift a lone pixel by half of one). Source: Burt and
/// Adelson, "The Laplacian pyramid as a compact image code", IEEE Trans. Communications 31, 1983; with an even kernel.
/// Outside the picture its edge is repeated: a level has one more row and column on every side, which see that edge alone.
final class BinomialPyramid: ScratchMemory {
  // A quarter, a sixteenth and so on of the pixels in three planes of floats, and the last level twice.
  static var bytesPerPixel: Int { 6 }

  private final class Level {
    let width: Int
    let height: Int
    let stride: Int
    /// A plane per channel, on the way down and, above the last level, on the way up.
    let planes: [AlignedBuffer<Float>]
    /// Those on the way up where it begins: there the way down is read meanwhile.
    private(set) lazy var turned = Self.makePlanes(stride * (height + 2))

    init(width: Int, height: Int) {
      self.width = width
      self.height = height
      let stride = (width + 2 * BinomialPyramid.edge + 31) & ~31
      self.stride = stride
      planes = Self.makePlanes(stride * (height + 2))
    }

    private static func makePlanes(_ count: Int) -> [AlignedBuffer<Float>] {
      PixelRow.channels.map { _ in AlignedBuffer(count: count) }
    }

    /// Where column 0 of row `y` is in a plane, the nearest row from −1 to the height.
    func place(_ y: Int) -> Int { (min(max(y, -1), height) + 1) * stride + BinomialPyramid.edge }
  }

  /// Floats before the first of a row.
  private static let edge = 8

  private let width: Int
  private let height: Int
  private let kernels: any PixelKernels.Type
  private var levels: [Level] = []
  /// How many levels the picture was reduced to.
  private var count = 0
  /// A row of the level above, with its edges.
  private let line: AlignedBuffer<Float>
  private let rows = UnsafeMutablePointer<Floats>.allocate(capacity: 4)
  private let byteRows = UnsafeMutablePointer<Bytes>.allocate(capacity: 4)
  private let weights: [Float] = [0.125, 0.375, 0.375, 0.125]

  init(_ setting: ShaderSetting) {
    width = setting.width
    height = setting.height
    kernels = setting.kernels
    line = AlignedBuffer(count: setting.paddedWidth + 4 * Self.edge + 32)
  }

  deinit {
    rows.deallocate()
    byteRows.deallocate()
  }

  /// The size of level `index`; 1 is half the picture's, rounded up.
  func size(_ index: Int) -> (width: Int, height: Int) {
    let round = (1 << index) - 1
    return ((width + round) >> index, (height + round) >> index)
  }

  /// A row of a level on the way down, from −1 to its height; rows farther out are these. One value before it and one after
  /// it are the edges.
  func downRow(_ y: Int, level index: Int, channel: Int) -> Floats {
    Floats(levels[index - 1].planes[channel].base + levels[index - 1].place(y))
  }

  /// The same on the way up.
  func upRow(_ y: Int, level index: Int, channel: Int) -> MutableFloats {
    let level = levels[index - 1]
    return (index == count ? level.turned : level.planes)[channel].base + level.place(y)
  }

  // MARK: Down

  /// Makes the levels 1…`count`.
  func reduce(_ picture: Picture, levels count: Int) {
    self.count = count
    for index in 1...count {
      let (width, height) = size(index)
      if levels.count < index { levels.append(Level(width: width, height: height)) }
      for channel in PixelRow.channels {
        for y in -1...height { reduce(picture, row: y, index, channel) }
      }
    }
  }

  private func reduce(_ picture: Picture, row y: Int, _ index: Int, _ channel: Int) {
    let width = size(index - 1).width
    let middle = line.base + 2 * Self.edge
    // How far on either side the row above reaches by itself.
    let known = index == 1 ? 0 : 1
    if index == 1 {
      for tap in 0..<4 {
        byteRows[tap] = Bytes(picture.pixelRow(min(max(2 * y - 1 + tap, 0), picture.height - 1))[channel])
      }
      kernels.weightedSum(middle, rows: byteRows, weights: weights, taps: 4, count: width)
    } else {
      for tap in 0..<4 { rows[tap] = downRow(2 * y - 1 + tap, level: index - 1, channel: channel) - known }
      kernels.weightedSum(middle - known, rows: rows, weights: weights, taps: 4, count: width + 2 * known)
    }
    for x in 1...4 {
      middle[-known - x] = middle[-known]
      middle[width - 1 + known + x] = middle[width - 1 + known]
    }
    let level = levels[index - 1]
    kernels.halve(level.planes[channel].base + (level.place(y) - 1), middle - 2, count: level.width + 2)
  }

  // MARK: Up

  /// Brings a level's way up to the level above.
  func expand(level index: Int) {
    let (width, height) = size(index)
    for channel in PixelRow.channels {
      for y in -1...size(index - 1).height {
        // ¾ of the row that covers it and ¼ of the nearest other.
        let nearest = y >> 1
        let other = min(max(nearest + (y & 1 == 0 ? -1 : 1), -1), height)
        rows[0] = Floats(upRow(nearest, level: index, channel: channel)) - 1
        rows[1] = Floats(upRow(other, level: index, channel: channel)) - 1
        let middle = line.base + Self.edge
        kernels.weightedSum(middle - 1, rows: rows, weights: [0.75, 0.25], taps: 2, count: width + 2)
        (middle[-2], middle[width + 1]) = (middle[-1], middle[width])
        kernels.double(
          upRow(y, level: index - 1, channel: channel) - 2, middle - 1, count: width + 2)
      }
    }
  }
}
