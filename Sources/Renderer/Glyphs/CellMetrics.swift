import SceneLang

/// The cell of a grid in whole pixels at the 1080-class reference, from the metrics of its face (CATALOGUE G-7, X-2).
struct CellMetrics: Hashable, Sendable {
  /// The advance of `M`, rounded to the nearest integer; half up.
  let width: Int
  /// Ascent + descent, each rounded up, as FreeType does for a face at a size: no accent or tail leaves the cell.
  let height: Int
  /// The baseline's distance from the top of the cell.
  let ascent: Int
  /// By how much the middle of a capital lies above that of the cell, in shares of the cell's height.
  let capitalRise: Double
  /// The height of a capital in shares of the cell's.
  let capitalHeight: Double

  init(_ grid: Grid, faces: FaceLibrary) {
    precondition(GridGeometry.fontSizes.contains(grid.fontSize), "a font size of \(grid.fontSize) pixels")
    let face = faces.primary(grid.face)
    let pixelsPerUnit = grid.fontSize / Double(face.unitsPerEm)
    guard let advance = face.advance(of: "M") else { preconditionFailure("a face without M") }
    width = Int((Double(advance) * pixelsPerUnit + 0.5).rounded(.down))
    ascent = Int((Double(face.ascent) * pixelsPerUnit).rounded(.up))
    guard let capitals = face.top(of: "H") else { preconditionFailure("a face without H") }
    height = ascent + Int((Double(face.descent) * pixelsPerUnit).rounded(.up))
    let middle = Double(ascent) - Double(capitals) * pixelsPerUnit / 2
    capitalRise = 0.5 - middle / Double(height)
    capitalHeight = Double(capitals) * pixelsPerUnit / Double(height)
  }
}
