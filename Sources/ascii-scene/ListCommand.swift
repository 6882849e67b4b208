import Renderer
import SceneLang

/// `ascii-scene list`: everything a scene can name.
enum ListCommand: Command {
  static let declaration = CommandDeclaration(
    "list", "Lists everything a scene can name: fields, functions, shaders, blends, palettes and more.",
    positionals: [Positional("KIND", .optional, "Only this kind, such as field or palette.", .words(kinds))],
    options: [CommonOptions.format], example: "ascii-scene list field")

  private static let kinds =
    OpKind.allCases.map(\.rawValue) + ["ease", "function", "look"]

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let all = Catalog.builtin.items()
    let kinds = Set(all.map(\.kind))
    let kind = arguments.positionals.first.map { asked in kinds.first { asked == $0 || asked == $0 + "s" } ?? asked }
    if let kind, !kinds.contains(kind) {
      throw CommandFailure(
        .usage, "no kind is called `\(kind)`", help: "the kinds are \(kinds.sorted().joined(separator: ", "))")
    }
    let items = kind.map { kind in all.filter { $0.kind == kind } } ?? all
    if arguments[CommonOptions.format] == .json {
      try console.write(JSONValue.array(items.map(json)).text + "\n")
      return .success
    }
    let width = items.map(\.name.count).max() ?? 0
    for kind in Set(items.map(\.kind)).sorted() {
      try console.write("\(kind)\n")
      for item in items where item.kind == kind {
        let gap = String(repeating: " ", count: width - item.name.count + 2)
        try console.write("  \(item.name)\(gap)\(item.summary)\n")
      }
    }
    return .success
  }

  private static func json(_ item: CatalogItem) -> JSONValue {
    .object([
      ("name", .string(item.name)), ("kind", .string(item.kind)),
      ("aliases", .array(item.aliases.map { .string($0) })), ("summary", .string(item.summary)),
    ])
  }
}
