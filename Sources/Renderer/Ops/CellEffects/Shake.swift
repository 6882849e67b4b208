import SceneLang

/// The whole grid jumps (CATALOGUE 1.10): up to `x` · sub + 4 bdecay columns and `y` · bass rows.
enum Shake: CellEffectOp {
  static let declaration = OpDeclaration(
    .cellEffect, "shake", "The whole layer jumps by cells, harder the louder the bass.",
    parameters: [
      ParameterDeclaration(
        "x", aliases: ["x_amp"], default: "6 * sub + 4 * bdecay", in: 0...1000, "Columns of the widest jump."),
      ParameterDeclaration("y", aliases: ["y_amp"], default: "3 * bass", in: 0...1000, "Rows of the highest jump."),
      .changes(24), .time,
    ], facts: Facts(readsKey: true), example: "effects: shake(x=4 * bdecay, y=2 * bdecay)")

  static func apply(_ arguments: CallArguments, to cells: CellSurface) {
    let turn = arguments.turn
    cells.roll(
      columns: Int(ScalarMath.round((2 * cells.random(1, 0, turn) - 1) * arguments.number("x"))),
      rows: Int(ScalarMath.round((2 * cells.random(2, 0, turn) - 1) * arguments.number("y"))))
  }
}
