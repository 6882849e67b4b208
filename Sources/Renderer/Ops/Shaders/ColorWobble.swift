import SceneLang

extension ShaderOp {
  static let colorWobble = ShaderOp(
    declaration: OpDeclaration(
      .shader, "color_wobble", "Makes the channels swell and fade in turn: × 1 + amount · sin(phase + k · 120°).",
      parameters: [
        .init(
          "amount", aliases: ["amt"], default: "0.3 * (0.5 + 0.8 * rms)", in: 0...1, .plain,
          "How much a channel changes at most."),
        .init("phase", default: "5rad * t", .angle, "Where the wave stands."),
      ],
      facts: .init(access: .channelwise), example: "color_wobble: 0.4 * bass"),
    implementation: .channelwise { arguments in
      let (amount, phase) = (arguments.number(0), arguments.number(1))
      let factors = (0..<3).map { 1 + amount * ScalarMath.sin(phase + Double($0) * 2 * .pi / 3) }
      return { channel, level in level * factors[channel] }
    })
}
