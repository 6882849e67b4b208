import Renderer
import SceneLang

/// A page of `docs/reference`, in Markdown, printed from the declarations; tests hold the copies to it.
struct ReferencePage {
  /// As in `show --all NAME` and in the file's name.
  let name: String
  let text: String

  /// Everything, in the order in which one would read it.
  static func all() -> [ReferencePage] {
    let items = Catalog.builtin.items()
    let kinds = [
      ("field", "Fields"), ("effect", "Effects"), ("particles", "Particles"), ("cell_effect", "Cell effects"),
      ("style", "Text styles"),
      ("shader", "Shaders"), ("look", "Looks"), ("feedback", "Feedback"), ("transition", "Transitions"),
      ("blend", "Blends"), ("palette", "Palettes"), ("gradient", "Gradients"),
      ("grid", "Grids"), ("ease", "Eases"), ("function", "Functions"),
    ]
    let pages = kinds.compactMap { kind, title -> ReferencePage? in
      let own = items.filter { $0.kind == kind }
      return own.isEmpty ? nil : ReferencePage(name: kind, title: title, body: catalogue(own))
    }
    return [ReferencePage(name: "keys", title: "Keys of a scene", body: keys())] + pages + [
      ReferencePage(name: "findings", title: "Findings of check", body: findings()),
      ReferencePage(name: "commands", title: "Commands", body: commands()),
    ]
  }

  private init(name: String, title: String, body: String) {
    self.name = name
    text = "# \(title)\n\nPrinted by `ascii-scene show --all \(name)`.\n\n\(body)"
  }

  // MARK: The catalogue

  /// Entries with parameters or a source get a section each, the others a line in a table.
  private static func catalogue(_ items: [CatalogItem]) -> String {
    if items.contains(where: { !$0.parameters.isEmpty || $0.source != nil }) {
      return items.map(section).joined(separator: "\n")
    }
    return table(
      ["name", "also", "what it is"],
      items.map { item in
        [
          code(item.signature.isEmpty ? item.name : item.signature), item.aliases.map(code).joined(separator: " "),
          item.summary + (item.members.isEmpty ? "" : " " + code(item.memberText)),
        ]
      })
  }

  /// One entry in full.
  static func section(_ item: CatalogItem) -> String {
    var text = "## \(item.name)\n\n\(item.summary)\n"
    if !item.aliases.isEmpty { text += "\nAlso called \(item.aliases.map(code).joined(separator: ", ")).\n" }
    if !item.parameters.isEmpty {
      let rows = item.parameters.map { parameter in
        [
          ([parameter.name] + parameter.aliases).map(code).joined(separator: ", "),
          parameter.default.map(code) ?? "required", parameter.type, parameter.doc,
        ]
      }
      text += "\n" + table(["parameter", "default", "takes", ""], rows)
    }
    if !item.example.isEmpty { text += "\n```yaml\n\(item.example)\n```\n" }
    if let source = item.source { text += "\n```yaml\n\(source)\n```\n" }
    return text
  }

  // MARK: Keys, findings, commands

  private static func keys() -> String {
    KeyTable.all.map { table in
      let rows = table.keys.map { key in
        [code(key.spelling) + (key.isRequired ? " (required)" : ""), key.shape.described, key.doc]
      }
      var text = "## \(table.name)\n\n\(table.summary)"
      if table.takesTemplates { text += " `use: NAME` takes the rest from a template, `with: {…}` gives it values." }
      return text + "\n\n" + self.table(["key", "takes", ""], rows)
    }.joined(separator: "\n")
  }

  private static func findings() -> String {
    Explanation.all.map { explanation in
      "## \(explanation.id)\n\n\(explanation.text)\n\nWrong:\n\n" + block(explanation.wrong) + "\nRight:\n\n"
        + block(explanation.right)
    }.joined(separator: "\n")
  }

  private static func block(_ example: Example) -> String {
    example.isDescribed ? example.lines.terminalSafe + "\n" : "```yaml\n\(example.lines)\n```\n"
  }

  private static func commands() -> String {
    CommandTable.all.commands.map { command in
      "## \(command.declaration.name)\n\n```\n\(Help.page(command.declaration))```\n"
    }.joined(separator: "\n")
  }

  // MARK: Markdown

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// Code in a table cell: a bar would end the cell, and a backquote the code.
  private static func code(_ text: String) -> String {
    let escaped = text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    return escaped.contains("`") ? "`` \(escaped) ``" : "`\(escaped)`"
  }
}

extension KeyShape {
  /// In words, for people.
  fileprivate var described: String {
    switch self {
    case .text: "text"
    case .template: "text with `{expressions}`"
    case .words(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .flag: "`true` or `false`"
    case .value(let type, let dimension, let range, let rate):
      (dimension == .plain ? type.rawValue : dimension.rawValue) + (range.map(Self.described) ?? "")
        + (rate == .constant ? "" : ", per \(rate.rawValue)")
    case .name(let kind, let own): "a \(kind.rawValue)" + (own ? ", of the catalogue or your own" : "")
    case .call(let kind): "a call: \(kind.rawValue)"
    case .look: "a look"
    case .table(let name): "[\(name)](#\(name.map { $0 == " " ? "-" : String($0) }.joined()))"
    case .list(let item): "a list: \(item.described)"
    case .named(let value): "by name: \(value.described)"
    case .either(let shapes): shapes.map(\.described).joined(separator: "; or ")
    }
  }

  private static func described(_ range: ClosedRange<Double>) -> String {
    func number(_ value: Double) -> String {
      Int(exactly: value).map(String.init) ?? "\((value * 1e4).rounded() / 1e4)"
    }
    return " \(number(range.lowerBound))…\(number(range.upperBound))"
  }
}
