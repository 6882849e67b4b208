/// Refers to a node of the same `SegmentGraph` by its index. Operands come before the nodes that read them.
public struct NodeID: Hashable, Sendable, Comparable {
  public let index: Int

  public init(_ index: Int) { self.index = index }

  public static func < (a: NodeID, b: NodeID) -> Bool { a.index < b.index }
}

/// A typed value of the render graph. Numbers are the only run-time type: booleans are 0 and 1, colours three nodes.
///
/// Nodes up to rate `frame` are evaluated in Double, finer ones in Float32 (one rounding where a value crosses over).
/// `rate` is decided by lowering and no pass changes it: it is part of what the value is.
public struct Node: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case number(Double)
    case input(Input)
    case unary(UnaryFunction, NodeID)
    case binary(BinaryFunction, NodeID, NodeID)
    /// `then` where `condition` is not 0.
    case select(condition: NodeID, then: NodeID, otherwise: NodeID)
    /// A reduction over index = from, from + 1, … < to, at most `limit` turns; `from` and `to` have at most frame rate
    /// and are rounded up to integers. Nodes that (transitively) read `.index(loop)` belong to the body.
    case loop(Reduction, LoopID, from: NodeID, to: NodeID, limit: Int, body: NodeID)
    case index(LoopID)
    /// Uniform in [0, 1): the hash of `key` and of the argument's floor (an integer of magnitude below 2^24).
    case random(key: UInt64, NodeID)
    /// A native field op, evaluated by the renderer at the rate of the node.
    ///
    /// One that hears may have an argument more, of at most frame rate: the second of the video that it listens to.
    case native(op: String, arguments: [NodeID], seed: UInt64)
    /// A feature of the sound at `at` seconds of the video, which has at most frame rate.
    case heard(Feature, at: NodeID)
    /// The value at (x, y) of a field with a state, which grows by ticks of 1/24 s. Nodes with equal call and seed read one
    /// state. The arguments are read once a tick, the coordinates per cell.
    case simulation(NativeCall, seed: UInt64, x: NodeID, y: NodeID)
    /// A picture at (x, y) and at `time` seconds of its own, which has at most frame rate.
    case picture(PictureInput, PictureChannel, x: NodeID, y: NodeID, time: NodeID)
    /// A curve at a time of at most frame rate.
    case curve(SampledCurve, at: NodeID)
    /// A channel of a gradient's colour at a place, 0…1.
    case gradient(Gradient, ColorChannel, at: NodeID)
    /// The level below which this share of a value lies, over the cells of some frames of the segment; the renderer
    /// measures it before the first frame. Rate segment, whatever that of the value.
    case percentile(of: NodeID, share: Double)
    /// A channel of the picture that a pixel shader reads, 0…1, at (x, y): bilinear, and its edges are repeated.
    case sample(ColorChannel, x: NodeID, y: NodeID)
    /// The same value at a finer rate (keeps the point where Double becomes Float32).
    case promote(NodeID)
  }

  public var kind: Kind
  public var rate: Rate

  public init(_ kind: Kind, rate: Rate) {
    self.kind = kind
    self.rate = rate
  }

  /// The nodes this one reads, in order.
  public var operands: [NodeID] {
    switch kind {
    case .number, .input, .index: []
    case .unary(_, let a), .random(_, let a), .promote(let a), .heard(_, let a), .curve(_, let a),
      .gradient(_, _, let a), .percentile(let a, _):
      [a]
    case .binary(_, let a, let b): [a, b]
    case .select(let c, let a, let b): [c, a, b]
    case .loop(_, _, let from, let to, _, let body): [from, to, body]
    case .native(_, let arguments, _): arguments
    case .simulation(let call, _, let x, let y): call.nodes + [x, y]
    case .picture(_, _, let x, let y, let time): [x, y, time]
    case .sample(_, let x, let y): [x, y]
    }
  }
}

/// Tells the loops of one segment apart.
public struct LoopID: Hashable, Sendable {
  public let index: Int

  public init(_ index: Int) { self.index = index }
}

/// A channel of a picture.
public enum ColorChannel: Int, Hashable, Sendable, CaseIterable { case red, green, blue }

/// Values the renderer supplies. Positions are those of the layer's own grid; in a pixel shader the
/// pixels are the cells.
public enum Input: Hashable, Sendable {
  /// Column rate. `x`: 0 at the centre of the picture, the shorter side is 1. `u`: 0…1 at cell centres. `column`: from 0.
  case x, u, column
  /// Row rate. `y` grows downwards.
  case y, v, row
  /// Constant for a grid: counts, and the size of a cell in shares of the picture's shorter side.
  case columns, rows, cellWidth, cellHeight
  /// The layer's own value (cell rate), for its colours, and the second number that an effect gives its cells (a drop's
  /// kind, a particle's speed); elsewhere that is the value again.
  case value, energy
  /// Frame rate. `time`: seconds in the segment; `timeline`: seconds in the video; `progress`: 0…1 through the segment;
  /// `frame`: integer from 0 in the segment.
  case time, timeline, progress, frame
  case feature(Feature)
  /// A channel of the pixel that a pixel shader changes, 0…1.
  case pixel(ColorChannel)

  public var rate: Rate {
    switch self {
    case .x, .u, .column: .column
    case .y, .v, .row: .row
    case .columns, .rows, .cellWidth, .cellHeight: .constant
    case .value, .energy: .cell
    case .time, .timeline, .progress, .frame, .feature: .frame
    case .pixel: .pixel
    }
  }
}

/// The audio features a scene can read (CATALOGUE I-4 and LANGUAGE), in 0…1 unless said.
public enum Feature: String, Sendable, Hashable, CaseIterable {
  case rms, sub, bass, lomid, mid, himid, hi, cent, flat, flux
  case subR = "sub_r", bassR = "bass_r", lomidR = "lomid_r", midR = "mid_r", himidR = "himid_r", hiR = "hi_r"
  case centD = "cent_d"
  /// How strongly something begins: 1 for the strongest onsets.
  case onset
  /// 1 while a beat sounds; `bdecay` falls from 1 to 0 after it; `beatN` and `barN` count from 0; `beatPhase` runs 0…1.
  case beat, bdecay, beatN = "beat_n", barN = "bar_n", beatPhase = "beat_phase", bpm
}

/// Functions of one number. All are total: sqrt of a negative is 0, log of x ≤ 0 is the log of the smallest normal
/// number, asin and acos clamp their argument.
public enum UnaryFunction: String, Sendable, Hashable, CaseIterable {
  case negate, abs, sign, floor, ceil, round, fract, sqrt, cbrt, exp, log, sin, cos, tan, asin, acos, atan, tanh
}

/// Functions of two numbers. x / 0 is 0; `modulo` is x − y·floor(x / y), 0 for y = 0; `power` of a negative base uses
/// the sign only for integer exponents and is 0 otherwise; comparisons give 0 or 1.
public enum BinaryFunction: String, Sendable, Hashable, CaseIterable {
  case add, subtract, multiply, divide, modulo, power, minimum, maximum, atan2, hypot
  case less, lessOrEqual, equal, notEqual
}
