import SceneLang

/// Characters appear one after another behind a cursor (CATALOGUE T-4). The newest are brightest: a character that came a
/// characters ago has opacity 0.5 + 0.5 / (1 + 0.015 a). The cursor blinks three times a second once all is written.
enum Typewriter: TextStyle {
  /// Seconds.
  private static let usual = 2.0

  static let declaration = OpDeclaration(
    .style, "typewriter", aliases: ["type"], "Characters appear one after another behind a blinking cursor.",
    parameters: [
      .over(usual, "Time until all is written."), .after,
      ParameterDeclaration("cursor", .text, default: "▌", rate: .constant, "What goes ahead; empty for nothing."),
    ], example: "style: typewriter(3s, cursor='│')"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let written = Int(arguments.entrance(moment, usual: usual) * Double(text.count))
    for index in text.glyphs.indices {
      let age = written - 1 - text.glyphs[index].index
      text.glyphs[index].opacity *= age < 0 ? 0 : 0.5 + 0.5 / (1 + 0.015 * Double(age))
    }
    guard moment.elapsed >= arguments.number("after") else { return }
    let isDone = written == text.count
    guard !isDone || ScalarMath.fract(moment.elapsed * 3) < 0.5 else { return }
    // Where the next character will stand, or behind the last.
    guard var next = isDone ? text.glyphs.last : text.glyphs[written] else { return }
    next.opacity = 1
    if isDone { next.column += 1 }
    for character in arguments.word("cursor").unicodeScalars {
      next.glyph = text.glyph(character)
      text.glyphs.append(next)
      next.column += 1
    }
  }
}
