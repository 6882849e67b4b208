import KernelTable
import SceneLang

/// Glyphs along the edges of a field, in place of those for its values (CATALOGUE I-10): where the Sobel gradient of the
/// cells exceeds a step and is the greatest across the edge, the glyph whose ink lies along it.
///
/// The thinning is that of Canny, "A computational approach to edge detection", 1986, to one cell; of two that are equal
/// the brighter keeps the line. Where the grid overflows the picture, the values at the picture's rim are repeated: what
/// a field is beside the picture has no part in its edges.
final class EdgeGlyphs {
  private let columns: Int
  private let rows: Int
  /// The cells whose middle is in the picture.
  private let innerColumns: ClosedRange<Int>
  private let innerRows: ClosedRange<Int>
  /// Squared, of a step of 1 from cell to cell.
  private let least: Float
  private let aspect: Float
  private let lines: GlyphDirections
  /// Row by row, `columns` each.
  private var values: [Float]
  private var across: [Float]
  private var down: [Float]
  private var steps: [Float]

  /// `width`, `height`: of the picture, in pixels.
  init(_ edges: Palette.Edges, geometry: GridGeometry, width: Int, height: Int, atlas: GlyphAtlas) {
    (columns, rows) = (geometry.columns, geometry.rows)
    innerColumns = Self.inner(of: geometry.columns, cell: geometry.cellWidth, picture: width)
    innerRows = Self.inner(of: geometry.rows, cell: geometry.cellHeight, picture: height)
    least = Float(edges.above * edges.above)
    aspect = Float(geometry.cellWidth) / Float(geometry.cellHeight)
    lines = GlyphDirections(edges.characters.compactMap { atlas.glyphs[$0] }, atlas: atlas)
    values = Array(repeating: 0, count: columns * rows)
    (across, down, steps) = (values, values, values)
  }

  /// Takes the values of a row of cells.
  func take(row: Int, _ fresh: Floats) {
    for column in 0..<columns { values[row * columns + column] = max(0, min(1, fresh[column])) }
  }

  /// Changes the glyphs of the cells on edges, when all rows are taken.
  func draw(into cells: CellGrid) {
    repeatRim()
    measure()
    for row in 0..<rows {
      let glyphs = cells.glyphs(row)
      for column in 0..<columns where isLine(column, row) {
        let cell = row * columns + column
        glyphs[column] = lines.glyph(along: -down[cell] * aspect, across[cell])
        cells.summaries[row].hasGlyphs = true
      }
    }
  }

  /// The cells of a side whose middle is in the picture, on which the grid is centred; all where none is.
  private static func inner(of count: Int, cell: Int, picture: Int) -> ClosedRange<Int> {
    let outside = (0..<count).prefix { (count - 1 - 2 * $0) * cell >= picture }.count
    return 2 * outside < count ? outside...(count - 1 - outside) : 0...(count - 1)
  }

  /// Gives the cells beside the picture the values of the nearest in it.
  private func repeatRim() {
    guard innerColumns.count < columns || innerRows.count < rows else { return }
    for row in 0..<rows {
      let inner = min(max(row, innerRows.lowerBound), innerRows.upperBound) * columns
      for column in 0..<columns {
        values[row * columns + column] =
          values[inner + min(max(column, innerColumns.lowerBound), innerColumns.upperBound)]
      }
    }
  }

  /// The gradient of every cell by Sobel's kernels, divided by 4: 1 at a step from 0 to 1. The rim is repeated.
  private func measure() {
    for row in 0..<rows {
      let (above, here, below) = (max(row - 1, 0) * columns, row * columns, min(row + 1, rows - 1) * columns)
      for column in 0..<columns {
        let (left, right) = (max(column - 1, 0), min(column + 1, columns - 1))
        let a =
          values[above + right] - values[above + left] + 2 * (values[here + right] - values[here + left])
          + values[below + right] - values[below + left]
        let d =
          values[below + left] - values[above + left] + 2 * (values[below + column] - values[above + column])
          + values[below + right] - values[above + right]
        let cell = here + column
        (across[cell], down[cell], steps[cell]) = (a / 4, d / 4, (a * a + d * d) / 16)
      }
    }
  }

  /// Whether a cell has an edge that no neighbour across it has more of.
  private func isLine(_ column: Int, _ row: Int) -> Bool {
    let cell = row * columns + column
    let step = steps[cell]
    guard step > least else { return false }
    let isUpright = abs(across[cell]) >= abs(down[cell])
    for side in [-1, 1] {
      let (x, y) = isUpright ? (column + side, row) : (column, row + side)
      guard (0..<columns).contains(x), (0..<rows).contains(y) else { continue }
      let other = y * columns + x
      if steps[other] > step || steps[other] == step && values[other] > values[cell] { return false }
    }
    return true
  }
}
