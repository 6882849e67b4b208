import SceneLang

/// Rows of 8 to 20 hexadecimal digits (CATALOGUE 1.10), in the green of the catalogue.
enum HexStream: CellEffectOp {
  static let declaration = OpDeclaration(
    .cellEffect, "hex_stream", aliases: ["hex_dump"], "Rows of hexadecimal digits at random places, green.",
    parameters: [
      ParameterDeclaration("count", default: "3", in: 0...200, "Rows at a time."),
      .changes(6), .time,
    ], facts: Facts(readsKey: true), example: "effects: hex_stream(count=5)")

  static let ownCharacters: [Unicode.Scalar] = Array("0123456789ABCDEF".unicodeScalars)

  static func apply(_ arguments: CallArguments, to cells: CellSurface) {
    let turn = arguments.turn
    for stream in 0..<arguments.integer("count") {
      let left = Int(cells.random(1, stream, turn) * Double(cells.columns))
      let row = Int(cells.random(2, stream, turn) * Double(cells.rows))
      for place in 0..<8 + Int(13 * cells.random(3, stream, turn)) {
        let digit = Int(cells.random(4 + place, stream, turn) * 16)
        cells.write(ownCharacters[digit], left + place, row, RGB(0, 160, 80))
      }
    }
  }
}
