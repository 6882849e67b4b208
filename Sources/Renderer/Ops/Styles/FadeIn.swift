import SceneLang

/// The text comes out of nothing, at once or unit by unit.
enum FadeIn: TextStyle {
  static let declaration = OpDeclaration(
    .style, "fade_in", aliases: ["fade"], "Comes out of nothing.",
    parameters: [.over(1, "Time until all is there."), .after, .by(.text)], example: "style: fade_in(2s, by=word)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    text.sweep(arguments.entrance(moment), by: arguments.unit) { $0.opacity *= StyleCurve.smooth($1) }
  }
}
