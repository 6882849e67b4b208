extension Analyzer {
  /// An `effect:` or `particles:` slot: a call of an op that makes its own cells. Nil after a report.
  func effect(_ entry: YAMLEntry, in scope: Scope) -> (call: CheckedCall, op: OpDeclaration)? {
    call(of: Name.folded(entry.key) == "particles" ? .particles : .effect, entry.value, in: scope)
  }

  private func call(of kind: OpKind, _ node: YAMLNode, in scope: Scope) -> (call: CheckedCall, op: OpDeclaration)? {
    chosenCall(node, of: kind, as: "the \(kind.described)", in: scope, otherwise: { .notAnEffect(kind, $0) }) {
      effect(kind, $0, $1, $2, in: scope)
    }
  }

  /// `effects:` is a cell effect or a list of them; those in which no mistake was found.
  func cellEffects(_ entry: ScopedEntry) -> [CheckedCall] {
    let items: [YAMLNode]
    if case .sequence(let list) = entry.value.content { items = list } else { items = [entry.value] }
    return items.compactMap { call(of: .cellEffect, $0, in: entry.scope)?.call }
  }

  private func effect(
    _ kind: OpKind, _ name: Name, _ arguments: [Argument], _ span: Span, in scope: Scope
  ) -> (call: CheckedCall, op: OpDeclaration)? {
    guard let op = catalog.entry(kind, name.key) else {
      report(.unknownEffect(kind, name, catalog.names(kind)))
      checkArgumentsOfUnknown(arguments, in: scope)
      return nil
    }
    return nativeCall(op, name, arguments, span, in: scope).map { call in
      (arguments.contains { $0.name?.key == "cap" } ? call : capped(call, of: op), op)
    }
  }

  /// The arguments of a native op that takes more than numbers. Nil after a report.
  func nativeCall(
    _ op: OpDeclaration, _ name: Name, _ arguments: [Argument], _ span: Span, in scope: Scope
  ) -> CheckedCall? {
    let parameters = nativeParameters(op)
    guard let values = bind(arguments, to: parameters, of: name, span, in: scope, declaredBy: op) else { return nil }
    let checked = parameters.indices.map { place -> CheckedCall.Value in
      switch parameters[place].type {
      case .choice: .word(constantText(values[place]) ?? "")
      case .text: .word(shownText(values[place]))
      case .field: .field(filled(values[place], at: span))
      default: .number(values[place])
      }
    }
    return CheckedCall(op: op.name, arguments: checked)
  }

  /// A text of the author's that an op writes.
  private func shownText(_ value: TypedExpression) -> String {
    let text = constantText(value) ?? ""
    guard text.utf8.count <= SceneBudget.drawnCharacters else {
      _ = exceed(
        "a text that is drawn as a picture has at most \(SceneBudget.drawnCharacters) characters", at: value.span)
      return ""
    }
    shownCharacters[value.span] = .text(text)
    return text
  }

  /// How an op likes to be drawn, as the entries of a mapping.
  func shown(_ op: OpDeclaration) -> [String: YAMLEntry] {
    op.show.mapValues { text in
      let file = sources.add(path: "catalogue/\(op.name)", bytes: Array(text.utf8), origin: .program)
      let span = Span(file: file, start: 0, end: text.utf8.count)
      let scalar = YAMLScalar(text: text, style: .plain, pieces: [.init(text: 0, source: 0)], file: file)
      return YAMLEntry(key: op.name, keySpan: span, value: YAMLNode(.scalar(scalar), span: span))
    }
  }
}

extension Diagnostic {
  static func unknownEffect(_ kind: OpKind, _ name: Name, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_effect", "no \(kind.described) is called `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: names), help: "there are \(list(names.sorted(), limit: 24))",
      edit: replacement(name.text, among: names, at: name.span))
  }

  fileprivate static func notAnEffect(_ kind: OpKind, _ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_type", "expected a call of \(kind == .effect ? "an" : "a") \(kind.described)", at: span,
      help: "as in `\(kind.example)`")
  }
}

extension OpKind {
  fileprivate var described: String {
    switch self {
    case .particles: "particle system"
    case .cellEffect: "cell effect"
    default: "effect"
    }
  }

  fileprivate var example: String {
    switch self {
    case .particles: "particles: embers"
    case .cellEffect: "effects: [glitch_displace, shake]"
    default: "effect: matrix_rain(speed=0.5)"
    }
  }
}
