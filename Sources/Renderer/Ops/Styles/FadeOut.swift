import SceneLang

/// The text goes out before its end, at once or unit by unit.
enum FadeOut: TextStyle {
  /// Seconds.
  private static let usual = 1.0

  static let declaration = OpDeclaration(
    .style, "fade_out", "Goes out before its end.",
    parameters: [.over(usual, "Time that it takes."), .by(.text)], example: "style: [typewriter, fade_out(2s)]"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    text.sweep(arguments.exit(moment, usual: usual), by: arguments.unit) { $0.opacity *= 1 - StyleCurve.smooth($1) }
  }
}
