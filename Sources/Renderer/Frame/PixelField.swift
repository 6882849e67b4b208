import KernelTable
import SceneLang

/// A field read at every pixel of the picture. A pixel is a cell of a grid of its own: `1cell` is a pixel there.
final class PixelField {
  private let evaluator: LayerEvaluator

  init(
    _ field: NodeID, in segment: SegmentGraph, simulations: SimulationPlanes?, width: Int, height: Int,
    kernels: KernelSet
  ) {
    evaluator = LayerEvaluator(
      segment: segment, value: nil, outputs: [field], geometry: GridGeometry(pixelsOf: width, height),
      sources: LayerSources(simulations: simulations), kernels: kernels.field)
  }

  /// A new frame.
  func begin(_ context: FrameContext) { evaluator.begin(context) }

  /// The values of pixel row `y` in the frame of the last `begin`; valid until the next call.
  func row(_ y: Int) -> Floats { Floats(evaluator.row(y)[0]) }
}
