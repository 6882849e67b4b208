import KernelTable
import SceneLang

extension ShaderOp {
  static let staticNoise = ShaderOp(
    declaration: OpDeclaration(
      .shader, "static", "Replaces random dots of 2 px by random colors, other ones in every frame.",
      parameters: [
        .init("density", default: "0.05", in: 0...1, .plain, "The share of dots."),
        .init("color", .boolean, default: "true", .plain, "Colors rather than greys."),
      ],
      facts: .init(access: .pointwise, variesByFrame: true, readsKey: true),
      example: "static: {density: 0.1 * flux, color: false}"),
    implementation: .row { Static($0) })
}

/// Dots of 2 × 2 pixels (of a picture whose shorter side is 1080): a hash of seed, frame and position says which show a
/// random color.
final class Static: RowShader {
  private let setting: ShaderSetting
  private let size: Int
  private var limit: UInt32 = 0
  private var hasColor = true
  private var frame = 0
  /// The row of dots in `mask` and `colors`.
  private var dotRow = -1
  private let dots: PixelRowBuffer
  private let dotMask: AlignedBuffer<UInt8>
  private let colors: PixelRowBuffer
  private let mask: AlignedBuffer<UInt8>

  init(_ setting: ShaderSetting) {
    self.setting = setting
    size = max(1, setting.pixels(2.0 / 1080))
    dots = PixelRowBuffer(width: setting.width)
    dotMask = AlignedBuffer(count: setting.paddedWidth)
    colors = PixelRowBuffer(width: setting.width, margin: size + 16)
    mask = AlignedBuffer(count: setting.paddedWidth + size + 16)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    limit = UInt32(arguments.number(0) * 65536 + 0.5)
    hasColor = arguments.number(1) != 0
    self.frame = frame
    dotRow = -1
    return limit > 0
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    if y / size != dotRow {
      dotRow = y / size
      scatter()
    }
    for channel in PixelRow.channels {
      let color = hasColor ? colors.row[channel] : colors.row.red
      setting.kernels.interpolate(
        out[channel], from: source[channel], to: color, alpha: mask.base, count: setting.paddedWidth)
    }
  }

  private func scatter() {
    let count = (setting.width + size - 1) / size
    setting.kernels.scatter(
      mask: dotMask.base, dots.row.mutableBytes, key: CellHash.key(seed: setting.seed, frame: frame, row: dotRow),
      limit: limit, count: count)
    setting.kernels.spread(mask.base, cells: dotMask.base, columns: count, cellWidth: size)
    for channel in PixelRow.channels {
      setting.kernels.spread(colors.row[channel], cells: dots.row[channel], columns: count, cellWidth: size)
    }
  }
}
