import SceneLang

/// The lines rise through the picture, as at the end of a film.
enum Credits: TextStyle {
  static let declaration = OpDeclaration(
    .style, "credits", aliases: ["roll"], "Rises through the picture.",
    parameters: [
      ParameterDeclaration(
        "speed", default: "0", in: -200...200,
        "Rows a second; 0 for as many as let it pass in the time of the text, from the lower edge to the upper one.")
    ],
    example: "style: credits(speed=6)"
  )

  static let showsLines = true

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let rows = text.glyphs.map(\.row)
    guard let top = rows.min(), let bottom = rows.max() else { return }
    let speed = arguments.number("speed")
    let time = moment.elapsed + moment.remaining
    // From where the first line stands below the picture to where the last stands above it.
    let way = Double(text.rows) + bottom - top + 1
    let passed = speed == 0 && time > 0 ? way * moment.elapsed / time : speed * moment.elapsed
    for index in text.glyphs.indices { text.glyphs[index].row += Double(text.rows) - top - passed }
  }
}
