import Glibc
import Renderer
import SceneLang

/// `ascii-scene watch`: what an author has beside the editor.
enum WatchCommand: Command {
  static let declaration = CommandDeclaration(
    "watch", "Checks a scene and renders a frame of it, again whenever a file that it reads changes.",
    positionals: [.scene],
    options: [FrameCommand.at, CommonOptions.output] + CommonOptions.scene + [CommonOptions.kernels],
    example: "ascii-scene watch intro.yaml --at 2.5s --quality draft")

  /// Microseconds between two looks at the files.
  private static let pause: UInt32 = 100_000

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let path = arguments.positionals[0]
    guard path != SceneFiles.standardInput else {
      throw CommandFailure(.usage, "standard input does not change", help: "name a file")
    }
    try Interrupts.catchSignals()
    var round = try Round(path, arguments, console, isFirst: true)
    let count = round.stamps.count
    console.message("watching \(count) file\(count == 1 ? "" : "s"); Ctrl-C ends it\n")
    while waitForChange(of: round) { round = try Round(path, arguments, console, isFirst: false) }
    return Interrupts.exitCode
  }

  /// Waits until a file has changed and its writer is done with it; false when the process is asked to end.
  private static func waitForChange(of round: Round) -> Bool {
    var last = round.stamps
    while !Interrupts.isWished {
      usleep(pause)
      let now = FileStamp.all(of: round.stamps.keys)
      if now != round.stamps && now == last { return true }
      last = now
    }
    return false
  }

  /// One check with its frame, and what was read for it.
  private struct Round {
    /// As they were when they were read.
    let stamps: [String: FileStamp?]

    /// Failures are shown, and end the command only where another round could not mend them.
    init(_ path: String, _ arguments: ParsedArguments, _ console: Console, isFirst: Bool) throws {
      var files = [path]
      var stamps = FileStamp.all(of: files)
      var isRead = false
      do {
        let compilation = try SceneLoader.check(path, try SceneLoader.overrides(arguments))
        isRead = true
        let folder = ScenePaths.folder(of: path)
        files += compilation.sources.files.filter { $0.origin == .file && $0.path != path }.map { folder + $0.path }
        stamps.merge(FileStamp.all(of: files)) { first, _ in first }
        let scene = try SceneLoader.load(compilation, path, console)
        files += scene.inputs
        stamps.merge(FileStamp.all(of: files)) { first, _ in first }
        try FrameCommand.write(scene, from: path, arguments, console)
      } catch let failure as CommandFailure {
        let isLasting = !isRead || failure.code == .missingProgram || failure.code == .usage
        guard !(isFirst && isLasting) else { throw failure }
        console.report(failure)
        // A file that is missing may come.
        let folders = Set(files.map { ScenePaths.folder(of: $0) }).map { $0.isEmpty ? "." : $0 }
        stamps.merge(FileStamp.all(of: folders)) { first, _ in first }
      }
      self.stamps = stamps
    }
  }
}

/// What is different of a file after it was written or replaced.
private struct FileStamp: Hashable {
  private let device: dev_t
  private let inode: ino_t
  private let size: off_t
  private let seconds: Int
  private let nanoseconds: Int

  /// nil where there is no such file.
  private init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, inode, size) = (status.st_dev, status.st_ino, status.st_size)
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }

  static func all(of paths: some Sequence<String>) -> [String: FileStamp?] {
    Dictionary(paths.map { ($0, FileStamp($0)) }) { first, _ in first }
  }
}
