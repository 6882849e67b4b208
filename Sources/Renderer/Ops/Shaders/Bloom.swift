import KernelTable
import SceneLang

extension ShaderOp {
  static let bloom = ShaderOp(
    declaration: OpDeclaration(
      .shader, "bloom", "Lets bright pixels glow.",
      parameters: [
        .init(
          "threshold", default: "0.51", in: 0...1, .plain,
          "What glows: linear light of the brightest channel, in a soft knee of ±0.25 (wide); each channel's level (small)."
        ),
        .init(
          "strength", default: "0.36", in: 0...4, .plain, "How much light is added: × 2.2 (wide) or × 1.4 (small)."),
        .init(
          "radius", .choice, default: "wide", rate: .constant, choices: ["wide", "small"],
          "`wide`: three Gaussians of 6, 24 and 80 px in linear light. `small`: three boxes of 12 px."),
      ],
      facts: .init(access: .global), example: "bloom: {threshold: 0.5, strength: 0.3}"),
    implementation: .row { Bloom($0) })
}

/// Gathers the bright light in blocks of 4 × 4 pixels, blurs it, and adds it to the picture.
///
/// `wide` (art direction in the project's LOOK notes): light is the square of a level, close to sRGB's curve; the blur is
/// a pyramid (`GlowPyramid`). `small` (CATALOGUE 1.16, 22): on levels, three boxes of 3 × 3 blocks.
final class Bloom: PictureShader {
  private let setting: ShaderSetting
  private var isWide = true
  private var threshold = 0.0
  private var gain: Float = 0
  private var pyramid: GlowPyramid?

  /// Sums over the rows of a block of rows.
  private let sums: [AlignedBuffer<UInt16>]
  private let maximum: AlignedBuffer<UInt8>
  private let weight: AlignedBuffer<UInt8>
  /// The weight of a pixel's light by its brightest channel, for the threshold that it was made for.
  private var weights: [UInt8] = []
  private var weighedThreshold = -1.0
  /// The two rows of glow around the picture row, at full width (small: also quantised); which row each slot holds.
  private let expanded: [[AlignedBuffer<Float>]]
  private let quantized: [[AlignedBuffer<UInt16>]]
  private var expandedRow = [-1, -1]

  init(_ setting: ShaderSetting) {
    self.setting = setting
    sums = PixelRow.channels.map { _ in AlignedBuffer(count: setting.paddedWidth + 64) }
    maximum = AlignedBuffer(count: setting.paddedWidth)
    weight = AlignedBuffer(count: setting.paddedWidth)
    expanded = (0..<2).map { _ in PixelRow.channels.map { _ in AlignedBuffer(count: setting.paddedWidth + 64) } }
    quantized = (0..<2).map { _ in PixelRow.channels.map { _ in AlignedBuffer(count: setting.paddedWidth) } }
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    threshold = min(max(arguments.number(0), 0), 1)
    isWide = arguments.choice(2) == "wide"
    gain = Float(max(arguments.number(1), 0)) * (isWide ? 2.2 : 1.4)
    guard gain > 0 else { return false }
    // The choice is constant, so the pyramid is made once.
    if pyramid == nil { pyramid = GlowPyramid(isWide ? .gaussians : .boxes, setting) }
    expandedRow = [-1, -1]
    if threshold != weighedThreshold {
      weighedThreshold = threshold
      weights = (0..<256).map { level in
        let light = Double(level * level) / 65025
        let t = min(max((light - threshold + 0.25) / 0.5, 0), 1)
        return UInt8(clampingUnit: t * t * (3 - 2 * t))
      }
    }
    return true
  }

  func gather(row y: Int, _ source: PixelRow) {
    let kernels = setting.kernels
    let count = setting.paddedWidth
    if y % 4 == 0 { for sum in sums { sum.clear() } }
    if isWide {
      kernels.maximum(maximum.base, source.red, source.green, source.blue, count: count)
      weights.withUnsafeBufferPointer {
        kernels.lookup(weight.base, maximum.base, table: $0.baseAddress!, count: count)
      }
    }
    for channel in PixelRow.channels {
      if isWide {
        kernels.addBrightLight(sums[channel].base, source[channel], weight: weight.base, count: count)
      } else {
        kernels.addAbove(
          sums[channel].base, source[channel], threshold: UInt8(clampingUnit: threshold), count: count)
      }
    }
    if y % 4 == 3 || y == setting.height - 1 { finishBlocks(row: y / 4, lines: y % 4 + 1) }
  }

  private func finishBlocks(row: Int, lines: Int) {
    guard let pyramid else { preconditionFailure("gathering before the frame began") }
    // A sum over `lines` rows of 4 pixels; the light was divided by 4 to fit.
    let scale = (isWide ? 4 : 1) / Float(4 * lines)
    for channel in PixelRow.channels {
      let sum = sums[channel].base
      // The last block repeats the last column.
      for x in setting.width..<((setting.width + 3) & ~3) { sum[x] = sum[setting.width - 1] }
      setting.kernels.sumFours(
        pyramid.source(row: row, channel: channel), sum, scale: scale, count: (setting.width + 3) / 4)
    }
  }

  func finishGathering() { pyramid?.blur() }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    guard let pyramid else { preconditionFailure("shading before the frame began") }
    // The centres of block rows are at 1.5, 5.5, 9.5 …: eighths between the two around y.
    let position = 2 * y - 3
    let eighths = position & 7
    let upper = expand(max(position >> 3, 0), pyramid)
    let lower = expand(min((position >> 3) + 1, pyramid.height - 1), pyramid)
    let (kernels, count) = (setting.kernels, setting.paddedWidth)
    let share = gain * Float(eighths) / 8
    for channel in PixelRow.channels {
      if isWide {
        let (a, b) = (expanded[upper][channel].base, expanded[lower][channel].base)
        kernels.addLight(out[channel], source[channel], a, gain - share, b, share, count: count)
      } else {
        let (a, b) = (quantized[upper][channel].base, quantized[lower][channel].base)
        kernels.addGlow(out[channel], source[channel], a, b, eighths: UInt16(eighths), count: count)
      }
    }
  }

  /// Brings a glow row to full width, in the slot of its parity; four picture rows share it.
  private func expand(_ row: Int, _ pyramid: GlowPyramid) -> Int {
    let slot = row & 1
    guard expandedRow[slot] != row else { return slot }
    expandedRow[slot] = row
    for channel in PixelRow.channels {
      setting.kernels.expandFours(
        expanded[slot][channel].base, pyramid.glow(row: row, channel: channel), count: pyramid.width)
      if !isWide {
        setting.kernels.quantizeGlow(
          quantized[slot][channel].base, expanded[slot][channel].base, scale: 16 * gain, count: setting.paddedWidth)
      }
    }
    return slot
  }
}
