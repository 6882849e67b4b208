import SceneLang

/// The lines run over the picture again and again, three spaces apart (CATALOGUE T-1).
enum Ticker: TextStyle {
  static let declaration = OpDeclaration(
    .style, "ticker", aliases: ["marquee"], "Runs over the picture again and again.",
    parameters: [
      ParameterDeclaration("speed", default: "15", in: -500...500, "Characters a second, to the left."),
      ParameterDeclaration("gap", .integer, default: "3", in: 0...500, "Spaces between the end and the next start."),
    ], example: "style: ticker(speed=20)"
  )

  static let keepsLines = true

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let shift = arguments.number("speed") * moment.elapsed
    let columns = Double(text.columns)
    var run: [StyledGlyph] = []
    for line in text.lines.indices {
      let length = Double(max(1, text.lines[line] + arguments.integer("gap")))
      let glyphs = text.glyphs.filter { $0.line == line }
      // The first copy begins at the left edge or before it.
      let start = -length * ScalarMath.fract(shift / length)
      for copy in 0...Int(columns / length + 1) {
        run += glyphs.map { glyph in
          var moved = glyph
          moved.column = start + Double(copy) * length + Double(glyph.place)
          return moved
        }
      }
    }
    text.glyphs = run
  }
}
