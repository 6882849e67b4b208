import Renderer
import SceneLang

/// `ascii-scene verify`: whether a finished video is what its scene says, and good to look at.
enum VerifyCommand: Command {
  static let declaration = CommandDeclaration(
    "verify", "Holds a video to its scene: frames, streams, brightness, flashing, contrast, black, silence, loop.",
    positionals: [Positional("VIDEO", .one, "The finished video, such as intro.mp4.")],
    options: [scene, loop, strict] + CommonOptions.scene + TimelineSelection.options
      + [CommonOptions.kernels, CommonOptions.format],
    example: "ascii-scene verify intro.mp4 --scene intro.yaml")

  private static let scene = Option<String?>("scene", value: "SCENE", default: nil, "The scene it was built from.") {
    (value, text) throws(InvalidValue) in value = text
  }

  private static let loop = Option<Bool>(
    flag: "loop", "The video is shown over and over: its end has to go over into its beginning.")

  private static let strict = Option<Bool>(flag: "strict", "Fails for warnings, too.")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try Interrupts.catchSignals()
    try arguments.refuseAutomaticQuality(for: "verify")
    let path = arguments.positionals[0]
    guard let scene = arguments[scene] else {
      throw CommandFailure(.usage, "`verify` needs the scene that `\(path)` was built from", help: "add `--scene FILE`")
    }
    let format = Output.Format(path: path)
    guard let format, format.isReadable else {
      throw CommandFailure(
        .usage, "`\(path)` is no video that \(format == .webp ? "ffmpeg reads" : "a build makes")",
        help: (format == .webp ? "verify the same video as another file: " : "its name ends in ")
          + ".mp4, .webm, .mov, .gif or .apng")
    }
    let compiled = try SceneLoader.load(scene, arguments, console)
    var verifier = VideoVerifier(
      graph: compiled.graph, frames: try TimelineSelection.frames(arguments, of: compiled.graph),
      levels: compiled.segments.map(\.level),
      output: compiled.outputs.first { $0.path == path } ?? Output(path: path, format: format),
      kernels: try arguments.kernels(), cancellation: Interrupts.cancellation)
    verifier.isLoop = arguments[loop]
    let text = VerificationText(try verify(verifier), compiled)
    try console.write(arguments[CommonOptions.format] == .json ? text.json.text + "\n" : text.human)
    return text.verification.hasErrors || arguments[strict] && !text.verification.findings.isEmpty
      ? .verification : .success
  }

  static func verify(_ verifier: VideoVerifier) throws -> VideoVerification {
    do { return try verifier.verify() } catch { throw CommandFailure(error) }
  }
}
