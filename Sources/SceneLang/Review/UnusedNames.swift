/// The names of a scene file that nothing uses.
///
/// Made before the unused definitions are checked, since those use names as well; what only they use is unused too.
struct UnusedNames {
  private let isLibrary: Bool
  private var used: Set<Span> = []
  private var unused: Set<Span> = []
  private let scopeCount: Int

  /// - Parameter isLibrary: a file without segments; the names that it defines are for others.
  init(of analyzer: Analyzer, isLibrary: Bool) {
    self.isLibrary = isLibrary
    scopeCount = analyzer.scopes.count
    for scope in analyzer.scopes { add(scope) }
    guard !isLibrary, let file = analyzer.modules.first else { return }
    for entry in file.palettes.values { add(entry.keySpan, isUsed: file.used.contains(entry.keySpan)) }
    for entry in file.looks.values { add(entry.keySpan, isUsed: analyzer.usedLooks.contains(entry.keySpan)) }
    for entry in file.shaders.values { add(entry.keySpan, isUsed: analyzer.usedLooks.contains(entry.keySpan)) }
    for entry in file.templates.values { add(entry.keySpan, isUsed: analyzer.usedTemplates[entry.keySpan] != nil) }
    for entry in file.imports.values { add(entry.span, isUsed: file.used.contains(entry.span)) }
    for (name, span) in analyzer.inputs.spans { add(span, isUsed: analyzer.inputs.used.contains(name)) }
    for id in file.eases.values {
      let ease = analyzer.definitions[id.index]
      add(ease.nameSpan, isUsed: ease.wasUsed)
    }
  }

  /// One warning per name, those inside of unused definitions included, which have been checked by now.
  func diagnostics(after analyzer: Analyzer) -> [Diagnostic] {
    var bodies = self
    bodies.used = []
    bodies.unused = []
    for scope in analyzer.scopes[scopeCount...] { bodies.add(scope) }
    let all = unused.subtracting(used).union(bodies.unused.subtracting(bodies.used).subtracting(used))
    return all.map { .unused(Self.text($0, in: analyzer.sources), at: $0) }
  }

  /// A name in a template has an entry in the scope of every use: one of them is enough.
  private mutating func add(_ scope: Scope) {
    if isLibrary && scope.parent == nil { return }
    for entry in scope.entries.values {
      if case .index = entry.symbol { continue }
      add(entry.span, isUsed: entry.isUsed)
    }
  }

  private mutating func add(_ span: Span, isUsed: Bool) {
    // What other files define is their own affair.
    guard span.file == FileID(0) else { return }
    if isUsed { used.insert(span) } else { unused.insert(span) }
  }

  private static func text(_ span: Span, in sources: SourceMap) -> String {
    let text = String(decoding: sources[span.file].bytes[span.start..<span.end], as: UTF8.self)
    return text.first == "\"" || text.first == "'" ? String(text.dropFirst().dropLast()) : text
  }
}

extension Definition {
  fileprivate var wasUsed: Bool { if case .open = state { false } else { true } }
}

extension Analyzer {
  /// Marks what a path of names stands for as used, where its value is not needed.
  func noteUse(of path: [Name], in scope: Scope) {
    guard path.count == 1, let name = path.first else { return }
    _ = scope.find(name.key)
    if let palette = scope.module.palettes[name.key] { scope.module.used.insert(palette.keySpan) }
  }

  /// Marks every name that occurs in values that are not read in this run.
  func noteUses(in node: YAMLNode, _ scope: Scope) {
    switch node.content {
    case .scalar(let scalar):
      for word in scalar.text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }) {
        noteUse(of: [Name(String(word), span: node.span)], in: scope)
      }
    case .sequence(let items): for item in items { noteUses(in: item, scope) }
    case .mapping(let entries): for entry in entries { noteUses(in: entry.value, scope) }
    case .invalid: break
    }
  }
}

extension Diagnostic {
  fileprivate static func unused(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic("unused_name", .warning, "nothing uses `\(name)`", at: span, help: "use it, or delete it")
  }
}
