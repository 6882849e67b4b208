extension Analyzer {
  /// The entries of a mapping by canonical key. Keys outside `known` are reported with the nearest of them; anything but
  /// a mapping is reported as "expected …".
  func read(
    _ node: YAMLNode, as what: String, keys known: Set<String>, required: [String] = []
  ) -> [String: YAMLEntry]? {
    guard let entries = mapping(node, as: what) else { return nil }
    var result: [String: YAMLEntry] = [:]
    var hasUnknown = false
    // Of no use to most mappings; made once where there are many unknown keys.
    lazy var called = calls(in: entries)
    for entry in entries {
      let key = Name.folded(entry.key)
      guard known.contains(key) else {
        report(
          misplacedArgument(entry, of: what, called) ?? misplacedName(entry, of: what, known: known, among: entries)
            ?? .unknownKey(entry, of: what, known: known))
        hasUnknown = true
        continue
      }
      if let earlier = result[key] {
        report(.keyTwice(entry, earlier: earlier))
      } else {
        result[key] = entry
        report { $0.respell(entry.key, at: entry.keySpan, as: key) }
      }
    }
    // A key that is missing may be the one that was misspelt: one mistake, one error.
    if !hasUnknown {
      for key in required where result[key] == nil {
        report(key == "ascii_scene" ? missingVersion(at: node.span) : .missingKey(key, of: what, at: node.span))
      }
    }
    return hasUnknown && required.contains { result[$0] == nil } ? nil : result
  }

  /// For `rate: 30` beside `particles: emitter`, of which `rate` is an argument.
  private func misplacedArgument(
    _ entry: YAMLEntry, of what: String, _ calls: [(key: String, called: OpDeclaration)]
  ) -> Diagnostic? {
    let key = Name.folded(entry.key)
    let call = calls.first { $0.called.parameters.contains { $0.name == key } }
    return call.map { .argumentAsKey(entry, of: what, "\($0.key): \($0.called.name)") }
  }

  /// For `spectrum: {}` among the keys of a layer: the name of what it may show.
  private func misplacedName(
    _ entry: YAMLEntry, of what: String, known: Set<String>, among entries: [YAMLEntry]
  ) -> Diagnostic? {
    let key = Name.folded(entry.key)
    guard known.isSuperset(of: KeyTable.layer.oneOf), ForeignWords.help(forKey: key, among: known) == nil else {
      return nil
    }
    let named: [OpKind] = [.effect, .particles, .field, .style].filter { catalog.entry($0, key) != nil }
    let field = preludeEntry(.fields, key)?.item.value
    guard !named.isEmpty || field != nil else { return nil }
    let sources = entries.map { Name.folded($0.key) }.filter(KeyTable.layer.oneOf.contains)
    let isText = sources.contains("text") || sources.contains("lyrics")
    let kind = isText && named.contains(.style) ? .style : named.first
    if kind == .style { return .nameAsKey(entry, of: what, "style: \(key)", isText ? "" : " beside a `text:`") }
    if kind == nil, field?.isTransform == true {
      return .nameAsKey(entry, of: what, "transform: [\(key): …]", sources.isEmpty ? " beside a `field:`" : "")
    }
    guard let source = kind?.rawValue ?? (field?.isWholeField == true ? "field" : nil) else { return nil }
    return .nameAsKey(entry, of: what, "\(source): \(key)", sources.isEmpty ? "" : ", in a layer of its own")
  }

  /// The entries that call something by its name.
  private func calls(in entries: [YAMLEntry]) -> [(key: String, called: OpDeclaration)] {
    entries.compactMap { entry in
      guard let kind = Self.calledKinds[Name.folded(entry.key)], case .scalar(let scalar) = entry.value.content,
        let called = catalog.entry(kind, Name.folded(String(scalar.text.prefix { $0 != "(" })))
      else { return nil }
      return (entry.key, called)
    }
  }

  /// Keys of a layer whose value is called with arguments.
  private static let calledKinds: [String: OpKind] = [
    "field": .field, "effect": .effect, "particles": .particles, "style": .style,
  ]

  /// The one key whose value needs no thought.
  private func missingVersion(at span: Span) -> Diagnostic {
    var diagnostic = Diagnostic.missingKey("ascii_scene", of: "a scene", at: span)
    diagnostic.help = "begin the file with `ascii-scene: 1`"
    if sources[span.file].bytes[span.start] != UInt8(ascii: "{") {
      diagnostic.edit = Diagnostic.Edit(diagnostic.span, replacement: "ascii-scene: 1\n", isSafe: true)
    }
    return diagnostic
  }

  /// The entries of a mapping whose keys are the author's own names.
  func mapping(_ node: YAMLNode, as what: String) -> [YAMLEntry]? {
    switch node.content {
    case .mapping(let entries): return entries
    case .invalid: return nil
    case .scalar, .sequence:
      report(.unexpected(node, expected: what, help: Self.example(of: what, node)))
      return nil
    }
  }

  /// How what was written may have been meant.
  private static func example(of what: String, _ node: YAMLNode) -> String? {
    guard case .scalar(let scalar) = node.content, !scalar.isNull else { return nil }
    switch what {
    case "a layer": return "as in `{field: \(scalar.text)}`"
    case "an input": return "as in `{image: \(scalar.text)}`"
    case "`audio`": return "as in `audio: {track: \(scalar.text)}`"
    case "imports": return "as in `import: {lib: \(scalar.text)}`"
    default: return nil
    }
  }

  func sequence(_ node: YAMLNode, as what: String) -> [YAMLNode]? {
    switch node.content {
    case .sequence(let items): return items
    case .invalid: return nil
    case .scalar, .mapping:
      let isMapping = if case .mapping = node.content { true } else { false }
      let help = isMapping ? "an item of a list begins with `- `, or stands in `[…]`" : nil
      report(.unexpected(node, expected: what, help: help))
      return nil
    }
  }

  /// A scalar that is not null.
  func scalar(_ node: YAMLNode, as what: String) -> YAMLScalar? {
    switch node.content {
    case .scalar(let scalar):
      if scalar.isNull {
        report(.missingValue(node, expected: what))
        return nil
      }
      return scalar
    case .invalid: return nil
    case .sequence, .mapping:
      report(.unexpected(node, expected: what))
      return nil
    }
  }

  /// A word of a closed set, in a scope also one that is chosen before rendering; reports others with the nearest.
  func choice<T>(_ node: YAMLNode, as what: String, among choices: [String: T], in scope: Scope? = nil) -> T? {
    guard let scalar = scalar(node, as: what) else { return nil }
    func find(_ text: String, _ span: Span) -> T? {
      if let value = choices[Name.folded(text)] {
        report { $0.respell(text, at: span, as: Name.folded(text)) }
        return value
      }
      report(.unknownChoice(text, of: what, choices: choices.keys.sorted(), at: span))
      return nil
    }
    guard let scope, choices[Name.folded(scalar.text)] == nil else { return find(scalar.text, node.span) }
    return chosenWord(scalar, as: what, in: scope, find: find)
  }

  func boolean(_ node: YAMLNode, as what: String) -> Bool? {
    if case .scalar(let scalar) = node.content, let word = ForeignWords.boolean(Name.folded(scalar.text)) {
      report(.foreignBoolean(scalar.text, word, at: node.span))
      return nil
    }
    return choice(node, as: what, among: ["true": true, "false": false])
  }

  func choices<T: RawRepresentable & CaseIterable>(_: T.Type) -> [String: T] where T.RawValue == String {
    Dictionary(uniqueKeysWithValues: T.allCases.map { ($0.rawValue, $0) })
  }
}

extension YAMLNode {
  /// A node and its kind in words, for messages.
  var described: String {
    switch content {
    case .scalar(let scalar): scalar.isNull ? "nothing" : "`\(scalar.text)`"
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .invalid: "something unreadable"
    }
  }
}

extension Diagnostic {
  static func didYouMean(_ text: String, among names: some Sequence<String>) -> String {
    nearestName(to: text, among: names).map { "did you mean `\($0)`?" } ?? ""
  }

  static func replacement(_ text: String, among names: some Sequence<String>, at span: Span) -> Edit? {
    nearestName(to: text, among: names).map { Edit(span, replacement: $0) }
  }

  static func list(_ names: [String], limit: Int = 12) -> String {
    names.prefix(limit).map { "`\($0)`" }.joined(separator: ", ") + (names.count > limit ? ", …" : "")
  }

  fileprivate static func unknownKey(_ entry: YAMLEntry, of what: String, known: Set<String>) -> Diagnostic {
    if let help = ForeignWords.help(forKey: Name.folded(entry.key), among: known) {
      return Diagnostic("unknown_key", "\(what) has no key `\(entry.key)`", at: entry.keySpan, help: help)
    }
    if known == KeyTable.variant.names, didYouMean(entry.key, among: Array(known)).isEmpty {
      return Diagnostic(
        "unknown_key", "\(what) has no key `\(entry.key)`", at: entry.keySpan,
        help: "values of the scene's params stand under `set`, as in `set: {\(entry.key): …}`; `video` is the other key"
      )
    }
    if let places = places(ofKey: Name.folded(entry.key)) {
      let isSource = what == "a segment" && KeyTable.layer.oneOf.contains(Name.folded(entry.key))
      return Diagnostic(
        "unknown_key", "\(what) has no key `\(entry.key)`", at: entry.keySpan,
        help: "it is a key of \(places)" + (isSource ? ": `layers: [{\(entry.key): …}]`" : ""))
    }
    return Diagnostic(
      "unknown_key", "\(what) has no key `\(entry.key)`", at: entry.keySpan,
      caret: didYouMean(entry.key, among: known.map(shown)),
      help: "the keys of \(what) are \(list(known.map(shown).sorted(), limit: 40))",
      edit: replacement(entry.key, among: known, at: entry.keySpan))
  }

  /// What has a key, among what scenes are mostly made of: `a segment and an output`.
  private static func places(ofKey key: String) -> String? {
    let places = [
      ("scene", "the scene"), ("video", "`video`"), ("audio", "`audio`"), ("segment", "a segment"),
      ("layer", "a layer"), ("tone", "`tone`"), ("output", "an output"),
    ].filter { KeyTable.named($0.0).names.contains(key) }.map(\.1)
    guard let last = places.last else { return nil }
    return places.count == 1 ? last : places.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `call`: the key of what is called, and its name.
  fileprivate static func argumentAsKey(_ entry: YAMLEntry, of what: String, _ call: String) -> Diagnostic {
    let value = if case .scalar(let scalar) = entry.value.content { scalar.text } else { "…" }
    return Diagnostic(
      "unknown_key", "\(what) has no key `\(entry.key)`", at: entry.keySpan,
      caret: "an argument: `\(call)(\(Name.folded(entry.key))=\(value))`")
  }

  /// `key`: with the name as its value.
  fileprivate static func nameAsKey(
    _ entry: YAMLEntry, of what: String, _ key: String, _ place: String
  ) -> Diagnostic {
    Diagnostic(
      "unknown_key", "\(what) has no key `\(entry.key)`", at: entry.keySpan, help: "write `\(key)`\(place)")
  }

  fileprivate static func keyTwice(_ entry: YAMLEntry, earlier: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "duplicate_key", "`\(entry.key)` and `\(earlier.key)` are the same key", at: entry.keySpan,
      labels: [.init(earlier.keySpan, "first given here")])
  }

  fileprivate static func missingKey(_ key: String, of what: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "missing_key", "\(what) needs `\(shown(key))`", at: Span(file: span.file, start: span.start, end: span.start))
  }

  /// A key as authors write it.
  private static func shown(_ key: String) -> String { key == "ascii_scene" ? "ascii-scene" : key }

  fileprivate static func unexpected(_ node: YAMLNode, expected: String, help: String? = nil) -> Diagnostic {
    Diagnostic("wrong_type", "expected \(expected), found \(node.described)", at: node.span, help: help)
  }

  fileprivate static func missingValue(_ node: YAMLNode, expected: String) -> Diagnostic {
    Diagnostic(
      "missing_value", "expected \(expected), found nothing", at: node.span,
      help: "give a value after the colon, or remove the key")
  }

  static func unknownChoice(_ text: String, of what: String, choices: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_choice", "`\(text)` is not \(what)", at: span, caret: didYouMean(text, among: choices),
      help: "expected one of \(list(choices, limit: 40))", edit: replacement(text, among: choices, at: span))
  }
}
