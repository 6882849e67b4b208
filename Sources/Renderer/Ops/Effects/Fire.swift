import SceneLang

/// Flames that rise from the lower edge or from any field (CATALOGUE 1.10). The sound drives their height:
/// (0.4 bass + 0.3 sub_r + 0.3 rms) of the grid, above a floor that silence leaves.
struct Fire: EffectOp {
  static let declaration = OpDeclaration(
    .effect, "fire", aliases: ["fire_columns"], "Flames that lick upwards; energy is the strength of the tongue.",
    parameters: [
      ParameterDeclaration(
        "fuel", .field, default: "if(row >= rows - 1, 1, 0)", rate: .cell,
        "What burns: where it is above one half. The lower edge unless given."),
      ParameterDeclaration("height", default: "1.3", in: 0...4, "Reach of the tallest flames, in shares of the grid."),
      ParameterDeclaration(
        "drive", default: "0.4 * bass + 0.3 * sub_r + 0.3 * rms", in: 0...1, "How hard it burns; half the height at 0."),
      ParameterDeclaration("speed", default: "1", in: 0...10, "How fast the flames rise."),
      .time,
    ],
    show: ["grid": "sm", "palette": "ascii", "color": "ember", "wash": "0.4"], example: "effect: fire(height=0.5)")

  private let setting: EffectSetting

  init(_ setting: EffectSetting) { self.setting = setting }

  func draw(_ arguments: CallArguments, ahead: Double, into cells: EffectCells) {
    Flames(geometry: setting.geometry, kernels: setting.kernels, seed: Double(setting.seed % 65536)).draw(
      fuel: arguments.field("fuel"),
      height: arguments.number("height") * (0.5 + 0.5 * arguments.number("drive")),
      speed: arguments.number("speed"), time: arguments.time, into: cells)
  }
}
