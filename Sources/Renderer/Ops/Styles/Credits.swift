import SceneLang

/// The lines rise through the picture, as at the end of a film.
enum Credits: TextStyle {
  static let declaration = OpDeclaration(
    .style, "credits", aliases: ["roll"], "Rises through the picture.",
    parameters: [ParameterDeclaration("speed", default: "4", in: -200...200, "Rows a second.")],
    example: "style: credits(speed=6)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    guard let top = text.glyphs.map(\.row).min() else { return }
    let rise = Double(text.rows) - top - arguments.number("speed") * moment.elapsed
    for index in text.glyphs.indices { text.glyphs[index].row += rise }
  }
}
