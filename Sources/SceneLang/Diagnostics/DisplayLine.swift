import CUTF8Proc

/// One source line as a terminal shows it: every code point with the cells it takes.
///
/// Tabs reach to the next multiple of `tabWidth`, wide characters take two cells and combining ones none; what would
/// steer the terminal, and bytes that are not UTF-8, are shown as escapes.
struct DisplayLine {
  static let tabWidth = 4

  struct Glyph {
    /// UTF-8 offset in the file.
    var offset: Int
    /// First cell, from 0.
    var column: Int
    var width: Int
    var text: String
  }

  let glyphs: [Glyph]
  /// Cells of the whole line.
  let width: Int
  private let range: Range<Int>

  /// - Parameter range: the bytes of the line without its line break.
  init(bytes: [UInt8], in range: Range<Int>) {
    var glyphs: [Glyph] = []
    var column = 0
    for (scalar, bytes) in decodeUTF8(bytes, in: range) {
      let text: String
      let width: Int
      switch scalar {
      case "\t"?:
        width = DisplayLine.tabWidth - column % DisplayLine.tabWidth
        text = String(repeating: " ", count: width)
      case let scalar? where !scalar.steersTerminal:
        width = max(0, Int(utf8proc_charwidth(Int32(bitPattern: scalar.value))))
        text = String(scalar)
      case let scalar?:
        text = scalar.visibleEscape
        width = text.utf8.count
      case nil:
        text = "\\x" + hexadecimal(UInt32(bytes.byte), digits: 2)
        width = text.utf8.count
      }
      glyphs.append(Glyph(offset: bytes.offset, column: column, width: width, text: text))
      column += width
    }
    self.glyphs = glyphs
    self.width = column
    self.range = range
  }

  /// The cell, from 0, at which the code point that holds a UTF-8 offset begins; the end of the line for later offsets.
  func column(of offset: Int) -> Int {
    if offset >= range.upperBound { return width }
    // The last code point that begins at or before the offset.
    var low = 0
    var high = glyphs.count
    while low < high {
      let middle = (low + high) / 2
      if glyphs[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : glyphs[low - 1].column
  }

  /// The text between two columns; a glyph that straddles a border is left out.
  func text(_ columns: Range<Int>) -> String {
    glyphs.filter { $0.column >= columns.lowerBound && $0.column + $0.width <= columns.upperBound }.map(\.text).joined()
  }
}
