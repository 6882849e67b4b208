import Glibc
import Renderer
import SceneLang

/// `ascii-scene render-clip`: what one of several machines does for a build.
enum RenderClipCommand: Command {
  static let declaration = CommandDeclaration(
    "render-clip", "Renders one of the pieces that `plan` lists into the cache.",
    positionals: [.scene], options: [index] + BuildCommand.clipOptions + BuildCommand.machineOptions,
    example: "ascii-scene render-clip intro.yaml --index 3 --cache /shared/cache")

  private static let index = Option<Int?>(
    "index", value: "N", default: nil,
    "The piece, from 0; unless given that of the job array of Slurm, Kubernetes, AWS Batch or Grid Engine, which counts from 1."
  ) { (value, text) throws(InvalidValue) in value = try CommonOptions.integer(text, in: 0...1_000_000) }

  /// What schedulers call the number of a job, and what their first one is.
  private static let variables = [
    ("SLURM_ARRAY_TASK_ID", 0), ("JOB_COMPLETION_INDEX", 0), ("AWS_BATCH_JOB_ARRAY_INDEX", 0), ("SGE_TASK_ID", 1),
  ]

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let index = try arguments[index] ?? indexOfJob()
    try Interrupts.catchSignals()
    if arguments[CommonOptions.polite] { Politeness.begin() }
    let reporter = ProgressReporter(console, showsLines: true)
    let builder = Builder(
      cancellation: Interrupts.cancellation, onProgress: { reporter.update($0) }, onWarning: { reporter.warn($0) })
    let build = try SharedBuild(arguments, for: "render-clip", builder, console)
    guard index < build.pieces.count else {
      throw CommandFailure(
        .usage, "the build has pieces 0 to \(build.pieces.count - 1), and \(index) was asked for",
        help: "`ascii-scene plan` lists them")
    }
    let piece = build.pieces[index]
    let rendered: Int
    do {
      defer { reporter.end() }
      rendered = try build.render(piece)
    } catch { throw CommandFailure(error) }
    console.message(
      "piece \(index): frames \(piece.frames.lowerBound)..\(piece.frames.upperBound), "
        + "\(rendered) of \(ProgressText.count(piece.clipCount, "clip")) rendered\n")
    return .success
  }

  private static func indexOfJob() throws -> Int {
    for (name, first) in variables {
      // Grid Engine says `undefined` outside of an array.
      guard let text = getenv(name).map({ String(cString: $0) }), !["", "undefined"].contains(text) else { continue }
      guard let number = Int(text), number >= first else {
        throw CommandFailure(.usage, "\(name) is `\(text)`, no number of a job", help: "give `--index`")
      }
      return number - first
    }
    throw CommandFailure(.usage, "`render-clip` needs `--index`", help: "`ascii-scene plan` lists the pieces")
  }
}
