import SceneLang

/// Every line opens from its middle, as letters part.
enum Unfold: TextStyle {
  /// Seconds.
  private static let usual = 1.0

  static let declaration = OpDeclaration(
    .style, "unfold", aliases: ["expand"], "Every line opens from its middle.",
    parameters: [.over(usual, "Time until all is open."), .after, .by(.text)], example: "style: unfold(1.5s)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let middles = text.lines.indices.map { text.middle(ofLine: $0) }
    text.sweep(arguments.entrance(moment, usual: usual), by: arguments.unit) { glyph, share in
      let middle = middles[glyph.line]
      glyph.column = middle + (glyph.column - middle) * StyleCurve.easeOut(share)
      glyph.opacity *= ScalarMath.clamp(2 * share, 0, 1)
    }
  }
}
