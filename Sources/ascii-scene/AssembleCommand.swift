import Renderer

/// `ascii-scene assemble`: the end of a build that several machines share.
enum AssembleCommand: Command {
  static let declaration = CommandDeclaration(
    "assemble", "Makes the video from the clips in the cache, as `build` does, and renders none.",
    positionals: [.scene],
    options: BuildCommand.clipOptions + [BuildCommand.force, BuildCommand.verify, CommonOptions.format],
    example: "ascii-scene assemble intro.yaml --cache /shared/cache")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try Interrupts.catchSignals()
    var jobs = try BuildCommand.jobs(arguments, console)
    for index in jobs.indices { jobs[index].plan.rendersNothing = true }
    return try BuildCommand.make(jobs, arguments, console)
  }
}
