extension Analyzer {
  /// The `look:` slot of a segment: `none`, a look with or without arguments, or a list of items. Omitted: the prelude's
  /// `default`. With it the feedback that a named look brings.
  func readLook(_ entry: YAMLEntry?, in scope: Scope) -> (shaders: [CheckedShader], feedback: CheckedFeedback?) {
    budget.shadersInLook = 0
    lookFeedbacks = []
    defer { lookFeedbacks = nil }
    let shaders: [CheckedShader]
    if let entry {
      shaders = look(entry.value, in: scope)
    } else if let standard = preludeEntry(.looks, "default") {
      shaders = look(
        standard.item, arguments: [], at: standard.item.keySpan, in: makeBareScope(), file: standard.file)
    } else {
      shaders = []
    }
    return (shaders, lookFeedbacks?.first)
  }

  /// `none`, one item, or a list of items.
  func look(_ node: YAMLNode, in scope: Scope) -> [CheckedShader] {
    switch node.content {
    case .sequence(let items): return items.flatMap { item($0, in: scope) }
    case .scalar(let scalar) where Name.folded(scalar.text) == "none": return []
    case .invalid: return []
    default: return item(node, in: scope)
    }
  }

  /// One item of a chain: `name`, `name: primary`, `name: {args}`, with `when:` and `mix:` beside it.
  private func item(_ node: YAMLNode, in scope: Scope) -> [CheckedShader] {
    guard admitShader(at: node.span) else { return [] }
    var siblings: [String: YAMLEntry] = [:]
    var callee = node
    if case .mapping(let entries) = node.content {
      var own: [YAMLEntry] = []
      for entry in entries {
        if ["when", "mix", "seed"].contains(Name.folded(entry.key)) {
          siblings[Name.folded(entry.key)] = entry
        } else {
          own.append(entry)
        }
      }
      guard own.count == 1 else {
        report(own.isEmpty ? .noShader(node.span) : .severalShaders(own[1]))
        return []
      }
      callee = YAMLNode(.mapping(own), span: node.span)
    }
    let when = siblings["when"].map { value($0, in: Slot("`when`", .boolean, rate: .frame), scope: scope) }
    let mix = siblings["mix"].map { value($0, in: Slot("`mix`", rate: .frame, in: 0...1), scope: scope) }
    let seed = siblings["seed"].flatMap { scalar($0.value, as: "a seed")?.text }
    guard let expression = expression(callee, in: scope, callee: { lookCallee($0) }) else { return [] }
    let known = lookFeedbacks?.count ?? 0
    let outer = lookFeedbacks
    let chosen = chosenExpression(expression, as: "the look", in: scope) { alternative in
      lookFeedbacks = outer
      return (shaders: use(alternative, in: scope), feedbacks: lookFeedbacks)
    }
    guard var shaders = chosen?.shaders else { return [] }
    lookFeedbacks = chosen?.feedbacks
    for index in shaders.indices {
      if let when {
        shaders[index].when =
          shaders[index].when.map { make(.minimum, $0, when, type: .boolean, .plain, when.span) } ?? when
      }
      shaders[index].seed = seed ?? shaders[index].seed
      if let mix { shaders[index].mix = shaders[index].mix.map { make(.multiply, $0, mix, mix.span) } ?? mix }
    }
    for index in known..<(lookFeedbacks?.count ?? known) {
      for share in [when, mix].compactMap({ $0 }) { lookFeedbacks?[index].weaken(by: share, in: self) }
    }
    return shaders
  }

  private func use(_ expression: Expression, in scope: Scope) -> [CheckedShader] {
    switch expression.kind {
    case .reference(let path) where path.count == 1 && path[0].key == "none": return []
    case .reference(let path): return use(path, [], expression.span, in: scope)
    case .call(let path, let arguments): return use(path, arguments, expression.span, in: scope)
    case .invalid: return []
    default:
      report(.notALook(expression.span))
      return []
    }
  }

  private func use(_ path: [Name], _ arguments: [Argument], _ span: Span, in scope: Scope) -> [CheckedShader] {
    guard let module = module(of: path, in: scope), let name = path.last else { return [] }
    if path.count == 1, case .look(let node, let given) = scope.find(name.key) { return look(node, in: given) }
    if let own = module.looks[name.key] {
      usedLooks.insert(own.keySpan)
      return look(own, arguments: arguments, at: span, in: scope, file: module.scope)
    }
    if let own = module.shaders[name.key] {
      usedLooks.insert(own.keySpan)
      return pixelShader(own, arguments, span, in: scope, file: module.scope).map { [$0] } ?? []
    }
    if path.count == 1, let entry = catalog.entry(.shader, name.key) {
      return shader(entry, name, arguments, span, in: scope).map { [$0] } ?? []
    }
    if path.count == 1, let entry = preludeEntry(.looks, name.key) {
      return look(entry.item, arguments: arguments, at: span, in: scope, file: entry.file)
    }
    if path.count == 1, let entry = preludeEntry(.shaders, name.key) {
      return pixelShader(entry.item, arguments, span, in: scope, file: entry.file).map { [$0] } ?? []
    }
    let builtin = path.count == 1 ? catalog.names(.shader) + preludeNames(.looks) + preludeNames(.shaders) : []
    report(.unknownShader(name, module.looks.values.map(\.key) + module.shaders.values.map(\.key) + builtin))
    checkArgumentsOfUnknown(arguments, in: scope)
    return []
  }

  /// How the arguments of a shader in map form are read.
  private func lookCallee(_ name: Name) -> Callee {
    catalog.entry(.shader, name.key).map(Callee.init) ?? Callee()
  }

  // MARK: Named looks

  /// A look's chain with its parameters bound to arguments. The chain is checked anew for every use, in a scope in which
  /// the parameters are bound.
  private func look(
    _ item: YAMLEntry, arguments: [Argument], at span: Span, in caller: Scope, file: Scope
  ) -> [CheckedShader] {
    guard openLooks.insert(item.keySpan).inserted else {
      report(.lookCycle(item.key, span))
      return []
    }
    defer { openLooks.remove(item.keySpan) }
    let scope = makeScope(parent: file)
    guard let chain = chain(item, arguments, span, in: caller, binding: scope) else { return [] }
    return deeper(at: span) {
      if case .sequence(let items) = chain.content { return items.flatMap { self.item($0, in: scope) } }
      return self.item(chain, in: scope)
    } ?? []
  }

  private func chain(
    _ item: YAMLEntry, _ arguments: [Argument], _ span: Span, in caller: Scope, binding scope: Scope
  ) -> YAMLNode? {
    let name = Name(item.key, span: span)
    guard case .mapping(let entries) = item.value.content, entries.contains(where: { $0.key == "chain" }) else {
      return bind(arguments, to: [], of: name, span, in: caller) == nil ? nil : item.value
    }
    guard
      let keys = read(item.value, as: "a look", keys: KeyTable.chain.names, required: ["chain"]),
      let chain = keys["chain"]
    else { return nil }
    if let doc = keys["doc"] { _ = scalar(doc.value, as: "a description") }
    guard let parameters = self.parameters(keys["params"], finest: .frame, in: scope),
      let values = bind(arguments, to: parameters, of: name, span, in: caller)
    else { return nil }
    for (parameter, value) in zip(parameters, values) {
      bindValue(value, to: parameter.name, at: parameter.span, in: scope)
    }
    readLet(keys["let"], into: scope)
    if let feedback = keys["feedback"] { add(feedback, of: name, in: scope) }
    return chain.value
  }

  /// A look that nothing used is checked with its defaults.
  func checkLookDefinition(_ entry: YAMLEntry, in scope: Scope) {
    guard !usedLooks.contains(entry.keySpan) else { return }
    budget.shadersInLook = 0
    lookFeedbacks = []
    defer { lookFeedbacks = nil }
    guard case .mapping(let entries) = entry.value.content, entries.contains(where: { $0.key == "chain" }),
      let params = entries.first(where: { $0.key == "params" })
    else {
      _ = look(entry, arguments: [], at: entry.keySpan, in: scope, file: scope)
      return
    }
    // Parameters without a default have no value to check the chain with; the parameters themselves are checked.
    if let parameters = self.parameters(params, finest: .frame, in: scope),
      parameters.allSatisfy({ $0.default != nil })
    {
      _ = look(entry, arguments: [], at: entry.keySpan, in: scope, file: scope)
    }
  }

  // MARK: Shaders

  func shader(
    _ entry: OpDeclaration, _ name: Name, _ arguments: [Argument], _ span: Span, in scope: Scope
  ) -> CheckedShader? {
    let parameters = nativeParameters(entry)
    guard let values = bind(arguments, to: parameters, of: name, span, in: scope) else { return nil }
    var checked: [CheckedShader.Value] = []
    for (place, value) in values.enumerated() {
      switch parameters[place].type {
      case .choice: checked.append(.choice(constantText(value) ?? ""))
      case .color: checked.append(.color(value))
      case .field: checked.append(.field(filled(value, at: span)))
      case .gradient:
        guard let gradient = constantGradient(value) else {
          report(.gradientAtPlace(parameters[place].name, of: name.text, value.span))
          return nil
        }
        checked.append(.gradient(gradient))
      case .lut:
        guard let table = constantLookup(value) else { return nil }
        checked.append(.lookup(table))
      default: checked.append(.number(value))
      }
    }
    return CheckedShader(op: entry.name, arguments: checked, color: nil, when: nil, mix: nil, span: span)
  }
}

extension Diagnostic {
  fileprivate static func unknownShader(_ name: Name, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_shader", "no shader or look is called `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: names), edit: replacement(name.text, among: names, at: name.span))
  }

  fileprivate static func noShader(_ span: Span) -> Diagnostic {
    Diagnostic("missing_value", "expected a shader beside `when`, `mix` or `seed`", at: span)
  }

  fileprivate static func severalShaders(_ second: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "wrong_type", "an item of a look names one shader, `\(second.key)` is a second", at: second.keySpan,
      help: "give it a list item of its own")
  }

  fileprivate static func notALook(_ span: Span) -> Diagnostic {
    Diagnostic("wrong_type", "expected a shader or a look", at: span)
  }

  fileprivate static func gradientAtPlace(_ parameter: String, of owner: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_type", "`\(parameter)` of `\(owner)` takes a whole gradient, not its colour at a place", at: span,
      help: "write its name alone")
  }

  fileprivate static func lookCycle(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic("cyclic_definition", "`\(name)` is defined by itself", at: span)
  }
}
