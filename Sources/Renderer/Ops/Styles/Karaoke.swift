import SceneLang

/// Words light up as they are sung: the second number of the cells, `energy`, goes from 0 to 1 (CATALOGUE P-2, lyrics).
enum Karaoke: TextStyle {
  static let declaration = OpDeclaration(
    .style, "karaoke", "Words light up as they are sung.",
    parameters: [
      ParameterDeclaration(
        "by", .choice, default: "word", choices: ["word", "character"], "What lights up at once."),
      ParameterDeclaration("sung", .text, default: "#ffd24a", rate: .constant, "The colour of what was sung."),
      ParameterDeclaration("unsung", .text, default: "#7d86a8", rate: .constant, "The colour of what is to come."),
    ], show: ["color": "mix(\"{unsung}\", \"{sung}\", energy)"], example: "style: karaoke(by=character)"
  )

  /// Seconds in which a word changes its colour.
  private static let glow = 0.1

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let end = moment.elapsed + moment.remaining
    let words =
      moment.words.isEmpty ? (0..<text.wordCount).map { end * Double($0) / Double(text.wordCount) } : moment.words
    let isByWord = arguments.word("by") == "word"
    let lengths = text.wordLengths
    for index in text.glyphs.indices {
      let glyph = text.glyphs[index]
      // A word that had to be broken counts as two; what is beyond the last time is sung with it.
      let word = min(glyph.word, words.count - 1)
      guard word >= 0 else { continue }
      let (begin, next) = (words[word], word + 1 < words.count ? words[word + 1] : end)
      if isByWord {
        text.glyphs[index].tint = ScalarMath.clamp((moment.elapsed - begin) / glow, 0, 1)
      } else {
        let place = (moment.elapsed - begin) / max(next - begin, 0.001) * Double(max(lengths[glyph.word], 1))
        text.glyphs[index].tint = ScalarMath.clamp(place - Double(glyph.placeInWord), 0, 1)
      }
    }
  }
}
