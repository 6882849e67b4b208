import SceneLang

/// Fire, colder and slower (CATALOGUE 1.10): pale tongues of frost.
struct Ice: EffectOp {
  static let declaration = OpDeclaration(
    .effect, "ice", aliases: ["frost"], "Cold, slow flames; energy is the strength of the tongue.",
    parameters: [
      ParameterDeclaration(
        "fuel", .field, default: "if(row >= rows - 1, 1, 0)", rate: .cell,
        "What it grows from: where it is above one half. The lower edge unless given."),
      ParameterDeclaration("height", default: "0.7", in: 0...4, "Reach of the tallest tongues, in shares of the grid."),
      ParameterDeclaration(
        "drive", default: "0.4 * bass + 0.3 * sub_r + 0.3 * rms", in: 0...1, "How far it grows; half the height at 0."),
      ParameterDeclaration("speed", default: "0.3", in: 0...10, "How fast the tongues rise."),
      .time,
    ],
    show: [
      "grid": "sm", "palette": "ascii", "hue": "0.55 + 0.1 * (1 - value)", "saturation": "0.75 * (1 - value)^0.7",
      "brightness": "0.25 + 0.75 * value", "wash": "0.2",
    ],
    example: "effect: ice(height=0.5)")

  private let setting: EffectSetting

  init(_ setting: EffectSetting) { self.setting = setting }

  func draw(_ arguments: CallArguments, ahead: Double, into cells: EffectCells) {
    Flames(geometry: setting.geometry, kernels: setting.kernels, seed: Double(setting.seed % 65536)).draw(
      fuel: arguments.field("fuel"),
      height: arguments.number("height") * (0.5 + 0.5 * arguments.number("drive")),
      speed: arguments.number("speed"), time: arguments.number("time"), into: cells)
  }
}
