import SceneLang

/// Some characters are wrong for a moment, and some lines are out of place.
enum Glitch: TextStyle {
  static let declaration = OpDeclaration(
    .style, "glitch", "Wrong characters and shifted lines for moments.",
    parameters: [
      ParameterDeclaration("amount", default: "0.04 + 0.3 * bdecay", in: 0...1, "Share of what is wrong."),
      ParameterDeclaration("shift", default: "4", in: 0...200, "How far lines shift at most, in cells."),
      ParameterDeclaration("rate", default: "12", in: 0.1...120, "Changes a second."),
    ], facts: Facts(readsKey: true), example: "style: glitch(amount=0.2)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let amount = arguments.number("amount")
    let turn = Int(moment.elapsed * arguments.number("rate"))
    for index in text.glyphs.indices {
      let glyph = text.glyphs[index]
      if text.random(1, glyph.line, turn) < amount {
        let way = 2 * text.random(2, glyph.line, turn) - 1
        text.glyphs[index].column += ScalarMath.round(way * arguments.number("shift"))
      }
      if glyph.glyph != 0, text.random(3, glyph.index, turn) < amount {
        text.glyphs[index].glyph = text.scramble(text.random(4, glyph.index, turn))
      }
    }
  }
}
