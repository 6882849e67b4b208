import Renderer
import SceneLang

/// `ascii-scene show`: one entry in full; what the prelude defines with its source.
enum ShowCommand: Command {
  static let declaration = CommandDeclaration(
    "show", "Shows what a name means: parameters, an example, and the source of what the prelude defines.",
    positionals: [
      Positional("NAME", .optional, "A name that `list` prints; with --all a page of the reference.", .names)
    ],
    options: [all, format], example: "ascii-scene show plasma")

  private enum Format: String, Sendable, CaseIterable { case human, json, markdown }
  private static let format = Option<Format>(choice: "format", default: .human, "How results are printed.")
  private static let all = Option<Bool>(
    flag: "all", "The whole reference in Markdown, or the page NAME of it, such as field or keys.")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    if arguments[all] {
      guard arguments[format] != .json else {
        throw CommandFailure(
          .usage, "`--all` prints Markdown", help: "for programs there is `ascii-scene list --format json`")
      }
      try console.write(try pages(arguments.positionals.first).map(\.text).joined(separator: "\n"))
      return .success
    }
    guard let name = arguments.positionals.first else {
      throw CommandFailure(.usage, "`show` needs NAME, or `--all`", help: "`ascii-scene list` prints every name")
    }
    let items = try items(name)
    switch arguments[format] {
    case .json: try console.write(JSONValue.array(items.map(json)).text + "\n")
    case .human: try console.write(items.map(text).joined(separator: "\n"))
    case .markdown: try console.write(items.map(ReferencePage.section).joined(separator: "\n"))
    }
    return .success
  }

  private static func pages(_ name: String?) throws -> [ReferencePage] {
    let pages = ReferencePage.all()
    guard let name else { return pages }
    let page = pages.filter { $0.name == name }
    guard !page.isEmpty else {
      throw CommandFailure(
        .usage, "the reference has no page `\(name)`",
        help: "its pages are \(pages.map(\.name).joined(separator: ", "))")
    }
    return page
  }

  private static func items(_ name: String) throws -> [CatalogItem] {
    let all = Catalog.builtin.items()
    let key = Name.folded(name)
    let items = all.filter { item in ([item.name] + item.aliases).contains { Name.folded($0) == key } }
    guard items.isEmpty else { return items }
    let nearest = nearestName(to: name, among: all.map(\.name)).map { "did you mean `\($0)`?" }
    throw CommandFailure(
      .usage, "nothing is called `\(name)`", help: nearest ?? "`ascii-scene list` prints every name")
  }

  private static func text(_ item: CatalogItem) -> String {
    var lines = ["\(item.signature.isEmpty ? item.name : item.signature)  (\(item.kind))", "  \(item.summary)"]
    if !item.aliases.isEmpty { lines.append("  also called \(item.aliases.joined(separator: ", "))") }
    let members = item.kind == "palette" ? "characters" : "colors"
    if !item.members.isEmpty { lines.append("  \(members): \(item.memberText)") }
    for parameter in item.parameters {
      let value = parameter.default.map { " = \($0)" } ?? " (required)"
      let also = parameter.aliases.isEmpty ? "" : ", also called \(parameter.aliases.joined(separator: ", "))"
      lines.append("  - \(parameter.name)\(value)\(also): \(parameter.type). \(parameter.doc)")
    }
    if !item.example.isEmpty { lines.append("  example: \(item.example)") }
    if let source = item.source { lines += ["", source] }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func json(_ item: CatalogItem) -> JSONValue {
    let parameters = item.parameters.map { parameter -> JSONValue in
      .object([
        ("name", .string(parameter.name)), ("aliases", .array(parameter.aliases.map { .string($0) })),
        ("type", .string(parameter.type)),
        ("default", parameter.default.map { .string($0) } ?? .null), ("doc", .string(parameter.doc)),
      ])
    }
    return .object([
      ("name", .string(item.name)), ("kind", .string(item.kind)), ("signature", .string(item.signature)),
      ("aliases", .array(item.aliases.map { .string($0) })), ("summary", .string(item.summary)),
      ("members", .array(item.members.map { .string($0) })),
      ("parameters", .array(parameters)), ("example", .string(item.example)),
      ("source", item.source.map { .string($0) } ?? .null),
    ])
  }
}
