/// The pages that `--help` prints, from the declarations alone.
enum Help {
  /// All commands with their summaries.
  static func overview(_ commands: [CommandDeclaration]) -> String {
    """
    ascii-scene renders scene files as ASCII-art videos.

    Usage: ascii-scene COMMAND [arguments]

    Commands:
    \(table(commands.map { ($0.name, $0.summary) }))

    `ascii-scene COMMAND --help` explains a command; `ascii-scene --version` prints the version.

    """
  }

  /// One command: usage, arguments, options, example.
  static func page(_ declaration: CommandDeclaration) -> String {
    let usage = ["ascii-scene", declaration.name] + declaration.positionals.map(\.usage) + ["[options]"]
    var page = "\(declaration.summary)\n\nUsage: \(usage.joined(separator: " "))\n"
    if !declaration.positionals.isEmpty {
      page += "\nArguments:\n\(table(declaration.positionals.map { ($0.name, $0.help) }))\n"
    }
    let options = declaration.options.map { ($0.usage, $0.help) } + [("-h, --help", "Shows this page.")]
    page += "\nOptions:\n\(table(options))\n"
    if let example = declaration.example { page += "\nExample:\n  \(example)\n" }
    return page
  }

  /// Two columns; text beside a term that is too long for its column stands on the next line.
  private static func table(_ rows: [(term: String, text: String)]) -> String {
    let width = min(28, rows.map(\.term.count).max() ?? 0)
    return rows.map { term, text in
      let gap =
        term.count > width
        ? "\n" + String(repeating: " ", count: width + 4) : String(repeating: " ", count: width - term.count + 2)
      return "  \(term)\(gap)\(text)"
    }.joined(separator: "\n")
  }
}

extension Positional {
  fileprivate var usage: String {
    switch count {
    case .one: name
    case .optional: "[\(name)]"
    case .many: "\(name)…"
    case .any: "[\(name)…]"
    }
  }
}

extension OptionDeclaration {
  fileprivate var usage: String {
    "\(short.map { "-\($0), " } ?? "    ")--\(name)\(valueName.map { " \($0)" } ?? "")"
  }
}
