import KernelTable
import SceneLang

/// A register program over strips: kernel calls with fixed operands, and loops around them. Made by `FieldProgramBuilder`.
///
/// It reads the buffers that its operands point at and the scalars of `frame`; it allocates nothing when it runs.
struct FieldProgram {
  struct Instruction {
    var kernel: FieldKernel
    var out: UnsafeMutablePointer<Float>
    /// The first of its operands in `operands`.
    var firstOperand: Int
    var count: Int
    var key: UInt64
  }

  /// What follows from a scalar and enters the program: it itself, rounded to Float32, in 16 lanes, or a table of the sound at
  /// that second of the video.
  struct Uniform {
    var node: NodeID
    var isNegated: Bool
    var table: SoundTable?
    var lanes: UnsafeMutablePointer<Float>
  }

  /// A value of the row that enters the program of its cells.
  struct RowUniform {
    var rows: UnsafePointer<Float>
    var isNegated: Bool
    var lanes: UnsafeMutablePointer<Float>
  }

  /// An operand that stands in a plane of the whole grid and moves from row to row.
  struct PlaneOperand {
    var operand: Int
    var plane: UnsafePointer<Float>
  }

  struct Loop {
    var id: LoopID
    var from: NodeID
    var to: NodeID
    var limit: Int
    var body: [Step]
    /// The instruction that gives the total of no turns.
    var none: Int
    /// Copies the body's value into the total, after the first turn.
    var start: Int
    /// Combines it with the total, after the others.
    var combine: Int
    /// For a mean: divides the total by the number of turns, which stands in `turnLanes`.
    var divide: Int?
    var turnLanes: UnsafeMutablePointer<Float>
  }

  enum Step {
    case calls(Range<Int>)
    /// A scalar of a loop's body, evaluated in Double each turn.
    case scalar(EvaluationStep, [Uniform])
    indirect case loop(Loop)
  }

  var instructions: [Instruction] = []
  var operands: [FieldOperand] = []
  var steps: [Step] = []
  /// Written before the first strip of a frame.
  var uniforms: [Uniform] = []
  /// Written before the first strip of a frame: 256 numbers each.
  var tables: [(table: SoundTable, numbers: UnsafeMutablePointer<Float>)] = []
  /// Written before each row.
  var rowUniforms: [RowUniform] = []
  var planeOperands: [PlaneOperand] = []

  /// Writes the frame's scalars.
  func loadUniforms(from frame: FrameValues) {
    for uniform in uniforms { write(uniform, from: frame) }
    for (table, numbers) in tables { fill(numbers, with: frame.table(table)) }
  }

  /// Writes what changes with the row of cells; planes have `stride` values a row.
  mutating func select(row: Int, stride: Int) {
    for uniform in rowUniforms {
      let value = uniform.rows[row]
      fill(uniform.lanes, with: uniform.isNegated ? -value : value)
    }
    for operand in planeOperands { operands[operand.operand].base = operand.plane + row * stride }
  }

  /// Computes one strip.
  func run(_ frame: FrameValues) {
    instructions.withUnsafeBufferPointer { instructions in
      operands.withUnsafeBufferPointer { operands in
        guard let operands = operands.baseAddress else { return }
        run(steps, frame, instructions, operands)
      }
    }
  }

  private func run(
    _ steps: [Step], _ frame: FrameValues, _ instructions: UnsafeBufferPointer<Instruction>,
    _ operands: UnsafePointer<FieldOperand>
  ) {
    func call(_ index: Int) {
      let instruction = instructions[index]
      instruction.kernel(instruction.out, operands + instruction.firstOperand, instruction.count, instruction.key)
    }
    for step in steps {
      switch step {
      case .calls(let range): for index in range { call(index) }
      case .scalar(let step, let uniforms):
        frame.run(step)
        for uniform in uniforms { write(uniform, from: frame) }
      case .loop(let loop):
        let turns = LoopTurns(from: frame[exact: loop.from], to: frame[exact: loop.to], limit: loop.limit)
        if turns.count == 0 { call(loop.none) }
        for turn in 0..<turns.count {
          frame.setIndex(of: loop.id, to: turns.start + Double(turn))
          run(loop.body, frame, instructions, operands)
          call(turn == 0 ? loop.start : loop.combine)
        }
        if let divide = loop.divide, turns.count > 0 {
          fill(loop.turnLanes, with: Float(turns.count))
          call(divide)
        }
      }
    }
  }

  private func write(_ uniform: Uniform, from frame: FrameValues) {
    if let table = uniform.table { return fill(uniform.lanes, with: frame.table(table, at: uniform.node)) }
    let value = ScalarMath.single(frame[exact: uniform.node])
    fill(uniform.lanes, with: uniform.isNegated ? -value : value)
  }

  private func fill(_ lanes: UnsafeMutablePointer<Float>, with value: Float) {
    lanes.update(repeating: value, count: 16)
  }

  private func fill(_ numbers: UnsafeMutablePointer<Float>, with table: [Float]) {
    table.withUnsafeBufferPointer { numbers.update(from: $0.baseAddress!, count: SoundTables.size) }
  }
}
