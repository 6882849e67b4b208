import KernelTable
import SceneLang

/// The effect of one layer: its state, its arguments and the cells it draws. One per worker.
final class EffectLayer {
  let cells: EffectCells
  let isStateless: Bool
  private let initial: any EffectOp
  private var op: any EffectOp
  private let arguments: CallEvaluator

  /// `characterCount`: the visible characters of the layer's palette.
  init(
    _ call: NativeCall, of layer: Layer, in segment: SegmentGraph, geometry: GridGeometry, characterCount: Int,
    simulations: SimulationPlanes?, kernels: FieldKernels
  ) {
    let type = EffectOps.named(call.op)
    isStateless = type.declaration.facts.isStateless
    initial = type.init(
      EffectSetting(geometry: geometry, seed: layer.seed, characterCount: characterCount, kernels: kernels))
    op = initial
    cells = EffectCells(geometry: geometry)
    arguments = CallEvaluator(
      call, type.declaration.parameters, in: segment, geometry: geometry, simulations: simulations, kernels: kernels)
  }

  /// Draws the state for a frame, `ahead` seconds after its last tick.
  func draw(_ context: FrameContext, ahead: Double) {
    cells.clear()
    op.draw(arguments.evaluate(context), ahead: ahead, into: cells)
  }
}

extension EffectLayer: Ticking {
  func reset() { op = initial }

  func advance(_ context: FrameContext, tick: Int) { op.advance(arguments.evaluate(context), tick: tick) }

  var state: any Sendable {
    get { op }
    set {
      guard let state = newValue as? any EffectOp else { preconditionFailure("the state of something else") }
      op = state
    }
  }
}
