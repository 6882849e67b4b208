import KernelTable
import SceneLang

extension ShaderOp {
  static let channelSwap = ShaderOp(
    declaration: OpDeclaration(
      .shader, "channel_swap", "Exchanges the channels.",
      parameters: [
        .init(
          "order", .choice, default: "bgr", rate: .constant, choices: ["bgr", "brg", "gbr", "grb", "rbg", "rgb"],
          "Which channels become red, green and blue.")
      ],
      facts: .init(access: .pointwise), example: "channel_swap: gbr"),
    implementation: .row { ChannelSwap($0) })
}

/// Copies each channel from another.
final class ChannelSwap: RowShader {
  private let setting: ShaderSetting
  private var order: [Int] = []

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    order = arguments.choice(0).map { $0 == "r" ? 0 : $0 == "g" ? 1 : 2 }
    return order != [0, 1, 2]
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let swapped = PixelRow(red: source[order[0]], green: source[order[1]], blue: source[order[2]])
    out.copy(from: swapped, count: setting.width)
  }
}
