import KernelTable

/// An instruction of a program under construction, before its results have registers.
struct VirtualInstruction {
  enum Operand {
    case register(VirtualRegister)
    case strip(UnsafePointer<Float>)
    case splat(UnsafePointer<Float>)
    /// A plane of the whole grid.
    case plane(UnsafePointer<Float>)
  }

  enum Result {
    case register(VirtualRegister)
    case memory(UnsafeMutablePointer<Float>)
  }

  var operation: FieldOperation
  var operands: [Operand]
  var result: Result
  var count: Int
  var key: UInt64 = 0

  /// The registers it reads or writes.
  var registers: [VirtualRegister] {
    var found: [VirtualRegister] = []
    for case .register(let register) in operands { found.append(register) }
    if case .register(let register) = result { found.append(register) }
    return found
  }
}

/// A value that needs a place: a whole strip, or 16 equal lanes.
struct VirtualRegister: Hashable {
  var index: Int
  var isSplat: Bool
}

/// Gives values places so that few are in use at once and a strip of all of them stays in the first-level cache.
///
/// A value lives from its first instruction to its last; one that a loop reads but does not make lives to the loop's end,
/// since the next turn reads it again. A place is free for the result of the very instruction that reads it last: kernels
/// work in place. `loops` are the ranges of instructions of each loop.
func allocateRegisters(
  _ instructions: [VirtualInstruction], loops: [ClosedRange<Int>], stripCount: Int, arena: FieldArena
) -> [VirtualRegister: UnsafeMutablePointer<Float>] {
  var first: [VirtualRegister: Int] = [:]
  var last: [VirtualRegister: Int] = [:]
  for (position, instruction) in instructions.enumerated() {
    for register in instruction.registers {
      let made = first[register, default: position]
      first[register] = made
      let end = loops.filter { $0.contains(position) && !$0.contains(made) }.map(\.upperBound).max() ?? position
      last[register] = max(last[register] ?? 0, end)
    }
  }

  var places: [VirtualRegister: UnsafeMutablePointer<Float>] = [:]
  var free: [Bool: [UnsafeMutablePointer<Float>]] = [:]
  var ending: [Int: [VirtualRegister]] = [:]
  for (register, end) in last { ending[end, default: []].append(register) }
  for (position, instruction) in instructions.enumerated() {
    for register in (ending[position] ?? []).sorted(by: { $0.index < $1.index }) {
      guard let place = places[register] else { continue }
      free[register.isSplat, default: []].append(place)
    }
    if case .register(let register) = instruction.result, places[register] == nil {
      places[register] =
        free[register.isSplat, default: []].popLast() ?? arena.allocate(register.isSplat ? 16 : stripCount)
    }
  }
  return places
}
