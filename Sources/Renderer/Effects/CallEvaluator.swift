import KernelTable
import SceneLang

/// Evaluates the arguments of a native call at any moment. One per call and worker.
final class CallEvaluator {
  private let call: NativeCall
  private let parameters: [ParameterDeclaration]
  private let numbers: FrameValues
  private let fields: [NodeID: FieldPlane]

  /// `geometry`: the grid in whose cells fields are evaluated.
  init(
    _ call: NativeCall, _ parameters: [ParameterDeclaration], in segment: SegmentGraph, geometry: GridGeometry,
    simulations: SimulationPlanes?, kernels: FieldKernels
  ) {
    self.call = call
    self.parameters = parameters
    var roots: [NodeID] = []
    var fields: [NodeID: FieldPlane] = [:]
    for argument in call.arguments {
      switch argument {
      case .number(let node): roots.append(node)
      case .field(let node):
        fields[node] =
          fields[node]
          ?? FieldPlane(node, in: segment, geometry: geometry, simulations: simulations, kernels: kernels)
      case .word: break
      }
    }
    numbers = FrameValues(segment: segment, roots: roots, geometry: geometry)
    self.fields = fields
  }

  /// The arguments; fields stay valid until the next call.
  func evaluate(_ context: FrameContext) -> CallArguments {
    numbers.update(context)
    return CallArguments(
      parameters,
      call.arguments.map { argument in
        switch argument {
        case .number(let node): .number(numbers[node])
        case .field(let node): .field(fields[node]!.evaluate(context))
        case .word(let word): .word(word)
        }
      })
  }
}

/// A field argument, evaluated in all cells of a grid.
private final class FieldPlane {
  private let evaluator: LayerEvaluator
  private let buffer: AlignedBuffer<Float>
  private let geometry: GridGeometry
  private let stride: Int

  init(
    _ node: NodeID, in segment: SegmentGraph, geometry: GridGeometry, simulations: SimulationPlanes?,
    kernels: FieldKernels
  ) {
    evaluator = LayerEvaluator(
      segment: segment, value: node, outputs: [], geometry: geometry, sources: LayerSources(simulations: simulations),
      kernels: kernels)
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
