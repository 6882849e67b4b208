import KernelTable
import SceneLang

/// Turns a plan into a register program: instructions by node, fused where possible, then registers.
struct FieldProgramBuilder {
  /// Where a node of another stage stands.
  enum Supply {
    /// One value per lane of this program.
    case strip(UnsafePointer<Float>)
    /// One value per row of the grid, uniform along the row (programs over cells only).
    case rows(UnsafePointer<Float>)
    /// One value per cell of the grid.
    case plane(UnsafePointer<Float>)
  }

  /// What a program is built into.
  struct Surroundings {
    var facts: SegmentFacts
    var kernels: FieldKernels
    var arena: FieldArena
    /// Lanes of a strip, a multiple of 16.
    var stripCount: Int
    /// Programs over cells: nodes of rate `row` are uniform along a strip.
    var rowsAreUniform: Bool
    var supply: [NodeID: Supply]
    /// Values of the inputs along a strip.
    var inputs: (Input) -> UnsafePointer<Float>
    /// Nodes whose strips go to memory.
    var destinations: [NodeID: UnsafeMutablePointer<Float>] = [:]
    var sources = LayerSources()
    /// The layer's own value, before clamping, and where it goes.
    var value: (node: NodeID, buffer: UnsafeMutablePointer<Float>)?
    var outputs: [(node: NodeID, buffer: UnsafeMutablePointer<Float>)] = []
  }

  private struct UniformKey: Hashable {
    var node: NodeID
    var isNegated = false
    var table: SoundTable?
  }

  private struct GradientKey: Hashable {
    var gradient: Gradient
    var channel: ColorChannel
  }

  private let surroundings: Surroundings
  private let facts: SegmentFacts
  private var readers: [NodeID: Int] = [:]
  private var places: [NodeID: VirtualInstruction.Operand] = [:]
  private var instructions: [VirtualInstruction] = []
  private var loops: [ClosedRange<Int>] = []
  private var samples: [[NodeID]: VirtualRegister] = [:]
  private var registerCount = 0
  private var constants: [UInt32: UnsafeMutablePointer<Float>] = [:]
  private var gradients: [GradientKey: UnsafePointer<Float>] = [:]
  private var uniforms: [UniformKey: UnsafeMutablePointer<Float>] = [:]
  private var uniformOrder: [UniformKey] = []
  private var rowUniforms: [UniformKey: UnsafeMutablePointer<Float>] = [:]
  private var program = FieldProgram()

  static func program(for plan: EvaluationPlan, in surroundings: Surroundings) -> FieldProgram {
    var builder = FieldProgramBuilder(surroundings)
    builder.countReaders(plan.steps)
    let steps = builder.emit(plan.steps)
    return builder.finish(steps)
  }

  private init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
    facts = surroundings.facts
  }

  private mutating func countReaders(_ steps: [EvaluationStep]) {
    for step in steps {
      switch step {
      case .node(let id): for source in facts.sources(id) { readers[source, default: 0] += 1 }
      case .loop(let id, let body):
        for source in facts.sources(id) { readers[source, default: 0] += 1 }
        countReaders(body)
      case .value: if let value = surroundings.value { readers[facts.source(value.node), default: 0] += 1 }
      case .output(let index): readers[facts.source(surroundings.outputs[index].node), default: 0] += 1
      }
    }
  }

  // MARK: Instructions

  private mutating func emit(_ block: [EvaluationStep]) -> [FieldProgram.Step] {
    let fusions = fusions(in: block)
    let absorbed = Set(fusions.values.flatMap(\.absorbed))
    var steps: [FieldProgram.Step] = []
    for step in block {
      switch step {
      case .node(let id) where facts.isScalar(id): steps.append(.scalar(step, []))
      case .node(let id) where absorbed.contains(id): break
      case .node(let id): emit(id, fusions[id], &steps)
      case .loop(let id, _) where facts.isScalar(id): steps.append(.scalar(step, []))
      case .loop(let id, let body): emitLoop(id, body, &steps)
      case .value:
        guard let value = surroundings.value else { preconditionFailure("a plan without a value has a value step") }
        append(.clampUnit, [operand(value.node)], to: .memory(value.buffer), &steps)
      case .output(let index):
        let output = surroundings.outputs[index]
        append(.clampFinite, [operand(output.node)], to: .memory(output.buffer), &steps)
      }
    }
    return steps
  }

  /// Readers before operands, so that the outermost node of a pattern absorbs the others.
  private func fusions(in block: [EvaluationStep]) -> [NodeID: Fusion] {
    var inBlock: Set<NodeID> = []
    for case .node(let id) in block where !facts.isScalar(id) { inBlock.insert(id) }
    var absorbed: Set<NodeID> = []
    var fusions: [NodeID: Fusion] = [:]
    for case .node(let id) in block.reversed() where inBlock.contains(id) && !absorbed.contains(id) {
      let fusion = OperationFusion(
        facts: facts,
        canAbsorb: { [readers, surroundings] inner in
          inBlock.contains(inner) && readers[inner] == 1 && surroundings.destinations[inner] == nil
            && isSplat(inner) == isSplat(id)
        },
        isUniform: { [surroundings, facts] in
          if case .rows = surroundings.supply[$0] { return true }
          return facts.isScalar($0)
        })
      guard let found = fusion.fusion(at: id) else { continue }
      fusions[id] = found
      absorbed.formUnion(found.absorbed)
    }
    return fusions
  }

  private func isSplat(_ id: NodeID) -> Bool { surroundings.rowsAreUniform && facts.rate(id) == .row }

  private mutating func emit(_ id: NodeID, _ fusion: Fusion?, _ steps: inout [FieldProgram.Step]) {
    if let fusion {
      return append(fusion.operation, fusion.terms.map { operand($0) }, of: id, &steps)
    }
    let operands = facts.segment[id].operands
    switch facts.kind(id) {
    case .input(let input):
      places[id] = .strip(surroundings.inputs(input))
      if surroundings.destinations[id] != nil { append(.copy, [operand(id)], of: id, &steps) }
    case .unary(let function, _): append(FieldOperation(function), operands.map { operand($0) }, of: id, &steps)
    case .binary(let function, _, _): append(FieldOperation(function), operands.map { operand($0) }, of: id, &steps)
    case .select: append(.select, operands.map { operand($0) }, of: id, &steps)
    case .random(let key, _): append(.random, operands.map { operand($0) }, of: id, key: key, &steps)
    case .native(let name, _, _):
      let op = FieldOps.named(name)
      let count = op.declaration.parameters.count
      let table = op.table.map {
        VirtualInstruction.Operand.splat(numbers(of: $0, at: operands.dropFirst(count).first))
      }
      append(op.operation, [table].compactMap { $0 } + operands.prefix(count).map { operand($0) }, of: id, &steps)
    case .simulation(let call, _, let x, let y):
      guard let planes = surroundings.sources.simulations else {
        preconditionFailure("node \(id.index) is a simulation and there are none here")
      }
      let operation: FieldOperation = SimulationOps.named(call.op).isTorus ? .sample : .sampleBounded
      append(operation, [operand(x), operand(y), .splat(planes.base(of: id))], of: id, &steps)
    case .picture(_, _, let x, let y, _):
      guard let planes = surroundings.sources.simulations else {
        preconditionFailure("node \(id.index) is a picture and there are none here")
      }
      append(.sampleBounded, [operand(x), operand(y), .splat(planes.base(of: id))], of: id, &steps)
    case .sample(let channel, let x, let y):
      append(.channel, [picture(at: (x, y), &steps)], of: id, key: UInt64(channel.rawValue), &steps)
    case .gradient(let gradient, let channel, let place):
      append(.lookup, [.splat(levels(of: gradient, channel)), operand(place)], of: id, &steps)
    case .number, .index, .loop, .promote, .heard, .curve, .percentile:
      preconditionFailure("node \(id.index) of rate \(facts.rate(id)) is \(facts.kind(id)): no instruction")
    }
  }

  /// The pixel at a place, sampled once for all its channels: they are computed in the same block.
  private mutating func picture(
    at place: (x: NodeID, y: NodeID), _ steps: inout [FieldProgram.Step]
  ) -> VirtualInstruction.Operand {
    let key = [facts.source(place.x), facts.source(place.y)]
    if let known = samples[key] { return .register(known) }
    guard let pixels = surroundings.sources.pixels else {
      preconditionFailure("a node samples a picture and there is none here")
    }
    let register = newRegister(isSplat: false)
    append(
      .samplePicture, [operand(place.x), operand(place.y), .splat(pixels.picture)], to: .register(register), &steps)
    samples[key] = register
    return .register(register)
  }

  private mutating func emitLoop(_ id: NodeID, _ body: [EvaluationStep], _ steps: inout [FieldProgram.Step]) {
    guard case .loop(let reduction, let loop, let from, let to, let limit, let result) = facts.kind(id) else {
      preconditionFailure("node \(id.index) is no loop")
    }
    let total = newRegister(isSplat: isSplat(id))
    let none = add(.copy, [constant(Float(reduction.valueOfNone))], .register(total))
    let bodySteps = emit(body)
    let value = operand(result)
    let start = add(.copy, [value], .register(total))
    let combine = add(FieldOperation(reduction.combination), [.register(total), value], .register(total))
    let turnLanes = surroundings.arena.allocate(16)
    let divide =
      reduction == .mean ? add(.divide, [.register(total), .splat(turnLanes)], .register(total)) : nil
    loops.append(none...(instructions.count - 1))
    steps.append(
      .loop(
        FieldProgram.Loop(
          id: loop, from: from, to: to, limit: limit, body: bodySteps, none: none, start: start, combine: combine,
          divide: divide, turnLanes: turnLanes)))
    places[id] = .register(total)
    if surroundings.destinations[id] != nil { append(.copy, [.register(total)], of: id, &steps) }
  }

  /// Appends the instruction that computes a node.
  private mutating func append(
    _ operation: FieldOperation, _ operands: [VirtualInstruction.Operand], of id: NodeID, key: UInt64 = 0,
    _ steps: inout [FieldProgram.Step]
  ) {
    if let memory = surroundings.destinations[id] {
      append(operation, operands, to: .memory(memory), key: key, &steps)
      places[id] = .strip(UnsafePointer(memory))
    } else {
      let register = newRegister(isSplat: isSplat(id))
      append(operation, operands, to: .register(register), key: key, &steps)
      places[id] = .register(register)
    }
  }

  private mutating func append(
    _ operation: FieldOperation, _ operands: [VirtualInstruction.Operand], to result: VirtualInstruction.Result,
    key: UInt64 = 0, _ steps: inout [FieldProgram.Step]
  ) {
    let index = add(operation, operands, result, key: key)
    if case .calls(let range)? = steps.last, range.upperBound == index {
      steps[steps.count - 1] = .calls(range.lowerBound..<(index + 1))
    } else {
      steps.append(.calls(index..<(index + 1)))
    }
  }

  private mutating func add(
    _ operation: FieldOperation, _ operands: [VirtualInstruction.Operand], _ result: VirtualInstruction.Result,
    key: UInt64 = 0
  ) -> Int {
    var count = surroundings.stripCount
    if case .register(let register) = result, register.isSplat { count = 16 }
    instructions.append(
      VirtualInstruction(operation: operation, operands: operands, result: result, count: count, key: key))
    return instructions.count - 1
  }

  private mutating func newRegister(isSplat: Bool) -> VirtualRegister {
    registerCount += 1
    return VirtualRegister(index: registerCount - 1, isSplat: isSplat)
  }

  // MARK: Operands

  private mutating func operand(_ term: FusionTerm) -> VirtualInstruction.Operand {
    switch term {
    case .node(let id): operand(id)
    case .negated(let id): operand(id, negated: true)
    case .constant(let value): constant(value)
    }
  }

  /// Where a node stands. Precondition: only uniforms are negated.
  private mutating func operand(_ id: NodeID, negated: Bool = false) -> VirtualInstruction.Operand {
    let id = facts.source(id)
    if facts.isOfCell(id) {
      if let cells = surroundings.sources.cells {
        return .plane(facts.kind(id) == .input(.value) ? cells.values : cells.energies)
      }
      guard let value = surroundings.value else { return constant(1) }
      return .strip(UnsafePointer(value.buffer))
    }
    let key = UniformKey(node: id, isNegated: negated)
    if facts.isScalar(id) { return .splat(uniform(key)) }
    switch surroundings.supply[id] {
    case .strip(let strip)?: return .strip(strip)
    case .plane(let plane)?: return .plane(plane)
    case .rows(let rows)?: return .splat(rowUniform(key, rows))
    case nil:
      guard let place = places[id] else { preconditionFailure("node \(id.index) is read before it is computed") }
      return place
    }
  }

  private mutating func uniform(_ key: UniformKey) -> UnsafeMutablePointer<Float> {
    if let lanes = uniforms[key] { return lanes }
    let lanes = surroundings.arena.allocate(key.table == nil ? 16 : SoundTables.size)
    uniforms[key] = lanes
    uniformOrder.append(key)
    return lanes
  }

  /// `second`: of the video; nil for that of the frame.
  private mutating func numbers(of table: SoundTable, at second: NodeID?) -> UnsafePointer<Float> {
    if let second { return UnsafePointer(uniform(UniformKey(node: facts.source(second), table: table))) }
    if let known = program.tables.first(where: { $0.table == table }) { return UnsafePointer(known.numbers) }
    let numbers = surroundings.arena.allocate(SoundTables.size)
    program.tables.append((table, numbers))
    return UnsafePointer(numbers)
  }

  /// A table of 256 places.
  private mutating func levels(of gradient: Gradient, _ channel: ColorChannel) -> UnsafePointer<Float> {
    let key = GradientKey(gradient: gradient, channel: channel)
    if let known = gradients[key] { return known }
    let levels = surroundings.arena.allocate(256)
    for entry in 0..<256 { levels[entry] = Float(gradient.level(channel, at: Double(entry) / 255)) }
    gradients[key] = UnsafePointer(levels)
    return UnsafePointer(levels)
  }

  private mutating func rowUniform(_ key: UniformKey, _ rows: UnsafePointer<Float>) -> UnsafeMutablePointer<Float> {
    if let lanes = rowUniforms[key] { return lanes }
    let lanes = surroundings.arena.allocate(16)
    rowUniforms[key] = lanes
    program.rowUniforms.append(.init(rows: rows, isNegated: key.isNegated, lanes: lanes))
    return lanes
  }

  private mutating func constant(_ value: Float) -> VirtualInstruction.Operand {
    if let lanes = constants[value.bitPattern] { return .splat(lanes) }
    let lanes = surroundings.arena.allocate(16)
    lanes.update(repeating: value, count: 16)
    constants[value.bitPattern] = lanes
    return .splat(lanes)
  }

  // MARK: Registers

  private mutating func finish(_ steps: [FieldProgram.Step]) -> FieldProgram {
    var uniformsOfBodies: [NodeID: [FieldProgram.Uniform]] = [:]
    for key in uniformOrder {
      let uniform = FieldProgram.Uniform(
        node: key.node, isNegated: key.isNegated, table: key.table, lanes: uniforms[key]!)
      if facts.openLoops(key.node).isEmpty {
        program.uniforms.append(uniform)
      } else {
        uniformsOfBodies[key.node, default: []].append(uniform)
      }
    }
    program.steps = Self.attach(uniformsOfBodies, to: steps)

    let places = allocateRegisters(
      instructions, loops: loops, stripCount: surroundings.stripCount, arena: surroundings.arena)
    for instruction in instructions {
      let firstOperand = program.operands.count
      for operand in instruction.operands {
        switch operand {
        case .register(let register):
          let base = UnsafePointer(places[register]!)
          program.operands.append(register.isSplat ? FieldOperand(splat: base) : FieldOperand(strip: base))
        case .strip(let base): program.operands.append(FieldOperand(strip: base))
        case .splat(let base): program.operands.append(FieldOperand(splat: base))
        case .plane(let base):
          program.planeOperands.append(.init(operand: program.operands.count, plane: base))
          program.operands.append(FieldOperand(strip: base))
        }
      }
      let out =
        switch instruction.result {
        case .register(let register): places[register]!
        case .memory(let memory): memory
        }
      program.instructions.append(
        FieldProgram.Instruction(
          kernel: surroundings.kernels[instruction.operation], out: out, firstOperand: firstOperand,
          count: instruction.count, key: instruction.key))
    }
    return program
  }

  /// Which uniforms a scalar of a loop's body feeds is known only when the whole program is.
  private static func attach(
    _ uniforms: [NodeID: [FieldProgram.Uniform]], to steps: [FieldProgram.Step]
  ) -> [FieldProgram.Step] {
    steps.map { step in
      switch step {
      case .calls: return step
      case .scalar(let scalar, _):
        switch scalar {
        case .node(let id), .loop(let id, _): return .scalar(scalar, uniforms[id] ?? [])
        case .value, .output: return step
        }
      case .loop(var loop):
        loop.body = attach(uniforms, to: loop.body)
        return .loop(loop)
      }
    }
  }
}
