import Glibc
import Renderer
import SceneLang

/// `ascii-scene diff`: what differs between two versions of a scene, and what it costs to build.
enum DiffCommand: Command {
  static let declaration = CommandDeclaration(
    "diff", "Tells what differs between two versions of a scene, and which clips are rendered again.",
    positionals: [
      Positional("OLD", .one, "A scene file, or REVISION:FILE for what git has, such as HEAD:intro.yaml."),
      Positional("NEW", .one, "A scene file, or REVISION:FILE."),
    ],
    options: CommonOptions.scene + [CommonOptions.format], example: "ascii-scene diff HEAD:intro.yaml intro.yaml")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let graphs = try arguments.positionals.map { try graph($0, arguments, console) }
    let difference = SceneDifference(from: graphs[0], to: graphs[1])
    switch arguments[CommonOptions.format] {
    case .human: try console.write(text(difference, graphs[1].format.fps))
    case .json: try console.write(json(difference).text + "\n")
    }
    return .success
  }

  // MARK: Versions

  /// A file that exists is one, whatever colons its name has.
  private static func graph(_ name: String, _ arguments: ParsedArguments, _ console: Console) throws -> RenderGraph {
    guard access(name, F_OK) != 0, let colon = name.firstIndex(of: ":") else {
      return SceneLoader.graph(of: try SceneLoader.scene(name, arguments, console), at: name)
    }
    let path = String(name[name.index(after: colon)...])
    do {
      let revision = try GitRevision(String(name[..<colon]))
      let folder = ScenePaths.folder(of: path)
      let compilation = try SceneLoader.check(
        path, bytes: try revision.read(path), try SceneLoader.overrides(arguments),
        importer: { imported in
          do { return .success(try revision.read(folder + imported)) } catch {
            return .failure(ImportFailure(reason: "\(error)"))
          }
        })
      return SceneLoader.graph(of: try SceneLoader.scene(compilation, name, console), at: path)
    } catch let failure as BuildFailure { throw CommandFailure(failure) }
  }

  // MARK: Text

  private static func text(_ difference: SceneDifference, _ fps: FrameRate) -> String {
    guard !difference.isEmpty else { return "no difference\n" }
    var lines = difference.video.map { "video: \($0)" }
    for segment in difference.segments {
      let name = "segment `\(segment.name)`"
      switch (segment.old, segment.new) {
      case (nil, let new?): lines.append("\(name): new, \(frames(new))")
      case (_, nil): lines.append("\(name): gone")
      case (let old?, let new?):
        if old.count != new.count { lines.append("\(name): \(old.count) frames became \(new.count)") }
        if old.lowerBound != new.lowerBound {
          lines.append("\(name): starts at frame \(new.lowerBound) instead of \(old.lowerBound)")
        }
        lines += segment.changes.map { "\(name): \($0)" }
      }
    }
    lines += difference.clips.map { clip in
      "render \(frames(clip.frames))  \(clip.segments.joined(separator: ", ")): \(clip.reasons.joined(separator: "; "))"
    }
    let count = difference.clips.reduce(0) { $0 + $1.frames.count }
    let seconds = ProgressText.decimal(fps.seconds(ofFrame: count))
    lines.append(
      "\(difference.clips.count) of \(ProgressText.count(difference.clipCount, "clip")) rendered again: "
        + "\(ProgressText.count(count, "frame")), \(seconds) s")
    return lines.map { $0.terminalSafe + "\n" }.joined()
  }

  private static func frames(_ frames: Range<Int>) -> String { "frames \(frames.lowerBound)..\(frames.upperBound)" }

  // MARK: JSON

  private static func json(_ difference: SceneDifference) -> JSONValue {
    [
      "video": strings(difference.video), "segments": .array(difference.segments.map(json)),
      "clips": .array(difference.clips.map(json)), "clipCount": .int(difference.clipCount),
    ]
  }

  private static func json(_ segment: SceneDifference.Segment) -> JSONValue {
    [
      "name": .string(segment.name), "old": segment.old.map(json) ?? .null, "new": segment.new.map(json) ?? .null,
      "changes": strings(segment.changes),
    ]
  }

  private static func json(_ clip: SceneDifference.Clip) -> JSONValue {
    [
      "first": .int(clip.frames.lowerBound), "end": .int(clip.frames.upperBound), "segments": strings(clip.segments),
      "reasons": strings(clip.reasons),
    ]
  }

  private static func json(_ frames: Range<Int>) -> JSONValue {
    ["first": .int(frames.lowerBound), "end": .int(frames.upperBound)]
  }

  private static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
