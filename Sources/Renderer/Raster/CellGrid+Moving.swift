import KernelTable

extension CellGrid {
  /// Writes what the summaries say into the rows they let alone, so that rows can be moved and mixed.
  func settle() {
    for row in 0..<rows {
      let summary = summaries[row]
      if !summary.hasGlyphs { glyphs(row).update(repeating: 0, count: columns) }
      if !summary.hasSolid { solid(row).update(repeating: 0, count: columns) }
      if summary.isEmpty { coverage(row).update(repeating: 0, count: columns) }
    }
  }

  /// Finds out anew what the rows hold.
  func summarize() {
    for row in 0..<rows {
      let range = 0..<columns
      let (glyphs, solid, coverage, color, wash) = (glyphs(row), solid(row), coverage(row), color(row), wash(row))
      // Where nothing is solid below a glyph, its edges keep its own color, whatever stood there before.
      for column in range where solid[column] == 0 {
        for channel in PixelRow.channels { wash[channel][column] = color[channel][column] }
      }
      summaries[row] = RowSummary(
        hasGlyphs: range.contains { glyphs[$0] != 0 }, isSolid: range.allSatisfy { solid[$0] == 255 },
        hasSolid: range.contains { solid[$0] != 0 },
        isWashBlack: range.allSatisfy {
          solid[$0] == 0 && glyphs[$0] == 0 || wash.red[$0] | wash.green[$0] | wash.blue[$0] == 0
        },
        isFull: range.allSatisfy { coverage[$0] == 255 }, isHidden: range.allSatisfy { coverage[$0] == 0 })
    }
  }

  /// Turns a row to the right by so many cells.
  func roll(row: Int, by shift: Int) {
    turn(glyphs(row), by: shift)
    for plane in planes(row) { turn(plane, by: shift) }
    for index in letters.indices where letters[index].row == row {
      letters[index].column = wrapped(letters[index].column + shift, columns)
    }
  }

  /// Turns the rows downwards by so many.
  func roll(rows shift: Int) {
    let shift = wrapped(shift, rows)
    guard shift != 0 else { return }
    for index in letters.indices { letters[index].row = wrapped(letters[index].row + shift, rows) }
    for column in 0..<columns {
      turn(glyphs(0) + column, count: rows, stride: stride, by: shift)
      for plane in planes(0) { turn(plane + column, count: rows, stride: stride, by: shift) }
    }
  }

  private func planes(_ row: Int) -> [MutableBytes] {
    let (color, wash) = (color(row), wash(row))
    return [color.red, color.green, color.blue, wash.red, wash.green, wash.blue, solid(row), coverage(row)]
  }

  private func turn<Entry>(_ row: UnsafeMutablePointer<Entry>, by shift: Int) {
    turn(row, count: columns, stride: 1, by: wrapped(shift, columns))
  }

  private func wrapped(_ place: Int, _ count: Int) -> Int { (place % count + count) % count }

  private func turn<Entry>(_ entries: UnsafeMutablePointer<Entry>, count: Int, stride: Int, by shift: Int) {
    guard shift != 0 else { return }
    let old = (0..<count).map { entries[$0 * stride] }
    for index in 0..<count { entries[index * stride] = old[(index - shift + count) % count] }
  }
}
