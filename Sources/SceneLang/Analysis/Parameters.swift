extension Analyzer {
  /// The parameters of a field or a look; nil after a report. `finest` is the rate a parameter accepts unless it says
  /// another.
  func parameters(_ entry: YAMLEntry?, finest: Rate, in scope: Scope) -> [CheckedParameter]? {
    let (parameters, failed) = readParameters(entry, finest: finest, in: scope)
    return failed.isEmpty ? parameters : nil
  }

  /// The same, with those that hold a mistake, which was reported.
  func readParameters(
    _ entry: YAMLEntry?, finest: Rate, in scope: Scope
  ) -> (parameters: [CheckedParameter], failed: [YAMLEntry]) {
    guard let entry, let items = mapping(entry.value, as: "`params`") else { return ([], []) }
    let read = items.map { (item: $0, parameter: parameter($0, finest: finest, in: scope)?.checked) }
    let parameters = read.compactMap(\.parameter)
    var known: [String: Span] = [:]
    for parameter in parameters {
      for key in parameter.keys {
        if let earlier = known.updateValue(parameter.span, forKey: key) {
          report(.definedTwice(key, parameter.span, earlier))
        }
      }
    }
    return (parameters, read.filter { $0.parameter == nil }.map(\.item))
  }

  /// `params:` of a file: each becomes a constant, from its default or, in the scene itself (`overridden`), from the
  /// command line or the variant.
  func readParameters(_ entry: YAMLEntry?, into scope: Scope, overridden: Bool) {
    var known: [String] = []
    if let entry, let items = mapping(entry.value, as: "`params`") {
      for item in items {
        known.append(item.key)
        let read = parameter(item, finest: .constant, in: scope)
        reviewHiding(by: item.key, at: item.keySpan, reach: HidingReach(of: read?.checked))
        guard let parameter = read?.checked else {
          bindValue(.invalid(item.keySpan), to: item.key, at: item.keySpan, in: scope)
          continue
        }
        var value = parameter.default
        known += parameter.aliases
        if overridden {
          for key in parameter.keys {
            guard let entry = variantValues.removeValue(forKey: key) else { continue }
            value = constantValue(entry.value, of: parameter, in: scope)
          }
          if let text = overrides.parameters.first(where: { parameter.keys.contains(Name.folded($0.key)) })?.value {
            value = overriding(parameter, with: text, in: scope)
          }
        }
        if value == nil { report(.parameterWithoutValue(item)) }
        bindValue(value ?? .invalid(item.keySpan), to: item.key, at: item.keySpan, in: scope)
      }
    }
    guard overridden else { return }
    for (_, entry) in variantValues.sorted(by: { $0.key < $1.key }) {
      report(.unknownOverride(entry.key, known, entry.keySpan))
    }
    for name in overrides.parameters.keys.sorted()
    where !known.contains(where: { Name.folded($0) == Name.folded(name) }) {
      let file = sources.add(path: "--set", bytes: Array(name.utf8), origin: .commandLine)
      report(.unknownOverride(name, known, Span(file: file, start: 0, end: name.utf8.count)))
    }
  }

  private func overriding(_ parameter: CheckedParameter, with text: String, in scope: Scope) -> TypedExpression {
    let file = sources.add(path: "--set \(parameter.name)", bytes: Array(text.utf8), origin: .commandLine)
    let scalar = YAMLScalar(text: text, style: .plain, pieces: [.init(text: 0, source: 0)], file: file)
    let span = Span(file: file, start: 0, end: text.utf8.count)
    // What comes from outside is data: braces in it are no slots of the scene's.
    if parameter.type == .text {
      return admitText(text, at: span)
        ? TypedExpression(.text(text), type: .text, rate: .constant, span: span) : .invalid(span)
    }
    return constantValue(YAMLNode(.scalar(scalar), span: span), of: parameter, in: scope)
  }

  func parameter(
    _ item: YAMLEntry, finest: Rate, in scope: Scope
  ) -> (checked: CheckedParameter, keys: [String: YAMLEntry])? {
    expectUsable(item.key, at: item.keySpan)
    var result = CheckedParameter(
      name: item.key, aliases: [], type: .number, dimension: .plain, range: nil, rate: finest, choices: [], doc: nil,
      default: nil,
      span: item.keySpan)
    guard case .mapping = item.value.content else {
      let value = self.value(item.value, in: scope)
      if value.isInvalid { return nil }
      result.type = value.type
      result.dimension = value.dimension
      result.default = accept(value, in: Slot(result, of: "params"))
      return (result, [:])
    }
    guard let keys = read(item.value, as: "a parameter", keys: KeyTable.parameter.names) else { return nil }
    result.aliases = names(keys["aliases"])
    if let node = keys["type"]?.value {
      guard let type = parameterType(node) else { return nil }
      result.type = type
    }
    guard areOfType(result.type, keys) else { return nil }
    if result.type == .distance { result.dimension = .distance }
    // Counts steer loops and seeds, which change once per frame at most.
    if result.type == .integer && finest == .cell { result.rate = .frame }
    if let node = keys["unit"]?.value {
      let units: [String: Dimension] = ["time": .time, "angle": .angle, "length": .length, "frequency": .frequency]
      result.dimension = choice(node, as: "a unit", among: units) ?? .plain
    }
    if let node = keys["rate"]?.value { result.rate = choice(node, as: "a rate", among: choices(Rate.self)) ?? finest }
    if let node = keys["choices"]?.value {
      result.choices =
        sequence(node, as: "a list of choices")?.compactMap { self.scalar($0, as: "a choice")?.text } ?? []
    }
    result.doc = keys["doc"].flatMap { self.scalar($0.value, as: "a description")?.text }
    result.range = range(keys["min"], keys["max"], of: result, in: scope)
    if let node = keys["default"]?.value { result.default = constantValue(node, of: result, in: scope) }
    return (result, keys)
  }

  /// The type of a parameter that is a value; nil after a report.
  private func parameterType(_ node: YAMLNode) -> ValueType? {
    if case .scalar(let scalar) = node.content, KeyTable.structuralTypes.contains(scalar.text) {
      report(.structuralType(scalar.text, node.span))
      return nil
    }
    return choice(node, as: "a type", among: choices(ValueType.self))
  }

  /// Whether the type of a parameter has all of the keys given; false after a report.
  private func areOfType(_ type: ValueType, _ keys: [String: YAMLEntry]) -> Bool {
    let isNumber = [.number, .integer, .field, .distance].contains(type)
    var misplaced = isNumber ? [] : ["min", "max", "unit"]
    if type != .choice { misplaced.append("choices") }
    let odd = misplaced.compactMap { keys[$0] }
    for entry in odd { report(.notOfType(entry, type)) }
    if type == .choice, keys["choices"] == nil, let node = keys["type"]?.value {
      report(.choiceOfNothing(node.span))
      return false
    }
    return odd.isEmpty
  }

  /// `aliases:` of a field or a parameter.
  func names(_ entry: YAMLEntry?) -> [String] {
    guard let entry else { return [] }
    return sequence(entry.value, as: "a list of names")?.compactMap { scalar($0, as: "a name")?.text } ?? []
  }

  func constantValue(_ node: YAMLNode, of parameter: CheckedParameter, in scope: Scope) -> TypedExpression {
    switch parameter.type {
    case .text:
      guard let text = text(node, in: scope) else { return .invalid(node.span) }
      return TypedExpression(.text(text), type: .text, rate: .constant, span: node.span)
    case .choice:
      let words = Dictionary(uniqueKeysWithValues: Set(parameter.choices).map { (Name.folded($0), $0) })
      // The first stands in for a word that was reported, so that what asks for the choice still knows its words.
      guard let word = choice(node, as: "a choice of `\(parameter.name)`", among: words) ?? parameter.choices.first
      else {
        return .invalid(node.span)
      }
      return TypedExpression(
        .choice(word, of: parameter.choices), type: .choice, rate: .constant, span: node.span)
    case .gradient: return accept(value(node, in: scope), in: Slot("`\(parameter.name)`", .gradient, rate: .cell))
    default: return accept(value(node, in: scope), in: Slot(parameter, of: "params"))
    }
  }

  private func range(
    _ low: YAMLEntry?, _ high: YAMLEntry?, of parameter: CheckedParameter, in scope: Scope
  ) -> ClosedRange<Double>? {
    func bound(_ entry: YAMLEntry?) -> Double? {
      guard let entry else { return nil }
      let slot = Slot("`\(entry.key)`", .number, parameter.dimension, rate: .constant)
      return settled(value(entry, in: slot, scope: scope))
    }
    let (minimum, maximum) = (bound(low), bound(high))
    if minimum == nil && maximum == nil { return nil }
    if let minimum, let maximum, minimum > maximum {
      report(.emptyRange(parameter, high!.value.span))
      return nil
    }
    return (minimum ?? -.greatestFiniteMagnitude)...(maximum ?? .greatestFiniteMagnitude)
  }
}

extension YAMLEntry {
  /// What `aliases:` of a definition says, as far as it can be read.
  var aliases: [String] {
    guard case .mapping(let keys) = value.content,
      case .sequence(let names)? = keys.first(where: { $0.key == "aliases" })?.value.content
    else { return [] }
    return names.compactMap { if case .scalar(let name) = $0.content { name.text } else { nil } }
  }
}

extension Diagnostic {
  fileprivate static func structuralType(_ type: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_type", "`\(type)` is a type for parameters of templates", at: span,
      help: "elsewhere parameters are values of expressions")
  }

  fileprivate static func notOfType(_ entry: YAMLEntry, _ type: ValueType) -> Diagnostic {
    Diagnostic(
      "unknown_key", "a parameter of type `\(type.rawValue)` has no key `\(entry.key)`", at: entry.keySpan,
      help: Name.folded(entry.key) == "choices" ? "write `type: choice`" : "numbers have such a key")
  }

  fileprivate static func choiceOfNothing(_ span: Span) -> Diagnostic {
    Diagnostic(
      "missing_key", "a parameter of type `choice` needs `choices`", at: span, help: "as in `choices: [round, square]`")
  }

  fileprivate static func parameterWithoutValue(_ item: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "missing_parameter", "`\(item.key)` has no default and was not set", at: item.keySpan,
      help: "give it a default, or run with --set \(item.key)=…")
  }

  fileprivate static func unknownOverride(_ name: String, _ known: [String], _ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_parameter", "the scene has no parameter `\(name)`", at: span, caret: didYouMean(name, among: known),
      help: known.isEmpty ? "it has no `params:`" : "its parameters are \(list(known))")
  }

  fileprivate static func emptyRange(_ parameter: CheckedParameter, _ span: Span) -> Diagnostic {
    Diagnostic("empty_range", "the max of `\(parameter.name)` is below its min", at: span)
  }
}
