import SceneLang

/// Rectangles of one character each (CATALOGUE 1.10): 20 + 60 flux + 40 bdecay of 2 to 6 columns and 1 to 4 rows, reddish.
enum BlockCorrupt: CellEffectOp {
  static let declaration = OpDeclaration(
    .cellEffect, "block_corrupt", aliases: ["corrupt"], "Small blocks of one wrong character each, reddish.",
    parameters: [
      ParameterDeclaration(
        "count", aliases: ["count_base"], default: "20 + 60 * flux + 40 * bdecay", in: 0...2000, "Blocks at a time."),
      ParameterDeclaration("width", default: "6", in: 2...200, "Columns of the widest."),
      ParameterDeclaration("height", default: "4", in: 1...100, "Rows of the highest."),
      .changes(8), .time,
    ], facts: Facts(readsKey: true), example: "effects: block_corrupt(count=40 * bdecay)")

  static let ownCharacters: [Unicode.Scalar] = Array("█▓▒░#@%&X/\\|=+".unicodeScalars)

  static func apply(_ arguments: CallArguments, to cells: CellSurface) {
    let turn = arguments.turn
    let (width, height) = (arguments.number("width"), arguments.number("height"))
    for block in 0..<arguments.integer("count") {
      func random(_ role: Int) -> Double { cells.random(role, block, turn) }
      let left = Int(random(1) * Double(cells.columns))
      let top = Int(random(2) * Double(cells.rows))
      let right = left + 2 + Int(random(3) * (width - 1))
      let bottom = top + 1 + Int(random(4) * height)
      let character = ownCharacters[Int(random(5) * Double(ownCharacters.count))]
      let color = RGB(UInt8(150 + 105 * random(6)), UInt8(90 * random(7)), UInt8(70 * random(8)))
      for row in top..<bottom { for column in left..<right { cells.write(character, column, row, color) } }
    }
  }
}
