import SceneLang

/// Bright columns that run over the picture (CATALOGUE 1.10): 4 + 12 himid_r of them, the i-th 50 (1 + 0.3 i) cells a
/// second at 190 columns.
enum ScanBars: CellEffectOp {
  static let declaration = OpDeclaration(
    .cellEffect, "scan_bars", aliases: ["scanbars"], "Bright columns run over the picture at different speeds.",
    parameters: [
      ParameterDeclaration("count", aliases: ["n_base"], default: "4 + 12 * himid_r", in: 0...200, "How many columns."),
      ParameterDeclaration(
        "speed", default: "0.26", in: -20...20, "Of the slowest, in widths of the picture a second."),
      .time,
    ], facts: Facts(readsKey: true), example: "effects: scan_bars(count=6)")

  static let ownCharacters: [Unicode.Scalar] = ["│"]

  static func apply(_ arguments: CallArguments, to cells: CellSurface) {
    let (time, speed) = (arguments.time, arguments.number("speed"))
    for bar in 0..<arguments.integer("count") {
      let place = ScalarMath.fract(cells.random(1, bar) + time * speed * (1 + 0.3 * Double(bar)))
      let light = 0.55 + 0.45 * cells.random(2, bar)
      let color = RGB(UInt8(190 * light), UInt8(255 * light), UInt8(235 * light))
      for row in 0..<cells.rows { cells.write("│", Int(place * Double(cells.columns)), row, color) }
    }
  }
}
