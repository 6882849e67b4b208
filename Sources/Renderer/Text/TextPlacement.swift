import SceneLang

/// A glyph of a text in its cell.
struct TextCell: Hashable {
  /// Of the grid; that of a letter that lies beside its cell may be outside.
  var column: Int
  var row: Int
  /// Index in the layer's atlas.
  var glyph: UInt16
  /// 0…1.
  var opacity: Float = 1
  /// 0 for the first character of the text, 1 for the last.
  var place: Float = 0
  /// How far it is from its cell; nil for all that stand where the text stands.
  var beside: LetterShift?

  /// The same where texts with shifts of their own share a grid.
  func apart(_ shift: CellShift) -> TextCell {
    var cell = self
    if beside == nil { cell.beside = LetterShift(right: shift.across(row: row), down: shift.down) }
    return cell
  }

  func isInside(columns: Int, rows: Int) -> Bool { (0..<columns).contains(column) && (0..<rows).contains(row) }
}

/// The lines of a text as glyphs; where they stand may change with every frame.
struct TextPlacement: Sendable, Hashable {
  var lines: [[UInt16]]
  var alignment: TextBlock.Alignment

  init(lines: [[UInt16]], alignment: TextBlock.Alignment) {
    self.lines = lines
    self.alignment = alignment
  }

  /// The lines of every cue of a layer's lyrics.
  static func cues(_ layer: Layer, _ texts: [[[Unicode.Scalar]]], _ atlas: GlyphAtlas) -> [TextPlacement] {
    texts.compactMap { TextPlacement(layer, $0, atlas) }
  }

  /// Nil for a layer that has no text. A character that no face has is a blank (Analysis has said so).
  init?(_ layer: Layer, _ lines: [[Unicode.Scalar]], _ atlas: GlyphAtlas) {
    guard case .text(let block) = layer.source else { return nil }
    self.init(
      lines: lines.map { line in line.map { UInt16(atlas.glyphs[$0] ?? 0) } }, alignment: block.alignment)
  }

  /// Where the lines stand with their anchor at (`column`, `row`), in cells from the left upper corner of the grid: the
  /// middle of the text's height, and the left end, the middle or the right end of each line.
  func stand(column: Double, row: Double, columns: Int, rows: Int) -> TextStand {
    TextStand(
      lines.map(\.count), alignment: alignment, column: column, row: row, columns: columns, rows: rows)
  }

  /// The cells of the text; what falls outside of the grid is left out.
  func cells(_ stand: TextStand, columns: Int, rows: Int) -> [TextCell] {
    let glyphs = glyphs(stand)
    let most = Float(max(glyphs.count - 1, 1))
    return glyphs.compactMap { glyph in
      let cell = TextCell(
        column: Int(glyph.column), row: Int(glyph.row), glyph: glyph.glyph, place: Float(glyph.index) / most)
      return cell.isInside(columns: columns, rows: rows) ? cell : nil
    }
  }

  /// All characters in reading order, spaces included, wherever they fall.
  func glyphs(_ stand: TextStand) -> [StyledGlyph] {
    var result: [StyledGlyph] = []
    var word = -1
    var wordStart = 0
    for (index, line) in lines.enumerated() {
      for (place, glyph) in line.enumerated() {
        // A word begins with a line and after a space.
        if glyph != 0, place == 0 || line[place - 1] == 0 {
          word += 1
          wordStart = place
        }
        result.append(
          StyledGlyph(
            index: result.count, line: index, place: place, word: max(word, 0),
            column: Double(stand.lefts[index] + place), row: Double(stand.top + index), glyph: glyph,
            placeInWord: glyph == 0 ? 0 : place - wordStart))
      }
    }
    return result
  }

  /// The nearest integer, halves up, of a position that may be far off the grid.
  static func nearest(_ position: Double) -> Int { Int(ScalarMath.clamp(position + 0.5, -1e6, 1e6).rounded(.down)) }
}
