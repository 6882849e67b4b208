extension SceneSchema {
  /// A call by its name, as an expression, or as a mapping with arguments.
  func call(of kind: OpKind) -> JSONValue {
    let entries = items.filter { $0.kind == kind.rawValue }
    var choices = entries.map {
      JSONValue.object([("const", .string($0.name)), ("description", .string($0.summary))])
    }
    choices.append(["type": "string"])
    if kind == .field { choices += [["type": "number"], Self.reference("keyframes")] }
    let properties = entries.map { (key: $0.name, value: arguments(of: $0)) }
    choices.append([
      "type": "object", "minProperties": 1, "maxProperties": 1, "properties": .object(properties),
    ])
    return ["anyOf": .array(choices)]
  }

  var look: JSONValue {
    [
      "anyOf": [
        ["const": "none"], Self.reference("look_chain_item"),
        ["type": "array", "items": Self.reference("look_chain_item")],
      ]
    ]
  }

  /// A shader or a look with what may stand beside it.
  var lookItem: JSONValue {
    let entries = items.filter { $0.kind == "shader" || $0.kind == "look" }
    var choices = entries.map {
      JSONValue.object([("const", .string($0.name)), ("description", .string($0.summary))])
    }
    choices.append(["type": "string"])
    var properties = entries.map { (key: $0.name, value: arguments(of: $0)) }
    properties += [
      ("when", ["description": "Only while this holds.", "type": ["string", "boolean"]]),
      ("mix", ["description": "The share of the shaded picture, 0…1.", "type": ["number", "string", "object"]]),
      ("seed", ["description": "Another seed gives other random values.", "type": ["string", "number"]]),
    ]
    choices.append(["type": "object", "minProperties": 1, "maxProperties": 4, "properties": .object(properties)])
    return ["anyOf": .array(choices)]
  }

  /// The arguments of a call in map form: by name, by place, the first one alone, or none.
  private func arguments(of item: CatalogItem) -> JSONValue {
    let properties = item.parameters.flatMap { parameter -> [(key: String, value: JSONValue)] in
      let value = parameter.schema(in: self)
      return [parameter.name, Self.british(parameter.name)].compactMap { $0 }.map { (key: $0, value: value) }
        + parameter.aliases.map { (key: $0, value: value.deprecated) }
    }
    // Transitions have an ease beside their parameters.
    let ease: [(key: String, value: JSONValue)] = item.kind == "transition" ? [("ease", ["type": "string"])] : []
    let named: JSONValue = [
      "type": "object", "properties": .object(properties + ease), "patternProperties": Self.otherwiseSpelt,
      "additionalProperties": false,
    ]
    let first = item.parameters.first?.schema(in: self)
    let choices = [named] + (first.map { [$0] } ?? []) + [["type": "array"], ["type": "null"]]
    return ["description": .string(item.summary), "anyOf": .array(choices)]
  }
}

extension CatalogItem.Parameter {
  fileprivate func schema(in schema: SceneSchema) -> JSONValue {
    guard case .object(let members) = schema.schema(of: shape) else { return true }
    var description = doc
    if let fallback = self.default { description += " Default: \(fallback)." }
    return .object([("description", .string(description))] + members)
  }
}
