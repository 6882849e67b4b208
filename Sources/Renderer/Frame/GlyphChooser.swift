import KernelTable
import SceneLang

/// Chooses the glyphs of a field's cells otherwise than by a ramp along their values.
protocol GlyphChooser: AnyObject {
  /// Begins a frame; `isSteady`: with the values that are held, as of all frames in order.
  func begin(_ context: FrameContext, isSteady: Bool)
  /// Takes the values of a frame without drawing it, for the frames after it.
  func hold(_ context: FrameContext)
  /// Writes the glyphs of a row of cells, whose own values are `values`; whether one is not the blank.
  func place(row: Int, _ values: Floats, into out: UnsafeMutablePointer<UInt16>) -> Bool
}

/// What choosers are made with.
struct GlyphChoice {
  var field: NodeID
  var layer: Layer
  var segment: SegmentGraph
  var geometry: GridGeometry
  var atlas: GlyphAtlas
  var ramp: GlyphRamp?
  var simulations: SimulationPlanes?
  var kernels: KernelSet

  /// Nil for a palette whose cells take the nearest glyph of a ramp.
  func chooser() -> (any GlyphChooser)? {
    switch layer.palette.match {
    case .ink, .index:
      layer.palette.dither == .none
        ? nil : ramp.map { CellDither(method: layer.palette.dither, ramp: $0, columns: geometry.columns) }
    case .coverage: CellShapes(self)
    case .random, .fixed: CellMap(layer, columns: geometry.columns, rows: geometry.rows, atlas: atlas)
    case .pattern: CellPatterns(self)
    }
  }

  /// Evaluates the field at several places of each cell.
  func evaluator(columnsPerCell: Int, rowsPerCell: Int) -> LayerEvaluator {
    LayerEvaluator(
      segment: segment, value: field, outputs: [],
      geometry: GridGeometry(geometry, columnsPerCell: columnsPerCell, rowsPerCell: rowsPerCell),
      sources: LayerSources(simulations: simulations), kernels: kernels.field)
  }
}
