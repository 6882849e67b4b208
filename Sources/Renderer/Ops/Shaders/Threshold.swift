import Glibc
import SceneLang

extension ShaderOp {
  static let threshold = ShaderOp(
    declaration: OpDeclaration(
      .shader, "threshold", "White where the mean of the channels is above a level, black elsewhere.",
      parameters: [
        .init("threshold", aliases: ["thr"], default: "0.5", in: 0...1, .plain, "The highest mean that becomes black.")
      ],
      facts: .init(access: .pointwise), example: "threshold: 0.4"),
    implementation: .row { Threshold($0) })
}

/// Compares r + g + b with three times the threshold.
final class Threshold: RowShader {
  private let setting: ShaderSetting
  private var limit: UInt16 = 0

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    limit = UInt16(arguments.number(0) * 765)
    return true
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let count = setting.paddedWidth
    setting.kernels.threshold(out.red, source.red, source.green, source.blue, limit: limit, count: count)
    memcpy(out.green, out.red, count)
    memcpy(out.blue, out.red, count)
  }
}
