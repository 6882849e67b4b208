import KernelTable

/// What a layer shows in every cell in one frame: the stage between fields and pixels.
///
/// Rows are `stride` entries apart (columns rounded up to 64). A cell is its glyph in its colour, over a solid cell in
/// the wash colour where `solid` is 255, weighted by `coverage` (mask × opacity).
final class CellGrid {
  /// What a text row holds, so that pixels that cannot matter are never touched.
  struct RowSummary {
    var hasGlyphs = false
    /// `solid` of all cells, if it is the same.
    var isSolid = false
    var hasSolid = false
    /// All solid cells are black.
    var isWashBlack = false
    /// All coverages are 255.
    var isFull = true
    /// All coverages are 0.
    var isHidden = false

    /// Nothing of this row can be seen.
    var isEmpty: Bool { isHidden || (!hasGlyphs && !hasSolid) }
  }

  let columns: Int
  let rows: Int
  let stride: Int
  var summaries: [RowSummary]
  /// Where the glyphs of a text are drawn whose letters lie beside their cells; empty where every glyph fills its cell.
  var letters: [CellLetter] = []

  private let glyphStorage: AlignedBuffer<UInt16>
  private let byteStorage: AlignedBuffer<UInt8>

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    stride = PixelRow.padded(columns)
    summaries = Array(repeating: RowSummary(), count: rows)
    glyphStorage = AlignedBuffer(count: stride * rows)
    byteStorage = AlignedBuffer(count: stride * rows * 8)
  }

  /// Indices into the layer's atlas; 0 is the blank.
  func glyphs(_ row: Int) -> MutableWords { glyphStorage.base + row * stride }
  func color(_ row: Int) -> PixelRow { triple(0, row) }
  func wash(_ row: Int) -> PixelRow { triple(3, row) }
  /// 255 where the cell is solid below its glyph, else 0.
  func solid(_ row: Int) -> MutableBytes { plane(6, row) }
  func coverage(_ row: Int) -> MutableBytes { plane(7, row) }

  private func plane(_ index: Int, _ row: Int) -> MutableBytes { byteStorage.base + (index * rows + row) * stride }

  private func triple(_ index: Int, _ row: Int) -> PixelRow {
    PixelRow(red: plane(index, row), green: plane(index + 1, row), blue: plane(index + 2, row))
  }
}

/// A letter that is drawn beside its cell, in that cell's colors.
struct CellLetter: Hashable {
  var column: Int
  var row: Int
  /// Pixels from its cell.
  var shift: LetterShift
  /// Index in the layer's atlas.
  var glyph: UInt16
  /// Its share of the coverage of its cell, 0…255.
  var level: UInt8 = 255
}

/// By how many pixels a letter lies right of its cell and below it.
struct LetterShift: Hashable {
  var right = 0
  var down = 0
}
