import SceneLang

/// Characters fly in from all over the picture and come together (CATALOGUE T-5).
enum Scatter: TextStyle {
  /// Seconds.
  private static let usual = 1.5

  static let declaration = OpDeclaration(
    .style, "scatter", aliases: ["converge"], "Characters fly together from all over the picture.",
    parameters: [.over(usual, "Time until all are in their places."), .after, .by(.text)],
    facts: Facts(readsKey: true), example: "style: scatter(2s)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let (columns, rows) = (Double(text.columns), Double(text.rows))
    let places = text.glyphs.map { (text.random(1, $0.index) * columns, text.random(2, $0.index) * rows) }
    text.sweep(arguments.entrance(moment, usual: usual), by: arguments.unit) { glyph, share in
      let way = 1 - StyleCurve.easeOut(share)
      let (column, row) = places[glyph.index]
      glyph.column += (column - glyph.column) * way
      glyph.row += (row - glyph.row) * way
      glyph.opacity *= ScalarMath.clamp(3 * share, 0, 1)
    }
  }
}
