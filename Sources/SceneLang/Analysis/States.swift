extension Analyzer {
  /// The op of the first field with a state that an expression calls, or (`throughNames`) that a name in it stands for.
  func simulation(in expression: TypedExpression, throughNames: Bool) -> String? {
    func first(_ parts: [TypedExpression]) -> String? {
      parts.firstFact { simulation(in: $0, throughNames: throughNames) }
    }
    switch expression.kind {
    case .simulation(let call): return call.op
    case .binding(let id):
      return throughNames ? fact(\.simulations, of: id, none: nil) { first([$0]) } : nil
    case .field(let id, let arguments):
      let kind: WritableKeyPath<NameFacts, [DefinitionID: String?]> =
        throughNames ? \.simulationsOfFields : \.ownSimulationsOfFields
      return fact(kind, of: id, none: nil) { first([$0]) } ?? first(arguments)
    default: return first(expression.parts)
    }
  }
}

extension Diagnostic {
  static func stateInLoop(_ op: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "state_in_loop", "`\(op)` has a state and cannot stand in a loop", at: span,
      help: "name it in `let:` and read the name")
  }

  static func stateInBranch(_ op: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "state_in_branch", "`\(op)` has a state and cannot stand in `if`", at: span,
      help: "name it in `let:` and read the name: its state goes on in every frame")
  }

  static func stateAtAnotherTime(_ op: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "state_at_time", "`\(op)` has a state and cannot be read at another time", at: span,
      help: "it can be read at other coordinates: `at(…, x=…, y=…)`")
  }
}
