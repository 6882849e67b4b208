import SceneLang

/// Characters ride on a sine that runs along the lines (CATALOGUE T-5).
enum TextWave: TextStyle {
  static let declaration = OpDeclaration(
    .style, "wave", aliases: ["sine_path"], "Characters ride on a running sine.",
    parameters: [
      ParameterDeclaration("height", default: "0.5", in: 0...100, "How far up and down, in rows."),
      ParameterDeclaration("length", default: "24", in: 1...1000, "Characters of a wave."),
      ParameterDeclaration("speed", default: "0.5", in: -20...20, "Waves a second."),
    ], example: "style: wave(height=3 * bass)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let (height, length) = (arguments.number("height"), arguments.number("length"))
    let run = arguments.number("speed") * moment.elapsed
    for index in text.glyphs.indices {
      let phase = text.glyphs[index].column / length - run
      text.glyphs[index].row += height * ScalarMath.sin(2 * .pi * phase)
    }
  }
}
