/// What came of compiling a scene.
public struct Compilation: Sendable {
  public var sources: SourceMap
  /// By place, duplicates removed.
  public var diagnostics: [Diagnostic]
  /// Nil when there are errors.
  public var scene: CheckedScene?
  /// What the renderer checks: SceneLang has no faces.
  public var shownCharacters: [ShownCharacters]

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Adds findings that only the renderer can have.
  public mutating func report(_ findings: [Diagnostic]) {
    guard !findings.isEmpty else { return }
    var bag = DiagnosticBag()
    for finding in diagnostics + findings { bag.report(finding) }
    diagnostics = bag.sorted()
    if hasErrors { scene = nil }
  }
}

/// Parses and checks a scene: everything short of lowering, which is all that `check` needs.
///
/// `path` is shown in diagnostics; `name` is the scene's name, for its default output; `importer` reads what it imports.
public func check(
  path: String, name: String, bytes: [UInt8], using catalog: Catalog, overrides: SceneOverrides = SceneOverrides(),
  importer: @escaping Importer = { _ in .failure(ImportFailure(reason: "nothing can be imported here")) }
) -> Compilation {
  var sources = SourceMap()
  var bag = DiagnosticBag()
  let file = sources.add(path: path, bytes: bytes)
  // Imports are named from the scene's folder, so the scene itself stands at its root.
  let importBase = path.split(separator: "/").last.map(String.init) ?? path
  let root = parseYAML(file, in: sources, reporting: &bag)
  let analyzer = Analyzer(catalog: catalog, overrides: overrides, sources: sources, bag: bag, importer: importer)
  let scene = root.flatMap { analyzer.analyze($0, path: importBase, name: name) }
  return Compilation(
    sources: analyzer.sources, diagnostics: analyzer.bag.sorted(), scene: scene,
    shownCharacters: analyzer.shownCharacters.map { ShownCharacters(use: $1, span: $0) })
}

extension CheckedScene {
  /// The optimised render graph: lowering, then every pass.
  public func renderGraph(using catalog: Catalog) -> RenderGraph {
    Pipeline.standard(catalog).run(lower(self))
  }
}
