import Glibc
import Renderer
import SceneLang

/// `ascii-scene new`: a first scene, to be changed.
enum NewCommand: Command {
  enum Template: String, Sendable, CaseIterable {
    case hello, music, lyrics, loop
  }

  static let declaration = CommandDeclaration(
    "new", "Writes a small scene to begin with; never over a file.",
    positionals: [Positional("SCENE", .one, "The file to write, such as intro.yaml, or - for standard output.")],
    options: [template], example: "ascii-scene new intro.yaml --template music")

  private static let template = Option<Template>(
    choice: "template", default: .hello,
    "A word over moving light, pictures of a sound, words at their times, or what ends as it begins.")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let (path, template) = (arguments.positionals[0], arguments[template])
    guard let text = TemplateFiles.sources[template.rawValue] else {
      preconditionFailure("no template file is called \(template)")
    }
    guard path != SceneFiles.standardInput else {
      try console.write(text)
      return .success
    }
    guard [".yaml", ".yml"].contains(where: { path.hasSuffix($0) && ScenePaths.name(of: path) != $0 }) else {
      let name =
        path.isEmpty || path.hasSuffix("/") ? "\(path)intro" : ScenePaths.folder(of: path) + ScenePaths.name(of: path)
      throw CommandFailure(.usage, "`\(path)` does not name a .yaml file", help: "as in `\(name).yaml`")
    }
    try write(text, to: path)
    let word = shellWord(path)
    console.message(
      """
      wrote \(path.terminalSafe)
      next: ascii-scene preview \(word)
            ascii-scene watch \(word)       # while you change it
            ascii-scene build \(word)

      """)
    return .success
  }

  /// A path as one word for a shell, which is no option.
  private static func shellWord(_ path: String) -> String {
    let path = path.hasPrefix("-") ? "./\(path)" : path
    let isPlain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./".contains($0)) }
    return isPlain ? path : "'\(path.replacing("'", with: #"'\''"#))'".terminalSafe
  }

  /// Throws `CommandFailure` where something is there already, or nothing can be written.
  private static func write(_ text: String, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      guard errno != EEXIST else {
        throw CommandFailure(.usage, "`\(path)` is there already", help: "name another file, or remove it first")
      }
      let help = errno == ENOENT ? "make its folder first" : nil
      throw CommandFailure(.rendering, "cannot write `\(path)`: \(String(cString: strerror(errno)))", help: help)
    }
    defer { close(descriptor) }
    guard Console.writeAll(text, to: descriptor) else {
      let reason = String(cString: strerror(errno))
      unlink(path)
      throw CommandFailure(.rendering, "cannot write `\(path)`: \(reason)")
    }
  }
}
