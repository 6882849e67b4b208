import SceneLang

/// `ascii-scene check`: every mistake of a scene, without rendering.
enum CheckCommand: Command {
  static let declaration = CommandDeclaration(
    "check", "Reports every mistake of a scene at its line, without rendering.",
    positionals: [Positional("SCENE", .many, "Scene files.")],
    options: CommonOptions.scene + [format],
    example: "ascii-scene check intro.yaml --format short")

  private enum Format: String, Sendable, CaseIterable { case human, short, json }
  private static let format = Option<Format>(choice: "format", default: .human, "How diagnostics are printed.")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    var isClean = true
    var objects: [JSONValue] = []
    for path in arguments.positionals {
      let compilation = try SceneLoader.check(path, SceneLoader.overrides(arguments))
      isClean = isClean && !compilation.hasErrors
      switch arguments[format] {
      case .json: objects += DiagnosticRenderer(sources: compilation.sources).values(compilation.diagnostics)
      case .short:
        try console.write(
          DiagnosticRenderer(sources: compilation.sources, style: .short).render(compilation.diagnostics))
      case .human:
        SceneLoader.show(compilation, console)
      }
    }
    if arguments[format] == .json { try console.write(JSONValue.array(objects).text + "\n") }
    return isClean ? .success : .scene
  }
}
