import SceneLang

extension ShaderOp {
  /// Multipliers of red, green and blue (CATALOGUE 1.16).
  private static let tints: [(name: String, factors: [Double])] = [
    ("neutral", [1, 1, 1]), ("warm", [1.15, 1, 0.85]), ("cool", [0.85, 0.95, 1.15]), ("matrix", [0.7, 1.2, 0.7]),
    ("amber", [1.2, 0.9, 0.6]), ("sepia", [1.2, 1.05, 0.8]), ("neon_pink", [1.3, 0.7, 1.1]), ("ice", [0.8, 1, 1.3]),
    ("blood", [1.4, 0.7, 0.7]), ("forest", [0.8, 1.15, 0.75]), ("void", [0.85, 0.85, 1.1]),
    ("sunset", [1.3, 0.85, 0.7]),
  ]

  static let colorGrade = ShaderOp(
    declaration: OpDeclaration(
      .shader, "color_grade", aliases: ["tint"], "Multiplies each channel, by a named tint and by a color.",
      parameters: [
        .init("tint", .choice, default: "neutral", rate: .constant, choices: tints.map(\.name), "A named tint."),
        .init("color", .color, default: "#ffffff", .plain, "Multiplies as well; white changes nothing."),
      ],
      facts: .init(access: .channelwise), example: "tint: matrix"),
    implementation: .channelwise { arguments in
      let name = arguments.choice(0)
      guard let tint = tints.first(where: { $0.name == name }) else { preconditionFailure("no tint named \(name)") }
      let factors = zip(tint.factors, arguments.color(1)).map { $0 * $1 }
      return { channel, level in level * factors[channel] }
    })
}
