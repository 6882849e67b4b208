import Renderer
import SceneLang

/// `ascii-scene hash`: what two machines compare.
enum HashCommand: Command {
  static let declaration = CommandDeclaration(
    "hash", "Prints a hash of every frame's picture, after shaders and before encoding, or of what comes before it.",
    positionals: [.scene],
    options: CommonOptions.scene + [
      CommonOptions.frames, stage, CommonOptions.workers, CommonOptions.kernels, CommonOptions.format,
    ],
    example: "ascii-scene hash intro.yaml --frames 0..24")

  private static let stage = Option<HashStage>(
    choice: "stage", default: .picture,
    "What is hashed: glyphs and colors of the cells, the layers before tone, feedback and shaders, or the finished frame."
  )

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try arguments.refuseAutomaticQuality(for: "hash")
    let scene = try SceneLoader.load(arguments.positionals[0], arguments, console)
    let frames =
      try arguments[CommonOptions.frames]?.resolve(frameCount: scene.graph.frameCount) ?? 0..<scene.graph.frameCount
    let workers = Machine.current().workers(requested: arguments[CommonOptions.workers])
    let kernels = try arguments.kernels()
    let hashes: [String]
    do {
      hashes = try FrameHashes(graph: scene.graph, kernels: kernels, stage: arguments[stage])
        .of(frames, workers: workers)
    } catch { throw CommandFailure(error) }
    switch arguments[CommonOptions.format] {
    case .human: for (frame, hash) in zip(frames, hashes) { try console.write("\(frame) \(hash)\n") }
    case .json: try console.write(json(zip(frames, hashes), arguments[stage]).text + "\n")
    }
    return .success
  }

  private static func json(_ frames: some Sequence<(Int, String)>, _ stage: HashStage) -> JSONValue {
    [
      "stage": .string(stage.rawValue),
      "frames": .array(frames.map { ["frame": .int($0), "hash": .string($1)] }),
    ]
  }
}
