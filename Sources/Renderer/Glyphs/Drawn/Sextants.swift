/// Sextants, U+1FB00–1FB3B, and the blocks that stand for the patterns which these leave out: two columns of three fields.
enum Sextants {
  /// The character whose fields are the bits of `pattern`, row by row from the left upper one. 1…63.
  static func character(_ pattern: Int) -> Unicode.Scalar {
    switch pattern {
    case 0b010101: return "▌"
    case 0b101010: return "▐"
    case 0b111111: return "█"
    // The code points leave out the halves.
    default: return Unicode.Scalar(UInt32(0x1FB00 + pattern - 1 - (pattern > 21 ? 1 : 0) - (pattern > 42 ? 1 : 0)))!
    }
  }

  /// Fields share their edges, which lie on whole pixels.
  static func draw(_ character: Unicode.Scalar, in cell: inout CellBitmap) {
    let (width, height) = (cell.width, cell.height)
    guard let pattern = (1...62).first(where: { Self.character($0) == character }) else {
      preconditionFailure("U+\(String(character.value, radix: 16)) is no sextant")
    }
    for field in 0..<6 where pattern >> field & 1 == 1 {
      let (column, row) = (field % 2, field / 2)
      // Halves as the block elements have them, thirds rounded half up.
      let middle = (width * 4 + 4) / 8
      let top = (2 * height * row + 3) / 6
      let bottom = (2 * height * (row + 1) + 3) / 6
      cell.fill(x: column == 0 ? 0..<middle : middle..<width, y: top..<bottom)
    }
  }
}
