import SceneLang

/// The text comes out of nothing, at once or unit by unit.
enum FadeIn: TextStyle {
  /// Seconds.
  private static let usual = 1.0

  static let declaration = OpDeclaration(
    .style, "fade_in", aliases: ["fade"], "Comes out of nothing.",
    parameters: [.over(usual, "Time until all is there."), .after, .by(.text)], example: "style: fade_in(2s, by=word)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    text.sweep(arguments.entrance(moment, usual: usual), by: arguments.unit) { $0.opacity *= StyleCurve.smooth($1) }
  }
}
