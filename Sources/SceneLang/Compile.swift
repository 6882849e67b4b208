/// What came of compiling a scene.
public struct Compilation: Sendable {
  public var sources: SourceMap
  /// By place, duplicates removed.
  public var diagnostics: [Diagnostic]
  /// Nil when there are errors.
  public var scene: CheckedScene?

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
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
  return Compilation(sources: analyzer.sources, diagnostics: analyzer.bag.sorted(), scene: scene)
}

extension CheckedScene {
  /// The optimised render graph: lowering, then every pass.
  public func renderGraph(using catalog: Catalog) -> RenderGraph {
    Pipeline.standard(catalog).run(lower(self))
  }
}
