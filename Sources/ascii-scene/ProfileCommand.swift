import Renderer
import SceneLang

/// `ascii-scene profile`: where the time of a frame goes, one worker, no encoder.
enum ProfileCommand: Command {
  static let declaration = CommandDeclaration(
    "profile", "Measures milliseconds per frame and per stage, with one worker and without encoding.",
    positionals: [.scene],
    options: [CommonOptions.frames] + CommonOptions.scene + [CommonOptions.kernels, CommonOptions.format],
    example: "ascii-scene profile scenes/bench/standard.yaml --frames 48")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let scene = try SceneLoader.load(arguments.positionals[0], arguments, console)
    let frames =
      try arguments[CommonOptions.frames]?.resolve(frameCount: scene.graph.frameCount)
      ?? 0..<min(48, scene.graph.frameCount)
    let kernels = try arguments.kernels()
    let profile: FrameProfile
    do {
      profile = try FrameProfile.measure(scene.graph, frames: frames, kernels: kernels)
    } catch { throw CommandFailure(error) }
    if arguments[CommonOptions.format] == .json {
      try console.write(json(profile, kernels).text + "\n")
    } else {
      try console.write(text(profile, kernels))
    }
    return .success
  }

  private static func json(_ profile: FrameProfile, _ kernels: KernelLevel) -> JSONValue {
    let stages = profile.stages.map { stage -> JSONValue in
      .object([("name", .string(stage.name)), ("ms", .number(stage.milliseconds))])
    }
    return .object([
      ("frames", .int(profile.frameCount)), ("kernels", .string(kernels.rawValue)),
      ("msPerFrame", .number(profile.millisecondsPerFrame)), ("nodes", .array(stages)),
    ])
  }

  private static func text(_ profile: FrameProfile, _ kernels: KernelLevel) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    var lines = ["\(profile.frameCount) frames with \(kernels.rawValue) kernels, milliseconds per frame:"]
    lines += profile.stages.map { padded(ProgressText.decimal($0.milliseconds), 9) + "  " + $0.name.terminalSafe }
    lines.append(padded(ProgressText.decimal(profile.millisecondsPerFrame), 9) + "  whole frame")
    return lines.joined(separator: "\n") + "\n"
  }
}
