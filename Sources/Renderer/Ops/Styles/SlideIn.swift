import SceneLang

/// Lines, words or characters slide into their places from beyond an edge.
enum SlideIn: TextStyle {
  /// Seconds.
  private static let usual = 1.0

  static let declaration = OpDeclaration(
    .style, "slide_in", aliases: ["slide"], "Slides in from an edge.",
    parameters: [
      .over(usual, "Time until all is in its place."), .after, .by(.line),
      ParameterDeclaration(
        "from", .choice, default: "left", choices: SlideEdge.allCases.map(\.rawValue), "The edge it comes from."),
    ], example: "style: slide_in(1.5s, from=below, by=word)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let edge = SlideEdge(rawValue: arguments.word("from"))!
    let (columns, rows) = (Double(text.columns), Double(text.rows))
    text.sweep(arguments.entrance(moment, usual: usual), by: arguments.unit) { glyph, share in
      edge.move(&glyph, 1 - StyleCurve.easeOut(share), columns, rows)
    }
  }
}

/// An edge of the picture.
enum SlideEdge: String, CaseIterable {
  case left, right, above, below

  /// Moves a glyph `share` of a picture's width or height towards the edge.
  func move(_ glyph: inout StyledGlyph, _ share: Double, _ columns: Double, _ rows: Double) {
    switch self {
    case .left: glyph.column -= columns * share
    case .right: glyph.column += columns * share
    case .above: glyph.row -= rows * share
    case .below: glyph.row += rows * share
    }
  }
}
