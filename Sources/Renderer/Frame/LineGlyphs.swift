import KernelTable
import SceneLang

/// Line glyphs by the direction of a field: n characters as written, the first of them level, cover half a turn clockwise.
/// The value of a cell decides only whether it shows, and in which color.
struct LineGlyphs {
  private let columns: Int
  private let glyphs: [UInt16]

  /// `characters`: with the blank.
  init(_ characters: [Unicode.Scalar], columns: Int, atlas: GlyphAtlas) {
    self.columns = columns
    glyphs = characters.filter { $0 != " " }.map { UInt16(atlas.glyphs[$0] ?? 0) }
  }

  /// Writes the glyphs of a row of cells from their values and directions in radians; whether one is not the blank.
  func place(_ values: Floats, directions: Floats, into out: UnsafeMutablePointer<UInt16>) -> Bool {
    var any: UInt16 = 0
    for column in 0..<columns {
      out[column] = values[column] > CellMap.threshold ? glyph(along: directions[column]) : 0
      any |= out[column]
    }
    return any != 0
  }

  /// The glyph at round(n · direction / π) mod n; what is no number, or beyond counting, is level.
  private func glyph(along direction: Float) -> UInt16 {
    let count = glyphs.count
    let step = (Double(count) * Double(direction) / .pi + 0.5).rounded(.down)
    guard step.magnitude < 0x1p52, count > 0 else { return glyphs.first ?? 0 }
    let place = Int(step) % count
    return glyphs[place < 0 ? place + count : place]
  }
}
