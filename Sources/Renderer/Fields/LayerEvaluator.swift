import KernelTable
import SceneLang

/// Evaluates the cells of one layer: its value and any other nodes, row of cells by row of cells.
///
/// Every node is evaluated at its own rate: scalars once a frame in Double (`FrameValues`), columns and rows once a frame
/// along a strip, or once for all where no frame changes them, cells per row. One per worker: it is not `Sendable`.
public final class LayerEvaluator {
  private let geometry: GridGeometry
  private let stride: Int
  private let hasValue: Bool
  private let outputCount: Int
  private let arena = FieldArena()
  /// The programs read its memory.
  private let sources: LayerSources

  private let frame: FrameValues
  private var columnProgram: FieldProgram
  private var rowProgram: FieldProgram
  private var cellProgram: FieldProgram
  /// Outputs that are the same in every row, computed per frame.
  private var rowlessProgram: FieldProgram

  private let valueBuffer: UnsafePointer<Float>
  /// One buffer per output.
  private let buffers: UnsafeMutablePointer<UnsafePointer<Float>>

  /// Plans the layer and evaluates what no frame can change.
  ///
  /// `value` is the layer's field, nil for a layer without one (text), for which `Input.value` reads 1. `outputs` are all
  /// other nodes wanted per cell; coarser ones are spread over the cells. Precondition: no node is finer than a cell.
  init(
    segment: SegmentGraph, value: NodeID?, outputs: [NodeID], geometry: GridGeometry,
    sources: LayerSources = LayerSources(), kernels: FieldKernels
  ) {
    self.sources = sources
    let facts = SegmentFacts(segment)
    for node in [value].compactMap({ $0 }) + outputs {
      precondition(
        facts.rate(node) != .pixel || sources.pixels != nil, "node \(node.index) has rate pixel, finer than a cell")
    }
    let builder = LayerPrograms(
      facts: facts, value: value, outputs: outputs, geometry: geometry, sources: sources, kernels: kernels,
      arena: arena)
    self.geometry = geometry
    hasValue = value != nil
    outputCount = outputs.count
    stride = builder.stride
    frame = builder.frame
    columnProgram = builder.columnProgram
    rowProgram = builder.rowProgram
    cellProgram = builder.cellProgram
    rowlessProgram = builder.rowlessProgram
    valueBuffer = UnsafePointer(builder.valueBuffer)
    buffers = .allocate(capacity: max(outputs.count, 1))
    for (index, buffer) in builder.outputBuffers.enumerated() {
      (buffers + index).initialize(to: UnsafePointer(buffer))
    }
  }

  deinit { buffers.deallocate() }

  /// Evaluates all that is coarser than a cell, for one frame.
  public func begin(_ context: FrameContext) {
    sources.simulations?.pictures.update(context)
    frame.update(context)
    columnProgram.loadUniforms(from: frame)
    columnProgram.run(frame)
    rowProgram.loadUniforms(from: frame)
    rowProgram.run(frame)
    rowlessProgram.loadUniforms(from: frame)
    rowlessProgram.run(frame)
    cellProgram.loadUniforms(from: frame)
  }

  /// Evaluates a row of cells of the frame of the last `begin`. The pointers stay valid until the next call of `row` or
  /// `begin`.
  public func row(_ row: Int) -> FieldRow {
    precondition(row >= 0 && row < geometry.rows, "row \(row) of \(geometry.rows)")
    cellProgram.select(row: row, stride: stride)
    cellProgram.run(frame)
    return FieldRow(
      columns: geometry.columns, valueBuffer: hasValue ? valueBuffer : nil,
      outputs: UnsafeBufferPointer(start: buffers, count: outputCount))
  }
}

/// What a layer's nodes read that neither the frame nor other nodes give.
struct LayerSources {
  /// What `Input.value` and `Input.energy` are in a layer whose cells an effect makes.
  var cells: EffectCells?
  var simulations: SimulationPlanes?
  /// In a pixel shader, whose cells are pixels.
  var pixels: PixelSource?
}

/// The values of one row of cells: `columns` Float32 each, readable up to the next multiple of 16.
public struct FieldRow {
  public let columns: Int
  fileprivate let valueBuffer: UnsafePointer<Float>?
  fileprivate let outputs: UnsafeBufferPointer<UnsafePointer<Float>>

  /// The layer's own value, 0…1. Precondition: the layer has one.
  public var value: UnsafePointer<Float> {
    guard let valueBuffer else { preconditionFailure("a layer without a field has no values") }
    return valueBuffer
  }

  /// An output by its index in the evaluator's `outputs`: finite, not clamped.
  public subscript(_ output: Int) -> UnsafePointer<Float> { outputs[output] }
}
