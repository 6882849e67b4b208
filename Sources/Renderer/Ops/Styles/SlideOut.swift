import SceneLang

/// Lines, words or characters slide out over an edge before the end.
enum SlideOut: TextStyle {
  /// Seconds.
  private static let usual = 1.0

  static let declaration = OpDeclaration(
    .style, "slide_out", "Slides out over an edge before its end.",
    parameters: [
      .over(usual, "Time that it takes."), .by(.line),
      ParameterDeclaration(
        "to", .choice, default: "right", choices: SlideEdge.allCases.map(\.rawValue), "The edge it leaves by."),
    ], example: "style: [slide_in, slide_out(to=below)]"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let edge = SlideEdge(rawValue: arguments.word("to"))!
    let (columns, rows) = (Double(text.columns), Double(text.rows))
    text.sweep(arguments.exit(moment, usual: usual), by: arguments.unit) { glyph, share in
      edge.move(&glyph, StyleCurve.easeIn(share), columns, rows)
    }
  }
}
