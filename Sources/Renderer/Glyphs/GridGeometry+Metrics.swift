import SceneLang

extension GridGeometry {
  /// The font sizes that a grid may have, in pixels at the 1080-class reference.
  public static let fontSizes = 4.0...512.0

  /// The shorter side of the reference picture.
  private static let reference = 1080

  /// The geometry of a grid in a picture, from the real metrics of its face.
  ///
  /// Columns and rows are what fits into the reference picture (shorter side 1080, the longer in proportion, rounded).
  /// The cell's pixels are the nearest integers to its reference size × shorter side / 1080, halves up, at least 1: what
  /// overflows is cropped evenly, what is missing is margin. Coordinates follow those pixels and not the reference, so
  /// that what is round is round at every size, and cells and masks of pixels meet. Precondition: `fontSizes` contains
  /// the grid's size.
  public init(grid: Grid, format: PictureFormat, faces: FaceLibrary) {
    let cell = CellMetrics(grid, faces: faces)
    let shorter = format.shorterSide
    /// `value · numerator / denominator`, to the nearest integer, halves up.
    func scaled(_ value: Int, _ numerator: Int, _ denominator: Int) -> Int {
      (2 * value * numerator + denominator) / (2 * denominator)
    }
    let columns = max(1, scaled(format.width, Self.reference, shorter) / cell.width)
    let rows = max(1, scaled(format.height, Self.reference, shorter) / cell.height)
    let width = max(1, scaled(cell.width, shorter, Self.reference))
    let height = max(1, scaled(cell.height, shorter, Self.reference))
    self.init(
      columns: columns, rows: rows, cellWidth: width, cellHeight: height,
      // A shift rounds down for negative numbers too, so that a crop and a margin are placed alike.
      originX: (format.width - columns * width) >> 1, originY: (format.height - rows * height) >> 1,
      cellWidthShare: Double(width) / Double(shorter), cellHeightShare: Double(height) / Double(shorter))
  }
}
