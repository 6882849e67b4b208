import Renderer
import SceneLang

/// A scene that compiled without errors, with the way to render it.
struct CompiledScene {
  var graph: RenderGraph
  /// The scene file and all others that it reads.
  var inputs: [String]
  /// Renders with these kernels.
  var makeSource: @Sendable (KernelLevel) -> ClipFrameSourceFactory
}

/// What the command line says about a scene; it wins over the scene, which wins over the quality.
struct SceneOverrides {
  var quality: Quality
  var parameters: [ParameterOverride]
  var aspect: AspectRatio?
  var resolution: Resolution?
  var fps: FrameRate?

  init(_ arguments: ParsedArguments) {
    quality = arguments[CommonOptions.quality]
    parameters = arguments[CommonOptions.set]
    aspect = arguments[CommonOptions.aspect]
    resolution = arguments[CommonOptions.resolution]
    fps = arguments[CommonOptions.fps]
  }
}

enum SceneLoader {
  /// Reads and compiles the scene at `path`, printing its diagnostics.
  ///
  /// Throws `CommandFailure` with code `.scene` when it has errors.
  static func load(_ path: String, _ overrides: SceneOverrides, _ console: Console) throws -> CompiledScene {
    throw CommandFailure(.rendering, "the compiler is not linked into this program")
  }
}
