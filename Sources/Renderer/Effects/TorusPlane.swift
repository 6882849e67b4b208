import KernelTable

/// A plane of floats on a torus, with the margins that the simulation loops want. A value: copies share memory until one
/// is changed.
struct TorusPlane: Sendable {
  let columns: Int
  let rows: Int
  let stride: Int
  private var values: [Float]

  /// `columns` is a multiple of 16.
  init(columns: Int, rows: Int, repeating value: Float = 0) {
    precondition(columns > 0 && columns.isMultiple(of: 16) && rows > 0, "a plane of \(columns) × \(rows)")
    self.columns = columns
    self.rows = rows
    stride = columns + 32
    values = Array(repeating: value, count: stride * (rows + 2))
  }

  /// Indices outside are wrapped.
  subscript(_ column: Int, _ row: Int) -> Float {
    get { values[place(column, row)] }
    set { values[place(column, row)] = newValue }
  }

  private func place(_ column: Int, _ row: Int) -> Int {
    let c = (column % columns + columns) % columns
    let r = (row % rows + rows) % rows
    return start + r * stride + c
  }

  /// Of the first value: a row and 16 margin values come before it.
  private var start: Int { stride + 16 }

  func withValues<R>(_ body: (Floats) -> R) -> R {
    values.withUnsafeBufferPointer { body($0.baseAddress! + start) }
  }

  mutating func withMutableValues<R>(_ body: (MutableFloats) -> R) -> R {
    let start = start
    return values.withUnsafeMutableBufferPointer { body($0.baseAddress! + start) }
  }
}
