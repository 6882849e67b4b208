/// A call of a native op that takes more than numbers: an effect, a particle system or a simulation.
public struct NativeCall: Hashable, Sendable {
  public enum Value: Hashable, Sendable {
    /// At most frame rate.
    case number(NodeID)
    /// A value per cell of the op's grid.
    case field(NodeID)
    /// A choice or a text.
    case word(String)
  }

  /// The name of an op of kind `effect` or `particles`, or of a field with a state.
  public var op: String
  /// In the order of the declaration's parameters.
  public var arguments: [Value]

  public init(op: String, arguments: [Value]) {
    self.op = op
    self.arguments = arguments
  }

  /// The nodes it reads.
  public var nodes: [NodeID] {
    arguments.compactMap { argument in
      switch argument {
      case .number(let node), .field(let node): node
      case .word: nil
      }
    }
  }

  /// Its words, in order.
  var words: [String] { arguments.compactMap { if case .word(let word) = $0 { word } else { nil } } }

  func mapNodes(_ map: (NodeID) -> NodeID) -> NativeCall {
    var result = self
    result.arguments = arguments.map { argument in
      switch argument {
      case .number(let node): .number(map(node))
      case .field(let node): .field(map(node))
      case .word: argument
      }
    }
    return result
  }
}
