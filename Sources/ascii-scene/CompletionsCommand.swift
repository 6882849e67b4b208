import SceneLang

/// `ascii-scene completions`: what makes a shell complete the commands.
enum CompletionsCommand: Command {
  static let declaration = CommandDeclaration(
    "completions", "Prints completions for a shell.",
    positionals: [Positional("SHELL", .one, "bash, zsh or fish.", .words(Shell.allCases.map(\.rawValue)))],
    example: "source <(ascii-scene completions bash)")

  private enum Shell: String, CaseIterable { case bash, zsh, fish }

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let name = arguments.positionals[0]
    let commands = CommandTable.all.commands.map { $0.declaration }
    switch Shell(rawValue: name) {
    case .bash: try console.write(Completions.bash(commands))
    case .zsh: try console.write(Completions.zsh(commands))
    case .fish: try console.write(Completions.fish(commands))
    case nil:
      throw CommandFailure(.usage, "no completions are known for `\(name)`", help: "the shells are bash, zsh and fish")
    }
    return .success
  }
}
