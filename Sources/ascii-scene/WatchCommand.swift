import CSystem
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
    guard arguments.positionals[0] != SceneFiles.standardInput else {
      throw CommandFailure(.usage, "standard input does not change", help: "name a file")
    }
    // A signal ends it at once, however long a frame takes: nothing is lost.
    guard csystem_allow_signals() == 0 else { throw CommandFailure(.rendering, "cannot let signals in") }
    var files = try render(arguments, console, isFirst: true)
    console.message("watching \(ProgressText.count(files.count, "file")); Ctrl-C ends it\n")
    while true {
      waitForChange(of: files)
      files = try render(arguments, console, isFirst: false)
    }
  }

  /// Waits until a file has changed, and nothing more for a pause.
  private static func waitForChange(of files: WatchedFiles) {
    var last = files.now()
    while true {
      usleep(pause)
      let now = files.now()
      if now == last && files.haveChanged(to: now) { return }
      last = now
    }
  }

  /// Checks the scene and renders its frame; gives what was read, and what could not be found. Failures are shown; the first
  /// time, those of the command line and of a scene that is not there end the command.
  private static func render(
    _ arguments: ParsedArguments, _ console: Console, isFirst: Bool
  ) throws -> WatchedFiles {
    let (path, files) = (arguments.positionals[0], WatchedFiles())
    PictureLibrary.shared.forget()
    var isRead = false
    do {
      let compilation = try SceneLoader.check(path, try SceneLoader.overrides(arguments), watched: files)
      isRead = true
      try FrameCommand.write(try SceneLoader.load(compilation, path, console), from: path, arguments, console)
    } catch let failure as CommandFailure {
      let isLasting = !isRead || failure.code == .missingProgram || failure.code == .usage
      guard !(isFirst && isLasting) else { throw failure }
      console.report(failure)
    }
    return files
  }
}
