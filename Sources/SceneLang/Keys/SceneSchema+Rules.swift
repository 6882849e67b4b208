/// What must stand in a mapping, and what not together.
extension SceneSchema {
  typealias Members = [(key: String, value: JSONValue)]

  func rules(of table: KeyTable) -> Members {
    let (asked, refused) = (demands(of: table), exclusions(of: table))
    // A key that is missing may be there in another spelling, which only the checker reads.
    return (refused.isEmpty ? [] : [("dependentSchemas", .object(refused))])
      + (asked.isEmpty ? [] : [("if", Self.spelltAsProposed), ("then", .object(asked))])
  }

  private static let spelltAsProposed: JSONValue = ["propertyNames": ["pattern": "^(ascii-scene|[^-A-Z]*)$"]]

  // MARK: What is needed

  private func demands(of table: KeyTable) -> Members {
    let required = table.keys.filter(\.isRequired).map { Self.has($0.spelling) }
    let one = table.oneOf.isEmpty ? [] : [JSONValue.object([("oneOf", .array(table.oneOf.map(Self.has)))])]
    // A template may bring what is needed.
    let templates = table.takesTemplates ? ["use"] : []
    var all = (required + one).map { Self.either([$0] + templates.map(Self.has)) }
    var dependents: [(key: String, value: JSONValue)] = []
    for rule in table.rules + (table.takesTemplates ? [.needs("with", oneOf: ["use"])] : []) {
      switch rule {
      case .excludes: break
      case .someOf(let keys): all.append(Self.either((keys + templates).map(Self.has)))
      case .needs(let key, let others, let beside):
        let need = Self.either((others + templates).map(Self.has))
        let isAsked = beside.map { JSONValue.object([("if", Self.has($0)), ("then", need)]) } ?? need
        dependents.append((key, isAsked))
      case .whereTrue(let flag, let needed, let items, let without):
        let isTrue: JSONValue = .object([
          ("required", [.string(flag)]), ("properties", .object([(flag, .object([("const", true)]))])),
        ])
        let bare: JSONValue = .object([("items", .object([("properties", Self.none(of: without))]))])
        let then: JSONValue = [
          "allOf": [Self.either(([needed] + templates).map(Self.has))], "properties": .object([(items, bare)]),
        ]
        all.append(["if": isTrue, "then": then])
      case .itemsNeed(let list, let keys, let alone):
        let several: JSONValue = .object([("properties", .object([(list, .object([("minItems", 2)]))]))])
        let item: JSONValue = ["if": Self.spelltAsProposed, "then": Self.either(keys.map(Self.has))]
        all.append(
          .object([
            ("if", Self.either([several, .object([("not", Self.has(alone))])])),
            ("then", .object([("properties", .object([(list, .object([("items", item)]))]))])),
          ]))
      }
    }
    return (all.isEmpty ? [] : [("allOf", .array(all))])
      + (dependents.isEmpty ? [] : [("dependentSchemas", .object(dependents))])
  }

  // MARK: What does not go together

  /// By key, those that are not beside it.
  private func exclusions(of table: KeyTable) -> Members {
    var members: Members = []
    for case .excludes(let key, let others) in table.rules {
      for spelling in [key] + [Self.british(key)].compactMap({ $0 }) {
        members.append((spelling, ["properties": Self.none(of: others)]))
      }
    }
    precondition(Set(members.map(\.key)).count == members.count, "two rules for one key of `\(table.name)`")
    return members
  }

  private static func none(of keys: [String]) -> JSONValue {
    .object(keys.flatMap { [$0] + [british($0)].compactMap { $0 } }.map { ($0, false) })
  }

  /// Whether a mapping has the key, in either spelling.
  private static func has(_ key: String) -> JSONValue {
    either(([key] + [british(key)].compactMap { $0 }).map { ["required": [.string($0)]] })
  }

  private static func either(_ choices: [JSONValue]) -> JSONValue {
    choices.count == 1 ? choices[0] : ["anyOf": .array(choices)]
  }
}
