import CUTF8Proc

/// One source line as a terminal shows it: every code point with the cells it takes.
///
/// Tabs reach to the next multiple of `tabWidth`, wide characters take two cells and combining ones none; what would
/// steer the terminal, and bytes that are not UTF-8, are shown as escapes. Nothing is stored, for a line may have
/// millions of characters of which a few are shown.
struct DisplayLine {
  static let tabWidth = 4

  /// Cells of the whole line.
  let width: Int
  private let bytes: [UInt8]
  private let range: Range<Int>
  private let marks: [LineMarks.Mark]

  /// - Parameter range: the bytes of the line without its line break.
  init(bytes: [UInt8], in range: Range<Int>, marks: [LineMarks.Mark] = []) {
    self.bytes = bytes
    self.range = range
    self.marks = marks
    var width = 0
    DisplayLine.walk(bytes, in: range, from: marks.last) { _, column, cells in
      width = column + cells
      return true
    }
    self.width = width
  }

  /// The cell, from 0, at which the code point that holds a UTF-8 offset begins; the end of the line for later offsets.
  func column(of offset: Int) -> Int {
    if offset >= range.upperBound { return width }
    var result = 0
    DisplayLine.walk(bytes, in: range, from: marks.last { $0.offset <= offset }) { point, column, _ in
      guard point.offset <= offset else { return false }
      result = column
      return true
    }
    return result
  }

  /// The text between two columns; a glyph that straddles a border is left out.
  func text(_ columns: Range<Int>) -> String {
    var text = ""
    DisplayLine.walk(bytes, in: range, from: marks.last { $0.cells < columns.lowerBound }) { point, column, cells in
      if column >= columns.lowerBound, column + cells <= columns.upperBound {
        text += DisplayLine.text(of: point, cells: cells)
      }
      return column <= columns.upperBound
    }
    return text
  }

  /// Calls `body` with each code point from a mark on (nil: from the start of the line), its first column and its width in
  /// cells, until it answers false.
  static func walk(
    _ bytes: [UInt8], in range: Range<Int>, from mark: LineMarks.Mark?, _ body: (DecodedPoint, Int, Int) -> Bool
  ) {
    var column = mark?.cells ?? 0
    forEachPoint(of: bytes, in: (mark?.offset ?? range.lowerBound)..<range.upperBound) { point in
      let cells = width(of: point, at: column)
      guard body(point, column, cells) else { return false }
      column += cells
      return true
    }
  }

  private static func width(of point: DecodedPoint, at column: Int) -> Int {
    switch point.scalar {
    case "\t"?: tabWidth - column % tabWidth
    case let scalar? where (0x20..<0x7F).contains(scalar.value): 1
    case let scalar? where !scalar.steersTerminal: max(0, Int(utf8proc_charwidth(Int32(bitPattern: scalar.value))))
    // The escapes of `text(of:cells:)`: braces around two to four digits, or two digits.
    case let scalar?: scalar.value > 0xFFF ? 8 : scalar.value > 0xFF ? 7 : 6
    case nil: 4
    }
  }

  private static func text(of point: DecodedPoint, cells: Int) -> String {
    switch point.scalar {
    case "\t"?: String(repeating: " ", count: cells)
    case let scalar? where !scalar.steersTerminal: String(scalar)
    case let scalar?: scalar.visibleEscape
    case nil: "\\x" + hexadecimal(UInt32(point.byte), digits: 2)
    }
  }
}
