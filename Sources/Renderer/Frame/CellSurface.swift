import KernelTable
import SceneLang

/// The cells of a layer in one frame, as cell effects change them: whole rows and blocks move, single cells are written
/// anew. Places outside of the grid are left alone.
struct CellSurface {
  private let cells: CellGrid
  private let atlas: GlyphAtlas
  private let seed: UInt64
  /// 0…1: of what is written.
  private let opacity: Double

  var columns: Int { cells.columns }
  var rows: Int { cells.rows }

  /// `seed` is the randomness key of the effect; rows that the layer left untouched are emptied.
  init(_ cells: CellGrid, atlas: GlyphAtlas, seed: UInt64, opacity: Double) {
    self.cells = cells
    self.atlas = atlas
    self.seed = seed
    self.opacity = opacity
    cells.settle()
  }

  /// Uniform in [0, 1): one number for each index of each role and turn.
  func random(_ role: Int, _ index: Int, _ turn: Int = 0) -> Double {
    CellHash.unit(seed: seed &+ UInt64(bitPattern: Int64(role)) &* 0x9E37_79B9_7F4A_7C15, column: index, row: turn)
  }

  /// Turns a row: what leaves it at one end comes in at the other.
  func roll(row: Int, by columns: Int) {
    guard (0..<rows).contains(row) else { return }
    cells.roll(row: row, by: columns)
  }

  /// Turns the whole grid, rows down and columns to the right.
  func roll(columns: Int, rows: Int) {
    for row in 0..<self.rows { cells.roll(row: row, by: columns) }
    cells.roll(rows: rows)
  }

  /// Writes a character in a colour, or its blank where the layer's glyphs lack it; a solid cell below it stays.
  func write(_ character: Unicode.Scalar, _ column: Int, _ row: Int, _ color: RGB) {
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
    cells.letters.removeAll { $0.column == column && $0.row == row }
    cells.glyphs(row)[column] = UInt16(atlas.glyphs[character] ?? 0)
    let out = cells.color(row)
    (out.red[column], out.green[column], out.blue[column]) = (color.red, color.green, color.blue)
    cells.coverage(row)[column] = UInt8(clampingUnit: opacity)
  }
}
