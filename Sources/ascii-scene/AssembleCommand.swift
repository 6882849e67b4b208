import Renderer

/// `ascii-scene assemble`: the end of a build that several machines share.
enum AssembleCommand: Command {
  static let declaration = CommandDeclaration(
    "assemble", "Makes the video from the clips in the cache, as `build` does, and renders none.",
    positionals: [.scene],
    options: BuildCommand.clipOptions + [
      BuildCommand.force, BuildCommand.verify, BuildCommand.subtitles, BuildCommand.muxSubtitles, CommonOptions.format,
    ],
    example: "ascii-scene assemble intro.yaml --cache /shared/cache")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try arguments.refuseAutomaticQuality(for: "assemble")
    try Interrupts.catchSignals()
    var jobs = try BuildCommand.jobs(arguments, console)
    for index in jobs.indices { jobs[index].plan.rendersNothing = true }
    try checkComplete(jobs)
    return try BuildCommand.make(jobs, arguments, console)
  }

  /// Throws `CommandFailure` where an output could not be made: none is replaced then.
  private static func checkComplete(_ jobs: [BuildCommand.Job]) throws {
    do {
      let build = try SharedBuild(jobs.map(\.plan), Builder(cancellation: Interrupts.cancellation))
      let missing = build.pieces.indices.filter { build.missingClips(of: build.pieces[$0]) > 0 }
      guard missing.isEmpty else {
        let list = missing.prefix(12).map(String.init).joined(separator: ", ") + (missing.count > 12 ? ", …" : "")
        throw CommandFailure(
          .rendering, "the cache lacks clips of \(missing.count) of \(build.pieces.count) pieces: \(list)",
          help: missing.count == build.pieces.count
            ? "`ascii-scene render-clip` renders them; its options are to be those of `assemble`"
            : "`ascii-scene render-clip` renders them")
      }
    } catch let failure as BuildFailure { throw CommandFailure(failure) }
  }
}
