import KernelTable
import SceneLang

extension ShaderOp {
  static let colorRamp = ShaderOp(
    declaration: OpDeclaration(
      .shader, "color_ramp", aliases: ["gradient_map"], "Colors the picture by its luminance, along a gradient.",
      parameters: [.init("ramp", .gradient, default: "gray", rate: .cell, "From the darkest to the brightest.")],
      facts: .init(access: .pointwise), example: "color_ramp: ember"),
    implementation: .row { ColorRamp($0) { $0.gradient(0) } })

  static let duotone = ShaderOp(
    declaration: OpDeclaration(
      .shader, "duotone", "Colors the picture by its luminance, between two colors mixed in OKLAB.",
      parameters: [
        .init("dark", .color, default: "#1b1035", .plain, "The color of black."),
        .init("light", .color, default: "#ffb48a", .plain, "The color of white."),
      ],
      facts: .init(access: .pointwise), example: "duotone: {dark: \"#0b1030\", light: \"#ffb27a\"}"),
    implementation: .row {
      ColorRamp($0) { arguments in
        let colors = [arguments.color(0), arguments.color(1)].map { color in
          RGB(UInt8(clampingUnit: color[0]), UInt8(clampingUnit: color[1]), UInt8(clampingUnit: color[2]))
        }
        return Gradient(
          stops: [.init(position: 0, color: colors[0]), .init(position: 1, color: colors[1])], space: .oklab)
      }
    })
}

/// Reads a gradient at the BT.709 luma of every pixel.
final class ColorRamp: RowShader {
  private let setting: ShaderSetting
  private let gradient: (ShaderArguments) -> Gradient
  private var arguments: ShaderArguments?
  /// By channel, 256 entries each.
  private var tables: [[UInt8]] = []
  private let luminance: AlignedBuffer<UInt8>

  init(_ setting: ShaderSetting, _ gradient: @escaping (ShaderArguments) -> Gradient) {
    self.setting = setting
    self.gradient = gradient
    luminance = AlignedBuffer(count: setting.paddedWidth)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    if arguments != self.arguments {
      self.arguments = arguments
      let table = GradientTable(gradient(arguments))
      tables = [table.red, table.green, table.blue]
    }
    return true
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let count = setting.paddedWidth
    setting.kernels.luminance(luminance.base, source.bytes, count: count)
    for channel in PixelRow.channels {
      tables[channel].withUnsafeBufferPointer {
        setting.kernels.lookup(out[channel], luminance.base, table: $0.baseAddress!, count: count)
      }
    }
  }
}
