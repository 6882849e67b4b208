import SceneLang

/// The glyphs of a palette by their coverage of 2 × 3 parts of the cell, measured on an atlas.
struct GlyphShapes: Sendable {
  static let across = 2
  static let down = 3
  static let parts = across * down

  /// In the atlas, from the thinnest (the blank) to the densest.
  let glyphs: [UInt16]
  /// 0…1: `parts` for each glyph, row by row.
  let coverage: [Float]
  /// 0…1, of each.
  private let inks: [Double]

  init(palette: Palette, atlas: GlyphAtlas) {
    let candidates = GlyphRamp.sortedByInk([0] + palette.characters.compactMap { atlas.glyphs[$0] }, atlas)
    glyphs = candidates.map { UInt16($0) }
    inks = candidates.map { atlas.ink[$0] }
    coverage = candidates.flatMap { Self.coverage(of: $0, atlas) }
  }

  /// The ink that stands for a value 0…1: equal steps from glyph to glyph, so that a gap in the inks, as below a full
  /// block, takes no more of the values than others. For an even ramp it is value × ink of the densest.
  func ink(of value: Double) -> Double {
    let place = value * Double(inks.count - 1)
    let below = min(Int(place), inks.count - 1)
    let above = min(below + 1, inks.count - 1)
    return inks[below] + (inks[above] - inks[below]) * (place - Double(below))
  }

  /// Mean coverage of each part; 0 for a part without pixels, in a cell narrower or lower than the parts are many.
  private static func coverage(of glyph: Int, _ atlas: GlyphAtlas) -> [Float] {
    func share(_ part: Int, of parts: Int, _ length: Int) -> Range<Int> {
      (2 * length * part + parts) / (2 * parts)..<(2 * length * (part + 1) + parts) / (2 * parts)
    }
    return atlas.withCoverage { bytes in
      (0..<parts).map { part in
        let columns = share(part % across, of: across, atlas.cellWidth)
        let rows = share(part / across, of: down, atlas.cellHeight)
        let sum = rows.reduce(0) { sum, row in
          let line = bytes + (glyph * atlas.cellHeight + row) * atlas.rowStride
          return columns.reduce(sum) { $0 + Int(line[$1]) }
        }
        return columns.isEmpty || rows.isEmpty ? 0 : Float(sum) / Float(255 * columns.count * rows.count)
      }
    }
  }
}
