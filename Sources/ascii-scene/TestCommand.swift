import Glibc
import Renderer
import SceneLang

/// `ascii-scene test`: whether scenes still look as they did when their golden frames were recorded.
enum TestCommand: Command {
  static let declaration = CommandDeclaration(
    "test", "Compares golden frames of scenes with the hashes in the file beside each; exit code 5 where they differ.",
    positionals: [
      Positional("PATH", .any, "Scene files, and folders with all scenes below; the working folder if none.")
    ],
    options: [update, output, quality] + CommonOptions.scene.filter { $0.name != quality.name } + [
      CommonOptions.kernels, CommonOptions.cache, CommonOptions.format,
    ],
    example: "ascii-scene test scenes --update")

  private static let update = Option<Bool>(flag: "update", "Records the frames as they are now.")

  private static let output = Option<String>(
    "output", short: "o", value: "DIR", default: "golden-differences",
    "Where pictures of what differs go: what was, what changed (four times as strong), what is."
  ) { (value, text) throws(InvalidValue) in value = text }

  private static let quality = Option<Quality?>(
    choice: "quality", default: nil, "Picture size, frame rate and encoder settings. Default: draft.")

  /// `scenes/intro.yaml` → `scenes/intro.golden`, or `scenes/intro.night.golden` for its variant `night`.
  private static func goldenPath(of scene: String, _ arguments: ParsedArguments) throws -> String {
    let end = scene.hasSuffix(".yaml") ? 5 : scene.hasSuffix(".yml") ? 4 : 0
    guard let variant = arguments[CommonOptions.variant] else { return "\(scene.dropLast(end)).golden" }
    guard !variant.contains("/") else {
      throw CommandFailure(.usage, "the variant `\(variant)` cannot be part of the name of a file")
    }
    return "\(scene.dropLast(end)).\(variant).golden"
  }

  static func run(_ given: ParsedArguments, _ console: Console) throws -> ExitCode {
    let arguments = given.setting(CommonOptions.quality, to: given[quality] ?? .draft)
    try arguments.refuseAutomaticQuality(for: "test")
    let store: ClipStore
    do { store = try ClipStore(folder: try ClipStore.defaultFolder(arguments[CommonOptions.cache])) } catch {
      throw CommandFailure(error)
    }
    let paths = arguments.positionals.isEmpty ? ["."] : arguments.positionals
    var results: [Result] = []
    for (path, problem) in try SceneFiles.find(paths) {
      do {
        if let problem { throw problem }
        guard let result = try test(path, arguments, store, console) else { continue }
        if arguments[CommonOptions.format] == .human { try console.write(result.text) }
        results.append(result)
      } catch let failure as CommandFailure where failure.code == .scene || !failure.findings.isEmpty {
        // The others are tested all the same.
        console.report(failure)
        results.append(Result(path: path, frames: 0, outcome: .failed, problems: [failure.message]))
      }
    }
    if arguments[CommonOptions.format] == .json { try console.write(JSONValue.array(results.map(\.json)).text + "\n") }
    if results.contains(where: { $0.outcome == .failed }) { return .scene }
    guard results.contains(where: { $0.outcome != .unrecorded }) else {
      var failure = CommandFailure(
        .usage, "there are no golden frames to compare with", help: "record them: `ascii-scene test --update`")
      failure.isListed = true
      throw failure
    }
    return results.contains { $0.outcome == .differs } ? .verification : .success
  }

  /// What came of the scene at `path`; nil for a library, which has no frames.
  private static func test(
    _ path: String, _ arguments: ParsedArguments, _ store: ClipStore, _ console: Console
  ) throws -> Result? {
    let compilation = try SceneLoader.check(path, try SceneLoader.overrides(arguments))
    if let scene = compilation.scene, scene.segments.isEmpty { return nil }
    let scene = try SceneLoader.load(compilation, path, console)
    let test = GoldenTest(
      graph: scene.graph, declared: scene.golden, kernels: try arguments.kernels(), store: store)
    let place = try goldenPath(of: path, arguments)
    return try arguments[update] ? record(test, at: place, path, scene) : compare(test, at: place, path, arguments)
  }

  private static func record(
    _ test: GoldenTest, at place: String, _ path: String, _ scene: CompiledScene
  ) throws -> Result {
    do {
      let golden = try test.record()
      try OutputTarget(path: place, inputs: scene.inputs, extensions: ["golden"])
        .write(Array(golden.text.utf8))
    } catch { throw CommandFailure(error) }
    return Result(path: path, frames: test.frames.count, outcome: .recorded)
  }

  private static func compare(
    _ test: GoldenTest, at place: String, _ path: String, _ arguments: ParsedArguments
  ) throws -> Result {
    var result = Result(path: path, frames: test.frames.count, outcome: .same)
    guard access(place, F_OK) == 0 else {
      result.outcome = .unrecorded
      return result
    }
    let text = String(decoding: try SceneFiles.read(place), as: UTF8.self)
    guard let golden = GoldenFile(text: text) else {
      throw CommandFailure(
        .scene, "`\(place)` holds no golden frames", help: "record them: `ascii-scene test --update`")
    }
    let (was, now) = (golden.format, test.graph.format)
    if was != now {
      result.problems = [
        "recorded at \(was.width)x\(was.height) and \(was.fps) fps, now \(now.width)x\(now.height) and \(now.fps) fps"
      ]
    } else if golden.frames.map(\.number) != test.frames {
      let numbers = { (frames: [Int]) in frames.map(String.init).joined(separator: " ") }
      result.problems = ["recorded of frames \(numbers(golden.frames.map(\.number))), now \(numbers(test.frames))"]
    } else {
      do {
        result.mismatches = try test.mismatches(with: golden).map {
          try difference($0, at: place, path, arguments[output])
        }
      } catch let failure as BuildFailure { throw CommandFailure(failure) }
    }
    if !result.problems.isEmpty || !result.mismatches.isEmpty { result.outcome = .differs }
    return result
  }

  /// Writes the picture of a mismatch.
  private static func difference(
    _ mismatch: GoldenTest.Mismatch, at place: String, _ path: String, _ folder: String
  ) throws -> Result.Difference {
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw CommandFailure(.rendering, "cannot make the folder `\(folder)`: \(String(cString: strerror(errno)))")
    }
    let name = place.split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "-")
    let picture = "\(folder)/\(name.dropLast(".golden".count))-\(mismatch.frame.number).png"
    try Still.write(mismatch.sheet, to: picture, inputs: [path])
    return Result.Difference(
      frame: mismatch.frame.number, segment: mismatch.frame.segment, stage: mismatch.stage, picture: picture,
      hasExpected: mismatch.hasExpected)
  }
}

/// What came of testing one scene.
private struct Result {
  enum Outcome: String { case same, differs, recorded, unrecorded, failed }

  struct Difference {
    var frame: Int
    var segment: String
    var stage: String?
    var picture: String
    var hasExpected: Bool
  }

  var path: String
  var frames: Int
  var outcome: Outcome
  /// Why nothing could be compared, or the scene not be rendered.
  var problems: [String] = []
  var mismatches: [Difference] = []

  var text: String {
    let counted = ProgressText.count(frames, "golden frame")
    let head =
      switch outcome {
      case .same: "\(counted) as recorded"
      case .recorded: "\(counted) recorded"
      case .unrecorded: "no golden frames are recorded"
      case .differs, .failed: mismatches.isEmpty ? problems.joined() : "\(mismatches.count) of \(counted) differ"
      }
    return ("\(path): \(head)\n" + mismatches.map(line).joined()).terminalSafe
  }

  private func line(_ difference: Difference) -> String {
    let stage = difference.stage.map { "first in its \($0)" } ?? "which is new"
    let expected = difference.hasExpected ? "" : " (what was is no longer in the cache)"
    return "  frame \(difference.frame), segment `\(difference.segment)`, differs \(stage): "
      + "\(difference.picture)\(expected)\n"
  }

  var json: JSONValue {
    [
      "scene": .string(path), "frames": .int(frames), "outcome": .string(outcome.rawValue),
      "problems": .array(problems.map { .string($0) }),
      "differences": .array(
        mismatches.map {
          [
            "frame": .int($0.frame), "segment": .string($0.segment), "stage": .string($0.stage ?? ""),
            "picture": .string($0.picture), "hasExpected": .bool($0.hasExpected),
          ]
        }),
    ]
  }
}
