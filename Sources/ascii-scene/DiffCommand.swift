import Glibc
import Renderer
import SceneLang

/// `ascii-scene diff`: what differs between two versions of a scene, and what it costs to build.
enum DiffCommand: Command {
  static let declaration = CommandDeclaration(
    "diff", "Tells what differs between two versions of a scene, and which clips are rendered again.",
    positionals: [
      Positional(
        "OLD", .one,
        "A scene file, or REVISION:FILE for what git has, such as HEAD:intro.yaml; imports and words come from there, too, pictures and sounds from the folder as it is."
      ),
      Positional("NEW", .one, "A scene file, or REVISION:FILE."),
    ],
    options: CommonOptions.scene + [CommonOptions.format], example: "ascii-scene diff HEAD:intro.yaml intro.yaml")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    // A version that names no output has that of the new one: two names of files are no difference.
    let title = ScenePaths.name(of: arguments.positionals[1].split(separator: ":").last.map(String.init) ?? "")
    let versions = try arguments.positionals.map { try version($0, called: title, arguments, console) }
    let (old, new) = (versions[0], versions[1])
    let difference = SceneDifference(from: old.graph, to: new.graph)
    let outputs = Output.changes(from: old.outputs, to: new.outputs)
    switch arguments[CommonOptions.format] {
    case .human: try console.write(text(difference, outputs, new.graph.format.fps))
    case .json: try console.write(json(difference, outputs).text + "\n")
    }
    return .success
  }

  // MARK: Versions

  private struct Version {
    var graph: RenderGraph
    /// From the scene's folder.
    var outputs: [Output]

    init(_ scene: CheckedScene, at path: String) {
      graph = SceneLoader.graph(of: scene, at: path)
      outputs = scene.outputs
    }
  }

  /// A file that exists is one, whatever colons its name has.
  private static func version(
    _ name: String, called title: String, _ arguments: ParsedArguments, _ console: Console
  ) throws -> Version {
    guard access(name, F_OK) != 0, let colon = name.firstIndex(of: ":") else {
      let compilation = try SceneLoader.check(
        name, bytes: try SceneFiles.read(name), try SceneLoader.overrides(arguments), name: title)
      return Version(try SceneLoader.scene(compilation, name, console), at: name)
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
        }, name: title)
      return Version(try SceneLoader.scene(compilation, name, console), at: path)
    } catch let failure as BuildFailure { throw CommandFailure(failure) }
  }

  // MARK: Text

  private static func text(_ difference: SceneDifference, _ outputs: [String], _ fps: FrameRate) -> String {
    guard !difference.isEmpty || !outputs.isEmpty else { return "no difference\n" }
    var lines = outputs.map { "output \($0)" } + difference.video.map { "video: \($0)" }
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
        + "\(ProgressText.count(count, "frame")), \(seconds) s"
        + (outputs.isEmpty ? "" : ", besides what other outputs need"))
    return lines.map { $0.terminalSafe + "\n" }.joined()
  }

  private static func frames(_ frames: Range<Int>) -> String { "frames \(frames.lowerBound)..\(frames.upperBound)" }

  // MARK: JSON

  private static func json(_ difference: SceneDifference, _ outputs: [String]) -> JSONValue {
    [
      "outputs": strings(outputs), "video": strings(difference.video),
      "segments": .array(difference.segments.map(json)), "clips": .array(difference.clips.map(json)),
      "clipCount": .int(difference.clipCount),
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
