import SceneLang

/// The text shines on every beat and dims after it (CATALOGUE T-5).
enum Flash: TextStyle {
  static let declaration = OpDeclaration(
    .style, "flash", "Shines on every beat and dims after it.",
    parameters: [
      ParameterDeclaration("level", default: "bdecay", in: 0...1, "How bright: 1 is full."),
      ParameterDeclaration("floor", default: "0.4", in: 0...1, "What is left between beats."),
    ], example: "style: flash(floor=0)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let floor = arguments.number("floor")
    let opacity = floor + (1 - floor) * arguments.number("level")
    for index in text.glyphs.indices { text.glyphs[index].opacity *= opacity }
  }
}
