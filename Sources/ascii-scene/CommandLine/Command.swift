/// One command of `ascii-scene`: a declaration that help and parsing read, and what it does.
protocol Command: SendableMetatype {
  static var declaration: CommandDeclaration { get }

  /// Throws `CommandFailure` for what the user is told; the scene's own mistakes are printed as diagnostics and end in
  /// `.scene`.
  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode
}

/// The single source of a command's help, its usage errors and its parsing.
struct CommandDeclaration: Sendable {
  let name: String
  /// One sentence, ended by a full stop.
  let summary: String
  let positionals: [Positional]
  let options: [any OptionDeclaration]
  /// A whole command line.
  let example: String?

  init(
    _ name: String, _ summary: String, positionals: [Positional] = [], options: [any OptionDeclaration] = [],
    example: String? = nil
  ) {
    self.name = name
    self.summary = summary
    self.positionals = positionals
    self.options = options + [CommonOptions.color]
    self.example = example
    let names = self.options.map(\.name)
    precondition(Set(names).count == names.count, "`\(name)` declares an option twice")
  }
}

/// An argument without dashes, told apart by its place.
struct Positional: Sendable {
  enum Count: Sendable {
    case one, optional
    /// At least one.
    case many
    /// None or more.
    case any
  }

  /// What a shell proposes for it.
  enum Completion: Sendable {
    case files
    case words([String])
    /// Names of the catalogue.
    case names
  }

  let name: String
  let count: Count
  let help: String
  let completion: Completion

  init(_ name: String, _ count: Count = .one, _ help: String, _ completion: Completion = .files) {
    self.name = name
    self.count = count
    self.help = help
    self.completion = completion
  }
}

extension Positional {
  static let scene = Positional("SCENE", .one, "The scene file, such as intro.yaml.")
}
