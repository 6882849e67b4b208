import Foundation
import Testing

/// A folder that goes with its owner, in which the built program runs.
final class Workbench: Sendable {
  let folder: URL

  /// How a run of the program ended, and what it said.
  struct Outcome {
    /// 128 + the signal where one ended it, as shells say.
    var code: Int32
    var output: String
    var messages: String

    func decoded<Value: Decodable>(as: Value.Type = Value.self) throws -> Value {
      try JSONDecoder().decode(Value.self, from: Data(output.utf8))
    }
  }

  /// SwiftPM builds the program into the folder of the test bundle, and this process is the test bundle.
  static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "ascii-scene")

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "command-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs the program with the workbench as its working folder and its cache in `cache`.
  func run(_ words: [String], environment: [String: String] = [:]) throws -> Outcome {
    try start(words, environment: environment).outcome()
  }

  func run(_ words: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(words, environment: environment)
  }

  /// Starts the program; what it says goes to files, since a pipe that nobody reads would block it.
  func start(_ words: [String], environment: [String: String] = [:], program: URL? = nil) throws -> Run {
    let process = Process()
    process.executableURL = program ?? Self.program
    process.arguments = words
    process.currentDirectoryURL = folder
    let jobs = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "SGE_TASK_ID"]
    process.environment = ProcessInfo.processInfo.environment
      .filter { !(jobs + ["KEEP_INTERMEDIATES"]).contains($0.key) }
      .merging(["ASCII_SCENE_CACHE": "cache", "NO_COLOR": "1"]) { $1 }.merging(environment) { $1 }
    let said = FileManager.default.temporaryDirectory.appending(path: "command-test-said-\(UUID().uuidString)")
    let run = Run(
      process: process, output: said.appendingPathExtension("out"), messages: said.appendingPathExtension("err"))
    for file in [run.output, run.messages] { try Data().write(to: file) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: run.output)
    process.standardError = try FileHandle(forWritingTo: run.messages)
    try process.run()
    return run
  }

  /// A run under way.
  struct Run {
    let process: Process
    fileprivate let output: URL
    fileprivate let messages: URL

    func messagesSoFar() throws -> String { try String(contentsOf: messages, encoding: .utf8) }

    func outcome() throws -> Outcome {
      process.waitUntilExit()
      defer { for file in [output, messages] { try? FileManager.default.removeItem(at: file) } }
      return Outcome(
        code: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
        output: try String(contentsOf: output, encoding: .utf8),
        messages: try String(contentsOf: messages, encoding: .utf8))
    }
  }

  // MARK: Files

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: folder.appending(path: name).path) }

  /// The files below the folder, without the cache unless it is asked for.
  func files(below name: String = "") -> [String] {
    let root = folder.appending(path: name).path
    let all = FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []
    var isFolder: ObjCBool = false
    return all.filter {
      FileManager.default.fileExists(atPath: "\(root)/\($0)", isDirectory: &isFolder) && !isFolder.boolValue
        && (!name.isEmpty || !$0.hasPrefix("cache/"))
    }.sorted()
  }

  /// A shell script in the folder `bin`.
  func program(_ name: String, _ script: String) throws {
    let bin = folder.appending(path: "bin")
    try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
    try write("bin/\(name)", "#!/bin/sh\n\(script)\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: bin.appending(path: name).path)
  }

  // MARK: Scenes

  /// One second of 64×36 pixels.
  static let tiny = """
    ascii-scene: 1
    params: {word: {type: text, default: HI}, hue: 0.6}
    video: {size: 64x36, fps: 24}
    segments:
      - name: one
        duration: 1s
        layers:
          - {field: "0.5 + 0.5 * sin(9 * u + 5 * t)", grid: xxl, hue: hue}
          - {text: "{word}", grid: xxl}

    """

  /// Segments of four seconds: a clip each.
  static func clips(_ count: Int) -> String {
    "ascii-scene: 1\nvideo: {size: 64x36, fps: 12}\nsegments:\n"
      + (1...count).map {
        "  - {name: s\($0), duration: 4s, layers: [{field: \"0.5 + 0.5 * sin(\($0) * u + t)\", grid: xxl}]}\n"
      }.joined()
  }

  /// The music of the library's intro.
  func writeSound(_ name: String) throws {
    let music = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../scenes/media/intro.ogg")
    try Data(contentsOf: music).write(to: folder.appending(path: name))
  }
}
