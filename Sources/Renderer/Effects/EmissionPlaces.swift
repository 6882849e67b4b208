/// Places to emit from: cells, each as likely as its field is bright.
struct EmissionPlaces {
  private var sums: [Float] = []
  private let columns: Int

  init(_ field: CellField) {
    columns = field.columns
    sums.reserveCapacity(field.columns * field.rows)
    var sum: Float = 0
    for row in 0..<field.rows {
      for column in 0..<field.columns {
        sum += field[column, row]
        sums.append(sum)
      }
    }
  }

  /// Whether the field is black all over.
  var isEmpty: Bool { sums.last.map { $0 <= 0 } ?? true }

  /// The cell at a share 0…1 of the sum of all.
  func place(_ share: Double) -> (column: Int, row: Int) {
    let wanted = Float(share) * sums.last!
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > wanted { high = middle } else { low = middle + 1 }
    }
    return (low % columns, low / columns)
  }

  /// The place of the scene language at a share of the sum of all, and at shares 0…1 of its cell across and down.
  func point(_ share: Double, across: Double, down: Double, in geometry: GridGeometry) -> (x: Double, y: Double) {
    let (column, row) = place(share)
    return (
      geometry.x(column: column) + (across - 0.5) * geometry.cellWidthShare,
      geometry.y(row: row) + (down - 0.5) * geometry.cellHeightShare
    )
  }
}
