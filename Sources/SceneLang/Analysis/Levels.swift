/// `levels(field, 2%, 98%)`: a field stretched so that these shares of it lie below 0 and above 1, over the segment.
extension Analyzer {
  func levels(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    guard (1...3).contains(arguments.count), arguments.allSatisfy({ $0.name == nil }) else {
      for argument in arguments { _ = check(argument.value, in: scope) }
      report(.argumentCount(name, "one to three positional", arguments.count, span))
      return .invalid(span)
    }
    let given = check(arguments[0].value, in: scope)
    let value = given.isInvalid ? given : filled(given, at: given.span)
    let shares = arguments.dropFirst().map { argument -> Double? in
      let slot = Slot("a percentile of `levels`", .number, rate: .constant, in: 0...1)
      return settled(accept(check(argument.value, in: scope), in: slot))
    }
    guard !value.isInvalid, expectNumber(value, for: "`levels`"), shares.allSatisfy({ $0 != nil }) else {
      return .invalid(span)
    }
    let low = shares.first.flatMap { $0 } ?? 0.02
    let high = shares.count > 1 ? shares[1]! : 1 - low
    guard low < high else {
      report(.levelsOutOfOrder(span))
      return .invalid(span)
    }
    if let state = simulation(in: value, throughNames: true) {
      report(.levelsOfState(state, span))
      return .invalid(span)
    }
    if contains(value, where: { $0.isOfCell }) {
      report(.levelsOfCell(value))
      return .invalid(span)
    }
    func percentile(_ share: Double) -> TypedExpression {
      TypedExpression(.percentile(value, share: share), value.dimension, rate: .segment, span: span)
    }
    let (black, white) = (percentile(low), percentile(high))
    let range = make(.subtract, white, black, value.dimension, span)
    return clip(make(.divide, make(.subtract, value, black, value.dimension, span), range, span), span)
  }

  /// Whether an expression measures something, by itself or through the fields that it calls.
  func measures(_ expression: TypedExpression) -> Bool {
    contains(expression, throughNames: false) { if case .percentile = $0 { true } else { false } }
  }

  /// Whether an expression reads something, through fields and, unless told otherwise, names too.
  func contains(
    _ expression: TypedExpression, throughNames: Bool = true, where isSought: (TypedExpression.Kind) -> Bool
  ) -> Bool {
    // Each name and field once: see `NameFacts`.
    var names: Set<BindingID> = []
    var fields: Set<DefinitionID> = []
    func search(_ part: TypedExpression) -> Bool {
      if isSought(part.kind) { return true }
      switch part.kind {
      case .binding(let id):
        return throughNames && names.insert(id).inserted ? binding(id).map(search) ?? false : false
      case .field(let id, let arguments):
        if fields.insert(id).inserted, case .done(let field) = definitions[id.index].state, search(field.value) {
          return true
        }
        return arguments.contains(where: search)
      default: return part.parts.contains(where: search)
      }
    }
    return search(expression)
  }
}

extension TypedExpression.Kind {
  /// Known only while a layer is drawn.
  fileprivate var isOfCell: Bool {
    switch self {
    case .input(.value), .input(.energy), .input(.pixel): true
    default: false
    }
  }
}

extension Diagnostic {
  static func levelsInLoop(_ span: Span) -> Diagnostic {
    Diagnostic(
      "levels_in_loop", "`levels` is measured before rendering and cannot stand in a loop", at: span,
      help: "name it in `let:` and read the name")
  }

  fileprivate static func levelsOutOfOrder(_ span: Span) -> Diagnostic {
    Diagnostic(
      "out_of_range", "the first percentile of `levels` lies below the second", at: span,
      help: "as in `levels(plasma, 2%, 98%)`")
  }

  fileprivate static func levelsOfState(_ op: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "levels_unknown", "`levels` is measured before rendering, and `\(op)` has a state that only then comes about",
      at: span, help: "stretch it by hand, as in `smoothstep(0.1, 0.6, \(op))`")
  }

  fileprivate static func levelsOfCell(_ value: TypedExpression) -> Diagnostic {
    Diagnostic(
      "levels_unknown", "`levels` is measured before rendering, and this is known only while a layer is drawn",
      at: value.span, help: "give it a field, as in `levels(plasma, 2%, 98%)`")
  }
}
