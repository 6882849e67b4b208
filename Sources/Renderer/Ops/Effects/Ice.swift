import SceneLang

/// Fire, colder and slower (CATALOGUE 1.10): straight needles of frost.
struct Ice: EffectOp {
  static let declaration = OpDeclaration(
    .effect, "ice", aliases: ["frost"], "Needles of frost that grow and shrink; energy is the strength of the needle.",
    parameters: [
      ParameterDeclaration(
        "fuel", .field, default: "if(row >= rows - 1, 1, 0)", rate: .cell,
        "What it grows from: where it is above one half. The lower edge unless given."),
      ParameterDeclaration("height", default: "1.3", in: 0...4, "Reach of the tallest tongues, in shares of the grid."),
      ParameterDeclaration(
        "drive", default: "0.4 * bass + 0.3 * sub_r + 0.3 * rms", in: 0...1, "How far it grows; half the height at 0."),
      ParameterDeclaration("speed", default: "0.3", in: 0...10, "How fast the tongues rise."),
      .time,
    ],
    show: [
      "grid": "sm", "palette": "ascii", "color": "glacier(0.25 + 0.8 * value)", "wash": "0.45",
    ],
    example: "effect: ice(height=0.5)")

  private let setting: EffectSetting

  init(_ setting: EffectSetting) { self.setting = setting }

  func draw(_ arguments: CallArguments, ahead: Double, into cells: EffectCells) {
    Flames(geometry: setting.geometry, kernels: setting.kernels, seed: Double(setting.seed % 65536), form: .needles)
      .draw(
        fuel: arguments.field("fuel"),
        height: arguments.number("height") * (0.5 + 0.5 * arguments.number("drive")),
        speed: arguments.number("speed"), time: arguments.time, into: cells)
  }
}
