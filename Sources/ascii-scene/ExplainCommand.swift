import Renderer
import SceneLang

/// `ascii-scene explain`: what a finding means, with a scene that has it and one that does not.
enum ExplainCommand: Command {
  static let declaration = CommandDeclaration(
    "explain", "Explains a finding of `check` by a wrong and a right example.",
    positionals: [
      Positional(
        "ID", .optional, "What stands in brackets at the head of a finding; all of them unless given.",
        .words(Explanation.all.map(\.id)))
    ],
    options: [CommonOptions.format], example: "ascii-scene explain unquoted_expression")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    guard let id = arguments.positionals.first else {
      try console.write(list(arguments[CommonOptions.format]))
      return .success
    }
    guard let explanation = Explanation.of(Name.folded(id)) else {
      let nearest = nearestName(to: id, among: Explanation.all.map(\.id))
      throw CommandFailure(
        .usage, "no finding is called `\(id)`",
        help: nearest.map { "did you mean `\($0)`?" } ?? "`ascii-scene explain` lists them all")
    }
    switch arguments[CommonOptions.format] {
    case .json: try console.write(json(explanation).text + "\n")
    case .human: try console.write(text(explanation, console))
    }
    return .success
  }

  private static func list(_ format: CommonOptions.OutputFormat) -> String {
    if format == .json { return JSONValue.array(Explanation.all.map(json)).text + "\n" }
    let width = Explanation.all.map(\.id.count).max() ?? 0
    return Explanation.all.map { explanation in
      explanation.id + String(repeating: " ", count: width - explanation.id.count + 2) + explanation.text + "\n"
    }.joined()
  }

  private static func text(_ explanation: Explanation, _ console: Console) -> String {
    var text = "\(explanation.id)\n\n\(explanation.text)\n\nWrong:\n\n\(quoted(explanation.wrong))\n\n"
    let compilation = check(explanation.wrong)
    let finding = compilation.diagnostics.first { $0.id == explanation.id }
    let style: DiagnosticRenderer.Style = console.colorsOutput ? .color : .plain
    text += DiagnosticRenderer(sources: compilation.sources, style: style).render(finding.map { [$0] } ?? [])
    return text + "\nRight:\n\n\(quoted(explanation.right))\n"
  }

  private static func check(_ example: Example) -> Compilation {
    var compilation = example.check(using: .builtin)
    let faces = FaceLibrary()
    compilation.report(faces.check(compilation.shownCharacters) + (compilation.scene.map(faces.fit) ?? []))
    return compilation
  }

  private static func quoted(_ example: Example) -> String {
    example.lines.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }.joined(separator: "\n")
      .terminalSafe
  }

  private static func json(_ explanation: Explanation) -> JSONValue {
    [
      "id": .string(explanation.id), "text": .string(explanation.text),
      "wrong": json(explanation.wrong), "right": json(explanation.right),
    ]
  }

  /// The whole scene is left out where it is too large, or no text.
  private static func json(_ example: Example) -> JSONValue {
    [
      "lines": .string(example.lines),
      "scene": example.isDescribed ? .null : .string(String(decoding: example.scene, as: UTF8.self)),
    ]
  }
}
