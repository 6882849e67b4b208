/// One thing a scene can name, as `list` and `show` print it.
public struct CatalogItem: Sendable {
  public struct Parameter: Sendable {
    public var name: String
    public var aliases: [String]
    /// Type and range in words, such as `number 0…1`.
    public var type: String
    public var shape: KeyShape
    /// As written; nil when required.
    public var `default`: String?
    public var doc: String
  }

  public var name: String
  /// `field`, `effect`, `cell_effect`, `particles`, `function`, `ease`, `look`, `shader`, `blend`, `palette`, `grid`, `gradient`,
  /// `transition`, `style`, `feedback`.
  public var kind: String
  public var aliases: [String]
  public var summary: String
  /// How it is called, such as `mix(a, b, t)`; empty for a bare name.
  public var signature: String
  public var parameters: [Parameter]
  public var example: String
  /// The text of a prelude definition.
  public var source: String?
}

extension Catalog {
  /// Everything that can be named, by kind and name: native ops, functions of the language, the prelude.
  public func items() -> [CatalogItem] {
    let items = entries.map(CatalogItem.init) + Intrinsic.all.map(CatalogItem.init) + preludeItems()
    return items.sorted { ($0.kind, $0.name) < ($1.kind, $1.name) }
  }

  private func preludeItems() -> [CatalogItem] {
    var items: [CatalogItem] = []
    for (name, text) in prelude.sorted(by: { $0.key < $1.key }) {
      var sources = SourceMap()
      var bag = DiagnosticBag()
      let file = sources.add(path: "prelude/\(name).yaml", bytes: Array(text.utf8))
      guard case .mapping(let sections)? = parseYAML(file, in: sources, reporting: &bag)?.content else { continue }
      for section in sections {
        guard let kind = PreludeSection(rawValue: section.key), case .mapping(let entries) = section.value.content
        else {
          continue
        }
        items += entries.map { CatalogItem(prelude: $0, kind, in: Array(text.utf8)) }
      }
    }
    return items
  }
}

extension CatalogItem {
  fileprivate init(_ entry: OpDeclaration) {
    self.init(
      name: entry.name, kind: entry.kind.rawValue, aliases: entry.aliases, summary: entry.summary, signature: "",
      parameters: entry.parameters.map(Parameter.init), example: entry.example, source: nil)
  }

  fileprivate init(_ intrinsic: Intrinsic) {
    self.init(
      name: intrinsic.name, kind: "function", aliases: [], summary: intrinsic.summary, signature: intrinsic.signature,
      parameters: [], example: "", source: nil)
  }

  fileprivate init(prelude entry: YAMLEntry, _ section: PreludeSection, in text: [UInt8]) {
    var summary = section == .eases ? "A curve for keyframes and ramps." : "A look."
    var parameters: [Parameter] = []
    if case .mapping(let keys) = entry.value.content {
      if let doc = keys.first(where: { $0.key == "doc" })?.value.plainText { summary = doc }
      if case .mapping(let items)? = keys.first(where: { $0.key == "params" })?.value.content {
        parameters = items.map { Parameter(prelude: $0) }
      }
    }
    self.init(
      name: entry.key, kind: String(section.rawValue.dropLast()), aliases: entry.aliases, summary: summary,
      signature: "",
      parameters: parameters, example: "", source: Self.source(of: entry, in: text))
  }

  /// The entry's own lines, moved to the margin, without a line break at the end.
  private static func source(of entry: YAMLEntry, in text: [UInt8]) -> String {
    let start = entry.keySpan.start
    let indent = text[..<start].reversed().prefix { $0 == UInt8(ascii: " ") }.count
    let lines = text[start..<max(start, entry.value.span.end)]
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { line in line.dropFirst(min(indent, line.prefix { $0 == UInt8(ascii: " ") }.count)) }
    let source = String(decoding: Array(lines.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self)
    return source.hasSuffix("\n") ? String(source.dropLast()) : source
  }
}

extension CatalogItem.Parameter {
  fileprivate init(_ parameter: ParameterDeclaration) {
    var type = parameter.type.rawValue
    if parameter.dimension != .plain { type += " (\(parameter.dimension.rawValue))" }
    if let range = parameter.range {
      type += " \(Diagnostic.plain(range.lowerBound))…\(Diagnostic.plain(range.upperBound))"
    }
    if !parameter.choices.isEmpty { type += ": " + parameter.choices.joined(separator: ", ") }
    let shape: KeyShape =
      parameter.type == .choice
      ? .words(parameter.choices)
      : .value(parameter.type, parameter.dimension, in: parameter.range, rate: parameter.rate)
    self.init(
      name: parameter.name, aliases: parameter.aliases, type: type, shape: shape, default: parameter.default,
      doc: parameter.doc)
  }

  fileprivate init(prelude entry: YAMLEntry) {
    var texts: [String: String] = [:]
    var choices: [String] = []
    if case .mapping(let keys) = entry.value.content {
      for key in keys {
        texts[key.key] = key.value.plainText
        if key.key == "choices", case .sequence(let words) = key.value.content {
          choices = words.compactMap(\.plainText)
        }
      }
    } else {
      texts["default"] = entry.value.plainText
    }
    var type = texts["type"] ?? "number"
    if let unit = texts["unit"] { type += " (\(unit))" }
    if !choices.isEmpty { type += ": " + choices.joined(separator: ", ") }
    if let low = texts["min"] { type += " \(low)…\(texts["max"] ?? "")" }
    self.init(
      name: entry.key, aliases: entry.aliases, type: type, shape: Self.shape(texts, choices), default: texts["default"],
      doc: texts["doc"] ?? "")
  }

  /// What a parameter of the prelude takes, by the texts of its keys.
  private static func shape(_ texts: [String: String], _ choices: [String]) -> KeyShape {
    let type = texts["type"].flatMap(ValueType.init) ?? .number
    if type == .choice { return .words(choices) }
    let dimension = texts["unit"].flatMap(Dimension.init) ?? .plain
    // Bounds with a unit are left to the checker.
    let (low, high) = (texts["min"].flatMap(Double.init), texts["max"].flatMap(Double.init))
    let range = low.flatMap { low in high.flatMap { low <= $0 ? low...$0 : nil } }
    return .value(type, dimension, in: range, rate: .cell)
  }
}

extension YAMLNode {
  /// The text of a scalar; nil for anything else.
  fileprivate var plainText: String? { if case .scalar(let scalar) = content { scalar.text } else { nil } }
}
