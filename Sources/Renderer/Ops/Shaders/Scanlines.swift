import KernelTable
import SceneLang

extension ShaderOp {
  static let scanlines = ShaderOp(
    declaration: OpDeclaration(
      .shader, "scanlines", "Darkens one pixel row in every few, as a picture tube does.",
      parameters: [
        .init("intensity", default: "0.08", in: 0...1, .plain, "How much darker the line is."),
        .init("spacing", default: "3px", in: 0.0009...1, .length, "From one line to the next."),
      ],
      facts: .init(access: .pointwise), example: "scanlines: {spacing: 3px}"),
    implementation: .row { Scanlines($0) })
}

/// Rows 0, n, 2n … times 1 − intensity. At small sizes a line stays one row in two, so that it does not become the picture.
final class Scanlines: RowShader {
  private let setting: ShaderSetting
  private var gain: UInt16 = 32768
  private var spacing = 2

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    gain = UInt16((1 - arguments.number(0)) * 32768 + 0.5)
    spacing = max(2, setting.pixels(arguments.number(1)))
    return gain < 32768
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    guard y % spacing == 0 else { return out.copy(from: source, count: setting.paddedWidth) }
    for channel in PixelRow.channels {
      setting.kernels.attenuate(out[channel], source[channel], constant: gain, count: setting.paddedWidth)
    }
  }
}
