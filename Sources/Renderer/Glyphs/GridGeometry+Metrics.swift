import SceneLang

extension GridGeometry {
  /// The font sizes that a grid may have, in pixels at the 1080-class reference.
  public static let fontSizes = 4.0...540.0

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

/// Where the positions of a picture, 0…1 across and down, lie in cells from the left upper corner of a grid.
///
/// They are the same at every size, those of the 1080-class reference: the text keeps its cells, and one at the edge of
/// the picture is whole where the grid leaves a margin. Where the cells are larger than their share and the grid is
/// cropped, positions are those of the picture instead, since the cells at its edges are not seen.
struct GridPlaces: Sendable, Hashable {
  private let across: Side
  private let down: Side

  /// `geometry`: that of the grid in the picture.
  init(_ geometry: GridGeometry, grid: Grid, format: PictureFormat, faces: FaceLibrary) {
    let whole = format.reference
    let reference = GridGeometry(grid: grid, format: whole, faces: faces)
    let shorter = Double(format.shorterSide) / Double(whole.shorterSide)
    let isWide = Double(geometry.cellWidth) >= Double(reference.cellWidth) * shorter
    let isTall = Double(geometry.cellHeight) >= Double(reference.cellHeight) * shorter
    across =
      isWide
      ? Side(length: format.width, origin: geometry.originX, cell: geometry.cellWidth)
      : Side(length: whole.width, origin: reference.originX, cell: reference.cellWidth)
    down =
      isTall
      ? Side(length: format.height, origin: geometry.originY, cell: geometry.cellHeight)
      : Side(length: whole.height, origin: reference.originY, cell: reference.cellHeight)
  }

  func column(u: Double) -> Double { across.cells(u) }
  func row(v: Double) -> Double { down.cells(v) }

  private struct Side: Hashable {
    /// Pixels of the picture, before the first cell, and of a cell.
    let length: Int
    let origin: Int
    let cell: Int

    func cells(_ share: Double) -> Double { (share * Double(length) - Double(origin)) / Double(cell) }
  }
}

extension PictureFormat {
  /// The same picture with a shorter side of 1080.
  fileprivate var reference: PictureFormat {
    var format = self
    func scaled(_ side: Int) -> Int { (2 * side * 1080 + shorterSide) / (2 * shorterSide) }
    (format.width, format.height) = (scaled(width), scaled(height))
    return format
  }
}
