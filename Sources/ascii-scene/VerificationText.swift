import Renderer
import SceneLang

/// What was found in a video, for people and for programs.
struct VerificationText {
  let verification: VideoVerification
  private let scene: CompiledScene

  init(_ verification: VideoVerification, _ scene: CompiledScene) {
    self.verification = verification
    self.scene = scene
  }

  // MARK: For people

  /// A table of the segments, the findings, and a line that sums up.
  var human: String { table + verification.findings.map(line).joined() + summary }

  private var table: String {
    if verification.segments.isEmpty { return "" }
    let head = ["segment", "frames", "level", "10 %", "50 %", "90 %", "black", "white"]
    let rows = verification.segments.map { segment in
      [segment.name.terminalSafe, "\(segment.frames.lowerBound)..\(segment.frames.upperBound)", segment.level.rawValue]
        + segment.brightness.map(ProgressText.decimal)
        + [segment.crushed, segment.blown].map { ProgressText.decimal($0 * 100) + " %" }
    }
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max()! }
    return ([head] + rows).map { row in
      row.enumerated().map { column, text in
        let blank = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 || column == 2 ? text + blank : blank + text
      }.joined(separator: "  ") + "\n"
    }.joined()
  }

  /// `error[flashes]: 4.5 flashes in a second, …; frames 30..53, segment `drop` (intro.yaml:14)`
  private func line(_ finding: VideoFinding) -> String {
    var text = "\(finding.severity.rawValue)[\(finding.rule.rawValue)]: \(finding.message)"
    if let frames = finding.frames { text += "; frames \(frames.lowerBound)..\(frames.upperBound)" }
    if let segment = finding.segment {
      text += ", segment `\(scene.graph.segments[segment].name)` (\(scene.segments[segment].place))"
    }
    return text.terminalSafe + "\n"
  }

  private var summary: String {
    let errors = verification.findings.count { $0.severity == .error }
    let warnings = verification.findings.count - errors
    let found = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
    return "\(verification.video.terminalSafe): \(verification.frames) frames; loop seam "
      + "\(ProgressText.decimal(verification.seam)) beside \(ProgressText.decimal(verification.usualDifference)); "
      + (found.isEmpty
        ? "nothing to complain about" : found.map { ProgressText.count($0, $1) }.joined(separator: ", ")) + "\n"
  }

  // MARK: For programs

  var json: JSONValue {
    [
      "video": .string(verification.video), "frames": .int(verification.frames),
      "segments": .array(verification.segments.map(json)),
      "loop": ["seam": .number(verification.seam), "neighbours": .number(verification.usualDifference)],
      "texts": .array(verification.textContrasts.map(json)),
      "findings": .array(verification.findings.map(json)),
    ]
  }

  private func json(_ segment: VideoVerification.Segment) -> JSONValue {
    [
      "name": .string(segment.name), "first": .int(segment.frames.lowerBound), "end": .int(segment.frames.upperBound),
      "level": .string(segment.level.rawValue), "brightness": .array(segment.brightness.map { .number($0) }),
      "black": .number(segment.crushed), "white": .number(segment.blown),
    ]
  }

  private func json(_ text: TextContrast) -> JSONValue {
    [
      "segment": .string(scene.graph.segments[text.segment].name), "layer": .string(text.layer),
      "contrast": .number(text.ratio), "needed": .number(text.needed),
    ]
  }

  private func json(_ finding: VideoFinding) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("rule", .string(finding.rule.rawValue)), ("severity", .string(finding.severity.rawValue)),
      ("message", .string(finding.message)),
    ]
    if let frames = finding.frames {
      members += [("first", .int(frames.lowerBound)), ("end", .int(frames.upperBound))]
    }
    if let segment = finding.segment {
      members += [
        ("segment", .string(scene.graph.segments[segment].name)), ("place", .string(scene.segments[segment].place)),
      ]
    }
    return .object(members)
  }
}
