import SceneLang

/// A glyph of a text in its cell.
struct TextCell: Hashable {
  var column: Int
  var row: Int
  /// Index in the layer's atlas.
  var glyph: UInt16
}

/// The lines of a text as glyphs; where they stand may change with every frame.
struct TextPlacement: Sendable, Hashable {
  var lines: [[UInt16]]
  var alignment: TextBlock.Alignment

  init(lines: [[UInt16]], alignment: TextBlock.Alignment) {
    self.lines = lines
    self.alignment = alignment
  }

  /// Nil for a layer that has no text. A character that no face has is a blank (Analysis has said so).
  init?(_ layer: Layer, _ lines: [[Unicode.Scalar]], _ atlas: GlyphAtlas) {
    guard case .text(let block) = layer.source else { return nil }
    self.init(
      lines: lines.map { line in line.map { UInt16(atlas.glyphs[$0] ?? 0) } }, alignment: block.alignment)
  }

  /// The cells of the text with its anchor at (u, v), 0…1 over the grid; what falls outside of the grid is left out.
  ///
  /// The anchor is the middle of the text's height and the left end, the middle or the right end of each line; lines
  /// start in the nearest cell, halves to the right and down.
  func cells(u: Double, v: Double, columns: Int, rows: Int) -> [TextCell] {
    let top = nearest(v * Double(rows) - Double(lines.count) / 2)
    return lines.enumerated().flatMap { index, line -> [TextCell] in
      let before: Double =
        switch alignment {
        case .left: 0
        case .center: Double(line.count) / 2
        case .right: Double(line.count)
        }
      let left = nearest(u * Double(columns) - before)
      return line.enumerated().map { TextCell(column: left + $0, row: top + index, glyph: $1) }
    }
    .filter { (0..<columns).contains($0.column) && (0..<rows).contains($0.row) }
  }

  /// The nearest integer, halves up, of a position that may be far off the grid.
  private func nearest(_ position: Double) -> Int { Int(ScalarMath.clamp(position + 0.5, -1e6, 1e6).rounded(.down)) }
}
