import SceneLang

/// The one map between pixels and cells of a grid in a picture: rasterising, fields and text all use it.
///
/// Columns and rows are fixed at the 1080-class reference (shorter side 1080), so every quality preset shows the same
/// composition; the pixels of a cell, and with them the coordinates of its centre, follow the actual size.
public struct GridGeometry: Sendable, Hashable {
  public let columns: Int
  public let rows: Int
  /// Pixels of a cell at the actual size, at least 1.
  public let cellWidth: Int
  public let cellHeight: Int
  /// The left upper corner of cell (0, 0) in pixels. Negative where the grid overflows and is cropped evenly.
  public let originX: Int
  public let originY: Int
  /// Size of a cell's pixels in shares of the shorter side.
  public let cellWidthShare: Double
  public let cellHeightShare: Double
  /// Columns and rows of this grid in a cell that the scene speaks of: 1 unless fields are read at several places of it.
  let finenessX: Int
  let finenessY: Int

  public init(
    columns: Int, rows: Int, cellWidth: Int, cellHeight: Int, originX: Int, originY: Int, cellWidthShare: Double,
    cellHeightShare: Double
  ) {
    self.columns = columns
    self.rows = rows
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
    self.originX = originX
    self.originY = originY
    self.cellWidthShare = cellWidthShare
    self.cellHeightShare = cellHeightShare
    (finenessX, finenessY) = (1, 1)
  }

  /// The grid whose cells are the pixels of a picture.
  init(pixelsOf width: Int, _ height: Int) {
    let share = 1 / Double(min(width, height))
    self.init(
      columns: width, rows: height, cellWidth: 1, cellHeight: 1, originX: 0, originY: 0, cellWidthShare: share,
      cellHeightShare: share)
  }

  /// The places where a field is read to see its pattern within each cell, as a grid of their own. It has no pixels.
  init(_ grid: GridGeometry, columnsPerCell: Int, rowsPerCell: Int) {
    columns = grid.columns * columnsPerCell
    rows = grid.rows * rowsPerCell
    (cellWidth, cellHeight, originX, originY) = (1, 1, 0, 0)
    cellWidthShare = grid.cellWidthShare / Double(columnsPerCell)
    cellHeightShare = grid.cellHeightShare / Double(rowsPerCell)
    (finenessX, finenessY) = (columnsPerCell, rowsPerCell)
  }

  /// `x` of a column's centre: 0 in the middle of the picture, the shorter side is 1.
  public func x(column: Int) -> Double { (Double(column) + 0.5 - Double(columns) / 2) * cellWidthShare }
  /// `y` of a row's centre, downwards.
  public func y(row: Int) -> Double { (Double(row) + 0.5 - Double(rows) / 2) * cellHeightShare }
  /// `col` of a column's centre: whole at the centres of the cells that the scene speaks of.
  func col(column: Int) -> Double { (Double(column) + 0.5) / Double(finenessX) - 0.5 }
  /// `row` of a row's centre.
  func row(row: Int) -> Double { (Double(row) + 0.5) / Double(finenessY) - 0.5 }
  /// `u` of a column's centre in 0…1.
  public func u(column: Int) -> Double { (Double(column) + 0.5) / Double(columns) }
  /// `v` of a row's centre in 0…1.
  public func v(row: Int) -> Double { (Double(row) + 0.5) / Double(rows) }
}
