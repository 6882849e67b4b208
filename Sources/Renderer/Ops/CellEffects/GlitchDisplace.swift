import SceneLang

/// Bands of rows slip sideways (CATALOGUE 1.10): (8 + 25 flux + 15 bdecay) · amount bands of one to 3 + 8 sub rows, by up to
/// 20 rms + 10 bdecay cells.
enum GlitchDisplace: CellEffectOp {
  static let declaration = OpDeclaration(
    .cellEffect, "glitch_displace", aliases: ["displace"], "Bands of rows slip sideways, more of them on the beat.",
    parameters: [
      ParameterDeclaration("amount", aliases: ["intensity"], default: "1", in: 0...4, "Scales how many bands slip."),
      ParameterDeclaration(
        "count", default: "25 * flux + 15 * bdecay", in: 0...400, "Bands at a time, before `amount`."),
      ParameterDeclaration("height", default: "3 + 8 * sub", in: 1...100, "Rows of the highest band."),
      ParameterDeclaration("shift", default: "20 * rms + 10 * bdecay", in: 0...1000, "Cells of the widest slip."),
      .changes(12), .time,
    ], facts: Facts(readsKey: true), example: "effects: glitch_displace(amount=0.5)")

  static func apply(_ arguments: CallArguments, to cells: CellSurface) {
    let turn = arguments.turn
    let (height, shift) = (arguments.number("height"), arguments.number("shift"))
    for band in 0..<Int(ScalarMath.round(arguments.number("amount") * arguments.number("count"))) {
      let first = Int(cells.random(1, band, turn) * Double(cells.rows))
      let count = 1 + Int(cells.random(2, band, turn) * height)
      let way = Int(ScalarMath.round((2 * cells.random(3, band, turn) - 1) * shift))
      for row in first..<first + count { cells.roll(row: row, by: way) }
    }
  }
}
