import SceneLang

/// A band of light runs over the text.
enum Shimmer: TextStyle {
  static let declaration = OpDeclaration(
    .style, "shimmer", "A band of light runs over the text.",
    parameters: [
      ParameterDeclaration("speed", default: "0.4", in: -20...20, "Passes a second."),
      ParameterDeclaration("width", default: "12", in: 1...500, "Width of the band in characters."),
      ParameterDeclaration("floor", default: "0.6", in: 0...1, "Brightness beside it."),
    ], example: "style: shimmer(speed=0.8)"
  )

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    guard let least = text.glyphs.map(\.column).min(), let most = text.glyphs.map(\.column).max() else { return }
    let (width, floor) = (arguments.number("width"), arguments.number("floor"))
    let way = most - least + 4 * width
    let middle = least - 2 * width + way * ScalarMath.fract(arguments.number("speed") * moment.elapsed)
    for index in text.glyphs.indices {
      // Leans a little, as light on metal.
      let distance = (text.glyphs[index].column + text.glyphs[index].row - middle) / width
      text.glyphs[index].opacity *= floor + (1 - floor) * ScalarMath.exp(-distance * distance)
    }
  }
}
