/// Why an imported file could not be read.
public struct ImportFailure: Error, Sendable {
  public var reason: String

  public init(reason: String) { self.reason = reason }
}

/// Reads a file by its normalised path from the scene's folder; it stays inside that folder.
public typealias Importer = @Sendable (String) -> Result<[UInt8], ImportFailure>

extension Analyzer {
  /// SAFETY: at most 64 imports, 16 levels deep.
  private static let mostImports = 64
  private static let deepestImport = 16

  /// `import: {neon: lib/neon.yaml}`: paths are relative to the file that writes them.
  func readImports(_ entry: YAMLEntry?, into module: Module) {
    guard let entry else { return }
    guard let items = mapping(entry.value, as: "imports") else {
      module.hasUnknownImports = true
      return
    }
    for item in items {
      guard let target = scalar(item.value, as: "the path of a scene file")?.text else { continue }
      guard let path = normalized(target, relativeTo: module.path) else {
        report(.pathOutside(target, item.value.span))
        module.failedImports.insert(Name.folded(item.key))
        continue
      }
      guard let imported = load(path, at: item.value.span) else {
        module.failedImports.insert(Name.folded(item.key))
        continue
      }
      expectUsable(item.key, at: item.keySpan)
      if let earlier = module.imports.updateValue(
        .init(module: imported, span: item.keySpan), forKey: Name.folded(item.key))
      {
        report(.definedTwice(item.key, item.keySpan, earlier.span))
      }
    }
  }

  private func load(_ path: String, at span: Span) -> Module? {
    if let known = imported[path] {
      if known == nil { report(.importCycle(path, span)) }
      return known
    }
    let isTooDeep = imported.values.count { $0 == nil } > Self.deepestImport
    // The scene is one of them.
    guard imported.count <= Self.mostImports, !isTooDeep else {
      report(.tooManyImports(isTooDeep ? "\(Self.deepestImport) levels deep" : "\(Self.mostImports) files", span))
      return nil
    }
    switch importer(path) {
    case .failure(let failure):
      report(.unreadableImport(path, failure.reason, span))
      return nil
    case .success(let bytes):
      guard let root = library(bytes, at: path, importedAt: span) else { return nil }
      imported[path] = .some(nil)
      let module = makeModule(path: path)
      if let keys = read(root, as: "a library", keys: KeyTable.library.names, required: ["ascii_scene"]) {
        readDefinitions(keys, into: module, overridden: false)
      }
      imported[path] = module
      return module
    }
  }

  /// The root of an imported file; nil after a report.
  ///
  /// SAFETY: a scene of somebody else's may name any file of the folder, so nothing of one that does not say
  /// `ascii-scene:` is shown, not even where its mistakes are.
  private func library(_ bytes: [UInt8], at path: String, importedAt span: Span) -> YAMLNode? {
    let file = sources.add(path: folder + path, bytes: bytes)
    var findings = DiagnosticBag()
    let root = parseYAML(file, in: sources, reporting: &findings)
    guard sources[file].isScene || root?.saysScene == true else {
      report(.notAScene(path, span))
      return nil
    }
    report(findings.all)
    return root
  }

  /// The folder of the scene as messages name it, which imports are shown with.
  var folder: String {
    let scene = sources[FileID(0)].path
    return scene.lastIndex(of: "/").map { String(scene[...$0]) } ?? ""
  }

  /// `../lib/a.yaml` from `scenes/b.yaml` is `lib/a.yaml`; nil when it leads out of the root, which is the folder of the scene
  /// unless the command line says another.
  private func normalized(_ target: String, relativeTo file: String) -> String? {
    guard let parts = parts(of: target, relativeTo: file), !parts.isEmpty else { return nil }
    return parts.joined(separator: "/")
  }

  /// The folders and the name of such a path, `..` only in front; nil when it leads out of the root.
  private func parts(of target: String, relativeTo file: String = "") -> [String]? {
    if target.hasPrefix("/") { return nil }
    var parts = file.split(separator: "/").dropLast().map(String.init)
    for part in target.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return parts.prefix { $0 == ".." }.count > overrides.foldersBelowRoot ? nil : parts
  }

  /// The path of a file that a scene names, which stays inside of its root; nil after a report.
  func insidePath(_ node: YAMLNode, as what: String) -> String? {
    guard let path = scalar(node, as: what)?.text else { return nil }
    if parts(of: path) == nil {
      report(.pathOutside(path, node.span))
      return nil
    }
    return path
  }

  // MARK: Paths

  /// The file that the last name of a path belongs to: `neon.heat` is `heat` in the import `neon`. Nil after a report.
  func module(of path: [Name], in scope: Scope) -> Module? {
    var module = scope.module
    for name in path.dropLast() {
      guard let next = module.imports[name.key] else {
        if module.failedImports.contains(name.key) || module.hasUnknownImports { return nil }
        report(.unknownNamespace(name, Array(module.imports.keys)))
        return nil
      }
      module.used.insert(next.span)
      module = next.module
    }
    return module
  }

  /// What a path of several names stands for in an expression; nil after a report.
  func symbol(_ path: [Name], in scope: Scope) -> Scope.Symbol? {
    guard let module = module(of: path, in: scope), let last = path.last else { return nil }
    if let symbol = module.scope.entries[last.key]?.symbol { return symbol }
    let space = path.dropLast().map(\.text).joined(separator: ".")
    report(.unknownName(last, "`\(space)` has nothing called `\(last.text)`", among: Array(module.scope.entries.keys)))
    return nil
  }
}

extension YAMLNode {
  /// Whether it is a mapping with the key that every scene has.
  fileprivate var saysScene: Bool {
    if case .mapping(let entries) = content { entries.contains { Name.folded($0.key) == "ascii_scene" } } else { false }
  }
}

extension Diagnostic {
  fileprivate static func importCycle(_ path: String, _ span: Span) -> Diagnostic {
    Diagnostic("cyclic_import", "`\(path)` imports itself, directly or through others", at: span)
  }

  fileprivate static func tooManyImports(_ limit: String, _ span: Span) -> Diagnostic {
    Diagnostic("too_many_imports", "imports go at most \(limit)", at: span)
  }

  fileprivate static func notAScene(_ path: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "not_a_scene", "`\(path)` is no scene file, so nothing of it is imported", at: span,
      help: "a library is YAML that begins with `ascii-scene: 1`")
  }

  fileprivate static func unreadableImport(_ path: String, _ reason: String, _ span: Span) -> Diagnostic {
    Diagnostic("unreadable_file", "cannot read `\(path)`: \(reason)", at: span)
  }

  fileprivate static func unknownNamespace(_ name: Name, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_name", "nothing is imported as `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: known),
      edit: replacement(name.text, among: known, at: name.span))
  }
}
