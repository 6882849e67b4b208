/// What came of compiling a scene.
public struct Compilation: Sendable {
  public let sources: SourceMap
  /// By place, duplicates removed, without those that the author allows.
  public private(set) var diagnostics: [Diagnostic]
  /// Nil when there are errors.
  public private(set) var scene: CheckedScene?
  /// What the renderer checks: SceneLang has no faces.
  public let shownCharacters: [ShownCharacters]
  /// British spellings of the language's own words with the American ones, for `check --fix`.
  public let respellings: [Diagnostic.Edit]
  private var findings: DiagnosticBag

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  init(
    sources: SourceMap, findings: DiagnosticBag, scene: CheckedScene?, shownCharacters: [ShownCharacters]
  ) {
    precondition(scene != nil || findings.hasErrors, "a scene is refused without a word")
    self.sources = sources
    self.findings = findings
    self.scene = findings.hasErrors ? nil : scene
    self.shownCharacters = shownCharacters
    respellings = findings.respellings
    diagnostics = Self.heeded(findings, in: sources)
  }

  /// Adds findings that only the renderer can have.
  public mutating func report(_ more: [Diagnostic]) {
    guard !more.isEmpty else { return }
    for finding in more { findings.report(finding) }
    diagnostics = Self.heeded(findings, in: sources)
    if hasErrors { scene = nil }
  }

  private static func heeded(_ findings: DiagnosticBag, in sources: SourceMap) -> [Diagnostic] {
    let scene = FileID(0)
    let allowances = Allowances(in: sources, files: Set(findings.all.map(\.span.file)).union([scene]))
    return allowances.heed(findings.all, unusedIn: scene)
  }
}

/// Parses and checks a scene: everything short of lowering, which is all that `check` needs.
///
/// `path` is shown in diagnostics; `name` is the scene's name, for its default output; `importer` reads what it imports,
/// `soundReader` what it listens to, `inputReader` what it shows; `speechReader` says its narrations aloud, nil: they are only
/// shown.
public func check(
  path: String, name: String, bytes: [UInt8], using catalog: Catalog, overrides: SceneOverrides = SceneOverrides(),
  importer: @escaping Importer = { _ in .failure(ImportFailure(reason: "nothing can be imported here")) },
  soundReader: @escaping SoundReader = {
    $0.isAnalyzed ? .failure(SoundFailure(message: "nothing can be heard here")) : .success(nil)
  },
  inputReader: @escaping InputReader = { _ in .failure(InputFailure(message: "nothing can be seen here")) },
  speechReader: SpeechReader? = nil
) -> Compilation {
  var sources = SourceMap()
  var bag = DiagnosticBag()
  let file = sources.add(path: path, bytes: bytes)
  // Imports are named from the scene's folder, so the scene itself stands at its root.
  let importBase = path.split(separator: "/").last.map(String.init) ?? path
  let root = parseYAML(file, in: sources, reporting: &bag)
  let analyzer = Analyzer(
    catalog: catalog, overrides: overrides, sources: sources, bag: bag, importer: importer, soundReader: soundReader,
    inputReader: inputReader, speechReader: speechReader)
  let scene = root.flatMap { analyzer.analyze($0, path: importBase, name: name) }
  return Compilation(
    sources: analyzer.sources, findings: analyzer.bag, scene: scene,
    shownCharacters: analyzer.shownCharacters.map { ShownCharacters(use: $1, span: $0) })
}

extension CheckedScene {
  /// The optimised render graph: lowering, then every pass.
  public func renderGraph(using catalog: Catalog) -> RenderGraph {
    Pipeline.standard(catalog).run(lower(self))
  }
}
