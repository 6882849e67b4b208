import Glibc
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

  /// What the graph does not know of a segment, since no pixel depends on it.
  struct Segment {
    var level: BrightnessBand
    /// Where it is written: `intro.yaml:14`.
    var place: String
  }
}

/// From a path on the command line to a checked scene or a render graph.
enum SceneLoader {
  /// SAFETY caps a scene file at 4 MiB.
  private static let mostBytes = 4 << 20
  /// Tables of colors are long: one of 65 × 65 × 65 has 8 MB.
  private static let mostTableBytes = 16 << 20

  /// What the command line says; it wins over the scene, which wins over the quality (nil: the command line's).
  static func overrides(_ arguments: ParsedArguments, quality: QualitySettings? = nil) -> SceneOverrides {
    var overrides = SceneOverrides()
    let quality = quality ?? arguments.quality
    overrides.shorterSide = quality.shorterSide
    overrides.presetFPS = quality.fps
    overrides.particleScale = quality.particleScale
    overrides.aspect = arguments[CommonOptions.aspect]
    overrides.fps = arguments[CommonOptions.fps]
    overrides.size = arguments[CommonOptions.resolution].map { ($0.width, $0.height) }
    overrides.allowsHeavy = arguments[CommonOptions.allowHeavy]
    overrides.detector = arguments[CommonOptions.allowDetector]
    overrides.speaks = arguments[CommonOptions.speak]
    overrides.variant = arguments[CommonOptions.variant]
    for parameter in arguments[CommonOptions.set] { overrides.parameters[parameter.name] = parameter.value }
    return overrides
  }

  /// Reads and checks the scene at `path`. Throws `CommandFailure` when the file cannot be read.
  static func check(_ path: String, _ overrides: SceneOverrides) throws -> Compilation {
    try check(path, bytes: try read(path), overrides)
  }

  /// Checks `bytes` as the scene at `path`; `-` is standard input, whose imports are read from the working folder.
  /// `importer` reads what it imports, by its path from the scene's folder; nil for files.
  ///
  /// Throws `CommandFailure` when the scene listens to a track or shows a picture and ffmpeg is missing.
  static func check(
    _ path: String, bytes: [UInt8], _ overrides: SceneOverrides, importer: Importer? = nil
  ) throws -> Compilation {
    let isInput = path == SceneFiles.standardInput
    let (ears, eyes, voice) = (
      SceneEars(folder: folder(of: path)), try SceneEyes(folder: folder(of: path), detector: overrides.detector),
      SceneVoice()
    )
    var compilation = SceneLang.check(
      path: isInput ? "<stdin>" : path, name: isInput ? "stdin" : stem(of: path), bytes: bytes, using: .builtin,
      overrides: overrides, importer: importer ?? files(beside: path), soundReader: ears.listen, inputReader: eyes.look,
      speechReader: overrides.speaks ? voice.speak : nil)
    try voice.checkPrograms()
    try ears.checkPrograms()
    try eyes.checkPrograms()
    let faces = FaceLibrary()
    compilation.report(faces.check(compilation.shownCharacters) + (compilation.scene.map(faces.fit) ?? []))
    return compilation
  }

  /// A checked scene with segments; its diagnostics are printed. Throws `CommandFailure` when it has errors.
  static func scene(
    _ path: String, _ arguments: ParsedArguments, _ console: Console, quality: QualitySettings? = nil
  ) throws -> CheckedScene {
    try scene(try check(path, overrides(arguments, quality: quality)), path, console)
  }

  /// What came of checking the scene at `path`, as above.
  static func scene(_ compilation: Compilation, _ path: String, _ console: Console) throws -> CheckedScene {
    show(compilation.diagnostics, in: compilation.sources, console)
    guard let scene = compilation.scene else {
      let count = compilation.diagnostics.count { $0.severity == .error }
      throw CommandFailure(.scene, "`\(path)` has \(count) error\(count == 1 ? "" : "s")")
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
    try load(try check(path, overrides(arguments, quality: quality)), path, console)
  }

  /// What came of checking the scene at `path`, as above.
  static func load(_ compilation: Compilation, _ path: String, _ console: Console) throws -> CompiledScene {
    let scene = try scene(compilation, path, console)
    let graph = graph(of: scene, at: path)
    var outputs = scene.outputs
    for index in outputs.indices { outputs[index].path = folder(of: path) + outputs[index].path }
    let segments = scene.segments.map { segment in
      let file = compilation.sources[segment.span.file]
      return CompiledScene.Segment(
        level: segment.level,
        place: "\(file.path):\(file.line(at: segment.span.start))")
    }
    return CompiledScene(
      graph: graph,
      inputs: [path] + (graph.audio?.tracks.map(\.path) ?? []) + scene.inputPaths.map { folder(of: path) + $0 },
      sources: compilation.sources.files.filter { !$0.isBuiltin }, outputs: outputs, segments: segments,
      golden: scene.golden, cues: scene.cues)
  }

  /// The optimised graph of the scene at `path`, with the paths of its media from the working folder.
  static func graph(of scene: CheckedScene, at path: String) -> RenderGraph {
    var graph = scene.renderGraph(using: .builtin)
    for index in graph.audio?.tracks.indices ?? 0..<0 {
      graph.audio!.tracks[index].path = place(of: graph.audio!.tracks[index], in: folder(of: path))
    }
    return graph
  }

  /// Where a track lies: what was said is in the cache, which no scene can name, since its paths are relative.
  private static func place(of track: AudioTrack, in folder: String) -> String {
    track.path.hasPrefix("/") ? track.path : folder + track.path
  }

  /// Prints diagnostics to standard error.
  static func show(_ diagnostics: [Diagnostic], in sources: SourceMap, _ console: Console) {
    guard !diagnostics.isEmpty else { return }
    let style: DiagnosticRenderer.Style = console.colorsMessages ? .color : .plain
    console.message(DiagnosticRenderer(sources: sources, style: style).render(diagnostics))
  }

  /// `scenes/intro.yaml` → `intro.png`, in the working folder.
  static func output(_ path: String, extension suffix: String) -> String { "\(stem(of: path)).\(suffix)" }

  /// Writes a picture whole or not at all.
  static func write(_ bytes: [UInt8], to path: String, inputs: [String]) throws {
    do {
      try OutputTarget(path: path, inputs: inputs, extensions: ["png"]).write(bytes)
    } catch { throw CommandFailure(error) }
  }

  /// Reads imports by their path from the scene's folder. What leads out of it, by symbolic links too, is refused.
  private static func files(beside scene: String) -> Importer {
    let folder = folder(of: scene)
    return { path in
      do {
        let isTable = path.lowercased().hasSuffix(".cube")
        return .success(try read(try resolve(path, in: folder), atMost: isTable ? mostTableBytes : mostBytes))
      } catch let failure as CommandFailure {
        return .failure(ImportFailure(reason: failure.message))
      } catch {
        return .failure(ImportFailure(reason: "\(error)"))
      }
    }
  }

  /// The real path of a file or folder that a scene in `folder` names, which may be `folder` itself. Throws
  /// `CommandFailure` for what leads out of the folder, by symbolic links too.
  static func resolve(_ path: String, in folder: String) throws -> String {
    let root = folder.isEmpty ? "." : folder
    guard let base = realPath(root), let target = realPath(root + "/" + path) else {
      throw CommandFailure(.scene, String(cString: strerror(errno)))
    }
    guard target == base || target.hasPrefix(base == "/" ? "/" : base + "/") else {
      throw CommandFailure(.scene, "it leads out of the scene's folder")
    }
    return target
  }

  /// Throws `CommandFailure` for an output that a scene names and that symbolic links would put outside of its folder.
  static func checkStays(_ output: String, beside scene: String) throws {
    let folder = folder(of: scene)
    // The folders that exist are resolved; those that do not are made below them.
    var existing = output
    repeat {
      guard let slash = existing.lastIndex(of: "/") else { return }
      existing = String(existing[..<slash])
    } while existing.count > folder.count && realPath(existing) == nil
    guard !existing.isEmpty else { return }
    let (base, target) = (realPath(folder.isEmpty ? "." : folder), realPath(existing))
    guard let base, let target, target == base || target.hasPrefix(base == "/" ? "/" : base + "/") else {
      throw CommandFailure(
        .scene, "the output `\(output)` leads out of the scene's folder", help: "name the place with `-o`")
    }
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// The bytes of a scene file, or of standard input. Throws `CommandFailure` for what is no file of at most 4 MiB, or of
  /// what else is said.
  static func read(_ path: String, atMost limit: Int = mostBytes) throws -> [UInt8] {
    if path == SceneFiles.standardInput { return try readToEnd(STDIN_FILENO, of: "standard input", atMost: limit) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw CommandFailure(.scene, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw CommandFailure(.scene, "`\(path)` is not a regular file")
    }
    guard Int(status.st_size) <= limit else { throw CommandFailure.tooLarge("`\(path)`", limit) }
    return try readToEnd(descriptor, of: "`\(path)`", atMost: limit)
  }

  private static func readToEnd(_ descriptor: Int32, of name: String, atMost limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw CommandFailure(.scene, "cannot read \(name): \(String(cString: strerror(errno)))") }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw CommandFailure.tooLarge(name, limit) }
    }
  }
}

extension CommandFailure {
  fileprivate static func tooLarge(_ name: String, _ limit: Int) -> CommandFailure {
    CommandFailure(
      .scene, "\(name) is larger than the \(limit >> 20) MiB that such a file may have", id: "file_too_large")
  }
}
