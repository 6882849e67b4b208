import SceneLang

/// Characters fall from above and bounce.
enum Drop: TextStyle {
  /// Seconds.
  private static let usual = 1.5

  static let declaration = OpDeclaration(
    .style, "drop", aliases: ["bounce_in"], "Falls from above and bounces.",
    parameters: [.over(usual, "Time until all lies still."), .after, .by(.character)],
    example: "style: drop(2s, by=word)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let rows = Double(text.rows)
    text.sweep(arguments.entrance(moment, usual: usual), by: arguments.unit) { glyph, share in
      glyph.row -= rows * (1 - StyleCurve.bounce(share))
      if share <= 0 { glyph.opacity = 0 }
    }
  }
}
