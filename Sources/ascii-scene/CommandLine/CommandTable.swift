import SceneLang

/// The commands by name, and the way from the words of a command line to an exit code.
struct CommandTable: Sendable {
  static let version = "0.1.0"

  let commands: [any Command.Type]

  /// Runs the command that `words` (without the program's name) call and tells every failure on standard error.
  func run(_ words: @autoclosure () throws -> [String]) -> ExitCode {
    do {
      return try dispatch(words())
    } catch let failure as CommandFailure {
      Console(color: .auto).report(failure)
      return failure.code
    } catch {
      Console(color: .auto).report(CommandFailure(.rendering, "\(error)"))
      return .rendering
    }
  }

  private func dispatch(_ words: [String]) throws -> ExitCode {
    guard let name = words.first else { throw CommandFailure(.usage, "no command", help: "see `ascii-scene --help`") }
    let declarations = commands.map { $0.declaration }
    switch name {
    case "--help", "-h", "help":
      if words.count > 1 { return try run(command(words[1]), ["--help"]) }
      try Console(color: .never).write(Help.overview(declarations))
      return .success
    case "--version":
      try Console(color: .never).write("ascii-scene \(Self.version)\n")
      return .success
    default: return try run(command(name), Array(words.dropFirst()))
    }
  }

  private func command(_ name: String) throws -> any Command.Type {
    guard let command = commands.first(where: { $0.declaration.name == name }) else {
      throw CommandFailure.unknownCommand(name, among: commands.map { $0.declaration.name })
    }
    return command
  }

  private func run(_ command: any Command.Type, _ words: [String]) throws -> ExitCode {
    let arguments = try parse(words, for: command.declaration)
    let console = Console(color: arguments[CommonOptions.color])
    if arguments.wantsHelp {
      try console.write(Help.page(command.declaration))
      return .success
    }
    do {
      return try command.run(arguments, console)
    } catch let failure as CommandFailure {
      // Here, not by the caller: `--color` and `--format` are known.
      console.report(failure)
      if arguments.isForPrograms, !failure.isListed { try console.write(failure.json().text + "\n") }
      return failure.code
    }
  }
}

extension CommandTable {
  /// Words that cannot be read may still ask for JSON: programs are told why they cannot.
  private func parse(_ words: [String], for declaration: CommandDeclaration) throws -> ParsedArguments {
    do {
      return try ParsedArguments(words, for: declaration)
    } catch let failure as CommandFailure {
      if ParsedArguments.asksForJSON(words, declaration) {
        try Console(color: .auto).write(failure.json().text + "\n")
      }
      throw failure
    }
  }
}

extension CommandFailure {
  fileprivate static func unknownCommand(_ name: String, among names: [String]) -> Self {
    let nearest = nearestName(to: name, among: names)
    return Self(
      .usage, "no command named `\(name)`", help: nearest.map { "did you mean `\($0)`?" } ?? "see `ascii-scene --help`")
  }
}
