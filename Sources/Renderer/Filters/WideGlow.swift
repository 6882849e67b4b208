import KernelTable

/// The wide bloom (art direction in the project's LOOK notes): three Gaussians in linear light, by a `GlowPyramid`.
///
/// Light is the square of a level, close to sRGB's curve. A pixel's light counts by how bright its brightest channel is.
final class WideGlow: Glow {
  let reach: Int? = nil

  private let setting: ShaderSetting
  /// Taken for a frame.
  private var taken: GlowPyramid?
  private var threshold = -1.0
  private var gain: Float = 0

  /// Sums over the rows gathered of a row of blocks, of pairs of pixels, in eighths of light.
  private let sums: ChannelRows<UInt16>
  private let maximum: AlignedBuffer<UInt8>
  private let weight: AlignedBuffer<UInt8>
  /// The weight of a pixel's light by its brightest channel.
  private let weights = AlignedBuffer<UInt8>(count: 256)
  /// The rows of glow above and below the picture row at full width, by parity; and which they are.
  private let expanded: [ChannelRows<Float>]
  private var expandedRow = [-1, -1]

  init(_ setting: ShaderSetting) {
    self.setting = setting
    sums = ChannelRows(count: setting.paddedWidth / 2)
    maximum = AlignedBuffer(count: setting.paddedWidth)
    weight = AlignedBuffer(count: setting.paddedWidth)
    expanded = (0..<2).map { _ in ChannelRows(count: setting.paddedWidth) }
  }

  func begin(threshold: Double, strength: Double) -> Bool {
    gain = Float(strength) * 2.2
    expandedRow = [-1, -1]
    if threshold != self.threshold {
      self.threshold = threshold
      for level in 0..<256 {
        let light = Double(level * level) / 65025
        let t = min(max((light - threshold + 0.25) / 0.5, 0), 1)
        weights.base[level] = UInt8(clampingUnit: t * t * (3 - 2 * t))
      }
    }
    return gain > 0
  }

  func beginGathering() { taken = setting.scratch.take(setting) }
  func endShading() { setting.scratch.put(&taken) }

  private var pyramid: GlowPyramid {
    guard let taken else { preconditionFailure("a glow without its pyramid") }
    return taken
  }

  func gather(row y: Int, _ source: PixelRow) {
    let (kernels, count) = (setting.kernels, setting.paddedWidth)
    let size = pyramid.blockSize
    if y % size == 0 { sums.clear() }
    source.repeatLastPixel(width: setting.width)
    kernels.maximum(maximum.base, source.red, source.green, source.blue, count: count)
    kernels.lookup(weight.base, maximum.base, table: weights.base, count: count)
    for channel in PixelRow.channels {
      for _ in 0..<setting.blockLines(row: y, size: size) {
        kernels.addBrightLight(sums[channel], source[channel], weight: weight.base, count: count)
      }
    }
    guard y % size == size - 1 || y == setting.height - 1 else { return }
    for channel in PixelRow.channels {
      let blocks = pyramid.source(row: y / size, channel: channel)
      // A sum of eighths over 16 pixels, or over 4.
      if size == 4 {
        kernels.sumPairs(blocks, sums[channel], scale: 8 / 16, count: pyramid.width)
      } else {
        kernels.scaleWords(blocks, sums[channel], scale: 8 / 4, count: pyramid.width)
      }
    }
  }

  func finishGathering() { pyramid.blur() }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let position = BlockPosition(row: y, blocks: pyramid.height, size: pyramid.blockSize)
    let (upper, lower) = (expand(position.upper), expand(position.lower))
    let share = gain * Float(position.eighths) / 8
    for channel in PixelRow.channels {
      setting.kernels.addLight(
        out[channel], source[channel], upper[channel], gain - share, lower[channel], share, count: setting.paddedWidth)
    }
  }

  /// A row of glow at full width; the picture rows of a block share it.
  private func expand(_ row: Int) -> ChannelRows<Float> {
    let slot = row & 1
    guard expandedRow[slot] != row else { return expanded[slot] }
    expandedRow[slot] = row
    for channel in PixelRow.channels {
      let (out, glow) = (expanded[slot][channel], pyramid.glow(row: row, channel: channel))
      if pyramid.blockSize == 4 {
        setting.kernels.expandFours(out, glow, count: pyramid.width)
      } else {
        setting.kernels.expandTwos(out, glow, count: pyramid.width)
      }
    }
    return expanded[slot]
  }
}
