import SceneLang

extension ShaderOp {
  static let saturation = ShaderOp(
    declaration: OpDeclaration(
      .shader, "saturation", "Multiplies the HSV saturation, at most to 1.",
      parameters: [.init("factor", default: "1.5", in: 0...8, .plain, "0 is grey, 1 changes nothing.")],
      facts: .init(access: .pointwise), example: "saturation: 1.5"),
    implementation: .row { Saturation($0) })
}

/// HSV saturation times a factor: hue and value stay.
final class Saturation: RowShader {
  private let setting: ShaderSetting
  private var factor: Float = 1
  private let high: AlignedBuffer<UInt8>
  private let low: AlignedBuffer<UInt8>

  init(_ setting: ShaderSetting) {
    self.setting = setting
    high = AlignedBuffer(count: setting.paddedWidth)
    low = AlignedBuffer(count: setting.paddedWidth)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    factor = Float(arguments.number(0))
    return factor != 1
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let count = setting.paddedWidth
    setting.kernels.maximum(high.base, source.red, source.green, source.blue, count: count)
    setting.kernels.minimum(low.base, source.red, source.green, source.blue, count: count)
    for channel in PixelRow.channels {
      setting.kernels.saturate(
        out[channel], source[channel], high: high.base, low: low.base, factor: factor, count: count)
    }
  }
}
