import SceneLang

extension ShaderOp {
  static let liftGammaGain = ShaderOp(
    declaration: OpDeclaration(
      .shader, "lift_gamma_gain", "Colors shadows, middle tones and lights, each by itself.",
      parameters: [
        .init("lift", .color, default: "#000000", .plain, "What black becomes."),
        .init("gamma", .color, default: "#808080", .plain, "What the middle grey becomes, before lift and gain."),
        .init("gain", .color, default: "#ffffff", .plain, "What white becomes."),
      ],
      facts: .init(access: .channelwise), example: "lift_gamma_gain: {lift: \"#0a1020\", gain: \"#fff0d8\"}"),
    implementation: .channelwise { arguments in
      let (lift, gamma, gain) = (arguments.color(0), arguments.color(1), arguments.color(2))
      let middle = ScalarMath.log(128.0 / 255)
      let exponents = gamma.map { ScalarMath.log(min(max($0, 1.0 / 255), 254.0 / 255)) / middle }
      return { channel, level in
        lift[channel] + (gain[channel] - lift[channel]) * ScalarMath.pow(level, exponents[channel])
      }
    })
}
