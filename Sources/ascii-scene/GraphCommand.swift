import SceneLang

/// `ascii-scene graph`: what a scene is lowered into.
enum GraphCommand: Command {
  static let declaration = CommandDeclaration(
    "graph",
    "Prints the render graph of a scene, after all passes or after one: rates, facts, estimated operations in a frame.",
    positionals: [.scene],
    options: CommonOptions.scene + [after, format, timings],
    example: "ascii-scene graph intro.yaml --after foldConstants")

  private enum Format: String, Sendable, CaseIterable { case text, dot, json }
  private static let format = Option<Format>(choice: "format", default: .text, "How the graph is printed.")
  private static let after = Option<String?>(
    "after", value: "PASS", default: nil, "Stop after this pass; `lowering` stops before the first."
  ) { (value, text) throws(InvalidValue) in value = text }

  private static let timings = Option<Bool>(
    flag: "timings", "Prints what each pass and the lowering before them took, instead of the graph.")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let scene = try SceneLoader.scene(arguments.positionals[0], arguments, console)
    if arguments[timings] {
      let steps = measured(scene)
      try console.write(arguments[format] == .json ? json(steps) : text(steps))
      return .success
    }
    let graph = try graph(of: scene, after: arguments[after])
    switch arguments[format] {
    case .text: try console.write(graph.text(graph.notes()))
    case .dot: try console.write(graph.dot(graph.notes()))
    case .json: try console.write(graph.json(graph.notes()).text + "\n")
    }
    return .success
  }

  /// What each step took.
  private static func measured(_ scene: CheckedScene) -> [(name: String, duration: Duration)] {
    let start = ContinuousClock.now
    let lowered = lower(scene)
    return [(name: "lowering", duration: ContinuousClock.now - start)] + Pipeline.standard(.builtin).time(lowered)
  }

  private static func json(_ steps: [(name: String, duration: Duration)]) -> String {
    JSONValue.array(
      steps.map { ["step": .string($0.name), "milliseconds": .number($0.duration / .milliseconds(1))] }
    ).text + "\n"
  }

  /// A line per step, in milliseconds.
  private static func text(_ steps: [(name: String, duration: Duration)]) -> String {
    let width = steps.map(\.name.count).max() ?? 0
    return steps.map { name, duration in
      let microseconds = Int(duration / .microseconds(1))
      let fraction = String(1000 + microseconds % 1000).dropFirst()
      return name + String(repeating: " ", count: width + 2 - name.count) + "\(microseconds / 1000).\(fraction) ms\n"
    }.joined()
  }

  private static func graph(of scene: CheckedScene, after pass: String?) throws -> RenderGraph {
    let lowered = lower(scene)
    let pipeline = Pipeline.standard(.builtin)
    guard let pass else { return pipeline.run(lowered) }
    if pass == "lowering" { return lowered }
    guard let graph = pipeline.run(lowered, upTo: pass) else {
      let names = ["lowering"] + pipeline.passes.map(\.name)
      throw CommandFailure(
        .usage, "no pass is called `\(pass)`", help: "the passes are \(names.joined(separator: ", "))")
    }
    return graph
  }
}
