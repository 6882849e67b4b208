import SceneLang

/// Characters come loose one by one at random, fall and are gone.
enum Crumble: TextStyle {
  /// Seconds.
  private static let usual = 2.0

  static let declaration = OpDeclaration(
    .style, "crumble", aliases: ["dissolve_out"], "Comes apart, falls and is gone at its end.",
    parameters: [
      .over(usual, "Time that it takes."),
      ParameterDeclaration("fall", default: "0.5", in: -2...2, "How far they fall, in heights of the picture."),
    ], facts: Facts(readsKey: true), example: "style: crumble(3s)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let exit = arguments.exit(moment, usual: usual)
    let fall = arguments.number("fall") * Double(text.rows)
    for index in text.glyphs.indices {
      // Each takes half of the time, from a moment of its own in the first half.
      let share = ScalarMath.clamp(2 * exit - text.random(1, text.glyphs[index].index), 0, 1)
      text.glyphs[index].row += fall * share * share
      text.glyphs[index].column += 6 * share * (text.random(2, text.glyphs[index].index) - 0.5)
      text.glyphs[index].opacity *= 1 - share
    }
  }
}
