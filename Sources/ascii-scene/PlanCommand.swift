import Renderer
import SceneLang

/// `ascii-scene plan`: how several machines share a build.
enum PlanCommand: Command {
  static let declaration = CommandDeclaration(
    "plan", "Lists the pieces of a build that machines with one cache can render by themselves.",
    positionals: [.scene], options: BuildCommand.clipOptions + [CommonOptions.format],
    example: "ascii-scene plan intro.yaml --cache /shared/cache")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let build = try SharedBuild(arguments, for: "plan", Builder(), console)
    let rows = build.pieces.map { Row(piece: $0, missing: build.missingClips(of: $0)) }
    try console.write(arguments[CommonOptions.format] == .json ? json(rows).text + "\n" : text(rows))
    return .success
  }

  private struct Row {
    var piece: SharedBuild.Piece
    /// Clips that the cache lacks.
    var missing: Int
  }

  /// `piece 2  frames 192..408  rings: to be rendered`; of several outputs, ` (intro.gif)` follows.
  private static func text(_ rows: [Row]) -> String {
    let hasOutputs = Set(rows.map(\.piece.output)).count > 1
    return rows.enumerated().map { index, row in
      let (piece, state) = (row.piece, row.missing == 0 ? "finished" : "to be rendered")
      return "piece \(index)  frames \(piece.frames.lowerBound)..\(piece.frames.upperBound)  "
        + "\(piece.segments.joined(separator: ", ")): \(state)".terminalSafe
        + (hasOutputs ? " (\(piece.output.terminalSafe))" : "") + "\n"
    }.joined()
  }

  private static func json(_ rows: [Row]) -> JSONValue {
    [
      "pieces": .array(
        rows.enumerated().map { index, row in
          [
            "index": .int(index), "output": .string(row.piece.output), "from": .int(row.piece.frames.lowerBound),
            "to": .int(row.piece.frames.upperBound),
            "segments": .array(row.piece.segments.map { .string($0) }), "clips": .int(row.piece.clipCount),
            "missing": .int(row.missing),
          ]
        })
    ]
  }
}
