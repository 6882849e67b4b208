import KernelTable
import SceneLang

/// Glyphs whose form is that of the field within each cell: it is read in the middles of 2 × 3 parts of the cell, and the
/// glyph is taken whose coverage of these parts is nearest to the ink that stands for value^gamma, by the sum of squares.
/// So tone is kept, and edges go through the cells where the picture has them.
final class CellShapes: GlyphChooser {
  private let columns: Int
  private let stride: Int
  private let evaluator: LayerEvaluator
  /// Nil without hysteresis: of the finer places.
  private let held: HeldValues?
  private var isSteady = true

  private let shapes: GlyphShapes
  /// Value · 1023 → ink.
  private let levels: [Float]
  private let jitter: CellJitter
  /// The levels of a row of cells, part by part, each `stride` long.
  private let parts: AlignedBuffer<Float>
  private let nearest: AlignedBuffer<Float>
  private let kernels: any PixelKernels.Type

  init(_ choice: GlyphChoice) {
    let palette = choice.layer.palette
    columns = choice.geometry.columns
    stride = FieldArena.padded(columns)
    kernels = choice.kernels.pixel
    evaluator = choice.evaluator(columnsPerCell: GlyphShapes.across, rowsPerCell: GlyphShapes.down)
    held =
      palette.hysteresis > 0
      ? HeldValues(
        threshold: palette.hysteresis, columns: columns * GlyphShapes.across,
        rows: choice.geometry.rows * GlyphShapes.down) : nil
    let shapes = GlyphShapes(palette: palette, atlas: choice.atlas)
    self.shapes = shapes
    levels = (0...1023).map { ScalarMath.single(shapes.ink(of: ScalarMath.pow(Double($0) / 1023, palette.gamma))) }
    jitter = CellJitter(
      amount: palette.jitter, seed: choice.layer.seed, columns: columns, rows: choice.geometry.rows, stride: stride)
    parts = AlignedBuffer(count: stride * GlyphShapes.parts)
    nearest = AlignedBuffer(count: stride)
  }

  func begin(_ context: FrameContext, isSteady: Bool) {
    evaluator.begin(context)
    self.isSteady = isSteady
    if isSteady { held?.begin(context.frame) }
  }

  func hold(_ context: FrameContext) {
    begin(context, isSteady: true)
    guard let held else { return }
    for row in 0..<held.rows { _ = held.take(row: row, evaluator.row(row).value, count: held.columns) }
  }

  func place(row: Int, _ values: Floats, into out: UnsafeMutablePointer<UInt16>) -> Bool {
    for part in 0..<GlyphShapes.down {
      let line = row * GlyphShapes.down + part
      var values = evaluator.row(line).value
      if isSteady, let held { values = held.take(row: line, values, count: held.columns) }
      for side in 0..<GlyphShapes.across {
        kernels.partLevels(
          parts.base + (part * GlyphShapes.across + side) * stride, value: values + side, step: GlyphShapes.across,
          jitter: jitter.row(row), levels: levels, count: columns)
      }
    }
    return kernels.nearestShapes(
      out, levels: parts.base, stride: stride, shapes: shapes.coverage, glyphs: shapes.glyphs,
      shapeCount: shapes.glyphs.count, scratch: nearest.base, count: columns)
  }
}
