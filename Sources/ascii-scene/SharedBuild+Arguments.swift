import Renderer
import SceneLang

extension SharedBuild {
  /// The build that a command line asks for. Throws `CommandFailure` for `--quality auto`, and where the scene has errors.
  init(_ arguments: ParsedArguments, for command: String, _ builder: Builder, _ console: Console) throws {
    try arguments.refuseAutomaticQuality(for: command)
    let plans = try BuildCommand.jobs(arguments, console).map(\.plan)
    do { try self.init(plans, builder) } catch { throw CommandFailure(error) }
  }
}
