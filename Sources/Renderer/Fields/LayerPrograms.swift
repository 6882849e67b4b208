import KernelTable
import SceneLang

/// Builds the programs of a layer, from the finest to the coarsest: each stage asks the coarser ones for what it reads.
struct LayerPrograms {
  let stride: Int
  let frame: FrameValues
  private(set) var columnProgram = FieldProgram()
  private(set) var rowProgram = FieldProgram()
  private(set) var cellProgram = FieldProgram()
  private(set) var rowlessProgram = FieldProgram()
  let valueBuffer: UnsafeMutablePointer<Float>
  let outputBuffers: [UnsafeMutablePointer<Float>]

  private let facts: SegmentFacts
  private let geometry: GridGeometry
  private let kernels: FieldKernels
  private let arena: FieldArena
  private var supply: [NodeID: FieldProgramBuilder.Supply] = [:]
  private let inputs: InputStrips
  private let sources: LayerSources

  init(
    facts: SegmentFacts, value: NodeID?, outputs: [NodeID], geometry: GridGeometry, sources: LayerSources,
    kernels: FieldKernels, arena: FieldArena
  ) {
    self.facts = facts
    self.geometry = geometry
    self.sources = sources
    self.kernels = kernels
    self.arena = arena
    stride = FieldArena.padded(geometry.columns)
    inputs = InputStrips(geometry: geometry, arena: arena)
    valueBuffer = arena.allocate(stride)
    outputBuffers = outputs.map { [arena, stride] _ in arena.allocate(stride) }

    let plans = LayerPlans(
      value: value, outputs: outputs, cells: stride * geometry.rows,
      room: sources.simulations?.room ?? PlaneRoom(), readsPixels: sources.pixels != nil, facts: facts)
    frame = FrameValues(facts, roots: plans.requests(.scalar), geometry: geometry)

    // Programs, coarsest first, so that every operand has its place when it is read.
    run(once: strips(plans, .column(everyFrame: false)))
    run(once: strips(plans, .row(everyFrame: false)))
    columnProgram = strips(plans, .column(everyFrame: true))
    rowProgram = strips(plans, .row(everyFrame: true))
    makePlanes(plans[.plane], plans.requests(.plane))
    let sinks = zip(outputs, outputBuffers).map { (node: $0, buffer: $1) }
    cellProgram = FieldProgramBuilder.program(
      for: plans[.cell], in: cellSurroundings(value: value.map { (node: $0, buffer: valueBuffer) }, outputs: sinks))
    rowlessProgram = FieldProgramBuilder.program(
      for: plans.rowless, in: cellSurroundings(value: nil, outputs: sinks))
  }

  private func cellSurroundings(
    value: (node: NodeID, buffer: UnsafeMutablePointer<Float>)?,
    outputs: [(node: NodeID, buffer: UnsafeMutablePointer<Float>)]
  ) -> FieldProgramBuilder.Surroundings {
    FieldProgramBuilder.Surroundings(
      facts: facts, kernels: kernels, arena: arena, stripCount: stride, rowsAreUniform: true, supply: supply,
      inputs: { [inputs, sources] in
        if case .pixel(let channel) = $0, let pixels = sources.pixels { return pixels.channel(channel) }
        return inputs.strip($0)
      }, sources: sources, value: value, outputs: outputs)
  }

  /// The program that computes the requested nodes along all columns or all rows; they become supplies.
  private mutating func strips(_ plans: LayerPlans, _ stage: LayerPlans.Stage) -> FieldProgram {
    let alongRows = if case .row = stage { true } else { false }
    let (plan, requested) = (plans[stage], plans.requests(stage))
    let count = alongRows ? FieldArena.padded(geometry.rows) : stride
    var destinations: [NodeID: UnsafeMutablePointer<Float>] = [:]
    for id in requested { destinations[id] = arena.allocate(count) }
    // Within the program its own kind of values are strips, also those of the rows.
    let strips = supply.mapValues { supply in
      if case .rows(let rows) = supply { FieldProgramBuilder.Supply.strip(rows) } else { supply }
    }
    let program = FieldProgramBuilder.program(
      for: plan,
      in: FieldProgramBuilder.Surroundings(
        facts: facts, kernels: kernels, arena: arena, stripCount: count, rowsAreUniform: false, supply: strips,
        inputs: inputs.strip, destinations: destinations))
    for (id, strip) in destinations { supply[id] = alongRows ? .rows(strip) : .strip(strip) }
    return program
  }

  private func run(once program: FieldProgram) {
    program.loadUniforms(from: frame)
    program.run(frame)
  }

  /// Computes planes row by row and keeps them.
  private mutating func makePlanes(_ plan: EvaluationPlan, _ requested: [NodeID]) {
    guard !requested.isEmpty else { return }
    var surroundings = cellSurroundings(value: nil, outputs: [])
    var planes: [(strip: UnsafeMutablePointer<Float>, plane: UnsafeMutablePointer<Float>)] = []
    for id in requested {
      let strip = arena.allocate(stride)
      let plane = arena.allocate(stride * geometry.rows)
      surroundings.destinations[id] = strip
      supply[id] = .plane(plane)
      planes.append((strip, plane))
    }
    var program = FieldProgramBuilder.program(for: plan, in: surroundings)
    program.loadUniforms(from: frame)
    for row in 0..<geometry.rows {
      program.select(row: row, stride: stride)
      program.run(frame)
      for (strip, plane) in planes { (plane + row * stride).update(from: strip, count: stride) }
    }
  }
}

/// The inputs of column and row rate, in Float32, rounded once from the geometry's Double.
private struct InputStrips {
  private let strips: [Input: UnsafePointer<Float>]

  init(geometry: GridGeometry, arena: FieldArena) {
    func strip(_ count: Int, _ value: (Int) -> Double) -> UnsafePointer<Float> {
      let strip = arena.allocate(count)
      for index in 0..<FieldArena.padded(count) { strip[index] = ScalarMath.single(value(index)) }
      return UnsafePointer(strip)
    }
    strips = [
      .x: strip(geometry.columns, geometry.x(column:)),
      .u: strip(geometry.columns, geometry.u(column:)),
      .column: strip(geometry.columns, geometry.col(column:)),
      .y: strip(geometry.rows, geometry.y(row:)),
      .v: strip(geometry.rows, geometry.v(row:)),
      .row: strip(geometry.rows, geometry.row(row:)),
    ]
  }

  func strip(_ input: Input) -> UnsafePointer<Float> {
    guard let strip = strips[input] else { preconditionFailure("`\(input)` is not an input of a row or column") }
    return strip
  }
}
