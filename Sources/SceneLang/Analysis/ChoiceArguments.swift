/// Choices are words of a closed set: `mode=edge` in a call, `if(mode == edge, …)` in what is called. In the graph a
/// choice is the place of its word.
extension Analyzer {
  /// An argument for a parameter of type `choice`: one of its words, or a choice that is known here by name.
  func choice(_ expression: Expression, of parameter: CheckedParameter, _ owner: String, in scope: Scope)
    -> TypedExpression
  {
    if let word = word(expression, among: parameter.choices) {
      return TypedExpression(
        .choice(word, of: parameter.choices), type: .choice, rate: .constant, span: expression.span)
    }
    if case .call(let path, _) = expression.kind, path.count == 1, ["if", "pick"].contains(path[0].key) {
      let what = "a choice for `\(parameter.name)` of `\(owner)`"
      let chosen = chosenExpression(expression, as: what, in: scope) {
        self.choice($0, of: parameter, owner, in: scope)
      }
      return chosen ?? .invalid(expression.span)
    }
    if let given = choice(expression, in: scope) {
      if given.isInvalid { return given }
      if let word = constantText(given), parameter.choices.contains(word) {
        return TypedExpression(
          .choice(word, of: parameter.choices), type: .choice, rate: .constant, span: expression.span)
      }
      if case .parameter = given.kind, choices(of: given) == parameter.choices { return given }
    }
    let what = "a choice for `\(parameter.name)` of `\(owner)`"
    report(.unknownChoice(text(of: expression), of: what, choices: parameter.choices, at: expression.span))
    return .invalid(expression.span)
  }

  /// `mode == edge` or `mode != edge`, either way round; nil unless one side is a choice.
  func comparison(
    _ op: BinaryOperator, _ left: Expression, _ right: Expression, _ span: Span, in scope: Scope
  ) -> TypedExpression? {
    guard op == .equal || op == .notEqual else { return nil }
    guard
      let (known, other) = choice(left, in: scope).map({ ($0, right) }) ?? choice(right, in: scope).map({ ($0, left) })
    else { return nil }
    if known.isInvalid { return known }
    let choices = choices(of: known)
    guard let word = word(other, among: choices) ?? choice(other, in: scope).flatMap({ constantText($0) }),
      let place = choices.firstIndex(of: word)
    else {
      report(.unknownChoice(text(of: other), of: "a choice of `\(text(of: left))`", choices: choices, at: other.span))
      return .invalid(span)
    }
    if let own = constantText(known) {
      return TypedExpression(
        .number((own == word) == (op == .equal) ? 1 : 0), type: .boolean, rate: .constant, span: span)
    }
    return make(
      op == .equal ? .equal : .notEqual, known, .number(Double(place), span: other.span), type: .boolean, .plain, span)
  }

  /// A parameter or a name of type `choice`; nil for anything else.
  private func choice(_ expression: Expression, in scope: Scope) -> TypedExpression? {
    guard case .reference(let path) = expression.kind, path.count == 1 else { return nil }
    switch scope.find(path[0].key) {
    case .parameter(_, let parameter) where parameter.type == .choice: return check(expression, in: scope)
    case .binding(let id) where binding(id, from: expression.span)?.type == .choice: return check(expression, in: scope)
    default: return nil
    }
  }

  private func choices(of value: TypedExpression) -> [String] {
    switch value.kind {
    case .choice(_, let choices): choices
    case .binding(let id): binding(id).map { self.choices(of: $0) } ?? []
    case .parameter(let place): openParameters.indices.contains(place) ? openParameters[place].choices : []
    default: []
    }
  }

  private func word(_ expression: Expression, among choices: [String]) -> String? {
    let text = text(of: expression)
    return choices.first { Name.folded($0) == Name.folded(text) }
  }

  /// A word as it is written.
  func text(of expression: Expression) -> String {
    switch expression.kind {
    case .reference(let path) where path.count == 1: path[0].text
    case .string(let text): text
    default:
      String(
        decoding: sources[expression.span.file].bytes[expression.span.start..<expression.span.end], as: UTF8.self)
    }
  }
}
