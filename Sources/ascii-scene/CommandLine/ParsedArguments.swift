import SceneLang

/// The command line of one command, checked against its declaration.
struct ParsedArguments: Sendable {
  /// In the order given; their number fits the declaration.
  private(set) var positionals: [String] = []
  private(set) var wantsHelp = false
  private var values = OptionValues()

  /// The option's value, or its default when it was not given.
  subscript<Value>(option: Option<Value>) -> Value { values[option] }

  /// Whether what is printed is for programs, in whichever of its formats a command prints.
  var isForPrograms: Bool { values.word(of: CommonOptions.format.name) == CommonOptions.OutputFormat.json.rawValue }

  /// Whether `--format json` stands among words that may not be readable otherwise.
  static func asksForJSON(_ words: [String], _ declaration: CommandDeclaration) -> Bool {
    let (name, json) = (CommonOptions.format.name, CommonOptions.OutputFormat.json.rawValue)
    guard declaration.options.contains(where: { $0.name == name }) else { return false }
    let options = words.prefix { $0 != "--" }
    return options.contains("--\(name)=\(json)")
      || zip(options, options.dropFirst()).contains { $0 == "--\(name)" && $1 == json }
  }

  /// The same command line with another value for an option.
  func setting<Value>(_ option: Option<Value>, to value: Value) -> ParsedArguments {
    var result = self
    result.values[option] = value
    return result
  }

  /// Reads `--name value`, `--name=value`, `-o value`, `-ovalue` and flags; everything after `--` is positional.
  ///
  /// Throws `CommandFailure` with code `.usage` that names the argument, what was expected and the nearest option.
  init(_ words: [String], for declaration: CommandDeclaration) throws {
    var rest = words[...]
    var onlyPositionals = false
    while let word = rest.popFirst() {
      if onlyPositionals || word == "-" || !word.hasPrefix("-") {
        positionals.append(word)
      } else if word == "--" {
        onlyPositionals = true
      } else if word == "--help" || word == "-h" {
        wantsHelp = true
      } else {
        try take(word, &rest, declaration)
      }
    }
    if !wantsHelp { try checkPositionals(declaration) }
  }

  private mutating func take(_ word: String, _ rest: inout ArraySlice<String>, _ declaration: CommandDeclaration) throws
  {
    let (spelling, attached) = Self.split(word)
    guard let option = declaration.options.first(where: { $0.isSpelt(spelling) }) else {
      throw CommandFailure.unknownOption(spelling, declaration)
    }
    if let help = option.onceHelp, values.has(option.name) { throw CommandFailure.givenTwice(spelling, help) }
    if option.valueName == nil, attached != nil { throw CommandFailure.flagWithValue(spelling, declaration) }
    var text = attached ?? ""
    if option.valueName != nil, attached == nil {
      guard let next = rest.popFirst() else { throw CommandFailure.missingValue(spelling, option, declaration) }
      text = next
    }
    do {
      try option.absorb(text, into: &values)
    } catch {
      throw CommandFailure.invalidValue(text, spelling, error)
    }
  }

  /// `--name=value` → (`--name`, `value`); `-ofile` → (`-o`, `file`).
  private static func split(_ word: String) -> (spelling: String, value: String?) {
    if word.hasPrefix("--") {
      guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
      return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }
    return word.count > 2 ? (String(word.prefix(2)), String(word.dropFirst(2))) : (word, nil)
  }

  private func checkPositionals(_ declaration: CommandDeclaration) throws {
    let required = declaration.positionals.filter { $0.count == .one || $0.count == .many }
    if positionals.count < required.count {
      throw CommandFailure.missingPositional(required[positionals.count], declaration)
    }
    let takesMany = declaration.positionals.contains { $0.count == .many || $0.count == .any }
    if positionals.count > declaration.positionals.count, !takesMany {
      throw CommandFailure.extraPositional(positionals[declaration.positionals.count], declaration)
    }
  }
}

extension OptionDeclaration {
  fileprivate func isSpelt(_ spelling: String) -> Bool {
    spelling == "--\(name)" || short.map { spelling == "-\($0)" } == true
  }
}

extension CommandFailure {
  fileprivate static func unknownOption(_ spelling: String, _ declaration: CommandDeclaration) -> Self {
    let nearest = nearestName(
      to: String(spelling.drop { $0 == "-" }), among: declaration.options.map(\.name) + ["help"])
    return Self(
      .usage, "`\(declaration.name)` has no option `\(spelling)`",
      help: nearest.map { "did you mean `--\($0)`?" } ?? seeHelp(declaration))
  }

  fileprivate static func flagWithValue(_ spelling: String, _ declaration: CommandDeclaration) -> Self {
    Self(.usage, "`\(spelling)` takes no value", help: seeHelp(declaration))
  }

  fileprivate static func givenTwice(_ spelling: String, _ help: String) -> Self {
    Self(.usage, "`\(spelling)` is given twice", help: help)
  }

  fileprivate static func missingValue(
    _ spelling: String, _ option: any OptionDeclaration, _ declaration: CommandDeclaration
  ) -> Self {
    Self(.usage, "`\(spelling)` needs a value: `\(spelling) \(option.valueName ?? "")`", help: seeHelp(declaration))
  }

  fileprivate static func invalidValue(_ text: String, _ spelling: String, _ reason: InvalidValue) -> Self {
    Self(
      .usage, "`\(spelling)` does not take `\(text)`: expected \(reason.expected)",
      help: reason.nearest.map { "did you mean `\($0)`?" })
  }

  fileprivate static func missingPositional(_ positional: Positional, _ declaration: CommandDeclaration) -> Self {
    Self(.usage, "`\(declaration.name)` needs \(positional.name)", help: seeHelp(declaration))
  }

  fileprivate static func extraPositional(_ text: String, _ declaration: CommandDeclaration) -> Self {
    Self(.usage, "`\(declaration.name)` takes no further argument `\(text)`", help: seeHelp(declaration))
  }

  private static func seeHelp(_ declaration: CommandDeclaration) -> String {
    "see `ascii-scene \(declaration.name) --help`"
  }
}
