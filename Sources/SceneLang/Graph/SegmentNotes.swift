/// What the printed graph says of a segment's parts beside what they are.
public struct SegmentNotes: Sendable, Hashable {
  public struct Part: Sendable, Hashable {
    /// Facts of its op, and what it reads beside other nodes, in words.
    public var facts: [String]
    /// Operations of its expressions in a frame, as `check` counts them: see `WorkUnits`.
    public var operations: Double

    public init(facts: [String] = [], operations: Double = 0) {
      self.facts = facts
      self.operations = operations
    }
  }

  /// By node: for all that read it.
  public var nodes: [Part]
  /// By layer, each of them before those in its group.
  public var layers: [Part]
  public var overlay: [Part]
  public var feedback: Part?
  public var shaders: [Part]
  public var transition: Part?

  public init(
    nodes: [Part], layers: [Part], overlay: [Part], feedback: Part?, shaders: [Part], transition: Part?
  ) {
    self.nodes = nodes
    self.layers = layers
    self.overlay = overlay
    self.feedback = feedback
    self.shaders = shaders
    self.transition = transition
  }

  /// Of a frame outside of transitions.
  public var operations: Double { nodes.reduce(0) { $0 + $1.operations } - (transition?.operations ?? 0) }
}

extension SegmentNotes.Part {
  /// As the end of a line: `, stateless, 26560 operations`.
  var text: String { (facts + [work].compactMap { $0 }).map { ", " + $0 }.joined() }

  /// A line for each.
  var lines: String { (facts + [work].compactMap { $0 }).map { "\n" + $0 }.joined() }

  private var work: String? { operations > 0 ? "\(SegmentNotes.count(operations)) operations" : nil }

  var members: [(key: String, value: JSONValue)] {
    [("facts", .array(facts.map { .string($0) })), ("operations", SegmentNotes.json(operations))]
  }
}

extension SegmentNotes {
  /// Whole, unless there are too many to read.
  static func count(_ operations: Double) -> String { operations < 1e15 ? "\(Int(operations))" : "\(operations)" }

  static func json(_ operations: Double) -> JSONValue {
    operations < 1e15 ? .int(Int(operations)) : .number(operations)
  }
}
