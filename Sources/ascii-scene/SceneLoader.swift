import Renderer
import SceneLang

/// A scene that compiled without errors.
struct CompiledScene {
  var graph: RenderGraph
  /// The scene file and all media that it reads.
  var inputs: [String]
  /// The scene file and all that it imports.
  var sources: [SourceFile]
  /// What is made of it unless the command line says: as the scene says, from its folder.
  var outputs: [Output]
  /// One for each segment of the graph.
  var segments: [Segment]
  /// The frames that its `golden:` names; nil without one.
  var golden: [Int]?
  /// The words with times that it shows.
  var cues: [TextCue]
  /// A line each, as `check --format short` prints them.
  var warnings: [String]

  /// What the graph does not know of a segment, since no pixel depends on it.
  struct Segment {
    var level: BrightnessBand
    /// Where it is written: `intro.yaml:14`.
    var place: String
  }
}

/// From a path on the command line to a checked scene or a render graph.
enum SceneLoader {
  /// What the command line says; it wins over the scene, which wins over the quality (nil: the command line's).
  ///
  /// Throws `CommandFailure` for a shape that would make a picture larger than any may be.
  static func overrides(_ arguments: ParsedArguments, quality: QualitySettings? = nil) throws -> SceneOverrides {
    var overrides = SceneOverrides()
    let quality = quality ?? arguments.quality
    overrides.shorterSide = quality.shorterSide
    overrides.presetFPS = quality.fps
    overrides.particleScale = quality.particleScale
    overrides.aspect = try arguments.aspect(shorterSide: quality.shorterSide)
    overrides.fps = arguments[CommonOptions.fps]
    overrides.size = arguments[CommonOptions.resolution].map { ($0.width, $0.height) }
    overrides.allowsHeavy = arguments[CommonOptions.allowHeavy]
    overrides.detector = arguments[CommonOptions.allowDetector]
    overrides.root = arguments[CommonOptions.root]
    overrides.speaks = arguments[CommonOptions.speak]
    overrides.variant = arguments[CommonOptions.variant]
    for parameter in arguments[CommonOptions.set] { overrides.parameters[parameter.name] = parameter.value }
    return overrides
  }

  /// Reads and checks the scene at `path`. Throws `CommandFailure` when the file cannot be read.
  static func check(
    _ path: String, _ overrides: SceneOverrides, watched: WatchedFiles? = nil
  ) throws -> Compilation {
    watched?.add(path)
    return try check(path, bytes: try SceneFiles.read(path), overrides, watched: watched)
  }

  /// Checks `bytes` as the scene at `path`; `-` is standard input, whose imports are read from the working folder.
  /// `importer` reads what it imports, by its path from the scene's folder; nil for files. `watched` is told of each file
  /// before it is read. `name` is what its output is called unless it says; nil for the name of its file.
  ///
  /// Throws `CommandFailure` when the scene listens to a track or shows a picture and ffmpeg is missing.
  static func check(
    _ path: String, bytes: [UInt8], _ overrides: SceneOverrides, importer: Importer? = nil,
    watched: WatchedFiles? = nil, name: String? = nil
  ) throws -> Compilation {
    let isInput = path == SceneFiles.standardInput
    let (folder, world) = (try SceneFolder(of: path, root: overrides.root, watched: watched), WorldFailure())
    var overrides = overrides
    overrides.foldersBelowRoot = folder.depth
    let ears = SceneEars(folder: folder, world)
    let eyes = try SceneEyes(folder: folder, detector: overrides.detector, world)
    let voice = SceneVoice(world)
    var compilation = SceneLang.check(
      path: isInput ? "<stdin>" : path, name: name ?? ScenePaths.name(of: path), bytes: bytes, using: .builtin,
      overrides: overrides, importer: importer ?? files(in: folder), soundReader: ears.listen, inputReader: eyes.look,
      speechReader: overrides.speaks ? voice.speak : nil)
    try world.check()
    let faces = FaceLibrary()
    compilation.report(faces.check(compilation.shownCharacters) + (compilation.scene.map(faces.fit) ?? []))
    return compilation
  }

  /// A checked scene with segments; its diagnostics are printed. Throws `CommandFailure` when it has errors.
  static func scene(
    _ path: String, _ arguments: ParsedArguments, _ console: Console, quality: QualitySettings? = nil
  ) throws -> CheckedScene {
    try scene(try check(path, try overrides(arguments, quality: quality)), path, console)
  }

  /// What came of checking the scene at `path`, as above.
  static func scene(_ compilation: Compilation, _ path: String, _ console: Console) throws -> CheckedScene {
    show(compilation.diagnostics, in: compilation.sources, console)
    guard let scene = compilation.scene else {
      let errors = compilation.diagnostics.filter { $0.severity == .error }
      var failure =
        compilation.onlyOptionsAreWrong
        ? CommandFailure(.usage, "`\(path)` cannot be taken with these options")
        : CommandFailure(.scene, "`\(path)` has \(errors.count) error\(errors.count == 1 ? "" : "s")")
      failure.findings = compilation.diagnostics.map(DiagnosticRenderer(sources: compilation.sources).json)
      throw failure
    }
    guard !scene.segments.isEmpty else {
      throw CommandFailure(.scene, "`\(path)` has no segments", help: "it is a library: a scene imports it")
    }
    return scene
  }

  /// The optimised graph of a scene, with the files it reads; paths are resolved from the scene's folder.
  static func load(
    _ path: String, _ arguments: ParsedArguments, _ console: Console, quality: QualitySettings? = nil
  ) throws -> CompiledScene {
    try load(try check(path, try overrides(arguments, quality: quality)), path, console)
  }

  /// What came of checking the scene at `path`, as above.
  static func load(_ compilation: Compilation, _ path: String, _ console: Console) throws -> CompiledScene {
    let scene = try scene(compilation, path, console)
    let graph = graph(of: scene, at: path)
    var outputs = scene.outputs
    let folder = ScenePaths.folder(of: path)
    for index in outputs.indices { outputs[index].path = folder + outputs[index].path }
    let segments = scene.segments.map { segment in
      let file = compilation.sources[segment.span.file]
      return CompiledScene.Segment(
        level: segment.level,
        place: "\(file.path):\(file.line(at: segment.span.start))")
    }
    let warnings = compilation.diagnostics.filter { $0.severity == .warning }.map {
      String(DiagnosticRenderer(sources: compilation.sources, style: .short).render([$0]).dropLast())
    }
    return CompiledScene(
      graph: graph,
      inputs: [path] + (graph.audio?.tracks.map(\.path) ?? []) + scene.inputPaths.map { folder + $0 },
      sources: compilation.sources.files.filter { $0.origin == .file }, outputs: outputs, segments: segments,
      golden: scene.golden, cues: scene.cues, warnings: warnings)
  }

  /// The optimised graph of the scene at `path`, with the paths of its media from the working folder.
  static func graph(of scene: CheckedScene, at path: String) -> RenderGraph {
    var graph = scene.renderGraph(using: .builtin)
    let folder = ScenePaths.folder(of: path)
    for index in graph.audio?.tracks.indices ?? 0..<0 {
      graph.audio!.tracks[index].path = place(of: graph.audio!.tracks[index], in: folder)
    }
    return graph
  }

  /// Where a track lies: what was said is in the cache, which no scene can name, since its paths are relative.
  private static func place(of track: AudioTrack, in folder: String) -> String {
    track.path.hasPrefix("/") ? track.path : folder + track.path
  }

  /// So many findings of a scene are shown with their lines.
  private static let mostShown = 200

  /// Prints diagnostics to standard error.
  static func show(_ diagnostics: [Diagnostic], in sources: SourceMap, _ console: Console) {
    guard !diagnostics.isEmpty else { return }
    let style: DiagnosticRenderer.Style = console.colorsMessages ? .color : .plain
    let shown = Array(diagnostics.prefix(mostShown))
    console.message(DiagnosticRenderer(sources: sources, style: style).render(shown))
    guard diagnostics.count > shown.count else { return }
    console.message("… and \(diagnostics.count - shown.count) more; `check --format short` prints all, a line each")
  }

  /// Reads imports by their path from the scene's folder. What leads out of its root, by symbolic links too, is refused.
  private static func files(in folder: SceneFolder) -> Importer {
    { path in
      do {
        let limit = path.lowercased().hasSuffix(".cube") ? SceneFiles.mostTableBytes : SceneFiles.mostBytes
        return .success(try SceneFiles.read(try folder.resolve(path), atMost: limit))
      } catch let failure as CommandFailure {
        return .failure(ImportFailure(reason: failure.message))
      } catch {
        return .failure(ImportFailure(reason: "\(error)"))
      }
    }
  }
}

extension Compilation {
  /// Whether there are errors, all of them of what options such as `--set` ask of the scene.
  var onlyOptionsAreWrong: Bool {
    let errors = diagnostics.filter { $0.severity == .error }
    return !errors.isEmpty && errors.allSatisfy { sources[$0.span.file].origin == .commandLine }
  }
}
