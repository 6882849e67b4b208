/// The sections of a prelude file that define names.
enum PreludeSection: String, CaseIterable { case fields, eases, looks, shaders }

/// A definition of the prelude that nothing has used yet.
struct PreludeEntry {
  var item: YAMLEntry
  var file: Scope

  /// What it is known by, whichever of its names a scene says.
  var key: String { Name.folded(item.key) }
}

/// What of the prelude, and of the parameters of native ops, was read for this scene.
struct PreludeCache {
  /// The definitions of all prelude files; nil until the first name that is not the scene's own.
  var index: [PreludeSection: [String: PreludeEntry]]?
  /// Those that the scene uses.
  var definitions: [PreludeSection: [String: DefinitionID]] = [:]
  /// By kind and name of the op, with their defaults.
  var nativeParameters: [String: [CheckedParameter]] = [:]
}

extension Analyzer {
  /// The definition of that name in the prelude, taken into this scene when first used.
  func preludeDefinition(_ section: PreludeSection, _ key: String) -> DefinitionID? {
    if let id = prelude.definitions[section]?[key] { return id }
    guard let entry = preludeEntry(section, key) else { return nil }
    if entry.key != key { return preludeDefinition(section, entry.key) }
    let id = addDefinition(entry.item, section, file: entry.file)
    prelude.definitions[section, default: [:]][key] = id
    return id
  }

  func preludeEntry(_ section: PreludeSection, _ key: String) -> PreludeEntry? { index()[section]?[key] }

  func preludeNames(_ section: PreludeSection) -> [String] { index()[section].map { Array($0.keys) } ?? [] }

  private func index() -> [PreludeSection: [String: PreludeEntry]] {
    if let index = prelude.index { return index }
    var index: [PreludeSection: [String: PreludeEntry]] = [:]
    for (name, text) in catalog.prelude.sorted(by: { $0.key < $1.key }) {
      let file = sources.add(path: "prelude/\(name).yaml", bytes: Array(text.utf8), origin: .program)
      var root: YAMLNode?
      report { root = parseYAML(file, in: sources, reporting: &$0) }
      guard case .mapping(let entries)? = root?.content else { continue }
      let scope = makeBareScope()
      for entry in entries {
        guard let section = PreludeSection(rawValue: entry.key), case .mapping(let items) = entry.value.content else {
          continue
        }
        for item in items {
          for name in [item.key] + item.aliases {
            index[section, default: [:]][Name.folded(name)] = PreludeEntry(item: item, file: scope)
          }
        }
      }
    }
    prelude.index = index
    return index
  }

  /// A native op's declaration as parameters, defaults checked once.
  func nativeParameters(_ entry: OpDeclaration) -> [CheckedParameter] {
    let key = "\(entry.kind) \(entry.name)"
    if let known = prelude.nativeParameters[key] { return known }
    let file = sources.add(path: "catalogue/\(entry.name)", bytes: [], origin: .program)
    let span = Span(file: file, start: 0, end: 0)
    let scope = makeBareScope()
    let parameters = entry.parameters.map { declaration in
      var checked = CheckedParameter(
        name: declaration.name, aliases: declaration.aliases, type: declaration.type, dimension: declaration.dimension,
        range: declaration.range,
        rate: declaration.rate, choices: declaration.choices, doc: declaration.doc, default: nil, span: span)
      checked.default = declaration.default.map { text in
        if declaration.type == .text { return TypedExpression(.text(text), type: .text, rate: .constant, span: span) }
        if declaration.type == .choice {
          return TypedExpression(
            .choice(text, of: declaration.choices), type: .choice, rate: .constant, span: span)
        }
        return accept(builtin(text, of: entry.name, in: scope), in: Slot(checked, of: entry.name))
      }
      return checked
    }
    prelude.nativeParameters[key] = parameters
    return parameters
  }

  /// What the declaration of an entry says in the scene language.
  func builtin(_ text: String, of entry: String, in scope: Scope? = nil) -> TypedExpression {
    let source = sources.add(path: "catalogue/\(entry)", bytes: Array(text.utf8), origin: .program)
    let scalar = YAMLScalar(text: text, style: .plain, pieces: [.init(text: 0, source: 0)], file: source)
    return check(parse(scalar), in: scope ?? makeBareScope())
  }

  func parse(_ scalar: YAMLScalar) -> Expression {
    var expression: Expression?
    report { expression = parseExpression(scalar, reporting: &$0) }
    return expression!
  }
}
