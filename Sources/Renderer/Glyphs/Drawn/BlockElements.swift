/// Block elements, U+2580–259F: eighths, quadrants and shades of the cell.
///
/// Edges lie on whole pixels and complementary blocks share theirs, so blocks tile without gap or overlap. Shades are
/// even: a dot pattern would have seams wherever the cell is not a multiple of it.
enum BlockElements {
  /// The quadrants of U+2596–259F: upper left 1, upper right 2, lower left 4, lower right 8.
  private static let quadrants: [Int] = [4, 8, 1, 1 | 4 | 8, 1 | 8, 1 | 2 | 4, 1 | 2 | 8, 2, 2 | 4, 2 | 4 | 8]

  static func draw(_ character: Unicode.Scalar, in cell: inout CellBitmap) {
    let (width, height) = (cell.width, cell.height)
    /// Rows of the lowest and columns of the leftmost n eighths, rounded half up.
    func lower(_ eighths: Int) -> Range<Int> { height - (height * eighths + 4) / 8..<height }
    func left(_ eighths: Int) -> Range<Int> { 0..<(width * eighths + 4) / 8 }
    let right = left(4).upperBound..<width
    let upper = 0..<lower(4).lowerBound

    let code = Int(character.value)
    switch code {
    case 0x2580: cell.fill(x: 0..<width, y: upper)
    case 0x2581...0x2588: cell.fill(x: 0..<width, y: lower(code - 0x2580))
    case 0x2589...0x258F: cell.fill(x: left(0x2590 - code), y: 0..<height)
    case 0x2590: cell.fill(x: right, y: 0..<height)
    case 0x2591...0x2593:
      cell.fill(x: 0..<width, y: 0..<height, coverage: [64, 128, 191][code - 0x2591])
    case 0x2594: cell.fill(x: 0..<width, y: 0..<lower(7).lowerBound)
    case 0x2595: cell.fill(x: left(7).upperBound..<width, y: 0..<height)
    case 0x2596...0x259F:
      let set = quadrants[code - 0x2596]
      if set & 1 != 0 { cell.fill(x: left(4), y: upper) }
      if set & 2 != 0 { cell.fill(x: right, y: upper) }
      if set & 4 != 0 { cell.fill(x: left(4), y: lower(4)) }
      if set & 8 != 0 { cell.fill(x: right, y: lower(4)) }
    default: preconditionFailure("U+\(String(code, radix: 16)) is no block element")
    }
  }
}
