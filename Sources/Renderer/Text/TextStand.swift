import SceneLang

/// Where a text stands: the cells of its lines, and by what share of a cell its picture lies beside them, so that it is
/// where the scene says to the pixel and not to the cell.
struct TextStand: Sendable, Hashable {
  /// The row of the first line; it may lie outside of the grid.
  var top: Int
  /// The column of the first character of each line.
  var lefts: [Int]
  /// Rows, −1…1, by which the picture lies below these cells.
  var down: Double
  /// Columns, −1…1, by which each line lies right of them.
  var across: [Double]

  /// Lines of `counts` characters whose block has its middle at `row` and its left end, middle or right end at `column`,
  /// both in cells from the left upper corner of a grid. A block that fits takes cells of the grid as long as it is less
  /// than one outside; beyond that it is cut.
  init(
    _ counts: [Int], alignment: TextBlock.Alignment, column: Double, row: Double, columns: Int, rows: Int
  ) {
    (top, down) = Self.whole(row - Double(counts.count) / 2, counts.count, in: rows)
    (lefts, across) = ([], [])
    for count in counts {
      let before: Double =
        switch alignment {
        case .left: 0
        case .center: Double(count) / 2
        case .right: Double(count)
        }
      let (left, rest) = Self.whole(column - before, count, in: columns)
      lefts.append(left)
      across.append(rest)
    }
  }

  /// What lies beside the grid's cells, in whole pixels of a grid; rows above and below take the nearest line's.
  func shift(in geometry: GridGeometry) -> CellShift {
    guard !across.isEmpty else { return CellShift() }
    return CellShift(
      down: Self.pixels(down, geometry.cellHeight),
      across: (0..<geometry.rows).map { row in
        Self.pixels(across[min(max(row - top, 0), across.count - 1)], geometry.cellWidth)
      })
  }

  /// How far from its nearest cell a glyph of the text is drawn that styles have moved: as its line at rest, and by as much
  /// as it lies beside that cell.
  func shift(of glyph: StyledGlyph, in geometry: GridGeometry) -> LetterShift {
    let line = across.isEmpty ? 0 : across[min(max(glyph.line, 0), across.count - 1)]
    // Far off the grid the nearest cell is no longer near.
    func rest(_ place: Double) -> Double {
      ScalarMath.clamp(place - Double(TextPlacement.nearest(place)), -1, 1)
    }
    return LetterShift(
      right: Self.pixels(rest(glyph.column) + line, geometry.cellWidth),
      down: Self.pixels(rest(glyph.row) + down, geometry.cellHeight))
  }

  /// The first of `count` cells that begin nearest to `start`, halves up, and what is left.
  static func whole(_ start: Double, _ count: Int, in cells: Int) -> (first: Int, rest: Double) {
    var first = TextPlacement.nearest(start)
    if count <= cells {
      if first == -1 && start > -1 { first = 0 }
      if first + count == cells + 1 && start + Double(count) < Double(cells + 1) { first -= 1 }
    }
    // Far off the grid the nearest cell is no longer near.
    return (first, ScalarMath.clamp(start - Double(first), -1, 1))
  }

  private static func pixels(_ share: Double, _ size: Int) -> Int {
    Int((share * Double(size) + 0.5).rounded(.down))
  }
}

/// By how many pixels a layer's cells are drawn below and right of their grid, at most a cell.
struct CellShift: Sendable, Hashable {
  var down = 0
  /// For each row of cells; empty for none.
  var across: [Int] = []

  func across(row: Int) -> Int { across.isEmpty ? 0 : across[row] }
}
