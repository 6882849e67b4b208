import Glibc
import Renderer
import SceneLang

/// `ascii-scene preview`: a scene at its own pace, without leaving the terminal.
enum PreviewCommand: Command {
  static let declaration = CommandDeclaration(
    "preview", "Plays a scene in the terminal, as a silent draft in half blocks of 24-bit color.",
    positionals: [.scene],
    options: TimelineSelection.options + [columns] + CommonOptions.sceneBesidesQuality + [CommonOptions.kernels],
    example: "ascii-scene preview intro.yaml --frames 120..240")

  private static let columns = Option<Int?>(
    "columns", value: "N", default: nil,
    "Characters in a row, 8 to 1000, at most those of the terminal and the draft's pixels; unless given, as many."
  ) { (value, text) throws(InvalidValue) in value = try CommonOptions.integer(text, in: 8...1000) }

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    guard arguments[CommonOptions.color] != .never else {
      throw CommandFailure(.usage, "`preview` is drawn in colors", help: "`ascii-scene frame` makes a PNG")
    }
    guard arguments[columns] != nil || console.outputSize != nil else {
      throw CommandFailure(
        .usage, "standard output is no terminal that tells its size", help: "say how wide it is with `--columns`")
    }
    let scene = try SceneLoader.load(arguments.positionals[0], arguments, console, quality: .draft)
    let graph = scene.graph
    let frames = try TimelineSelection.frames(arguments, of: graph) ?? 0..<graph.frameCount
    let renderer = SceneRenderer(graph: graph, kernels: try arguments.kernels())
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    func render(_ frame: Int) throws {
      do { try renderer.render(frame: frame, into: picture) } catch { throw CommandFailure(error) }
    }
    // Before the screen is taken and the clock runs: the first frame may need all those before it.
    var frame = frames.lowerBound
    try render(frame)
    let screen = try TerminalScreen(console, isMoving: frames.count > 1)
    defer { screen.close() }
    let start = SuspendingClock.now
    while try screen.show(picture, graph.format, columns: arguments[columns]) {
      frame += 1
      if screen.isTaken {
        // A frame that is late is left out.
        let due = Double(frame - frames.lowerBound) / graph.format.fps.value
        let rest = due - (SuspendingClock.now - start) / .seconds(1)
        if rest > 0 { usleep(UInt32(rest * 1e6)) } else { frame += Int(-rest * graph.format.fps.value) }
      }
      guard frame < frames.upperBound else { break }
      try render(frame)
    }
    return .success
  }
}
