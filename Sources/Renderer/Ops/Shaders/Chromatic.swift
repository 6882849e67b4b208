import Glibc
import SceneLang

extension ShaderOp {
  static let chromatic = ShaderOp(
    declaration: OpDeclaration(
      .shader, "chromatic", aliases: ["chromatic_aberration"], "Moves red to the right and blue to the left.",
      parameters: [
        .init("amount", aliases: ["amt"], default: "3px * (0.4 + 0.8 * bdecay)", in: 0...0.25, .length, "How far.")
      ],
      facts: .init(access: .row), example: "chromatic: 6px * bdecay"),
    implementation: .row { Chromatic($0) })
}

/// Shifts red and blue by whole pixels; the edge pixels fill what is left.
final class Chromatic: RowShader {
  private let setting: ShaderSetting
  private var shift = 0

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    shift = setting.pixels(arguments.number(0))
    return shift > 0
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let width = setting.width
    memset(out.red, Int32(source.red[0]), shift)
    memcpy(out.red + shift, source.red, width - shift)
    memcpy(out.green, source.green, width)
    memcpy(out.blue, source.blue + shift, width - shift)
    memset(out.blue + width - shift, Int32(source.blue[width - 1]), shift)
  }
}
