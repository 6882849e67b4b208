import KernelTable
import SceneLang

extension ShaderOp {
  static let hueRotate = ShaderOp(
    declaration: OpDeclaration(
      .shader, "hue_rotate", "Turns the HSV hue; saturation and value stay.",
      parameters: [
        .init("amount", aliases: ["amt"], default: "0.1", .plain, "In turns, as `hue` is; 1 is once round.")
      ],
      facts: .init(access: .pointwise), example: "hue_rotate: 0.05 * t"),
    implementation: .row { HueRotate($0) })
}

/// Adds to the hue of every pixel.
final class HueRotate: RowShader {
  private let setting: ShaderSetting
  private var sixths: Float = 0

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let turned = Float(ScalarMath.fract(arguments.number(0)) * 6)
    sixths = turned < 6 ? turned : 0
    return sixths > 0
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    setting.kernels.rotateHue(out.mutableBytes, source.bytes, sixths: sixths, count: setting.paddedWidth)
  }
}
