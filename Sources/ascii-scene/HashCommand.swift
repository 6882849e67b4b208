import Renderer
import SceneLang

/// `ascii-scene hash`: what two machines compare.
enum HashCommand: Command {
  static let declaration = CommandDeclaration(
    "hash", "Prints a hash of every frame's picture, after shaders and before encoding.", positionals: [.scene],
    options: CommonOptions.scene + [CommonOptions.frames, CommonOptions.workers, CommonOptions.kernels],
    example: "ascii-scene hash intro.yaml --frames 0..24")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try arguments.refuseAutomaticQuality(for: "hash")
    let scene = try SceneLoader.load(arguments.positionals[0], arguments, console)
    let frames =
      try arguments[CommonOptions.frames]?.resolve(frameCount: scene.graph.frameCount) ?? 0..<scene.graph.frameCount
    let workers = Machine.current().workers(requested: arguments[CommonOptions.workers])
    let kernels = try arguments.kernels()
    let hashes: [String]
    do {
      hashes = try FrameHashes(graph: scene.graph, kernels: kernels).of(frames, workers: workers)
    } catch { throw CommandFailure(error) }
    for (frame, hash) in zip(frames, hashes) { try console.write("\(frame) \(hash)\n") }
    return .success
  }
}
