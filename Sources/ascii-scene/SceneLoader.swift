import Glibc
import Renderer
import SceneLang

/// A scene that compiled without errors.
struct CompiledScene {
  var graph: RenderGraph
  /// The scene file and all others that it reads.
  var inputs: [String]
}

/// From a path on the command line to a checked scene or a render graph.
enum SceneLoader {
  /// SAFETY caps a scene file at 4 MiB.
  private static let mostBytes = 4 << 20

  /// What the command line says; it wins over the scene, which wins over the quality (nil: the command line's).
  static func overrides(_ arguments: ParsedArguments, quality: QualitySettings? = nil) -> SceneOverrides {
    var overrides = SceneOverrides()
    let quality = quality ?? arguments.quality
    overrides.shorterSide = quality.shorterSide
    overrides.presetFPS = quality.fps
    overrides.aspect = arguments[CommonOptions.aspect]
    overrides.fps = arguments[CommonOptions.fps]
    overrides.size = arguments[CommonOptions.resolution].map { ($0.width, $0.height) }
    for parameter in arguments[CommonOptions.set] { overrides.parameters[parameter.name] = parameter.value }
    return overrides
  }

  /// Reads and checks the scene at `path`. Throws `CommandFailure` when the file cannot be read.
  static func check(_ path: String, _ overrides: SceneOverrides) throws -> Compilation {
    SceneLang.check(
      path: path, name: stem(of: path), bytes: try read(path), using: .builtin, overrides: overrides)
  }

  /// A checked scene with segments; its diagnostics are printed. Throws `CommandFailure` when it has errors.
  static func scene(
    _ path: String, _ arguments: ParsedArguments, _ console: Console, quality: QualitySettings? = nil
  ) throws -> CheckedScene {
    let compilation = try check(path, overrides(arguments, quality: quality))
    show(compilation, console)
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
    let scene = try scene(path, arguments, console, quality: quality)
    try checkGlyphs(scene, path)
    var graph = scene.renderGraph(using: .builtin)
    var inputs = [path]
    if let track = graph.audio?.path {
      graph.audio = AudioTrack(path: folder(of: path) + track)
      inputs.append(folder(of: path) + track)
    }
    return CompiledScene(graph: graph, inputs: inputs)
  }

  /// Prints diagnostics to standard error.
  static func show(_ compilation: Compilation, _ console: Console) {
    guard !compilation.diagnostics.isEmpty else { return }
    let style: DiagnosticRenderer.Style = console.colorsMessages ? .color : .plain
    console.message(DiagnosticRenderer(sources: compilation.sources, style: style).render(compilation.diagnostics))
  }

  /// A palette whose characters no face can draw would leave holes: that is told before anything is rendered.
  private static func checkGlyphs(_ scene: CheckedScene, _ path: String) throws {
    let faces = FaceLibrary()
    for use in scene.palettes {
      let missing = faces.missing(in: use.palette.characters)
      guard missing.isEmpty else {
        let names = missing.map { "`\($0)` (U+\(String($0.value, radix: 16, uppercase: true)))" }
        throw CommandFailure(.scene, "`\(path)`: no face draws \(names.joined(separator: ", "))")
      }
    }
  }

  /// `scenes/intro.yaml` → `intro.png`, in the working folder.
  static func output(_ path: String, extension suffix: String) -> String { "\(stem(of: path)).\(suffix)" }

  /// Writes a picture whole or not at all.
  static func write(_ bytes: [UInt8], to path: String, inputs: [String]) throws {
    do {
      try OutputTarget(path: path, inputs: inputs, extensions: ["png"]).write(bytes)
    } catch { throw CommandFailure(error) }
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  private static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw CommandFailure(.scene, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw CommandFailure(.scene, "`\(path)` is not a regular file")
    }
    guard Int(status.st_size) <= mostBytes else {
      throw CommandFailure(.scene, "`\(path)` is larger than the 4 MiB that a scene may have")
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + filled, $0.count - filled) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }
}
