extension Analyzer {
  /// A segment's `feedback:`: `none`, a name, `name(decay=0.8)`, `{name: {decay: 0.8}}`, or a mapping of parameters alone,
  /// which changes the catalogue's plain feedback. Nil for none or after a report.
  func readFeedback(_ source: ScopedEntry) -> CheckedFeedback? {
    let node = source.value
    if case .scalar(let scalar) = node.content, Name.folded(scalar.text) == "none" { return nil }
    guard
      let expression = expression(
        named(node), in: source.scope, callee: { catalog.entry(.feedback, $0.key).map(Callee.init) })
    else { return nil }
    switch withHyphens(expression).kind {
    case .reference(let path) where path.count == 1: return feedback(path[0], [], expression.span, in: source.scope)
    case .call(let path, let arguments) where path.count == 1:
      return feedback(path[0], arguments, expression.span, in: source.scope)
    case .invalid: return nil
    default:
      report(.notAFeedback(expression.span))
      return nil
    }
  }

  /// Notes the feedback of a named look.
  func add(_ feedback: YAMLEntry, of look: Name, in scope: Scope) {
    guard let others = lookFeedbacks else { return report(.feedbackOfGroup(look)) }
    guard others.isEmpty else { return report(.secondFeedback(look)) }
    lookFeedbacks = readFeedback(ScopedEntry(entry: feedback, scope: scope)).map { [$0] } ?? []
  }

  /// The node with the name of the plain feedback before parameters that have none.
  private func named(_ node: YAMLNode) -> YAMLNode {
    guard case .mapping(let entries) = node.content, let first = entries.first else { return node }
    let isParameter = FeedbackParameter(rawValue: Name.folded(first.key)) != nil
    guard entries.count > 1 || isParameter else { return node }
    let entry = YAMLEntry(key: catalog.defaults.feedback, keySpan: first.keySpan, value: node)
    return YAMLNode(.mapping([entry]), span: node.span)
  }

  private func feedback(
    _ name: Name, _ arguments: [Argument], _ span: Span, in scope: Scope
  ) -> CheckedFeedback? {
    guard let entry = catalog.entry(.feedback, name.key) else {
      report(.unknownFeedback(name, catalog.names(.feedback), FeedbackParameter.allCases.map(\.rawValue)))
      checkArgumentsOfUnknown(arguments, in: scope)
      return nil
    }
    guard let call = shader(entry, name, arguments, span, in: scope) else { return nil }
    func number(_ parameter: FeedbackParameter) -> TypedExpression {
      guard case .number(let value) = call[parameter] else { preconditionFailure("\(parameter) is no number") }
      return value
    }
    func word(_ parameter: FeedbackParameter) -> String {
      guard case .choice(let word) = call[parameter] else { preconditionFailure("\(parameter) is no choice") }
      return word
    }
    guard let motion = Feedback.Motion(rawValue: word(.transform)),
      let blend = catalog.entry(.blend, Name.folded(word(.blend)))
    else { preconditionFailure("a choice of \(entry.name) that nothing stands behind") }
    return CheckedFeedback(
      decay: number(.decay), motion: motion, amount: number(.amount), hueShift: number(.hueShift), blend: blend.name,
      opacity: number(.opacity), call: call)
  }
}

extension CheckedFeedback {
  /// Multiplies the opacity by a share, or by a condition.
  mutating func weaken(by share: TypedExpression, in analyzer: Analyzer) {
    opacity = analyzer.make(.multiply, opacity, share, share.span)
  }
}

extension CheckedShader {
  fileprivate subscript(parameter: FeedbackParameter) -> Value {
    arguments[FeedbackParameter.allCases.firstIndex(of: parameter)!]
  }
}

extension Diagnostic {
  fileprivate static func notAFeedback(_ span: Span) -> Diagnostic {
    Diagnostic("wrong_type", "expected a feedback, such as `{decay: 0.85, transform: zoom}`", at: span)
  }

  fileprivate static func feedbackOfGroup(_ look: Name) -> Diagnostic {
    Diagnostic(
      "wrong_type", "`\(look.text)` brings a feedback, which only a segment has", at: look.span,
      help: "write it in the `look:` of the segment")
  }

  fileprivate static func secondFeedback(_ look: Name) -> Diagnostic {
    Diagnostic(
      "wrong_type", "`\(look.text)` brings a second feedback, a segment has one", at: look.span,
      help: "`feedback:` of the segment says which, in place of those of its look")
  }

  fileprivate static func unknownFeedback(_ name: Name, _ names: [String], _ parameters: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_feedback", "no feedback is called `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: names + parameters),
      help: "the feedbacks are \(list(names.sorted())); or give \(list(parameters))",
      edit: replacement(name.text, among: names + parameters, at: name.span))
  }
}
