import SceneLang

/// Draws single characters into cells of one size.
struct GlyphRasterizer {
  private let faces: FaceLibrary
  private let face: Grid.Face
  private let stretch: Double
  private let width: Int
  private let height: Int
  /// The grid's cell at the reference, and the cell in pixels per pixel of it.
  private let reference: CellMetrics
  private let scaleX: Double
  private let scaleY: Double
  private let fontSize: Double

  /// `width` and `height`: the cell in pixels. `stretch`: 1 for glyphs as they are, more for taller ones.
  init(grid: Grid, width: Int, height: Int, stretch: Double, faces: FaceLibrary) {
    self.faces = faces
    face = grid.face
    fontSize = grid.fontSize
    self.stretch = stretch
    self.width = width
    self.height = height
    reference = CellMetrics(grid, faces: faces)
    scaleX = Double(width) / Double(reference.width)
    scaleY = Double(height) / Double(reference.height)
  }

  /// The coverage of a character; nil where no face has it.
  func coverage(of character: Unicode.Scalar) -> CellBitmap? {
    if let drawn = DrawnGlyphs.coverage(of: character, face: face, width: width, height: height) { return drawn }
    guard let source = faces.source(of: character, face: face), let advance = source.advance(of: character) else {
      return nil
    }
    var placement = faces.isPrimary(source) ? native(source, advance: advance) : fitted(source, advance: advance)
    placement.scaleY *= stretch
    placement.originY = Double(height) / 2 + (placement.originY - Double(height) / 2) * stretch
    return source.coverage(of: character, width: width, height: height, placement: placement)
  }

  /// A glyph of a face that grids are measured by: as wide as the cell, as tall as the font size, on the baseline.
  private func native(_ source: Face, advance: Int) -> Face.Placement {
    Face.Placement(
      scaleX: Double(width) / Double(max(1, advance)),
      scaleY: fontSize / Double(source.unitsPerEm) * scaleY,
      originX: 0, originY: Double(reference.ascent) * scaleY)
  }

  /// A glyph of another face: its em square in the middle of the cell, as large as the cell allows. Full-width kana are
  /// drawn half as tall again as they are wide, since a square letter in a cell twice as tall as wide looks lost.
  private func fitted(_ source: Face, advance: Int) -> Face.Placement {
    let em = Double(source.unitsPerEm)
    let wide = Double(reference.width) / Double(max(1, advance))
    let tall = Double(reference.height) / em
    let x = min(wide, tall)
    let y = faces.isKana(source) ? min(1.5 * x, tall) : x
    // The em square reaches from 0.12 below the baseline to 0.88 above, as ideographic faces place it.
    let middle = 0.38 * em
    return Face.Placement(
      scaleX: x * scaleX, scaleY: y * scaleY,
      originX: (Double(width) - Double(advance) * x * scaleX) / 2,
      originY: Double(height) / 2 + middle * y * scaleY)
  }
}
