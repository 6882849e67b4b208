import Glibc
import KernelTable
import SceneLang

/// Draws one layer's cells, a pixel row at a time: result = (1 − α)·Cb + α·B(Cb, Cs).
///
/// Once per text row the colours of its cells are spread over their pixels; a pixel row then only copies its slices of
/// the glyphs and runs byte loops over whole rows. Rows may be asked for in any order.
final class LayerCompositor: RowDrawer {
  private let grid: CellGrid
  private let atlas: GlyphAtlas
  private let geometry: GridGeometry
  private let blender: RowBlender
  private var blend: BlendMode { blender.mode }
  private let keepsCoverage: Bool
  /// Whether the glyphs of the outer cells go on in the margins above and below the grid.
  private let fillsMargins: Bool
  /// Whether what is solid below the outer cells goes on there.
  private let extendsGround: Bool
  private let kernels: any PixelKernels.Type
  private let width: Int
  private let paddedWidth: Int
  /// Cuts the layer pixel by pixel; nil for no mask, or one of cells.
  private let mask: PixelMask?

  /// The colours of text row `spreadRow`, over pixels.
  private var spreadRow = -1
  private var shift = CellShift()
  /// What is left to do for it: some of its summary may have gone into the colours.
  private var summary = CellGrid.RowSummary()
  private let color: PixelRowBuffer
  private let wash: PixelRowBuffer
  /// Red: solid, green: coverage of the cells, blue: coverage of the glyphs.
  private let shape: PixelRowBuffer
  private let source: PixelRowBuffer
  /// Two rows for intermediate coverages, and one of 255.
  private let alpha: PixelRowBuffer
  /// The colours of a row of cells times their coverage.
  private let weighed: AlignedBuffer<UInt8>
  /// Draws the text whose letters lie beside their cells.
  private let letters: LetterRows

  /// `keepsCoverage`: rows are drawn on a canvas that has a coverage. `fillsMargins`: the glyphs of the outer cells, such as
  /// whole blocks, go on to the picture's edge; `extendsGround`: what is solid below them does.
  init(
    grid: CellGrid, atlas: GlyphAtlas, geometry: GridGeometry, blend: BlendMode, light: Layer.BlendLight = .encoded,
    mask: PixelMask? = nil, width: Int,
    kernels: any PixelKernels.Type, keepsCoverage: Bool = false, fillsMargins: Bool = false,
    extendsGround: Bool = true
  ) {
    precondition(
      geometry.columns == grid.columns && geometry.rows == grid.rows && atlas.cellWidth == geometry.cellWidth
        && atlas.cellHeight == geometry.cellHeight, "grid, atlas and geometry differ")
    self.grid = grid
    self.atlas = atlas
    self.geometry = geometry
    blender = RowBlender(blend, light: light, width: width, kernels: kernels)
    self.keepsCoverage = keepsCoverage
    self.fillsMargins = fillsMargins
    self.extendsGround = extendsGround
    self.mask = mask
    self.kernels = kernels
    self.width = width
    paddedWidth = PixelRow.padded(width)
    let overflow = max(0, -geometry.originX, geometry.originX + grid.columns * geometry.cellWidth - width)
    // A shift is at most a cell.
    let margin = overflow + geometry.cellWidth + atlas.rowStride + 16
    color = PixelRowBuffer(width: width, margin: margin)
    wash = PixelRowBuffer(width: width, margin: margin)
    shape = PixelRowBuffer(width: width, margin: margin)
    source = PixelRowBuffer(width: width)
    alpha = PixelRowBuffer(width: width)
    memset(alpha.row.blue, 255, paddedWidth)
    weighed = AlignedBuffer(count: grid.stride)
    letters = LetterRows(grid: grid, atlas: atlas, geometry: geometry, width: width)
  }

  /// The cells have changed; they are drawn `shift` beside their grid.
  func begin(shift: CellShift = CellShift()) {
    spreadRow = -1
    self.shift = shift
    letters.begin(shift: shift)
  }

  func draw(
    row y: Int, over backdrop: PixelRow, isBlack: Bool = false, coverage: MutableBytes? = nil, into out: PixelRow
  ) -> Bool {
    precondition((coverage != nil) == keepsCoverage, "a compositor is made for one kind of canvas")
    let below = y - geometry.originY - shift.down
    let isInside = below >= 0 && below < grid.rows * geometry.cellHeight
    // The margins take the wash of the nearest cells, and at most their glyphs.
    let hasGlyphs = isInside || fillsMargins
    if !isInside && !extendsGround { return false }
    let line = min(max(below, 0), grid.rows * geometry.cellHeight - 1)
    let textRow = line / geometry.cellHeight
    if letters.isUsed {
      summary = letters.draw(row: y, color: color.row, wash: wash.row, shape: shape.row)
      if summary.isEmpty { return false }
    } else {
      if textRow != spreadRow { spread(textRow) }
      if summary.isEmpty || (!hasGlyphs && !summary.hasSolid) { return false }
    }
    let cut = mask?.row(y)
    if let cut, cut.isEmpty { return false }

    let glyphs = shape.row.blue
    if !letters.isUsed {
      if hasGlyphs && summary.hasGlyphs {
        copyGlyphs(textRow, line: line - textRow * geometry.cellHeight)
      } else {
        memset(glyphs, 0, paddedWidth)
      }
    }
    if summary.isSolid && summary.isFull && blend == .normal && cut?.isFull ?? true {
      mixGlyphs(glyphs, into: out)
      if let coverage { memset(coverage, 255, paddedWidth) }
      return true
    }
    if summary.hasSolid { mixGlyphs(glyphs, into: source.row) }
    let sourceRow = summary.hasSolid ? source.row : color.row
    var alphaRow = self.coverage(glyphs)
    if let mask, let cut { alphaRow = mask.cut(alphaRow, by: cut) }
    if let coverage {
      blender.blend(
        sourceRow, alpha: alphaRow, over: backdrop, isBlack: isBlack, coverage: coverage, into: out)
    } else {
      blender.blend(sourceRow, alpha: alphaRow, over: backdrop, isBlack: isBlack, into: out)
    }
    return true
  }

  /// The glyph's colour over the solid cell's.
  private func mixGlyphs(_ glyphs: Bytes, into out: PixelRow) {
    for channel in PixelRow.channels {
      if summary.isWashBlack {
        // The same bits with one product instead of two.
        kernels.multiply(out[channel], color.row[channel], glyphs, count: paddedWidth)
        continue
      }
      kernels.interpolate(
        out[channel], from: wash.row[channel], to: color.row[channel], alpha: glyphs, count: paddedWidth)
    }
  }

  private func coverage(_ glyphs: MutableBytes) -> Bytes {
    let (solid, cells) = (shape.row.red, shape.row.green)
    if summary.isSolid { return Bytes(summary.isFull ? alpha.row.blue : cells) }
    var shapeRow = glyphs
    if summary.hasSolid {
      kernels.union(alpha.row.red, glyphs, solid, count: paddedWidth)
      shapeRow = alpha.row.red
    }
    if summary.isFull { return Bytes(shapeRow) }
    kernels.multiply(alpha.row.green, shapeRow, cells, count: paddedWidth)
    return Bytes(alpha.row.green)
  }

  private func copyGlyphs(_ textRow: Int, line: Int) {
    atlas.withCoverage {
      kernels.glyphRow(
        shape.row.blue + geometry.originX + shift.across(row: textRow), coverage: $0 + line * atlas.rowStride,
        glyphs: grid.glyphs(textRow),
        glyphStride: atlas.cellHeight * atlas.rowStride, rowStride: atlas.rowStride, columns: grid.columns,
        cellWidth: atlas.cellWidth)
    }
  }

  private func spread(_ textRow: Int) {
    spreadRow = textRow
    summary = grid.summaries[textRow]
    if summary.isEmpty { return }
    // A coverage grows by what black covers, too.
    let isLinear = blender.isLinearInSource && !keepsCoverage
    let weighs = isLinear && !summary.isFull
    if weighs { summary.isFull = true }
    if isLinear && summary.isWashBlack { (summary.isSolid, summary.hasSolid) = (false, false) }
    if !extendsGround { summary.isSolid = false }
    for channel in PixelRow.channels {
      spread(grid.color(textRow)[channel], textRow, weighs, over: color.row[channel])
      if summary.hasSolid { spread(grid.wash(textRow)[channel], textRow, weighs, over: wash.row[channel]) }
    }
    if summary.hasSolid && !summary.isSolid {
      spread(grid.solid(textRow), over: shape.row.red)
      if !extendsGround { clearMargins(shape.row.red) }
    }
    if !summary.isFull { spread(grid.coverage(textRow), over: shape.row.green) }
  }

  private func clearMargins(_ row: MutableBytes) {
    let left = geometry.originX + shift.across(row: spreadRow)
    let right = left + grid.columns * geometry.cellWidth
    if left > 0 { memset(row, 0, left) }
    if right < paddedWidth { memset(row + max(right, 0), 0, paddedWidth - max(right, 0)) }
  }

  /// Colours over their pixels, weighed by the coverage of their cells if `weighs`.
  private func spread(_ cells: Bytes, _ textRow: Int, _ weighs: Bool, over row: MutableBytes) {
    guard weighs else { return spread(cells, over: row) }
    kernels.multiply(weighed.base, cells, grid.coverage(textRow), count: grid.columns)
    spread(weighed.base, over: row)
  }

  private func spread(_ cells: Bytes, over row: MutableBytes) {
    geometry.spread(
      cells, over: row, right: shift.across(row: spreadRow), paddedWidth: paddedWidth, kernels)
  }
}
