import Renderer
import SceneLang

/// `ascii-scene show`: one entry in full; what the prelude defines with its source.
enum ShowCommand: Command {
  static let declaration = CommandDeclaration(
    "show", "Shows what a name means: parameters, an example, and the source of what the prelude defines.",
    positionals: [Positional("NAME", .one, "A name that `list` prints.")], options: [CommonOptions.format],
    example: "ascii-scene show plasma")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let name = arguments.positionals[0]
    let all = Catalog.builtin.items()
    let key = Name.folded(name)
    let items = all.filter { item in ([item.name] + item.aliases).contains { Name.folded($0) == key } }
    guard !items.isEmpty else {
      let nearest = nearestName(to: name, among: all.map(\.name)).map { "did you mean `\($0)`?" }
      throw CommandFailure(
        .usage, "nothing is called `\(name)`", help: nearest ?? "`ascii-scene list` prints every name")
    }
    if arguments[CommonOptions.format] == .json {
      try console.write(JSONValue.array(items.map(json)).text + "\n")
    } else {
      try console.write(items.map(text).joined(separator: "\n"))
    }
    return .success
  }

  private static func text(_ item: CatalogItem) -> String {
    var lines = ["\(item.signature.isEmpty ? item.name : item.signature)  (\(item.kind))", "  \(item.summary)"]
    if !item.aliases.isEmpty { lines.append("  also called \(item.aliases.joined(separator: ", "))") }
    for parameter in item.parameters {
      let value = parameter.default.map { " = \($0)" } ?? " (required)"
      lines.append("  - \(parameter.name)\(value): \(parameter.type). \(parameter.doc)")
    }
    if !item.example.isEmpty { lines.append("  example: \(item.example)") }
    if let source = item.source { lines += ["", source] }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func json(_ item: CatalogItem) -> JSONValue {
    let parameters = item.parameters.map { parameter -> JSONValue in
      .object([
        ("name", .string(parameter.name)), ("type", .string(parameter.type)),
        ("default", parameter.default.map { .string($0) } ?? .null), ("doc", .string(parameter.doc)),
      ])
    }
    return .object([
      ("name", .string(item.name)), ("kind", .string(item.kind)), ("signature", .string(item.signature)),
      ("aliases", .array(item.aliases.map { .string($0) })), ("summary", .string(item.summary)),
      ("parameters", .array(parameters)), ("example", .string(item.example)),
      ("source", item.source.map { .string($0) } ?? .null),
    ])
  }
}
