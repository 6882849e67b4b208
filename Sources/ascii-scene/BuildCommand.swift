import Renderer
import SceneLang

/// `ascii-scene build`: a scene to a video.
enum BuildCommand: Command {
  static let declaration = CommandDeclaration(
    "build", "Renders a scene to a video; only the clips that changed are rendered anew.",
    positionals: [.scene],
    options: [CommonOptions.output] + CommonOptions.scene + [
      CommonOptions.preset, CommonOptions.crf, CommonOptions.frames, CommonOptions.workers, CommonOptions.kernels,
      CommonOptions.cache, CommonOptions.format,
    ],
    example: "ascii-scene build intro.yaml -o intro.mp4 --quality preview")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try Interrupts.catchSignals()
    return try execute(try plan(arguments, console), arguments[CommonOptions.format], console)
  }

  /// The command line and the scene as one plan.
  private static func plan(_ arguments: ParsedArguments, _ console: Console) throws -> BuildPlan {
    let path = arguments.positionals[0]
    let quality = arguments[CommonOptions.quality]
    let kernels = try arguments.kernels()
    let scene = try SceneLoader.load(path, arguments, console)
    let exposures = SharedExposures()
    let snapshots = SharedSnapshots()
    do {
      return BuildPlan(
        graph: scene.graph, frames: try arguments[CommonOptions.frames]?.resolve(frameCount: scene.graph.frameCount),
        output: arguments[CommonOptions.output] ?? scene.output, inputs: scene.inputs,
        encoder: EncoderSettings(
          preset: arguments[CommonOptions.preset] ?? quality.encoder.preset,
          crf: arguments[CommonOptions.crf] ?? quality.encoder.crf),
        workers: Machine.current().workers(requested: arguments[CommonOptions.workers]),
        cacheFolder: try ClipStore.defaultFolder(arguments[CommonOptions.cache]),
        makeSource: { [graph = scene.graph] _ in
          SceneRenderer(graph: graph, kernels: kernels, exposures: exposures, snapshots: snapshots)
        })
    } catch let failure as BuildFailure { throw CommandFailure(failure) }
  }

  /// Builds with progress on standard error and the report on standard output.
  static func execute(_ plan: BuildPlan, _ format: CommonOptions.OutputFormat, _ console: Console) throws -> ExitCode {
    let reporter = ProgressReporter(console, showsLines: format == .human)
    let report: BuildReport
    do {
      defer { reporter.end() }
      report = try Builder(cancellation: Interrupts.cancellation) { reporter.update($0) }.build(plan)
    } catch { throw CommandFailure(error) }
    try console.write((format == .json ? json(report).text : text(report)) + "\n")
    return .success
  }

  static func json(_ report: BuildReport) -> JSONValue {
    [
      "output": .string(report.output), "frames": .int(report.frames), "duration": .number(report.duration),
      "seconds": .number(report.seconds), "fps": .number(report.fps),
      "clips": [
        "total": .int(report.clips.total), "rendered": .int(report.clips.rendered),
        "cached": .int(report.clips.cached), "damaged": .int(report.clips.damaged),
      ],
    ]
  }

  private static func text(_ report: BuildReport) -> String {
    let clips = report.clips
    let damaged = clips.damaged > 0 ? " (\(clips.damaged) damaged in the cache)" : ""
    return "\(report.output.terminalSafe): \(report.frames) frames, \(ProgressText.decimal(report.duration)) s; "
      + "built in \(ProgressText.decimal(report.seconds)) s, \(ProgressText.decimal(report.fps)) fps; "
      + "\(clips.total) clips: \(clips.rendered) rendered\(damaged), \(clips.cached) cached"
  }
}

extension ParsedArguments {
  /// The kernels that were asked for, else the widest.
  ///
  /// Throws `CommandFailure` with code `.usage` for kernels that this processor does not run.
  func kernels() throws -> KernelLevel {
    let level = self[CommonOptions.kernels] ?? .best
    guard level.isSupported else {
      throw CommandFailure(
        .usage, "this processor does not run `\(level.rawValue)` kernels",
        help: "the widest it runs are `--kernels \(KernelLevel.best.rawValue)`")
    }
    return level
  }
}
