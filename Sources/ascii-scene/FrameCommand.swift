import Renderer
import SceneLang

/// `ascii-scene frame`: one still, exactly the frame that the video has there.
enum FrameCommand: Command {
  static let declaration = CommandDeclaration(
    "frame", "Renders one frame as a PNG.", positionals: [.scene],
    options: [at, CommonOptions.output] + CommonOptions.scene + [CommonOptions.kernels],
    example: "ascii-scene frame intro.yaml --at 2.5s -o still.png")

  static let at = Option<TimePoint>(
    "at", value: "TIME", default: .share(0.5),
    "Seconds (2.5s), a frame (60f) or a share of the video (50%); the middle unless given."
  ) { (value, text) throws(InvalidValue) in value = try TimePoint(parsing: text) }

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let path = arguments.positionals[0]
    try write(try SceneLoader.load(path, arguments, console), from: path, arguments, console)
    return .success
  }

  /// Renders the frame that was asked for, and tells where it is.
  static func write(
    _ scene: CompiledScene, from path: String, _ arguments: ParsedArguments, _ console: Console
  ) throws {
    let frame = try arguments[at].frame(of: scene.graph)
    let renderer = SceneRenderer(graph: scene.graph, kernels: try arguments.kernels())
    let picture = Picture(width: scene.graph.format.width, height: scene.graph.format.height)
    do { try renderer.render(frame: frame, into: picture) } catch { throw CommandFailure(error) }
    let output = arguments[CommonOptions.output] ?? Still.path(of: path, extension: "png")
    try Still.write(picture, to: output, isNamed: arguments[CommonOptions.output] != nil, inputs: scene.inputs)
    let (mean, most) = picture.brightness
    console.message(
      "\(output.terminalSafe): frame \(frame) of \(scene.graph.frameCount), brightness \(ProgressText.decimal(mean)) of 255 on "
        + "average, \(ProgressText.decimal(most)) at most\n")
  }
}

/// A place on the timeline as the command line names it.
enum TimePoint: Sendable, Hashable {
  case seconds(Double)
  case frame(Int)
  /// 0…1 of the video.
  case share(Double)

  init(parsing text: String) throws(InvalidValue) {
    let invalid = InvalidValue(expected: "a time such as 2.5s, 500ms, 60f or 50%")
    func number(without suffix: String) -> Double? {
      guard text.hasSuffix(suffix), let value = Double(text.dropLast(suffix.count)), value.isFinite, value >= 0 else {
        return nil
      }
      return value
    }
    if let share = number(without: "%"), share <= 100 {
      self = .share(share / 100)
    } else if text.hasSuffix("f"), let frame = Int(text.dropLast()), frame >= 0 {
      self = .frame(frame)
    } else if let milliseconds = number(without: "ms") {
      self = .seconds(milliseconds / 1000)
    } else if let seconds = number(without: "s") {
      self = .seconds(seconds)
    } else {
      throw invalid
    }
  }

  /// The frame shown at that time. Throws `CommandFailure` beyond the end of the video.
  func frame(of graph: RenderGraph) throws -> Int {
    let count = graph.frameCount
    let frame: Int =
      switch self {
      case .frame(let frame): frame
      case .seconds(let seconds): Int(min(seconds * graph.format.fps.value + 1e-9, 1e9))
      case .share(let share): min(count - 1, Int(share * Double(count)))
      }
    guard frame < count else {
      throw CommandFailure(.usage, "the video has frames 0 to \(count - 1), and frame \(frame) was asked for")
    }
    return frame
  }
}
