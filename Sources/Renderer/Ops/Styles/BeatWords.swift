import SceneLang

/// A word of the text at random on every beat, near the middle (CATALOGUE T-2), all of them once before one comes again.
enum BeatWords: TextStyle {
  static let declaration = OpDeclaration(
    .style, "beat_words", "Another word on every beat, near the middle.",
    parameters: [
      ParameterDeclaration("pulse", default: "beat_n", "A new word comes whenever this number changes."),
      ParameterDeclaration("level", default: "0.25 + 0.75 * bdecay", in: 0...1, "How bright it is."),
      ParameterDeclaration(
        "spread", default: "0.12", in: 0...0.5, "How far above and below, in heights of the picture."),
    ], facts: Facts(readsKey: true), example: "style: beat_words"
  )

  static let showsWords = true

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let turn = Int(ScalarMath.clamp(arguments.number("pulse"), -0x1p30, 0x1p30))
    let word = word(ofTurn: turn, in: text)
    let shown = text.glyphs.filter { $0.word == word && $0.glyph != 0 }
    guard let first = shown.first else { return text.glyphs = [] }
    let off = (2 * text.random(2, 0, turn) - 1) * arguments.number("spread") * Double(text.rows)
    let rest = text.stand
    text.stand = TextStand(
      [shown.count], alignment: .center, column: Double(text.columns) / 2,
      row: Double(rest.top) + rest.down + Double(text.lines.count) / 2 + off, columns: text.columns, rows: text.rows)
    text.glyphs = shown.map { glyph in
      var glyph = glyph
      glyph.column += Double(text.stand.lefts[0]) - first.column
      glyph.row = Double(text.stand.top)
      glyph.opacity *= arguments.number("level")
      return glyph
    }
  }

  /// Rounds of all words, each in an order of its own that does not begin with the word before.
  private static func word(ofTurn turn: Int, in text: StyledText) -> Int {
    let count = text.wordCount
    guard count > 2 else { return count == 2 ? turn & 1 : 0 }
    let place = ((turn % count) + count) % count
    let round = (turn - place) / count
    var order = order(ofRound: round, in: text)
    // The last word of the round before is not moved by this, of three words or more.
    if order[0] == self.order(ofRound: round - 1, in: text)[count - 1] { order.swapAt(0, 1) }
    return order[place]
  }

  private static func order(ofRound round: Int, in text: StyledText) -> [Int] {
    let keys = (0..<text.wordCount).map { (text.random(1, $0, round), $0) }
    return keys.sorted { $0 < $1 }.map(\.1)
  }
}
