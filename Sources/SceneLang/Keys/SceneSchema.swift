/// A JSON Schema (draft 2020-12) of scene files, so that editors complete and check while somebody types.
///
/// It is printed from the key tables and the catalogue. What a schema cannot say (types of expressions, names of the
/// scene's own) is left open: it accepts every scene that `check` accepts, and some more.
public struct SceneSchema: Sendable {
  let catalog: Catalog
  let items: [CatalogItem]

  public init(_ catalog: Catalog) {
    self.catalog = catalog
    items = catalog.items()
  }

  public var json: JSONValue {
    var definitions: [(key: String, value: JSONValue)] = []
    for table in KeyTable.all { definitions.append((Self.key(table.name), schema(of: table))) }
    definitions += [
      ("expression", Self.expression), ("computed", Self.computed), ("quantity", Self.quantity), ("look", look),
      ("look_chain_item", lookItem),
    ]
    for (kind, own) in [(OpKind.grid, false), (.blend, false), (.palette, true), (.gradient, true)] {
      definitions.append(((own ? "own_" : "") + kind.rawValue, name(kind, own: own)))
    }
    for kind in [OpKind.field, .effect, .particles, .transition, .style, .feedback, .cellEffect] {
      definitions.append(("\(kind.rawValue)_call", call(of: kind)))
    }
    precondition(Set(definitions.map(\.key)).count == definitions.count, "two definitions of one name")
    return .object([
      ("$schema", "https://json-schema.org/draft/2020-12/schema"),
      ("title", "Scenes of ascii-scene"),
      ("description", .string("A scene file of ascii-scene, version 1 of the language.")),
      // A library has no key that a scene does not have.
      ("$ref", .string("#/$defs/scene")),
      ("$defs", .object(definitions)),
    ])
  }

  // MARK: Mappings

  private func schema(of table: KeyTable) -> JSONValue {
    var properties: [(key: String, value: JSONValue)] = []
    for key in table.keys {
      let value = described(schema(of: key.shape), key.doc)
      properties.append((key.spelling, value))
      if let british = Self.british(key.name) { properties.append((british, value.deprecated)) }
    }
    if table.takesTemplates {
      properties.append(("use", described(["type": "string"], "The template that the rest comes from.")))
      properties.append(
        ("with", described(["type": "object", "additionalProperties": true], "Values of its parameters.")))
    }
    var members: [(key: String, value: JSONValue)] = [
      ("description", .string(table.summary)), ("type", "object"), ("properties", .object(properties)),
      ("patternProperties", Self.otherwiseSpelt), ("additionalProperties", false),
    ]
    members += rules(of: table)
    return .object(members)
  }

  /// Names are found in capitals and with hyphens too; what is written so is left to the checker.
  static let otherwiseSpelt: JSONValue = ["[-A-Z]": true]

  private func described(_ schema: JSONValue, _ doc: String) -> JSONValue {
    guard case .object(let members) = schema else { return schema }
    return .object([("description", .string(doc))] + members.filter { $0.key != "description" })
  }

  // MARK: Values

  func schema(of shape: KeyShape) -> JSONValue {
    switch shape {
    case .text, .template: ["type": ["string", "number", "boolean"]]
    case .words(let words): Self.words(words)
    case .flag: ["anyOf": [["type": "boolean"], Self.anyCase(of: ["true", "false"])]]
    case .value(let type, let dimension, let range, _): value(type, dimension, range)
    case .name(let kind, let own): Self.reference(own ? "own_\(kind.rawValue)" : kind.rawValue)
    case .call(let kind): Self.reference("\(kind.rawValue)_call")
    case .look: Self.reference("look")
    case .table(let name): Self.reference(name)
    case .list(let item): ["type": "array", "items": schema(of: item)]
    case .named(let value): ["type": "object", "additionalProperties": schema(of: value)]
    case .either(let shapes): ["anyOf": .array(shapes.map(schema))]
    }
  }

  private func value(_ type: ValueType, _ dimension: Dimension, _ range: ClosedRange<Double>?) -> JSONValue {
    switch type {
    case .number, .integer, .field, .distance:
      // Times and angles have a unit, so a bare number is none.
      let takesNumber = [.plain, .length, .distance, .pitch].contains(dimension)
      var number: [(key: String, value: JSONValue)] = [("type", type == .integer ? "integer" : "number")]
      if let range, range.lowerBound > -.greatestFiniteMagnitude {
        number.append(("minimum", Self.bound(range.lowerBound)))
      }
      if let range, range.upperBound < .greatestFiniteMagnitude {
        number.append(("maximum", Self.bound(range.upperBound)))
      }
      if !takesNumber { return Self.reference("quantity") }
      if type == .field { return ["anyOf": [.object(number), Self.reference("field_call")]] }
      return ["anyOf": [.object(number), Self.reference("computed")]]
    case .boolean: return ["type": ["boolean", "string"]]
    case .color: return ["anyOf": [["type": "string"], Self.reference("keyframes"), Self.reference("gradient")]]
    case .gradient: return ["anyOf": [["type": "string"], Self.reference("gradient"), schema(of: .colors)]]
    case .text, .choice, .palette: return ["type": ["string", "number", "boolean"]]
    case .lut: return ["type": "string"]
    }
  }

  private static func bound(_ number: Double) -> JSONValue { Int(exactly: number).map { .int($0) } ?? .number(number) }

  private static let expression: JSONValue = [
    "description": "An expression, as in `0.5 + 0.5 * sin(t)`.", "type": "string", "minLength": 1,
  ]

  /// A value that is no literal number.
  private static let computed: JSONValue = [
    "anyOf": [
      reference("expression"), reference("keyframes"), ["type": "object", "minProperties": 1, "maxProperties": 1],
    ]
  ]

  /// Times and angles have a unit.
  private static let quantity: JSONValue = [
    "anyOf": [
      ["description": "A number with a unit, as in `8s` or `45deg`.", "type": "string", "pattern": "[A-Za-z%]"],
      reference("keyframes"), ["type": "object", "minProperties": 1, "maxProperties": 1],
    ]
  ]

  /// A closed set of words; what is spelt otherwise is accepted and not proposed.
  private static func words(_ words: [String]) -> JSONValue {
    ["anyOf": [["enum": .array(words.map(word))], anyCase(of: words), chosen]]
  }

  /// Settled before rendering, as in `if(portrait, lg, xl)`.
  private static let chosen: JSONValue = ["type": "string", "pattern": "^\\s*(if|pick)\\s*\\("]

  /// YAML reads `1` as a number.
  private static func word(_ text: String) -> JSONValue { Int(text).map { .int($0) } ?? .string(text) }

  private func name(_ kind: OpKind, own: Bool) -> JSONValue {
    let entries = items.filter { $0.kind == kind.rawValue }
    let known = entries.map { JSONValue.object([("const", .string($0.name)), ("description", .string($0.summary))]) }
    let others = Set(entries.flatMap(\.aliases)).subtracting(entries.map(\.name)).sorted()
    var choices = known
    if own {
      choices.append(["type": "string"])
    } else {
      if !others.isEmpty { choices.append(["enum": .array(others.map { .string($0) }), "deprecated": true]) }
      choices.append(Self.anyCase(of: entries.map(\.name) + others))
      choices.append(Self.chosen)
    }
    return ["anyOf": .array(choices)]
  }

  private static let spellings = [("color", "colour"), ("gray", "grey"), ("center", "centre")]

  /// The British spelling of a word; nil where it is the same.
  static func british(_ word: String) -> String? {
    for (american, british) in spellings where word.contains(american) {
      return word.split(separator: american, omittingEmptySubsequences: false).joined(separator: british)
    }
    return nil
  }

  /// A text that is one of the words, as `Name.folded` reads it.
  private static func anyCase(of words: [String]) -> JSONValue {
    ["type": "string", "pattern": .string("^(\(words.map { pattern($0) }.joined(separator: "|")))$")]
  }

  private static func pattern(_ word: String) -> String {
    for (american, british) in spellings where word.contains(american) {
      let either = "(\(pattern(letters: american))|\(pattern(letters: british)))"
      let rest: [String] = word.split(separator: american, omittingEmptySubsequences: false).map { pattern(String($0)) }
      return rest.joined(separator: either)
    }
    return pattern(letters: word)
  }

  private static func pattern(letters: String) -> String {
    let parts = letters.map { letter -> String in
      letter == "_" ? "[-_]" : letter.isLetter ? "[\(letter)\(letter.uppercased())]" : String(letter)
    }
    return parts.joined()
  }

  static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/$defs/\(key(name))")] }

  static func key(_ name: String) -> String { String(name.map { $0 == " " ? "_" : $0 }) }
}

extension JSONValue {
  var deprecated: JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members + [("deprecated", true)])
  }
}
