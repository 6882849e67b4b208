import SceneLang

/// Characters of the palette run through every place until the right one stays.
enum Decrypt: TextStyle {
  /// Seconds.
  private static let usual = 2.0

  static let declaration = OpDeclaration(
    .style, "decrypt", aliases: ["decode"], "Random characters run until the right ones stay.",
    parameters: [
      .over(usual, "Time until all is readable."), .after, .by(.character),
      ParameterDeclaration("rate", default: "15", in: 0.1...120, "Changes a second."),
    ], facts: Facts(readsKey: true), example: "style: decrypt(3s)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let turn = Int(moment.elapsed * arguments.number("rate"))
    let random = text
    let hasBegun = moment.elapsed >= arguments.number("after")
    text.sweep(arguments.entrance(moment, usual: usual), by: arguments.unit) { glyph, share in
      guard share < 1, glyph.glyph != 0 else { return }
      // Each settles at its own time, late rather than early.
      let settles = 0.4 + 0.6 * random.random(1, glyph.index)
      guard share < settles else { return }
      glyph.glyph = random.scramble(random.random(2, glyph.index, turn))
      glyph.opacity *= hasBegun ? 0.35 + 0.5 * share : 0
    }
  }
}
