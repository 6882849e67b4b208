import KernelTable
import SceneLang

@testable import Renderer

/// Evaluates nodes one cell at a time by recursion, with no plan, program, hoisting or fusion: what the rates and
/// functions mean. Arithmetic is written out here; elementary functions come from the kernels, one lane at a time (they
/// have their own tests).
final class FieldReference {
  private let segment: SegmentGraph
  private let geometry: GridGeometry
  private let frame: FrameContext
  private let value: NodeID?
  /// What is known already; without it a graph with shared nodes would take exponential time.
  private var singles: [Place: Float] = [:]
  private var doubles: [Place: Double] = [:]

  private struct Place: Hashable {
    var node: NodeID
    var cell = Cell(column: 0, row: 0)
    var indices: [LoopID: Double]
  }

  init(segment: SegmentGraph, geometry: GridGeometry, frame: FrameContext, value: NodeID?) {
    self.segment = segment
    self.geometry = geometry
    self.frame = frame
    self.value = value
  }

  /// What the caller of a layer evaluator gets for an output.
  func output(_ id: NodeID, column: Int, row: Int) -> Float {
    let x = single(id, Cell(column: column, row: row), [:])
    return x.isNaN ? 0 : min(max(x, -Float.greatestFiniteMagnitude), Float.greatestFiniteMagnitude)
  }

  func layerValue(column: Int, row: Int) -> Float { layerValue(Cell(column: column, row: row)) }

  private struct Cell: Hashable {
    var column: Int
    var row: Int
  }

  private func layerValue(_ cell: Cell) -> Float {
    guard let value else { return 1 }
    let x = single(value, cell, [:])
    return x > 0 ? (x < 1 ? x : 1) : 0
  }

  private func isScalar(_ node: Node) -> Bool { node.rate.isAccepted(by: .frame) }

  // MARK: Float32, one cell

  private func single(_ id: NodeID, _ cell: Cell, _ indices: [LoopID: Double]) -> Float {
    let place = Place(node: id, cell: cell, indices: indices)
    if let known = singles[place] { return known }
    let found = evaluate(id, cell, indices)
    singles[place] = found
    return found
  }

  private func evaluate(_ id: NodeID, _ cell: Cell, _ indices: [LoopID: Double]) -> Float {
    let node = segment[id]
    if isScalar(node) {
      let x = double(id, indices)
      let limit = Double(Float.greatestFiniteMagnitude)
      return x.isNaN ? 0 : Float(min(max(x, -limit), limit))
    }
    func of(_ id: NodeID) -> Float { single(id, cell, indices) }
    switch node.kind {
    case .input(let input): return read(input, cell)
    case .unary(let function, let a): return apply(function, of(a))
    case .binary(let function, let a, let b): return apply(function, of(a), of(b))
    case .select(let condition, let then, let otherwise): return of(condition) != 0 ? of(then) : of(otherwise)
    case .random(let key, let a): return kernel(.random, [of(a)], key: key)
    case .native(let op, let arguments, _):
      return kernel(FieldOps.named(op).operation, arguments.map(of))
    case .promote(let a): return of(a)
    case .gradient(let gradient, let channel, let place):
      let entry = min(max(of(place), 0), 1) * 255
      let before = min(entry.rounded(.down), 254)
      func level(_ entry: Float) -> Float { Float(gradient.level(channel, at: Double(entry) / 255)) }
      return level(before) + (level(before + 1) - level(before)) * (entry - before)
    case .simulation, .sample, .picture, .heard, .curve, .percentile:
      preconditionFailure("the reference has neither states nor pictures")
    case .loop(let reduction, let loop, let from, let to, let limit, let body):
      let turns = turns(from, to, limit, indices)
      var total: Float?
      for turn in turns {
        let next = single(body, cell, indices.merging([loop: turn]) { $1 })
        total = total.map { combine(reduction, $0, next) } ?? next
      }
      guard let total else { return reduction == .product ? 1 : 0 }
      return reduction == .mean ? total / Float(turns.count) : total
    case .number, .index: preconditionFailure("a scalar has a fine rate")
    }
  }

  private func read(_ input: Input, _ cell: Cell) -> Float {
    switch input {
    case .x: Float(geometry.x(column: cell.column))
    case .u: Float(geometry.u(column: cell.column))
    case .column: Float(cell.column)
    case .y: Float(geometry.y(row: cell.row))
    case .v: Float(geometry.v(row: cell.row))
    case .row: Float(cell.row)
    case .value: layerValue(cell)
    default: preconditionFailure("a scalar has a fine rate")
    }
  }

  private func apply(_ function: UnaryFunction, _ x: Float) -> Float {
    switch function {
    case .negate: -x
    case .abs: x.magnitude
    case .sign: x > 0 ? 1 : x < 0 ? -1 : 0
    case .floor: x.rounded(.down)
    case .ceil: -(-x).rounded(.down)
    case .round: x.rounded(.down) + (x - x.rounded(.down) >= 0.5 ? 1 : 0)
    case .fract: x - x.rounded(.down) < 1 ? x - x.rounded(.down) : Float(1).nextDown
    case .sqrt: x > 0 ? x.squareRoot() : 0
    default: kernel(FieldOperation(function), [x])
    }
  }

  private func apply(_ function: BinaryFunction, _ a: Float, _ b: Float) -> Float {
    switch function {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: b == 0 ? 0 : a / b
    case .modulo: b == 0 ? 0 : a - b * (a / b).rounded(.down)
    case .minimum: a < b ? a : b
    case .maximum: a > b ? a : b
    case .hypot: (a * a + b * b).squareRoot()
    case .less: a < b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    case .equal: a == b ? 1 : 0
    case .notEqual: a != b ? 1 : 0
    case .power, .atan2: kernel(FieldOperation(function), [a, b])
    }
  }

  private func combine(_ reduction: Reduction, _ a: Float, _ b: Float) -> Float {
    switch reduction {
    case .sum, .mean: a + b
    case .product: a * b
    case .min: a < b ? a : b
    case .max: a > b ? a : b
    }
  }

  private func kernel(_ operation: FieldOperation, _ arguments: [Float], key: UInt64 = 0) -> Float {
    FieldLanes.run(operation, arguments.map { [$0] }, level: .baseline, key: key)[0]
  }

  // MARK: Double

  private func double(_ id: NodeID, _ indices: [LoopID: Double]) -> Double {
    let place = Place(node: id, indices: indices)
    if let known = doubles[place] { return known }
    let found = evaluate(id, indices)
    doubles[place] = found
    return found
  }

  private func evaluate(_ id: NodeID, _ indices: [LoopID: Double]) -> Double {
    func of(_ id: NodeID) -> Double { double(id, indices) }
    switch segment[id].kind {
    case .number(let value): return value
    case .index(let loop): return indices[loop]!
    case .input(let input): return read(input)
    case .unary(let function, let a): return ScalarMath.apply(function, of(a))
    case .binary(let function, let a, let b): return ScalarMath.apply(function, of(a), of(b))
    case .select(let condition, let then, let otherwise): return of(condition) != 0 ? of(then) : of(otherwise)
    case .random(let key, let a): return ScalarHash.random(of(a), key: key)
    case .native(let op, let arguments, _): return FieldOps.named(op).value(arguments.map(of))
    case .heard(let feature, let time):
      return frame.hearing.features(at: of(time), period: frame.period)[Feature.allCases.firstIndex(of: feature)!]
    case .curve(let curve, let time): return curve.value(at: of(time))
    case .gradient(let gradient, let channel, let place): return gradient.level(channel, at: of(place))
    case .promote(let a): return of(a)
    case .percentile, .simulation, .sample, .picture: preconditionFailure("a simulation is finer than a frame")
    case .loop(let reduction, let loop, let from, let to, let limit, let body):
      let turns = turns(from, to, limit, indices)
      var total: Double?
      for turn in turns {
        let next = double(body, indices.merging([loop: turn]) { $1 })
        total = total.map { combine(reduction, $0, next) } ?? next
      }
      guard let total else { return reduction == .product ? 1 : 0 }
      return reduction == .mean ? total / Double(turns.count) : total
    }
  }

  private func combine(_ reduction: Reduction, _ a: Double, _ b: Double) -> Double {
    switch reduction {
    case .sum, .mean: a + b
    case .product: a * b
    case .min: a < b ? a : b
    case .max: a > b ? a : b
    }
  }

  private func turns(_ from: NodeID, _ to: NodeID, _ limit: Int, _ indices: [LoopID: Double]) -> [Double] {
    func bound(_ id: NodeID) -> Double {
      let x = double(id, indices)
      return x.isNaN ? 0 : x.rounded(.up)
    }
    let start = bound(from)
    let count = max(0, min(bound(to) - start, Double(limit)))
    return (0..<Int(count)).map { start + Double($0) }
  }

  private func read(_ input: Input) -> Double {
    switch input {
    case .columns: Double(geometry.columns)
    case .rows: Double(geometry.rows)
    case .cellWidth: geometry.cellWidthShare
    case .cellHeight: geometry.cellHeightShare
    case .time: frame.time
    case .timeline: frame.timeline
    case .progress: frame.progress
    case .frame: Double(frame.frame)
    case .feature(let feature): frame.features[Feature.allCases.firstIndex(of: feature)!]
    default: preconditionFailure("a fine input has a scalar's rate")
    }
  }
}

/// Calls kernels on arrays.
enum FieldLanes {
  /// The operation on `arguments[k][i]`, for each i.
  static func run(
    _ operation: FieldOperation, _ arguments: [[Float]], level: KernelLevel, key: UInt64 = 0
  ) -> [Float] {
    let arena = FieldArena()
    let count = arguments[0].count
    let out = arena.allocate(count)
    let operands = arguments.map { argument in
      let strip = arena.allocate(count)
      for (index, value) in argument.enumerated() { strip[index] = value }
      return FieldOperand(strip: strip)
    }
    KernelSet(level).field[operation](out, operands, FieldArena.padded(count), key)
    return withExtendedLifetime(arena) { Array(UnsafeBufferPointer(start: out, count: count)) }
  }

  static var supportedLevels: [KernelLevel] { KernelLevel.allCases.filter(\.isSupported) }
}

/// A small generator with a seed, so that failures repeat (Steele, Lea and Flood, "SplitMix", 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
