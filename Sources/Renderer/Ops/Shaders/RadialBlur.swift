import KernelTable
import SceneLang

extension ShaderOp {
  static let radialBlur = ShaderOp(
    declaration: OpDeclaration(
      .shader, "radial_blur", "Blurs away from a point, as if the camera rushed towards it.",
      parameters: [
        .init(
          "strength", default: "0.03", in: 0...0.5, .plain, "How much each sample is zoomed more than the one before."),
        .init("u", default: "0.5", in: 0...1, .plain, "The point, in shares of the width."),
        .init("v", default: "0.5", in: 0...1, .plain, "The point, in shares of the height."),
        .init("samples", .integer, default: "3", in: 2...16, .plain, "How many zoomed pictures are averaged."),
      ],
      facts: .init(access: .warp), example: "radial_blur: 0.05 * bass"),
    implementation: .row { RadialBlur($0) }, keeps: InterleavedPicture.self)
}

/// The mean of samples at center + (p − center)·(1 − k·strength) for k = 0, 1, …; a factor stops at 0.
final class RadialBlur: WarpShader {
  private let setting: ShaderSetting
  let source: WarpSource
  private let sampled: PixelRowBuffer
  private let sums: [AlignedBuffer<UInt16>]
  private var strength = 0.0
  private var samples = 3
  private var center = (x: 0.0, y: 0.0)

  init(_ setting: ShaderSetting) {
    self.setting = setting
    source = WarpSource(setting, isGentle: true)
    sampled = PixelRowBuffer(width: setting.width)
    sums = PixelRow.channels.map { _ in AlignedBuffer(count: setting.paddedWidth) }
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    strength = arguments.number(0)
    center.x = arguments.number(1) * Double(setting.width)
    center.y = arguments.number(2) * Double(setting.height)
    samples = arguments.integer(3)
    return strength > 0
  }

  func shade(row y: Int, from row: PixelRow, to out: PixelRow) {
    let count = setting.paddedWidth
    for sum in sums { sum.clear() }
    add(row)
    for sample in 1..<samples {
      source.zoom(row: y, about: center, by: max(0, 1 - Double(sample) * strength))
      source.sample(to: sampled.row)
      add(sampled.row)
    }
    for channel in PixelRow.channels {
      setting.kernels.average(out[channel], sums[channel].base, of: samples, count: count)
    }
  }

  private func add(_ row: PixelRow) {
    for channel in PixelRow.channels {
      setting.kernels.addRow(sums[channel].base, row[channel], count: setting.paddedWidth)
    }
  }
}
