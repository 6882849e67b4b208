/// A field or an ease as written, checked when it is first used.
final class Definition {
  enum State { case open, checking, done(CheckedField), failed }

  let name: String
  let nameSpan: Span
  let node: YAMLNode
  let section: PreludeSection
  /// The scope of the file that defines it.
  let file: Scope
  var state = State.open
  /// The rate of the body when its parameters are constant.
  var rate = Rate.constant
  /// How many levels it goes down.
  var levels = 0
  /// The `show:` entries by key.
  var show: [String: YAMLEntry] = [:]

  init(name: String, nameSpan: Span, node: YAMLNode, section: PreludeSection, file: Scope) {
    self.name = name
    self.nameSpan = nameSpan
    self.node = node
    self.section = section
    self.file = file
  }

  /// Precondition: analysis ended without errors.
  var finished: CheckedField {
    guard case .done(let field) = state else { preconditionFailure("`\(name)` was not checked") }
    return field
  }
}

/// A `let` as written, checked when it is first used.
final class Binding {
  enum State { case open, checking, done(TypedExpression), failed }

  let name: String
  let nameSpan: Span
  let node: YAMLNode
  let scope: Scope
  var state: State
  /// How many levels it goes down.
  var levels: Int
  /// Not the author's, but what this run gives, such as `portrait`.
  var isSetting = false

  init(name: String, nameSpan: Span, node: YAMLNode, scope: Scope, state: State = .open, levels: Int = 0) {
    self.levels = levels
    self.name = name
    self.nameSpan = nameSpan
    self.node = node
    self.scope = scope
    self.state = state
  }

  var finished: CheckedBinding {
    guard case .done(let value) = state else { preconditionFailure("`\(name)` was not checked") }
    return CheckedBinding(name: name, scope: scope.id, value: value)
  }
}

extension Analyzer {
  // MARK: Reading sections

  func readFields(_ entry: YAMLEntry?, into scope: Scope) {
    guard let entry, let items = mapping(entry.value, as: "fields") else { return }
    for item in items { define(item, .fields, in: scope) }
  }

  func readEases(_ entry: YAMLEntry?, into module: Module) {
    guard let entry, let items = mapping(entry.value, as: "eases") else { return }
    for item in items {
      expectUsable(item.key, at: item.keySpan)
      let id = addDefinition(item, .eases, file: module.scope)
      if module.eases.updateValue(id, forKey: Name.folded(item.key)) != nil {
        report(.definedTwice(item.key, item.keySpan, entry.keySpan))
      }
    }
  }

  /// `isInSight`: of a file, a segment or a layer, where much can be hidden; what is within a definition is nearby.
  func readLet(_ entry: YAMLEntry?, into scope: Scope, isInSight: Bool = false) {
    guard let entry, let items = mapping(entry.value, as: "`let`") else { return }
    for item in items {
      expectUsable(item.key, at: item.keySpan)
      if isInSight { reviewHiding(by: item.key, at: item.keySpan) }
      bindings.append(Binding(name: item.key, nameSpan: item.keySpan, node: item.value, scope: scope))
      let id = BindingID(bindings.count - 1)
      if let earlier = scope.define(Name.folded(item.key), .binding(id), at: item.keySpan) {
        report(.definedTwice(item.key, item.keySpan, earlier))
      }
    }
  }

  /// Binds a name to a value that is already checked.
  func bindValue(_ value: TypedExpression, to name: String, at span: Span, in scope: Scope) {
    let node = YAMLNode(.invalid, span: span)
    let state: Binding.State = value.isInvalid ? .failed : .done(value)
    bindings.append(
      Binding(name: name, nameSpan: span, node: node, scope: scope, state: state, levels: levels(of: value)))
    if let earlier = scope.define(Name.folded(name), .binding(BindingID(bindings.count - 1)), at: span) {
      report(.definedTwice(name, span, earlier))
    }
  }

  /// A value under a name that no scene can say, for what reads it more than once.
  func named(_ value: TypedExpression, as name: String, in scope: Scope) -> TypedExpression {
    if value.parts.isEmpty { return value }
    let node = YAMLNode(.invalid, span: value.span)
    bindings.append(Binding(name: name, nameSpan: value.span, node: node, scope: scope, state: .done(value)))
    return TypedExpression(
      .binding(BindingID(bindings.count - 1)), type: value.type, value.dimension, rate: value.rate, span: value.span)
  }

  /// A value that another run of the same scene has otherwise, such as `portrait`: known by name, so that it is no literal,
  /// which the author meant to be what it is.
  func setting(_ name: Name, _ value: TypedExpression, in scope: Scope) -> TypedExpression {
    let node = YAMLNode(.invalid, span: value.span)
    let binding = Binding(name: name.text, nameSpan: value.span, node: node, scope: scope, state: .done(value))
    binding.isSetting = true
    bindings.append(binding)
    return TypedExpression(
      .binding(BindingID(bindings.count - 1)), type: value.type, value.dimension, rate: value.rate, span: value.span)
  }

  private func define(_ item: YAMLEntry, _ section: PreludeSection, in scope: Scope) {
    let id = addDefinition(item, section, file: scope)
    for name in [item.key] + item.aliases {
      expectUsable(name, at: item.keySpan)
      reviewHiding(by: name, at: item.keySpan, reach: HidingReach(ofField: item.value))
      if let earlier = scope.define(Name.folded(name), .definition(id), at: item.keySpan) {
        report(.definedTwice(name, item.keySpan, earlier))
      }
    }
  }

  func addDefinition(_ item: YAMLEntry, _ section: PreludeSection, file: Scope) -> DefinitionID {
    definitions.append(
      Definition(name: item.key, nameSpan: item.keySpan, node: item.value, section: section, file: file))
    return DefinitionID(definitions.count - 1)
  }

  // MARK: Checking on demand

  /// The value of a `let`; nil when it holds a mistake, already reported.
  func binding(_ id: BindingID, from use: Span? = nil) -> TypedExpression? {
    let binding = bindings[id.index]
    switch binding.state {
    case .done(let value): return value
    case .failed: return nil
    case .checking:
      report(.cycle(binding.name, use ?? binding.nameSpan, binding.nameSpan))
      binding.state = .failed
      return nil
    case .open:
      binding.state = .checking
      let outer = (openParameters, openDuration)
      defer { (openParameters, openDuration) = outer }
      // What the whole file shares must not depend on the segment that happens to use it first.
      if binding.scope.parent == nil { openDuration = nil }
      let outerDepth = depth.begin()
      let value = self.value(binding.node, in: binding.scope)
      binding.levels = depth.end(outerDepth)
      if case .failed = binding.state { return nil }
      binding.state = value.isInvalid ? .failed : .done(value)
      return value.isInvalid ? nil : value
    }
  }

  /// The definition, checked; nil when it holds a mistake, already reported.
  func definition(_ id: DefinitionID, from use: Span) -> CheckedField? {
    let definition = definitions[id.index]
    switch definition.state {
    case .done(let field): return field
    case .failed: return nil
    case .checking:
      report(.cycle(definition.name, use, definition.nameSpan))
      definition.state = .failed
      return nil
    case .open:
      definition.state = .checking
      let outer = (openParameters, openDuration)
      openDuration = nil
      let outerDepth = depth.begin()
      let field = check(definition)
      definition.levels = depth.end(outerDepth)
      (openParameters, openDuration) = outer
      if case .failed = definition.state { return nil }
      definition.state = field.map { .done($0) } ?? .failed
      return field
    }
  }

  func definitionRate(_ id: DefinitionID) -> Rate { definitions[id.index].rate }

  private func check(_ definition: Definition) -> CheckedField? {
    let scope = makeScope(parent: definition.file)
    var parameters: [CheckedParameter] = []
    var body = definition.node
    var doc: String?
    var isWhole = true
    if case .mapping = definition.node.content {
      guard let entries = read(definition.node, as: "a field", keys: KeyTable.field.names, required: ["value"]),
        let value = entries["value"]
      else { return nil }
      doc = entries["doc"].flatMap { self.scalar($0.value, as: "a description")?.text }
      _ = names(entries["aliases"])
      let declared = readParameters(entries["params"], finest: .cell, in: definition.file)
      parameters = declared.parameters
      guard parameters.allSatisfy(isTakenByFields) else { return nil }
      isWhole = declared.failed.isEmpty
      for item in declared.failed { bindValue(.invalid(item.keySpan), to: item.key, at: item.keySpan, in: scope) }
      for (place, parameter) in parameters.enumerated() {
        _ = scope.define(Name.folded(parameter.name), .parameter(place, parameter), at: parameter.span)
      }
      readLet(entries["let"], into: scope)
      definition.show = entries["show"].flatMap { read($0.value, as: "`show`", keys: KeyTable.show.names) } ?? [:]
      if !sources[definition.nameSpan.file].isBuiltin {
        checkShown(definition.show, at: definition.nameSpan, in: makeScope(parent: definition.file))
      }
      body = value.value
    }
    if definition.section == .eases {
      let progress = CheckedParameter(
        name: "p", aliases: [], type: .number, dimension: .plain, range: 0...1, rate: .pixel, choices: [], doc: nil,
        default: nil,
        span: definition.nameSpan)
      parameters = [progress]
      _ = scope.define("p", .parameter(0, progress), at: definition.nameSpan)
      _ = scope.find("p")
    }
    openParameters = parameters
    var value = self.value(body, in: scope)
    if value.isInvalid { return nil }
    guard expectNumber(value, for: "the value of `\(definition.name)`", orDistance: true) else { return nil }
    // What the prelude says is a length is the distance to a shape.
    if sources[definition.nameSpan.file].isBuiltin && value.dimension == .length { value.dimension = .distance }
    definition.rate = bodyRate(value)
    guard isWhole, definition.section != .eases || isCurve(value, definition) else { return nil }
    return CheckedField(name: definition.name, doc: doc, parameters: parameters, scope: scope.id, value: value)
  }

  /// Whether an ease changes once per frame at most, as what it is applied to; false after a report.
  private func isCurve(_ value: TypedExpression, _ definition: Definition) -> Bool {
    var body = value
    body.rate = definition.rate
    return !accept(body, in: Slot("the ease `\(definition.name)`", rate: .frame)).isInvalid
  }

  /// A field is made of numbers: texts, colours and what glyphs are chosen from have no place in it.
  private func isTakenByFields(_ parameter: CheckedParameter) -> Bool {
    switch parameter.type {
    case .number, .integer, .boolean, .field, .distance, .choice: return true
    case .text, .color, .gradient, .palette, .lut:
      report(.notForFields(parameter))
      return false
    }
  }

  /// The rate of a body with its parameters taken as constant: what the arguments of a call are joined with.
  func bodyRate(_ expression: TypedExpression) -> Rate {
    switch expression.kind {
    case .number, .text, .choice, .parameter, .index, .lookup, .invalid: return .constant
    case .rgb(let r, let g, let b): return bodyRate(r).joined(with: bodyRate(g)).joined(with: bodyRate(b))
    case .gradient, .input, .polar: return expression.rate
    case .binding(let id): return fact(\.bodyRates, of: id, none: .constant) { bodyRate($0) }
    case .unary(_, let a), .gradientLevel(_, _, let a): return bodyRate(a)
    case .percentile: return .segment
    case .measured: return .frame
    case .random(_, let a): return bodyRate(a).joined(with: .segment)
    case .binary(_, let a, let b): return bodyRate(a).joined(with: bodyRate(b))
    case .select(let c, let a, let b): return bodyRate(c).joined(with: bodyRate(a)).joined(with: bodyRate(b))
    case .loop(_, _, let from, let to, _, let body):
      return bodyRate(from).joined(with: bodyRate(to)).joined(with: bodyRate(body))
    case .field(let id, let arguments):
      return arguments.reduce(definitionRate(id)) { $0.joined(with: bodyRate($1)) }
    case .native(_, let arguments, _): return arguments.reduce(.frame) { $0.joined(with: bodyRate($1)) }
    case .simulation, .picture: return .cell
    case .at(let field, let x, let y, let time):
      return [x, y, time].compactMap { $0 }.reduce(bodyRate(field)) { $0.joined(with: bodyRate($1)) }
    }
  }
}

extension Diagnostic {
  fileprivate static func notForFields(_ parameter: CheckedParameter) -> Diagnostic {
    Diagnostic(
      "wrong_type", "a field takes no \(parameter.type.rawValue)", at: parameter.span,
      help: "its parameters are numbers, conditions, fields and choices")
  }

  fileprivate static func cycle(_ name: String, _ span: Span, _ definition: Span) -> Diagnostic {
    Diagnostic(
      "cyclic_definition", "`\(name)` is defined by itself", at: span, caret: "leads back to it",
      labels: [.init(definition, "`\(name)` is defined here")])
  }
}
