extension Analyzer {
  func call(_ path: [Name], _ arguments: [Argument], _ span: Span, in scope: Scope) -> TypedExpression {
    guard let name = path.last else { preconditionFailure("a call without a name") }
    let found = path.count == 1 ? scope.find(name.key) : symbol(path, in: scope)
    switch found {
    case .definition(let id): return callField(id, name, arguments, span, in: scope)
    case .gradient(let gradient): return readGradient(gradient, name, arguments, span, in: scope)
    case .binding(let id):
      // A gradient that a template was given is read like any other.
      if let bound = binding(id, from: span), case .gradient(let gradient, nil) = bound.kind {
        return readGradient(gradient, name, arguments, span, in: scope)
      }
      report(.notAFunction(name))
      return .invalid(span)
    case .parameter, .index:
      report(.notAFunction(name))
      return .invalid(span)
    case .palette, .look, .layers:
      report(.notAValue(name))
      return .invalid(span)
    case nil:
      if path.count > 1 {
        checkArgumentsOfUnknown(arguments, in: scope)
        return .invalid(span)
      }
    }
    if let intrinsic = Intrinsic.named(name.key) { return intrinsic.apply(self, name, arguments, span, scope) }
    if let id = preludeDefinition(.fields, name.key) { return callField(id, name, arguments, span, in: scope) }
    if let entry = catalog.entry(.field, name.key) { return callNative(entry, name, arguments, span, in: scope) }
    if let gradient = catalog.gradients[name.key] {
      return readGradient(gradient, name, arguments, span, in: scope)
    }
    if LanguageNames.all.contains(name.key) {
      report(.notAFunction(name))
    } else if let word = ForeignWords.boolean(name.key) {
      report(.foreignBoolean(name.text, word, at: name.span))
    } else if let color = ForeignWords.color(name.key) {
      report(.foreignColor(name, color))
    } else {
      report(.unknownName(name, "nothing is called `\(name.text)`", among: expressionNames(scope)))
    }
    checkArgumentsOfUnknown(arguments, in: scope)
    return .invalid(span)
  }

  /// The arguments may hold mistakes of their own; bare names may be choices that only the unknown callee knows.
  func checkArgumentsOfUnknown(_ arguments: [Argument], in scope: Scope) {
    for argument in arguments {
      if case .reference = argument.value.kind { continue }
      _ = check(argument.value, in: scope)
    }
  }

  /// What a call of that name would find; nil for nothing.
  func callee(_ name: Name, in scope: Scope) -> Callee? {
    if case .definition(let id) = scope.find(name.key) {
      return definition(id, from: name.span).map { Callee($0.parameters) } ?? Callee()
    }
    if let entry = catalog.entry(.field, name.key) { return Callee(entry) }
    if let intrinsic = Intrinsic.named(name.key) { return Callee(isVariadic: intrinsic.isVariadic) }
    let isKnown =
      scope.find(name.key) != nil || name.text.contains(".") || preludeEntry(.fields, name.key) != nil
      || catalog.gradients[name.key] != nil
    return isKnown ? Callee() : nil
  }

  /// What an unknown name could mean; nothing any more once there have been many.
  private func expressionNames(_ scope: Scope) -> [String] {
    budget.suggestions += 1
    if budget.suggestions > SceneBudget.suggestions { return [] }
    return scope.visibleNames + LanguageNames.all + Intrinsic.names + preludeNames(.fields) + catalog.names(.field)
      + catalog.gradients.keys + (scope.hasPixel ? Array(Self.pixelNames) : [])
  }

  /// `domain-warp`, which is a difference to the parser, where only `domain_warp` is known: reported, so that neither part
  /// is. False for any other difference.
  func isHyphenedName(_ difference: Expression, in scope: Scope) -> Bool {
    let joined = withHyphens(difference)
    let name: Name
    switch joined.kind {
    case .reference(let path), .call(let path, _): name = path[0]
    default: return false
    }
    guard let part = name.text.split(separator: "-").first, part.count < name.text.count else { return false }
    let first = Name.folded(String(part))
    if scope.find(first) != nil || LanguageNames.all.contains(first) { return false }
    let known = Set(expressionNames(scope))
    guard known.contains(name.key), !known.contains(first) else { return false }
    report(.hyphenedName(name))
    return true
  }

  // MARK: Fields

  /// `leading` is a first argument that is checked already: the field that a transform moves.
  func callField(
    _ id: DefinitionID, _ name: Name, _ arguments: [Argument], _ span: Span, in scope: Scope,
    leading: TypedExpression? = nil
  ) -> TypedExpression {
    guard let field = definition(id, from: name.span) else {
      checkArgumentsOfUnknown(arguments, in: scope)
      return .invalid(span)
    }
    guard admit(levels: definitions[id.index].levels, at: name.span) else { return .invalid(span) }
    guard var values = bind(arguments, to: field.parameters, of: name, span, in: scope, leading: leading) else {
      return .invalid(span)
    }
    let moved = movedParameter(of: field.value)
    for (place, parameter) in field.parameters.enumerated()
    where parameter.type == .field && parameter.dimension == .plain && place != moved {
      values[place] = filled(values[place], at: values[place].span)
    }
    let dimension = moved.map { values[$0].dimension } ?? field.value.dimension
    let rate = values.reduce(definitionRate(id)) { $0.joined(with: $1.rate) }
    return TypedExpression(.field(id, values), type: field.value.type, dimension, rate: rate, span: span)
  }

  /// The place of the parameter that a body reads elsewhere and leaves as it is, as a transform does: a distance stays one.
  func movedParameter(of body: TypedExpression) -> Int? {
    switch body.kind {
    case .parameter(let place): place
    case .at(let field, _, _, _): movedParameter(of: field)
    case .binding(let id): binding(id).flatMap { movedParameter(of: $0) }
    case .select(_, let a, let b): movedParameter(of: a).flatMap { movedParameter(of: b) == $0 ? $0 : nil }
    default: nil
    }
  }

  private func callNative(
    _ entry: OpDeclaration, _ name: Name, _ arguments: [Argument], _ span: Span, in scope: Scope
  ) -> TypedExpression {
    if !entry.facts.isStateless {
      guard let call = nativeCall(entry, name, arguments, span, in: scope) else { return .invalid(span) }
      return TypedExpression(.simulation(call), rate: .cell, span: span)
    }
    let parameters = nativeParameters(entry)
    guard let values = bind(arguments, to: parameters, of: name, span, in: scope, declaredBy: entry) else {
      return .invalid(span)
    }
    let rate = values.reduce(Rate.frame) { $0.joined(with: $1.rate) }
    return TypedExpression(.native(op: entry.name, values, hears: entry.facts.hears), rate: rate, span: span)
  }

  /// One value per parameter, defaults filled in; nil after a report. `op`: what is called, where the catalogue has it.
  func bind(
    _ arguments: [Argument], to parameters: [CheckedParameter], of owner: Name, _ span: Span, in scope: Scope,
    leading: TypedExpression? = nil, declaredBy op: OpDeclaration? = nil
  ) -> [TypedExpression]? {
    var values = [TypedExpression?](repeating: nil, count: parameters.count)
    var isWhole = true
    if let leading {
      guard let first = parameters.first else {
        report(.tooManyArguments(owner.span, owner, []))
        return nil
      }
      values[0] = accept(leading, in: Slot(first, of: owner.text))
    }
    for (index, argument) in arguments.enumerated() {
      let position = leading == nil ? index : index + 1
      guard let place = place(of: argument, at: position, in: parameters, of: owner, among: arguments) else {
        checkArgumentsOfUnknown([argument], in: scope)
        isWhole = false
        continue
      }
      if values[place] != nil {
        report(.argumentTwice(argument.name?.span ?? argument.value.span, parameters[place].name))
        isWhole = false
        continue
      }
      let value = self.argument(argument.value, of: parameters[place], owner.text, in: scope)
      if value.isInvalid { isWhole = false }
      values[place] = value
    }
    for (place, parameter) in parameters.enumerated() where values[place] == nil {
      if let value = parameter.default {
        values[place] = value
      } else {
        let help = op.flatMap { example(of: $0) }
        if isWhole { report(.missingArgument(parameter.name, of: owner.text, span, help: help)) }
        isWhole = false
      }
    }
    return isWhole ? values.map { $0! } : nil
  }

  /// How an op of the catalogue is called; where an effect has the same name, that one may be meant.
  private func example(of op: OpDeclaration) -> String? {
    if op.kind == .field, let effect = catalog.entry(.effect, Name.folded(op.name)) {
      return "`effect: \(effect.name)` shows it" + (op.example.isEmpty ? "" : "; as a field it is `\(op.example)`")
    }
    return op.example.isEmpty ? nil : "as in `\(op.example)`"
  }

  /// Which parameter an argument is for, by its name or by its position; nil after a report.
  private func place(
    of argument: Argument, at position: Int, in parameters: [CheckedParameter], of owner: Name,
    among arguments: [Argument]
  ) -> Int? {
    if let name = argument.name {
      guard let place = parameters.firstIndex(where: { $0.keys.contains(name.key) }) else {
        report(.unknownParameter(name, of: owner.text, parameters.map(\.name)))
        return nil
      }
      report { $0.respell(name.text, at: name.span, as: parameters[place].name) }
      return place
    }
    guard position >= parameters.count else { return position }
    // One report for all that are too many.
    if position == parameters.count {
      let last = arguments.last { $0.name == nil } ?? argument
      let span = argument.value.span.joined(with: last.value.span)
      report(.tooManyArguments(span, owner, parameters.map(\.name)))
    }
    return nil
  }

  private func argument(
    _ expression: Expression, of parameter: CheckedParameter, _ owner: String, in scope: Scope
  ) -> TypedExpression {
    if parameter.type == .choice { return choice(expression, of: parameter, owner, in: scope) }
    // A text may look like a color: it is up to what takes it what is made of it.
    if parameter.type == .text, case .string(let text) = expression.kind {
      return TypedExpression(.text(text), type: .text, rate: .constant, span: expression.span)
    }
    return accept(check(expression, in: scope), in: Slot(parameter, of: owner))
  }

  // MARK: Gradients

  private func readGradient(
    _ gradient: Gradient, _ name: Name, _ arguments: [Argument], _ span: Span, in scope: Scope
  ) -> TypedExpression {
    if arguments.isEmpty {
      return TypedExpression(.gradient(gradient, at: nil), type: .gradient, rate: .cell, span: span)
    }
    guard arguments.count == 1, arguments[0].name == nil else {
      report(.gradientArguments(name, span))
      return .invalid(span)
    }
    let position = accept(
      check(arguments[0].value, in: scope),
      in: Slot("the place in `\(name.text)`", rate: scope.hasPixel ? .pixel : .cell))
    if position.isInvalid { return position }
    return TypedExpression(.gradient(gradient, at: position), type: .gradient, rate: position.rate, span: span)
  }
}

extension Diagnostic {
  static func unknownName(_ name: Name, _ message: String, among names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_name", message, at: name.span, caret: didYouMean(name.text, among: names),
      edit: replacement(name.text, among: names, at: name.span))
  }

  static func unknownParameter(_ name: Name, of owner: String, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_parameter", "`\(owner)` has no parameter `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: known),
      help: known.isEmpty ? "it takes none" : "its parameters are \(list(known))",
      edit: replacement(name.text, among: known, at: name.span))
  }

  fileprivate static func hyphenedName(_ name: Name) -> Diagnostic {
    Diagnostic(
      "unknown_name", "nothing is called `\(name.text)` in an expression, where `-` is minus", at: name.span,
      caret: "write `\(name.key)`", edit: .init(name.span, replacement: name.key))
  }

  fileprivate static func notAFunction(_ name: Name) -> Diagnostic {
    Diagnostic("not_a_function", "`\(name.text)` is a value and takes no arguments", at: name.span)
  }

  static func tooManyArguments(_ span: Span, _ owner: Name, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "too_many_arguments", "`\(owner.text)` takes \(known.count) argument\(known.count == 1 ? "" : "s")", at: span,
      help: known.isEmpty ? nil : "its parameters are \(list(known))")
  }

  static func argumentTwice(_ span: Span, _ name: String) -> Diagnostic {
    Diagnostic("duplicate_argument", "`\(name)` is given twice", at: span)
  }

  static func missingArgument(_ name: String, of owner: String, _ span: Span, help: String? = nil) -> Diagnostic {
    Diagnostic("missing_argument", "`\(owner)` needs `\(name)`", at: span, help: help)
  }

  fileprivate static func gradientArguments(_ name: Name, _ span: Span) -> Diagnostic {
    Diagnostic("too_many_arguments", "a gradient is read at one place: `\(name.text)(dist)`", at: span)
  }
}
