import SceneLang

// The channelwise shaders: one curve over 0…1 each, sampled into a table of 256 entries. Neighbours in a chain become one
// table. Formulas are those of the catalogue (1.16) with levels in 0…1.

extension ShaderOp {
  static let brightness = ShaderOp(
    declaration: OpDeclaration(
      .shader, "brightness", "Multiplies every channel.",
      parameters: [.init("factor", default: "1.5", in: 0...8, .plain, "1 changes nothing.")],
      facts: .init(access: .channelwise), example: "brightness: 1.2"),
    implementation: .channelwise { arguments in
      let factor = arguments.number(0)
      return { _, level in level * factor }
    })

  static let contrast = ShaderOp(
    declaration: OpDeclaration(
      .shader, "contrast", "Moves levels away from the middle grey.",
      parameters: [.init("factor", default: "1.3", in: 0...8, .plain, "1 changes nothing, below 1 is softer.")],
      facts: .init(access: .channelwise), example: "contrast: 1.3"),
    implementation: .channelwise { arguments in
      let factor = arguments.number(0)
      let middle = 128.0 / 255
      return { _, level in middle + (level - middle) * factor }
    })

  static let gamma = ShaderOp(
    declaration: OpDeclaration(
      .shader, "gamma", "Raises levels to the power 1 / gamma.",
      parameters: [.init("gamma", default: "1.5", in: 0.1...10, .plain, "Above 1 is brighter.")],
      facts: .init(access: .channelwise), example: "gamma: 1.5"),
    implementation: .channelwise { arguments in
      let exponent = 1 / arguments.number(0)
      return { _, level in ScalarMath.pow(level, exponent) }
    })

  static let invert = ShaderOp(
    declaration: OpDeclaration(
      .shader, "invert", "Turns every level into its complement.", facts: .init(access: .channelwise),
      cautions: [.flipsLight], example: "invert"),
    implementation: .channelwise { _ in { _, level in 1 - level } })

  static let levels = ShaderOp(
    declaration: OpDeclaration(
      .shader, "levels", "Stretches the levels between black and white, then raises them to the power 1 / midtone.",
      parameters: [
        .init("black", default: "0", in: 0...1, .plain, "The level that becomes black."),
        .init("white", default: "1", in: 0...1, .plain, "The level that becomes white."),
        .init("midtone", default: "1", in: 0.1...10, .plain, "Above 1 lifts the middle."),
      ],
      facts: .init(access: .channelwise), example: "levels: {black: 0.05, white: 0.9}"),
    implementation: .channelwise { arguments in
      let (black, white) = (arguments.number(0), arguments.number(1))
      let exponent = 1 / arguments.number(2)
      // White at or below black leaves a step there.
      let range = max(white - black, 1.0 / 255)
      return { _, level in ScalarMath.pow(min(max((level - black) / range, 0), 1), exponent) }
    })

  static let posterize = ShaderOp(
    declaration: OpDeclaration(
      .shader, "posterize", "Leaves only some levels per channel, each rounded down.",
      parameters: [.init("levels", .integer, default: "4", in: 2...256, .plain, "How many steps 0…255 is cut into.")],
      facts: .init(access: .channelwise), cautions: [.needsGamma(atMost: 0.55)], example: "posterize: 4"),
    implementation: .channelwise { arguments in
      let step = 256 / arguments.number(0).rounded(.down)
      return { _, level in (((level * 255).rounded() / step).rounded(.down) * step).rounded(.down) / 255 }
    })

  static let solarize = ShaderOp(
    declaration: OpDeclaration(
      .shader, "solarize", "Inverts the channels above a threshold.",
      parameters: [.init("threshold", default: "0.5", in: 0...1, .plain, "The highest level that stays as it is.")],
      facts: .init(access: .channelwise), cautions: [.needsGamma(atMost: 0.6)], example: "solarize: 0.6"),
    implementation: .channelwise { arguments in
      let threshold = arguments.number(0)
      return { _, level in level > threshold ? 1 - level : level }
    })
}
