import SceneLang

/// Lines of braille dots, eight to a cell, that particles draw: finer than glyphs, so that slopes and curves are seen.
enum DottedLines {
  static let characters: [Unicode.Scalar] = (1...255).map(Braille.character)

  /// The grid of the dots.
  static func ground(_ grid: GridGeometry) -> GridGeometry {
    GridGeometry(grid, columnsPerCell: 2, rowsPerCell: 4)
  }

  /// The pattern of the dots `bits` of a cell, for an effect whose own characters are `characters`.
  static func symbol(_ bits: Int) -> CellSymbol { .own(bits - 1) }
}

/// What particles leave behind: cells that keep the symbol and the energy of whoever passed last, and fade.
struct ParticleTrails: Sendable {
  private let columns: Int
  private let rows: Int
  private var values: [Float]
  private var energies: [Float]
  private var symbols: [UInt16]

  init(_ geometry: GridGeometry) {
    columns = geometry.columns
    rows = geometry.rows
    values = Array(repeating: 0, count: columns * rows)
    energies = values
    symbols = Array(repeating: 0, count: columns * rows)
  }

  /// A tick of fading: after `seconds` a twentieth is left. Below 0.04 a cell is empty.
  mutating func fade(over seconds: Double) {
    // ln 20 / seconds per second.
    let rate = seconds > 0 ? ScalarMath.exp(-2.995_732_27 / (seconds * Double(FrameRate.ticksPerSecond))) : 0
    let kept = Float(rate)
    for place in values.indices where values[place] > 0 {
      let faded = values[place] * kept
      values[place] = faded < 0.04 ? 0 : faded
    }
  }

  /// Marks the cells on the way from one to the other, ends included (Bresenham's line). Ways of more than a grid are left
  /// out: the particle has jumped.
  mutating func mark(
    from start: (column: Int, row: Int), to end: (column: Int, row: Int), value: Float, energy: Float,
    _ symbol: CellSymbol
  ) {
    let (dx, dy) = (abs(end.column - start.column), -abs(end.row - start.row))
    guard dx <= columns, -dy <= rows else { return }
    let (stepX, stepY) = (end.column > start.column ? 1 : -1, end.row > start.row ? 1 : -1)
    var (column, row, error) = (start.column, start.row, dx + dy)
    while true {
      mark(column, row, value, energy, symbol)
      if column == end.column && row == end.row { return }
      let doubled = 2 * error
      if doubled >= dy {
        error += dy
        column += stepX
      }
      if doubled <= dx {
        error += dx
        row += stepY
      }
    }
  }

  mutating func mark(_ column: Int, _ row: Int, _ value: Float, _ energy: Float, _ symbol: CellSymbol = .byValue) {
    guard column >= 0, column < columns, row >= 0, row < rows else { return }
    let place = row * columns + column
    guard value > values[place] else { return }
    values[place] = value
    energies[place] = energy
    symbols[place] = symbol.rawValue
  }

  /// Draws trails of a grid of 2 × 4 points per cell: `symbol` gets the bits of a cell's points, row by row from the left
  /// upper one; value and energy are those of its brightest point.
  func draw(patternsInto cells: EffectCells, symbol: (_ bits: Int) -> CellSymbol) {
    precondition(columns == 2 * cells.columns && rows == 4 * cells.rows, "\(columns) × \(rows) points")
    for row in 0..<cells.rows {
      for column in 0..<cells.columns {
        var (bits, brightest) = (0, 0)
        for bit in 0..<8 {
          let place = (4 * row + bit / 2) * columns + 2 * column + bit % 2
          guard values[place] > 0 else { continue }
          if bits == 0 || values[place] > values[brightest] { brightest = place }
          bits |= 1 << bit
        }
        guard bits != 0 else { continue }
        cells.put(column, row, value: values[brightest], energy: energies[brightest], symbol(bits))
      }
    }
  }

  func draw(into cells: EffectCells) {
    for row in 0..<rows {
      for column in 0..<columns where values[row * columns + column] > 0 {
        let place = row * columns + column
        cells.put(
          column, row, value: values[place], energy: energies[place], CellSymbol(rawValue: symbols[place]))
      }
    }
  }
}
