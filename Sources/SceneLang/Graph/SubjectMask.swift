/// Where the subject of a picture is: how much each part of it belongs to it, found before anything is rendered.
public struct SubjectMask: Hashable, Sendable {
  public let columns: Int
  public let rows: Int
  /// 0…255 for 0…1, row by row from the top.
  public let levels: [UInt8]

  /// Precondition: one level for each part.
  public init(columns: Int, rows: Int, levels: [UInt8]) {
    precondition(columns > 0 && rows > 0 && levels.count == columns * rows, "a mask is whole")
    self.columns = columns
    self.rows = rows
    self.levels = levels
  }

  /// 0…1 at a place of the picture, from left to right and from top to bottom: straight lines between the centres of the
  /// parts, and 0 outside of it.
  public func level(u: Double, v: Double) -> Double {
    guard (0...1).contains(u), (0...1).contains(v) else { return 0 }
    let (x, y) = (u * Double(columns) - 0.5, v * Double(rows) - 0.5)
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    func part(_ column: Double, _ row: Double) -> Double {
      let place = (min(max(Int(column), 0), columns - 1), min(max(Int(row), 0), rows - 1))
      return Double(levels[place.1 * columns + place.0]) / 255
    }
    func across(_ row: Double) -> Double { part(left, row) + (part(left + 1, row) - part(left, row)) * (x - left) }
    return across(top) + (across(top + 1) - across(top)) * (y - top)
  }
}
