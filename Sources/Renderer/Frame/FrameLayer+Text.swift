import KernelTable
import SceneLang

/// Texts and lyrics: what their letters make of the cells.
extension FrameLayer {
  /// Fills the cells with cues of lyrics, by their numbers in order, at `now` seconds of the video.
  func fill(_ context: FrameContext, opacity: Double, _ cues: [Int], now: Double, u: Double, v: Double) {
    guard let drawn = textCells, case .text(let block) = layer.source, let lyrics = block.lyrics else {
      preconditionFailure("a layer without lyrics has no cues")
    }
    evaluator.begin(context)
    pixelMask?.begin(context)
    var cells: [TextCell] = []
    var shift = CellShift()
    for (cue, var stand) in stack(cues, u: u, v: v) {
      let words = lyrics.cues[cue]
      let moment = TextMoment(
        elapsed: max(0, now - words.start), remaining: max(0, words.end - now),
        words: words.wordTimes.map { $0 - words.start })
      let own =
        movingText?.cells(context, assets.cues[cue], moment, &stand)
        ?? assets.cues[cue].cells(stand, columns: self.cells.columns, rows: self.cells.rows)
      shift = stand.shift(in: assets.geometry)
      cells += cues.count > 1 ? own.map { $0.apart(shift) } : own
    }
    fill(cells, drawn, opacity)
    layShadow(below: cells, shift, opacity)
    cellEffects?.apply(context, opacity: opacity)
    compositor.begin(shift: shift)
  }

  /// Where the cues stand that are shown at once.
  private func stack(_ cues: [Int], u: Double, v: Double) -> [(cue: Int, stand: TextStand)] {
    guard let places = assets.places else { preconditionFailure("a text without a place") }
    let (columns, rows) = (assets.geometry.columns, assets.geometry.rows)
    let middles = CueStack.places(
      cues.map { assets.cues[$0].lines.count }, row: places.row(v: v) + assets.capitalRise,
      top: max(0, places.row(v: 0)), rows: rows)
    return zip(cues.suffix(middles.count), middles).map { cue, row in
      (cue, assets.cues[cue].stand(column: places.column(u: u), row: row, columns: columns, rows: rows))
    }
  }

  /// Where a text stands whose capitals have their middle at (u, v), 0…1 of the picture.
  func stand(of text: TextPlacement, u: Double, v: Double) -> TextStand {
    guard let places = assets.places else { preconditionFailure("a text without a place") }
    return text.stand(
      column: places.column(u: u), row: places.row(v: v) + assets.capitalRise, columns: assets.geometry.columns,
      rows: assets.geometry.rows)
  }

  /// Fills the rows that have letters; `drawn` gets what their colours read.
  func fill(_ text: [TextCell], _ drawn: EffectCells, _ opacity: Double) {
    let lines = Dictionary(grouping: text) { inside(column: $0.column, row: $0.row).row }
    cells.letters = []
    drawn.clear()
    for cell in text {
      let home = inside(column: cell.column, row: cell.row)
      drawn.put(home.column, home.row, value: cell.opacity, energy: cell.place)
    }
    for row in 0..<cells.rows {
      guard let line = lines[row] else {
        cells.summaries[row] = CellGrid.RowSummary()
        continue
      }
      var strips = strips(evaluator.row(row), value: drawn.values + row * drawn.stride)
      write(line, row, strips.mask)
      strips.mask = Floats(letters.base)
      painter.color(row: row, strips, opacity: opacity, hasGlyphs: line.contains { $0.glyph != 0 })
    }
  }

  /// Writes the glyphs of a row, and into `letters` how far its cells are covered.
  private func write(_ line: [TextCell], _ row: Int, _ mask: Floats?) {
    let glyphs = cells.glyphs(row)
    glyphs.update(repeating: 0, count: cells.columns)
    letters.clear()
    for cell in line {
      let column = inside(column: cell.column, row: row).column
      letters.base[column] = max(letters.base[column], cell.opacity)
      if cell.isInside(columns: cells.columns, rows: cells.rows) { glyphs[column] = cell.glyph }
    }
    // Several may lie near one cell, which is covered as far as the strongest of them.
    for cell in line {
      guard let beside = cell.beside else { continue }
      let column = inside(column: cell.column, row: row).column
      let shift = LetterShift(
        right: beside.right + (cell.column - column) * assets.geometry.cellWidth,
        down: beside.down + (cell.row - row) * assets.geometry.cellHeight)
      let level = UInt8(clampingUnit: Double(cell.opacity / letters.base[column]))
      cells.letters.append(CellLetter(column: column, row: row, shift: shift, glyph: cell.glyph, level: level))
    }
    if let mask { for column in 0..<cells.columns { letters.base[column] *= mask[column] } }
  }

  /// The nearest cell of the grid.
  private func inside(column: Int, row: Int) -> (column: Int, row: Int) {
    (min(max(column, 0), cells.columns - 1), min(max(row, 0), cells.rows - 1))
  }

  /// Lays the shadow below a text, as strong as the strongest of its letters.
  func layShadow(below text: [TextCell], _ shift: CellShift, _ opacity: Double) {
    let strongest = text.reduce(0) { max($0, $1.opacity) }
    backdrop?.begin(box: box(of: text, shift), opacity: opacity * Double(strongest))
  }

  /// The pixels of the text's bounding box.
  private func box(of text: [TextCell], _ shift: CellShift) -> TextBackdrop.Box? {
    guard let first = text.first else { return nil }
    let geometry = assets.geometry
    if first.beside != nil { return box(of: text) }
    let columns = text.reduce(first.column...first.column) {
      min($0.lowerBound, $1.column)...max($0.upperBound, $1.column)
    }
    let rows = text.reduce(first.row...first.row) { min($0.lowerBound, $1.row)...max($0.upperBound, $1.row) }
    let across = rows.map { shift.across(row: $0) }
    let x = geometry.originX + columns.lowerBound * geometry.cellWidth
    let y = geometry.originY + rows.lowerBound * geometry.cellHeight + shift.down
    return TextBackdrop.Box(
      x: (x + across.min()!)..<(x + columns.count * geometry.cellWidth + across.max()!),
      y: y..<(y + rows.count * geometry.cellHeight))
  }

  /// The same of letters beside their cells.
  private func box(of letters: [TextCell]) -> TextBackdrop.Box {
    let geometry = assets.geometry
    let lefts = letters.map { geometry.originX + $0.column * geometry.cellWidth + ($0.beside?.right ?? 0) }
    let tops = letters.map { geometry.originY + $0.row * geometry.cellHeight + ($0.beside?.down ?? 0) }
    return TextBackdrop.Box(
      x: lefts.min()!..<(lefts.max()! + geometry.cellWidth), y: tops.min()!..<(tops.max()! + geometry.cellHeight))
  }
}
