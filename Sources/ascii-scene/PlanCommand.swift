import Renderer
import SceneLang

/// `ascii-scene plan`: how several machines share a build.
enum PlanCommand: Command {
  static let declaration = CommandDeclaration(
    "plan", "Lists the pieces of a build that machines with one cache can render by themselves.",
    positionals: [.scene], options: BuildCommand.clipOptions + [CommonOptions.format],
    example: "ascii-scene plan intro.yaml --cache /shared/cache")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let build = try SharedBuild(arguments, console)
    let rows = try build.pieces.map { Row(piece: $0, missing: try build.missingClips(of: $0)) }
    try console.write(arguments[CommonOptions.format] == .json ? json(rows).text + "\n" : text(rows))
    return .success
  }

  private struct Row {
    var piece: BuildPiece
    /// Clips that the cache lacks.
    var missing: Int
  }

  /// `piece 2  frames 192..408  rings: to be rendered`
  private static func text(_ rows: [Row]) -> String {
    rows.enumerated().map { index, row in
      let (piece, state) = (row.piece, row.missing == 0 ? "finished" : "to be rendered")
      return "piece \(index)  frames \(piece.frames.lowerBound)..\(piece.frames.upperBound)  "
        + "\(piece.segments.joined(separator: ", ")): \(state)".terminalSafe + "\n"
    }.joined()
  }

  private static func json(_ rows: [Row]) -> JSONValue {
    [
      "pieces": .array(
        rows.enumerated().map { index, row in
          [
            "index": .int(index), "from": .int(row.piece.frames.lowerBound), "to": .int(row.piece.frames.upperBound),
            "segments": .array(row.piece.segments.map { .string($0) }), "clips": .int(row.piece.clipCount),
            "missing": .int(row.missing),
          ]
        })
    ]
  }
}

/// A build whose clips several machines render.
struct SharedBuild {
  let plans: [BuildPlan]
  let pieces: [BuildPiece]

  /// Throws `CommandFailure` for `--quality auto`, which is another picture on another machine.
  init(_ arguments: ParsedArguments, _ console: Console) throws {
    guard arguments[CommonOptions.quality] != .auto else {
      throw CommandFailure(
        .usage, "`--quality auto` makes other pictures on other machines",
        help: "name a quality, such as `--quality production`")
    }
    plans = try BuildCommand.jobs(arguments, console).map(\.plan)
    do { pieces = try Self.builder.pieces(of: plans) } catch { throw CommandFailure(error) }
  }

  func missingClips(of piece: BuildPiece) throws -> Int {
    do { return try Self.builder.missingClips(of: piece, of: plans) } catch { throw CommandFailure(error) }
  }

  private static var builder: Builder { Builder(cancellation: Interrupts.cancellation) }
}
