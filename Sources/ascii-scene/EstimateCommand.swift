import Renderer
import SceneLang

/// `ascii-scene estimate`: what a build will take, before it is begun.
enum EstimateCommand: Command {
  static let declaration = CommandDeclaration(
    "estimate",
    "Measures a few frames and tells the time, the memory and the size of a build, and what is dearest in it.",
    positionals: [.scene],
    options: [quality] + CommonOptions.scene.filter { $0.name != quality.name }
      + [CommonOptions.preset, CommonOptions.crf] + TimelineSelection.options + [
        CommonOptions.workers, CommonOptions.memory, CommonOptions.polite, CommonOptions.kernels, CommonOptions.cache,
        CommonOptions.format,
      ],
    example: "ascii-scene estimate intro.yaml")

  private static let quality = Option<Quality?>(
    choice: "quality", default: nil, "Only this quality; draft, preview, production and max unless given.")

  /// Stages that are listed.
  private static let dearest = 6

  private struct Row {
    var quality: Quality
    var estimate: BuildEstimate
  }

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try Interrupts.catchSignals()
    // Ascending, since what the process once held stays in what it is said to hold.
    let qualities = arguments[quality].map { [$0] } ?? [.draft, .preview, .production, .max]
    var rows: [Row] = []
    var stages: [FrameProfile.Stage] = []
    for quality in qualities {
      let job = try BuildCommand.jobs(arguments.setting(CommonOptions.quality, to: quality), console)[0]
      var plan = job.plan
      // What is estimated is the mp4; other formats are made of it in one more pass.
      plan.output.format = .mp4
      do { rows.append(Row(quality: quality, estimate: try BuildEstimate(plan, Interrupts.cancellation))) } catch {
        throw CommandFailure(error)
      }
      if quality == qualities.first(where: { $0 == .production }) ?? qualities.last {
        do {
          stages = try FrameProfile.dearest(dearest, of: plan.graph, frames: plan.frames, kernels: job.kernels)
        } catch { throw CommandFailure(error) }
      }
    }
    try console.write(
      arguments[CommonOptions.format] == .json ? json(rows, stages).text + "\n" : text(rows, stages))
    return .success
  }

  // MARK: Text

  private static func text(_ rows: [Row], _ stages: [FrameProfile.Stage]) -> String {
    let head = ["quality", "picture", "fps", "workers", "time", "memory", "file"]
    let lines = rows.map { row -> [String] in
      let estimate = row.estimate
      return [
        row.quality.rawValue, "\(estimate.format.width)x\(estimate.format.height)", "\(estimate.format.fps)",
        "\(estimate.workers)", ProgressText.clock(estimate.seconds), ByteCount(estimate.memory).text,
        ByteCount(estimate.size).text,
      ]
    }
    let widths = head.indices.map { column in ([head] + lines).map { $0[column].count }.max()! }
    var text = ([head] + lines).map { line in
      line.enumerated().map { column, word in
        let blank = String(repeating: " ", count: widths[column] - word.count)
        return column == 0 ? word + blank : blank + word
      }.joined(separator: "  ") + "\n"
    }.joined()
    if let estimate = rows.last?.estimate {
      text +=
        "\(estimate.missing) of \(ProgressText.count(estimate.clips, "clip")) to be rendered; "
        + "\(estimate.measuredFrames) frames measured\n"
    }
    guard !stages.isEmpty else { return text }
    text += "dearest, milliseconds per frame of the video:\n"
    return text + stages.map { "  \(ProgressText.decimal($0.milliseconds))  \($0.name.terminalSafe)\n" }.joined()
  }

  private static func json(_ rows: [Row], _ stages: [FrameProfile.Stage]) -> JSONValue {
    [
      "qualities": .array(
        rows.map { row in
          [
            "quality": .string(row.quality.rawValue), "width": .int(row.estimate.format.width),
            "height": .int(row.estimate.format.height), "fps": .string("\(row.estimate.format.fps)"),
            "workers": .int(row.estimate.workers), "clips": .int(row.estimate.clips),
            "missing": .int(row.estimate.missing), "measuredFrames": .int(row.estimate.measuredFrames),
            "seconds": .number(row.estimate.seconds), "memory": .int(row.estimate.memory),
            "size": .int(row.estimate.size),
          ]
        }),
      "dearest": .array(stages.map { ["name": .string($0.name), "ms": .number($0.milliseconds)] }),
    ]
  }
}
