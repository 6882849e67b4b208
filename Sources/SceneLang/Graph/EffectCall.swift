/// A call of an effect or a particle system: what makes the cells of a layer by rules of its own.
public struct EffectCall: Hashable, Sendable {
  public enum Value: Hashable, Sendable {
    /// At most frame rate.
    case number(NodeID)
    /// A value per cell of the layer's grid.
    case field(NodeID)
    /// A choice or a text.
    case word(String)
  }

  /// The name of an op of kind `effect` or `particles`.
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

  func mapNodes(_ map: (NodeID) -> NodeID) -> EffectCall {
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
