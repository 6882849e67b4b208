/// An entry with the scope that its value is read in: that of the template that wrote it, or of its user.
struct ScopedEntry {
  var entry: YAMLEntry
  var scope: Scope

  var value: YAMLNode { entry.value }
}

/// Segments and layers written once and used by name: `use: name`, `with: {…}`; keys beside `use:` replace.
extension Analyzer {
  enum TemplateKind: String { case segment, layer }

  private static let templateKeys: Set<String> = ["kind", "doc", "params"]

  /// The entries of a segment or layer with its templates taken out. Nil after a report.
  ///
  /// `keys` are those of the kind; `use` and `with` come on top.
  func expand(
    _ node: YAMLNode, _ kind: TemplateKind, as what: String, keys: Set<String>, in scope: Scope
  ) -> [String: ScopedEntry]? {
    let errors = bag.all.count
    defer { hasUnknownKey = bag.all.count > errors }
    guard let own = read(node, as: what, keys: keys.union(["use", "with"])) else { return nil }
    var entries = own.mapValues { ScopedEntry(entry: $0, scope: scope) }
    let (use, with) = (own["use"], own["with"])
    entries["use"] = nil
    entries["with"] = nil
    guard let use else {
      if let with { report(.withWithoutUse(with)) }
      return entries
    }
    guard let path = path(use.value, as: "a template", in: scope) else { return nil }
    guard let inherited = instance(path, kind, with, keys, as: what, at: use.value.span, in: scope) else { return nil }
    return inherited.merging(entries) { _, own in own }
  }

  /// Does `work`, and says of the mistakes that it finds in templates where that was which it read: often an argument is wrong.
  func labelling<Result>(uses node: YAMLNode, _ work: () -> Result) -> Result {
    let first = bag.all.count
    let result = work()
    guard bag.all.count > first, case .mapping(let entries) = node.content,
      let use = entries.first(where: { Name.folded($0.key) == "use" })
    else { return result }
    report { $0.label(from: first, inside: usedTemplates.values, Diagnostic.Label(use.value.span, "used here")) }
    return result
  }

  /// What a template writes, read in a scope in which its parameters have values.
  func instance(
    _ path: [Name], _ kind: TemplateKind, _ with: YAMLEntry?, _ keys: Set<String>, as what: String, at span: Span,
    in caller: Scope
  ) -> [String: ScopedEntry]? {
    guard let module = module(of: path, in: caller), let name = path.last else { return nil }
    guard let template = module.templates[name.key] else {
      report(.unknownTemplate(name, module.templates.values.map(\.key)))
      return nil
    }
    usedTemplates[template.keySpan] = template.value.span
    // Its layers are read later, and know by their scope where they stand.
    if caller.templates.contains(template.keySpan) {
      report(.templateCycle(name))
      return nil
    }
    guard let body = body(of: template, kind, at: span) else { return nil }
    let scope = makeScope(parent: module.scope, templates: caller.templates.union([template.keySpan]))
    guard bind(with, to: body["params"], of: name, span, in: caller, binding: scope) else { return nil }
    let rest = body.filter { !Self.templateKeys.contains($0.key) }
    let node = YAMLNode(.mapping(rest.values.sorted { $0.keySpan.start < $1.keySpan.start }), span: template.value.span)
    return deeper(at: span) { expand(node, kind, as: what, keys: keys, in: scope) }
  }

  private func body(of template: YAMLEntry, _ kind: TemplateKind?, at use: Span) -> [String: YAMLEntry]? {
    guard let items = mapping(template.value, as: "a template") else { return nil }
    var body: [String: YAMLEntry] = [:]
    for item in items { body[Name.folded(item.key)] = item }
    guard let entry = body["kind"] else {
      report(.templateWithoutKind(template))
      return nil
    }
    let kinds = ["segment": TemplateKind.segment, "layer": .layer]
    guard let own = choice(entry.value, as: "a kind of template", among: kinds) else { return nil }
    if let doc = body["doc"] { _ = scalar(doc.value, as: "a description") }
    if let kind, own != kind {
      report(.wrongKind(template.key, own, kind, use))
      return nil
    }
    return body
  }

  // MARK: Arguments

  /// Gives every parameter its value from `with:` or its default; false after a report.
  private func bind(
    _ with: YAMLEntry?, to params: YAMLEntry?, of owner: Name, _ span: Span, in caller: Scope, binding scope: Scope
  ) -> Bool {
    var given: [String: YAMLEntry] = [:]
    if let with {
      guard let items = mapping(with.value, as: "`with`") else { return false }
      for item in items { given[Name.folded(item.key)] = item }
    }
    var isWhole = true
    var names: [String] = []
    for item in params.flatMap({ mapping($0.value, as: "`params`") }) ?? [] {
      names.append(item.key)
      let arguments = ([item.key] + item.aliases).compactMap { given.removeValue(forKey: Name.folded($0)) }
      for twice in arguments.dropFirst() {
        report(.argumentTwice(twice.keySpan, item.key))
        isWhole = false
      }
      let argument = arguments.first
      if !bind(argument, to: item, of: owner, span, in: caller, binding: scope) { isWhole = false }
    }
    for (_, item) in given.sorted(by: { $0.value.keySpan.start < $1.value.keySpan.start }) {
      report(.unknownParameter(Name(item.key, span: item.keySpan), of: owner.text, names))
      isWhole = false
    }
    return isWhole
  }

  private func bind(
    _ argument: YAMLEntry?, to item: YAMLEntry, of owner: Name, _ span: Span, in caller: Scope, binding scope: Scope
  ) -> Bool {
    switch structuralType(of: item) {
    case nil: return bindValue(argument, to: item, of: owner, span, in: caller, binding: scope)
    case let type?:
      guard hasOnlyKeys(item, ofType: type) else { return false }
      let fallback = defaultEntry(of: item)
      guard let node = argument?.value ?? fallback?.value else {
        report(.missingArgument(item.key, of: owner.text, span))
        return false
      }
      // A default may read the parameters before it, and is kept unread.
      let source = argument == nil ? snapshot(of: scope) : caller
      let symbol: Scope.Symbol
      switch type {
      case "palette":
        guard let palette = palette(node, in: source) else { return false }
        symbol = .palette(palette)
      case "look": symbol = .look(node, source)
      default:
        guard let items = sequence(node, as: "a list of layers") else { return false }
        symbol = .layers(items, source)
      }
      _ = scope.define(Name.folded(item.key), symbol, at: item.keySpan)
      return true
    }
  }

  private func bindValue(
    _ argument: YAMLEntry?, to item: YAMLEntry, of owner: Name, _ span: Span, in caller: Scope, binding scope: Scope
  ) -> Bool {
    // Defaults may read the parameters before them.
    guard let parameter = parameter(item, finest: .cell, in: scope)?.checked else { return false }
    var value = parameter.default
    if let argument { value = self.argument(argument.value, of: parameter, owner.text, in: caller) }
    guard let value else {
      report(.missingArgument(item.key, of: owner.text, span))
      return false
    }
    bindValue(value, to: item.key, at: item.keySpan, in: scope)
    return !value.isInvalid
  }

  private func argument(
    _ node: YAMLNode, of parameter: CheckedParameter, _ owner: String, in caller: Scope
  ) -> TypedExpression {
    switch parameter.type {
    case .text, .choice: return constantValue(node, of: parameter, in: caller)
    default: return accept(value(node, in: caller), in: Slot(parameter, of: owner))
    }
  }

  /// `palette`, `look` and `layers` are types of parameters that are no values of expressions.
  private func structuralType(of item: YAMLEntry) -> String? {
    guard case .mapping(let keys) = item.value.content,
      case .scalar(let type)? = keys.first(where: { $0.key == "type" })?.value.content
    else { return nil }
    return KeyTable.structuralTypes.contains(type.text) ? type.text : nil
  }

  /// Whether a parameter of such a type has no keys but those of all types; false after a report.
  private func hasOnlyKeys(_ item: YAMLEntry, ofType type: String) -> Bool {
    let keys: Set<String> = ["aliases", "type", "default", "doc"]
    guard case .mapping(let entries) = item.value.content,
      let known = read(item.value, as: "a parameter of type `\(type)`", keys: keys)
    else { return false }
    return known.count == entries.count
  }

  private func defaultEntry(of item: YAMLEntry) -> YAMLEntry? {
    guard case .mapping(let keys) = item.value.content else { return nil }
    return keys.first { $0.key == "default" }
  }

  /// A template that nothing used is checked with its defaults, if every parameter has one.
  func checkTemplateDefinition(_ template: YAMLEntry, in file: Scope) {
    guard usedTemplates[template.keySpan] == nil, let body = body(of: template, nil, at: template.keySpan) else {
      return
    }
    for item in body["params"].flatMap({ mapping($0.value, as: "`params`") }) ?? [] where defaultEntry(of: item) == nil
    {
      if case .mapping = item.value.content { return }
    }
    let name = Name(template.key, span: template.keySpan)
    let isLayer = if case .scalar(let kind)? = body["kind"]?.value.content { kind.text == "layer" } else { false }
    let use = YAMLEntry(
      key: "use", keySpan: template.keySpan,
      value: YAMLNode(
        .scalar(
          YAMLScalar(
            text: name.text, style: .plain, pieces: [.init(text: 0, source: template.keySpan.start)],
            file: template.keySpan.file)), span: template.keySpan))
    let node = YAMLNode(.mapping([use]), span: template.value.span)
    openDuration = 0
    defer { openDuration = nil }
    if isLayer {
      _ = readLayers([node], at: node.span, in: file)
    } else if let keys = expand(node, .segment, as: "a segment", keys: KeyTable.segment.names, in: file) {
      _ = segment(keys, name: template.key, span: template.keySpan, frames: 0..<1, in: file)
    }
  }
}

extension Diagnostic {
  fileprivate static func withWithoutUse(_ with: YAMLEntry) -> Diagnostic {
    Diagnostic("missing_key", "`with` needs `use`: the template that it gives values to", at: with.keySpan)
  }

  fileprivate static func unknownTemplate(_ name: Name, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_template", "no template is called `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: known),
      edit: replacement(name.text, among: known, at: name.span))
  }

  fileprivate static func templateCycle(_ name: Name) -> Diagnostic {
    Diagnostic("cyclic_definition", "the template `\(name.text)` uses itself", at: name.span)
  }

  fileprivate static func templateWithoutKind(_ template: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "missing_key", "the template `\(template.key)` needs `kind`", at: template.keySpan,
      help: "write `kind: segment` or `kind: layer`")
  }

  fileprivate static func wrongKind(
    _ name: String, _ own: Analyzer.TemplateKind, _ wanted: Analyzer.TemplateKind, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      "wrong_type", "`\(name)` is a template of a \(own.rawValue), and a \(wanted.rawValue) is needed here", at: span)
  }
}
