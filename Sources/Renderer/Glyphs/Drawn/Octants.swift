/// Octants, U+1CD00–1CDE5, and the blocks that stand for the patterns which these leave out: two columns of four fields.
/// Source: The Unicode Standard 16.0, Symbols for Legacy Computing Supplement.
enum Octants {
  /// Patterns that other blocks have had before: quadrants and halves of both kinds, and quarters.
  private static let others: [Int: Unicode.Scalar] = [
    0b0000_0001: "\u{1CEA8}", 0b0000_0010: "\u{1CEAB}", 0b0000_0011: "\u{1FB82}", 0b0000_0101: "▘",
    0b0000_1010: "▝", 0b0000_1111: "▀", 0b0001_0100: "\u{1FBE6}", 0b0010_1000: "\u{1FBE7}",
    0b0011_1111: "\u{1FB85}", 0b0100_0000: "\u{1CEA3}", 0b0101_0000: "▖", 0b0101_0101: "▌", 0b0101_1010: "▞",
    0b0101_1111: "▛", 0b1000_0000: "\u{1CEA0}", 0b1010_0000: "▗", 0b1010_0101: "▚", 0b1010_1010: "▐",
    0b1010_1111: "▜", 0b1100_0000: "▂", 0b1111_0000: "▄", 0b1111_0101: "▙", 0b1111_1010: "▟", 0b1111_1100: "▆",
    0b1111_1111: "█",
  ]

  /// By pattern, 0…255; 0 is the blank.
  private static let characters: [Unicode.Scalar] = {
    var next: UInt32 = 0x1CD00
    return (0...255).map { pattern in
      if pattern == 0 { return " " }
      if let other = others[pattern] { return other }
      defer { next += 1 }
      return Unicode.Scalar(next)!
    }
  }()
  private static let patterns = Dictionary(uniqueKeysWithValues: characters.enumerated().map { ($1, $0) })

  /// The character whose fields are the bits of `pattern`, row by row from the left upper one. 1…255.
  static func character(_ pattern: Int) -> Unicode.Scalar { characters[pattern] }

  /// Whether it is one of these patterns that no other set of drawn glyphs has.
  static func contains(_ character: Unicode.Scalar) -> Bool {
    character.value >= 0x1CD00 && patterns[character] != nil
  }

  /// Fields share their edges, which lie on whole pixels.
  static func draw(_ character: Unicode.Scalar, in cell: inout CellBitmap) {
    guard let pattern = patterns[character] else {
      preconditionFailure("U+\(String(character.value, radix: 16)) is no octant")
    }
    let (width, height) = (cell.width, cell.height)
    // Halves and quarters as the block elements have them.
    let middle = (width * 4 + 4) / 8
    func line(_ quarter: Int) -> Int { height - (height * 2 * (4 - quarter) + 4) / 8 }
    for field in 0..<8 where pattern >> field & 1 == 1 {
      let (column, row) = (field % 2, field / 2)
      cell.fill(x: column == 0 ? 0..<middle : middle..<width, y: line(row)..<line(row + 1))
    }
  }
}
