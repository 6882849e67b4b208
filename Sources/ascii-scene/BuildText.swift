import Renderer
import SceneLang

/// A build's report, for people and for programs.
enum BuildText {
  /// `intro.mp4: 720 frames, 30.0 s; built in 9.1 s, 79.1 fps; 4 clips: 1 rendered, 3 cached; joined 12.3 MB in 0.2 s`
  static func summary(_ report: BuildReport) -> String {
    let clips = report.clips
    let isJoined = Output.Format(path: report.output) == .mp4
    let made = isJoined ? "joined \(ByteCount(report.clipBytes).text)" : "encoded \(ByteCount(report.outputBytes).text)"
    let damaged = clips.damaged > 0 ? " (\(clips.damaged) damaged in the cache)" : ""
    return
      "\(report.output.terminalSafe): \(ProgressText.count(report.outputFrames, "frame")), \(ProgressText.decimal(report.duration)) s; "
      + "built in \(ProgressText.decimal(report.seconds)) s, \(ProgressText.decimal(report.fps)) fps; "
      + "\(ProgressText.count(clips.total, "clip")): \(clips.rendered) rendered\(damaged), \(clips.cached) cached; "
      + "\(made) in \(ProgressText.decimal(report.joinSeconds)) s\n"
  }

  /// One line per clip: `clip 2  frames 180..360  vortex: rendered: layer of `vortex/field` changed`
  static func reasons(_ report: BuildReport) -> String {
    report.clipReports.enumerated().map { index, clip in
      let fate =
        switch clip.fate {
        case .reused: "reused"
        case .repeated: "the same as an earlier clip"
        case .rendered(let reasons): "rendered: \(reasons.joined(separator: "; "))"
        }
      let segments = clip.segments.joined(separator: ", ")
      return "clip \(index + 1)  frames \(clip.frames.lowerBound)..\(clip.frames.upperBound)  "
        + "\(segments): \(fate)".terminalSafe + "\n"
    }.joined()
  }

  /// `warnings`: those of the scene, and what had to be done again.
  static func json(
    _ report: BuildReport, warnings: [String], showsReasons: Bool, verification: JSONValue? = nil
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("output", .string(report.output)), ("frames", .int(report.outputFrames)), ("duration", .number(report.duration)),
      ("seconds", .number(report.seconds)), ("fps", .number(report.fps)),
      (
        "clips",
        [
          "total": .int(report.clips.total), "rendered": .int(report.clips.rendered),
          "cached": .int(report.clips.cached), "damaged": .int(report.clips.damaged),
        ]
      ),
      (
        "join",
        [
          "seconds": .number(report.joinSeconds), "inputBytes": .int(report.clipBytes),
          "outputBytes": .int(report.outputBytes),
        ]
      ),
    ]
    members.append(("warnings", .array(warnings.map { .string($0) })))
    if showsReasons { members.append(("why", .array(report.clipReports.map(json)))) }
    if let verification { members.append(("verification", verification)) }
    return .object(members)
  }

  private static func json(_ clip: BuildReport.ClipReport) -> JSONValue {
    let (fate, reasons): (String, [String]) =
      switch clip.fate {
      case .reused: ("reused", [])
      case .repeated: ("repeated", [])
      case .rendered(let reasons): ("rendered", reasons)
      }
    return [
      "first": .int(clip.frames.lowerBound), "end": .int(clip.frames.upperBound),
      "segments": .array(clip.segments.map { .string($0) }), "fate": .string(fate),
      "reasons": .array(reasons.map { .string($0) }),
    ]
  }
}
