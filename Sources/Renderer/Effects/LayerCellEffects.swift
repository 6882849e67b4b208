import KernelTable
import SceneLang

/// The cell effects of one layer, ready to run. One per worker.
final class LayerCellEffects {
  private let steps: [(op: any CellEffectOp.Type, arguments: CallEvaluator, seed: UInt64)]
  private let cells: CellGrid
  private let atlas: GlyphAtlas

  /// Nil for a layer without effects.
  init?(
    of layer: Layer, in segment: SegmentGraph, cells: CellGrid, assets: LayerAssets, simulations: SimulationPlanes?,
    kernels: FieldKernels
  ) {
    if layer.effects.isEmpty { return nil }
    self.cells = cells
    atlas = assets.atlas
    steps = layer.effects.enumerated().map { place, call in
      let op = CellEffects.named(call.op)
      let arguments = CallEvaluator(
        call, op.declaration.parameters, in: segment, geometry: assets.geometry, simulations: simulations,
        kernels: kernels)
      return (op, arguments, layer.seed &+ UInt64(place) &* 0xD1B5_4A32_D192_ED03)
    }
  }

  /// Changes the cells of a frame.
  func apply(_ context: FrameContext, opacity: Double) {
    for step in steps {
      step.op.apply(
        step.arguments.evaluate(context), to: CellSurface(cells, atlas: atlas, seed: step.seed, opacity: opacity))
      cells.summarize()
    }
  }
}
