import Glibc
import KernelTable
import SceneLang

/// The letters of a text that lie beside the cells of their grid, over pixels, a pixel row at a time. Where two meet, a
/// pixel is that of the letter that covers it more, or has more ink there.
final class LetterRows {
  /// A letter where it is drawn, in the colors of its cell.
  private struct Letter {
    /// The left upper corner, in pixels of the picture.
    var x: Int
    var y: Int
    var glyph: Int
    var color: RGB
    var wash: RGB
    var solid: UInt8
    var coverage: UInt8
  }

  private let grid: CellGrid
  private let atlas: GlyphAtlas
  private let geometry: GridGeometry
  private let width: Int
  /// From left to right.
  private var letters: [Letter] = []
  /// Those in pixel rows `band` · cell height and as many after it.
  private var near: [Letter] = []
  private var band: Int?

  private(set) var isUsed = false
  /// Whether something is solid below a letter: else nobody reads the wash.
  private var hasSolid = false

  init(grid: CellGrid, atlas: GlyphAtlas, geometry: GridGeometry, width: Int) {
    self.grid = grid
    self.atlas = atlas
    self.geometry = geometry
    self.width = width
  }

  /// The cells have changed. Glyphs that are no letters, as effects write them, are drawn `shift` beside their cells.
  func begin(shift: CellShift) {
    isUsed = !grid.letters.isEmpty
    guard isUsed else { return }
    band = nil
    var homes = Set<Int>()
    letters = grid.letters.map { letter in
      homes.insert(letter.row * grid.columns + letter.column)
      return place(letter)
    }
    for row in 0..<grid.rows where grid.summaries[row].hasGlyphs {
      for column in 0..<grid.columns where grid.glyphs(row)[column] != 0 {
        if homes.contains(row * grid.columns + column) { continue }
        let beside = LetterShift(right: shift.across(row: row), down: shift.down)
        letters.append(place(CellLetter(column: column, row: row, shift: beside, glyph: grid.glyphs(row)[column])))
      }
    }
    letters = letters.filter { $0.coverage > 0 && ($0.glyph != 0 || $0.solid != 0) }.sorted { $0.x < $1.x }
    hasSolid = letters.contains { $0.solid != 0 }
  }

  private func place(_ letter: CellLetter) -> Letter {
    let (column, row) = (letter.column, letter.row)
    func color(_ channels: PixelRow) -> RGB { RGB(channels.red[column], channels.green[column], channels.blue[column]) }
    let summary = grid.summaries[row]
    let solid = summary.hasSolid ? grid.solid(row)[column] : 0
    let coverage = summary.isHidden ? 0 : Int(grid.coverage(row)[column])
    return Letter(
      x: geometry.originX + column * geometry.cellWidth + letter.shift.right,
      y: geometry.originY + row * geometry.cellHeight + letter.shift.down, glyph: Int(letter.glyph),
      color: color(grid.color(row)), wash: color(solid == 0 ? grid.color(row) : grid.wash(row)), solid: solid,
      coverage: UInt8((coverage * Int(letter.level) + 127) / 255))
  }

  /// Writes a pixel row: the colors of the letters and of what is solid below them, and as red, green and blue of `shape`
  /// where they are solid, how far their cells are covered and their glyphs.
  func draw(row y: Int, color: PixelRow, wash: PixelRow, shape: PixelRow) -> CellGrid.RowSummary {
    gather(y / geometry.cellHeight)
    for channel in PixelRow.channels { memset(shape[channel], 0, PixelRow.padded(width)) }
    var summary = CellGrid.RowSummary(isFull: false, isHidden: true)
    var end = 0
    atlas.withCoverage { coverage in
      for letter in near where (letter.y..<letter.y + geometry.cellHeight).contains(y) {
        let (first, last) = (max(letter.x, 0), min(letter.x + geometry.cellWidth, width))
        guard first < last else { continue }
        let line = coverage + (letter.glyph * atlas.cellHeight + y - letter.y) * atlas.rowStride + first - letter.x
        if first >= end {
          memcpy(shape.blue + first, line, last - first)
          fill(first..<last, letter, color, wash, shape)
        } else {
          for x in first..<last {
            let ink = line[x - first]
            let own = Int(max(ink, letter.solid)) * Int(letter.coverage)
            let there = Int(max(shape.blue[x], shape.red[x])) * Int(shape.green[x])
            guard (own, ink) > (there, shape.blue[x]) else { continue }
            shape.blue[x] = ink
            fill(x..<x + 1, letter, color, wash, shape)
          }
        }
        end = max(end, last)
        summary.isHidden = false
        if letter.glyph != 0 { summary.hasGlyphs = true }
        if letter.solid != 0 { summary.hasSolid = true }
      }
    }
    return summary
  }

  private func gather(_ band: Int) {
    guard band != self.band else { return }
    self.band = band
    let height = geometry.cellHeight
    near = letters.filter { $0.y < (band + 1) * height && $0.y + height > band * height }
  }

  /// All but the glyph.
  private func fill(_ range: Range<Int>, _ letter: Letter, _ color: PixelRow, _ wash: PixelRow, _ shape: PixelRow) {
    func set(_ row: MutableBytes, _ value: UInt8) { memset(row + range.lowerBound, Int32(value), range.count) }
    func set(_ row: PixelRow, _ value: RGB) {
      set(row.red, value.red)
      set(row.green, value.green)
      set(row.blue, value.blue)
    }
    set(shape.green, letter.coverage)
    set(color, letter.color)
    guard hasSolid else { return }
    set(shape.red, letter.solid)
    set(wash, letter.wash)
  }
}
