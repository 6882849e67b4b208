/// Braille patterns, U+2800–28FF: two columns of four round dots, at equal distances across cells too.
enum Braille {
  /// Column and row of the dot of each bit (The Unicode Standard, chapter 21.1: dots 1 to 8).
  private static let dots = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]

  /// The character whose dots are the bits of `pattern`, row by row from the left upper one. 1…255.
  static func character(_ pattern: Int) -> Unicode.Scalar {
    let set = dots.enumerated().filter { pattern >> (2 * $1.1 + $1.0) & 1 == 1 }
    return Unicode.Scalar(UInt32(0x2800 + set.reduce(0) { $0 | 1 << $1.offset }))!
  }

  static func draw(_ character: Unicode.Scalar, in cell: inout CellBitmap) {
    let pitchX = Double(cell.width) / 2
    let pitchY = Double(cell.height) / 4
    let radius = 0.4 * min(pitchX, pitchY)
    for (bit, (column, row)) in dots.enumerated() where character.value >> bit & 1 == 1 {
      let centerX = (Double(column) + 0.5) * pitchX
      let centerY = (Double(row) + 0.5) * pitchY
      cell.add { x, y in
        let (dx, dy) = (x - centerX, y - centerY)
        return dx * dx + dy * dy <= radius * radius
      }
    }
  }
}
