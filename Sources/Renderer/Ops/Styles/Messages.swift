import SceneLang

/// The lines one after another in the place of the first, each fading in and out: opacity min(1, φ / f) · min(1, (period − φ) /
/// f) for φ seconds into its time, with f = 1 s (CATALOGUE T-3), or a quarter of the time of a line if that is less.
enum Messages: TextStyle {
  static let declaration = OpDeclaration(
    .style, "messages", aliases: ["fading_messages"], "The lines come one after another in one place.",
    parameters: [ParameterDeclaration("period", default: "4s", in: 0.1...3600, .time, "Time of a line.")],
    example: "style: messages(3s)"
  )

  static let showsLines = true

  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText) {
    let period = arguments.number("period")
    let turn = ScalarMath.floor(moment.elapsed / period)
    let phase = moment.elapsed - turn * period
    let fade = min(1, period / 4)
    let opacity = min(1, phase / fade) * min(1, (period - phase) / fade)
    let line = Int(ScalarMath.modulo(turn, Double(max(1, text.lines.count))))
    let middle = Double(text.lines.count - 1) / 2
    text.glyphs = text.glyphs.filter { $0.line == line }.map { glyph in
      var glyph = glyph
      glyph.row += middle - Double(line)
      glyph.opacity *= opacity > 0.05 ? opacity : 0
      return glyph
    }
  }
}
