import KernelTable

/// The small bloom (CATALOGUE 1.16, 22): the levels above the threshold, three boxes of 3 × 3 blocks, bilinear samples.
///
/// Words throughout: blocks in eighths of a level, the glow in sixteenths. Three boxes are one kernel of seven, applied
/// across while rows are gathered and down when a row of glow is first needed.
final class SmallGlow: Glow {
  private static let taps = 7
  private static let blocksAround = taps / 2
  /// Words before and after a row of blocks.
  private static let edge = 32

  /// A row needs the row of blocks below it and those that are blurred into that.
  let reach: Int? = 4 * (blocksAround + 1) + 3

  private let setting: ShaderSetting
  private let width: Int
  private let height: Int
  private var threshold: UInt8 = 0
  /// From 27 times eighths of a level to sixteenths of a level of glow, in 1/65536.
  private var scale: UInt16 = 0

  /// Sums over the rows gathered of a row of blocks, of pairs of pixels.
  private let sums: ChannelRows<UInt16>
  /// One row of blocks with its edges.
  private let blocks: AlignedBuffer<UInt16>
  /// All rows of blocks, blurred across.
  private let across: [AlignedBuffer<UInt16>]
  private let operands: UnsafeMutablePointer<Words>
  /// The rows of glow above and below the picture row with their edges, by parity; and which they are.
  private let blurred: [ChannelRows<UInt16>]
  private var blurredRow = [-1, -1]
  /// Glow at the height of the picture row, with its edges.
  private let between: AlignedBuffer<UInt16>

  init(_ setting: ShaderSetting) {
    self.setting = setting
    let (width, height) = ((setting.width + 3) / 4, (setting.height + 3) / 4)
    self.width = width
    self.height = height
    sums = ChannelRows(count: setting.paddedWidth / 2)
    blocks = AlignedBuffer(count: width + 2 * Self.edge)
    across = PixelRow.channels.map { _ in AlignedBuffer(count: width * height) }
    operands = .allocate(capacity: Self.taps)
    blurred = (0..<2).map { _ in ChannelRows(count: width + 2 * Self.edge) }
    between = AlignedBuffer(count: width + 2 * Self.edge)
  }

  deinit { operands.deallocate() }

  func begin(threshold: Double, strength: Double) -> Bool {
    self.threshold = UInt8(clampingUnit: threshold)
    scale = UInt16(strength * 1.4 * 16 / (8 * 27) * 65536)
    blurredRow = [-1, -1]
    // Below 4, white would glow by less than a quarter of a level.
    return scale >= 4
  }

  func gather(row y: Int, _ source: PixelRow) {
    if y % 4 == 0 { sums.clear() }
    source.repeatLastPixel(width: setting.width)
    for channel in PixelRow.channels {
      for _ in 0..<setting.blockLines(row: y) {
        setting.kernels.addAbove(sums[channel], source[channel], threshold: threshold, count: setting.paddedWidth)
      }
    }
    if y % 4 == 3 || y == setting.height - 1 { finishBlocks(row: y / 4) }
  }

  private func finishBlocks(row: Int) {
    let block = blocks.base + Self.edge
    for channel in PixelRow.channels {
      setting.kernels.averagePairs(block, sums[channel], count: width)
      repeatEdges(block)
      for tap in 0..<Self.taps { operands[tap] = Words(block + tap - Self.blocksAround) }
      // 65536 / 27, rounded up: an even picture stays as it is.
      setting.kernels.tripleBox(acrossRow(row, channel), rows: operands, scale: 2428, count: width)
    }
  }

  func finishGathering() {}

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let position = BlockPosition(row: y, blocks: height)
    let (upper, lower) = (blur(position.upper), blur(position.lower))
    for channel in PixelRow.channels {
      // With the block before the first and the one after the last.
      setting.kernels.mixEighths(
        between.base + Self.edge - 1, upper[channel] + Self.edge - 1, lower[channel] + Self.edge - 1,
        eighths: UInt16(position.eighths), count: width + 2)
      setting.kernels.addGlow(
        out[channel], source[channel], glow: between.base + Self.edge, count: setting.paddedWidth)
    }
  }

  /// A row of glow; four picture rows share it.
  private func blur(_ row: Int) -> ChannelRows<UInt16> {
    let slot = row & 1
    guard blurredRow[slot] != row else { return blurred[slot] }
    blurredRow[slot] = row
    for channel in PixelRow.channels {
      for tap in 0..<Self.taps {
        operands[tap] = Words(acrossRow(min(max(row + tap - Self.blocksAround, 0), height - 1), channel))
      }
      let block = blurred[slot][channel] + Self.edge
      setting.kernels.tripleBox(block, rows: operands, scale: scale, count: width)
      repeatEdges(block)
    }
    return blurred[slot]
  }

  private func acrossRow(_ row: Int, _ channel: Int) -> MutableWords { across[channel].base + row * width }

  private func repeatEdges(_ row: MutableWords) {
    for x in 1...Self.blocksAround {
      row[-x] = row[0]
      row[width - 1 + x] = row[width - 1]
    }
  }
}
