import SceneLang

/// `ascii-scene check`: every mistake of scenes, without rendering.
enum CheckCommand: Command {
  static let declaration = CommandDeclaration(
    "check", "Reports every mistake of scenes at its line, without rendering.",
    positionals: [Positional("SCENE", .many, "Scene files, folders with all scenes below, or - for standard input.")],
    options: [format, strict, fix] + CommonOptions.scene,
    example: "ascii-scene check scenes --strict --format short")

  enum Format: String, Sendable, CaseIterable { case human, short, json, github, sarif }
  private static let format = Option<Format>(choice: "format", default: .human, "How findings are printed.")
  private static let strict = Option<Bool>(flag: "strict", "Warnings fail too, with exit code 1.")
  private static let fix = Option<Bool>(
    flag: "fix", "Applies the corrections that cannot be wrong, and reports what remains.")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    guard !arguments.positionals.isEmpty else {
      throw CommandFailure(.usage, "`check` needs SCENE", help: "see `ascii-scene check --help`")
    }
    let overrides = try SceneLoader.overrides(arguments)
    var report = CheckReport(arguments[format])
    for (path, problem) in arguments.positionals.flatMap(scenes) {
      do {
        if let problem { throw problem }
        if arguments[fix] { try mend(path, overrides, &report, console) }
        for compilation in try compilations(of: path, overrides) {
          let new = report.add(compilation)
          if arguments[format] == .human { SceneLoader.show(new, in: compilation.sources, console) }
        }
        report.scenes += 1
      } catch let failure as CommandFailure where failure.code != .usage && failure.code != .missingProgram {
        report.add(failure, of: path)
        if arguments[format] == .human { console.report(failure) }
      }
    }
    try console.write(report.output)
    if arguments[format] == .human {
      console.message(report.summary)
    } else if let corrections = report.correctionText {
      console.message("\(corrections)\n")
    }
    if report.unwritable > 0 { return .rendering }
    if report.hasErrors { return report.onlyOptionsAreWrong ? .usage : .scene }
    return arguments[strict] && report.warnings > 0 ? .scene : .success
  }

  /// Makes the corrections. Where they cannot be written that is told, and the file is checked as it is.
  private static func mend(
    _ path: String, _ overrides: SceneOverrides, _ report: inout CheckReport, _ console: Console
  ) throws {
    do {
      report.corrections += try SceneFixer.fix(path, overrides)
    } catch let failure as CommandFailure where failure.code == .rendering {
      report.unwritable += 1
      console.report(failure)
    }
  }

  /// The scenes that an argument names, or why there are none.
  private static func scenes(_ argument: String) -> [SceneFiles.Found] {
    do {
      return try SceneFiles.find([argument])
    } catch let failure as CommandFailure {
      return [(argument, failure)]
    } catch { preconditionFailure("\(error) is no failure of a command") }
  }

  /// The scene as it is and, unless one was named, in each of its variants: other values and another aspect have mistakes
  /// of their own.
  private static func compilations(of path: String, _ overrides: SceneOverrides) throws -> [Compilation] {
    let bytes = try SceneFiles.read(path)
    let main = try SceneLoader.check(path, bytes: bytes, overrides)
    guard overrides.variant == nil, let variants = main.scene?.variants else { return [main] }
    return try [main]
      + variants.map { name in
        var overrides = overrides
        overrides.variant = name
        return try SceneLoader.check(path, bytes: bytes, overrides)
      }
  }
}
