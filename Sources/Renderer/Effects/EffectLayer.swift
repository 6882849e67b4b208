import KernelTable
import SceneLang

/// The effect of one layer: its state, its arguments and the cells it draws. One per worker.
final class EffectLayer {
  let cells: EffectCells
  let isStateless: Bool
  private let declaration: OpDeclaration
  private let initial: any EffectOp
  private var op: any EffectOp
  private let call: EffectCall
  private let values: FrameValues
  private let fields: [NodeID: FieldPlane]

  /// `characterCount`: the visible characters of the layer's palette.
  init(
    _ call: EffectCall, of layer: Layer, in segment: SegmentGraph, geometry: GridGeometry, characterCount: Int,
    kernels: FieldKernels
  ) {
    self.call = call
    let type = EffectOps.named(call.op)
    declaration = type.declaration
    isStateless = declaration.facts.isStateless
    initial = type.init(
      EffectSetting(geometry: geometry, seed: layer.seed, characterCount: characterCount, kernels: kernels))
    op = initial
    cells = EffectCells(geometry: geometry)
    var numbers: [NodeID] = []
    var fields: [NodeID: FieldPlane] = [:]
    for argument in call.arguments {
      switch argument {
      case .number(let node): numbers.append(node)
      case .field(let node):
        fields[node] = fields[node] ?? FieldPlane(node, in: segment, geometry: geometry, kernels: kernels)
      case .word: break
      }
    }
    values = FrameValues(segment: segment, roots: numbers, geometry: geometry)
    self.fields = fields
  }

  /// Draws the state for a frame, `ahead` seconds after its last tick.
  func draw(_ context: FrameContext, ahead: Double) {
    cells.clear()
    op.draw(arguments(context), ahead: ahead, into: cells)
  }

  private func arguments(_ context: FrameContext) -> EffectArguments {
    values.update(context)
    return EffectArguments(
      declaration.parameters,
      call.arguments.map { argument in
        switch argument {
        case .number(let node): .number(values[node])
        case .field(let node): .field(fields[node]!.evaluate(context))
        case .word(let word): .word(word)
        }
      })
  }
}

extension EffectLayer: Ticking {
  func reset() { op = initial }

  func advance(_ context: FrameContext, tick: Int) { op.advance(arguments(context), tick: tick) }

  var state: any Sendable {
    get { op }
    set {
      guard let state = newValue as? any EffectOp else { preconditionFailure("the state of something else") }
      op = state
    }
  }
}

/// A field argument, evaluated in all cells of the layer's grid.
private final class FieldPlane {
  private let evaluator: LayerEvaluator
  private let buffer: AlignedBuffer<Float>
  private let geometry: GridGeometry
  private let stride: Int

  init(_ node: NodeID, in segment: SegmentGraph, geometry: GridGeometry, kernels: FieldKernels) {
    evaluator = LayerEvaluator(segment: segment, value: node, outputs: [], geometry: geometry, kernels: kernels)
    self.geometry = geometry
    stride = FieldArena.padded(geometry.columns)
    buffer = AlignedBuffer(count: stride * geometry.rows)
  }

  func evaluate(_ context: FrameContext) -> CellField {
    evaluator.begin(context)
    for row in 0..<geometry.rows {
      (buffer.base + row * stride).update(from: evaluator.row(row).value, count: geometry.columns)
    }
    return CellField(columns: geometry.columns, rows: geometry.rows, stride: stride, values: buffer.base)
  }
}
