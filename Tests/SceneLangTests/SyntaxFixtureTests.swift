import SceneLang
import Testing

/// What YAML, expressions and text slots report, before anything is looked up.
@Test(arguments: fixtures("diagnostics"))
func syntaxFixturesPrintWhatIsBesideThem(_ fixture: Fixture) throws {
  try expectDiagnostics(of: fixture) { sources, file in
    var bag = DiagnosticBag()
    if let root = parseYAML(file, in: sources, reporting: &bag) { parseValues(of: root, key: "", reporting: &bag) }
    return bag.sorted()
  }
}

/// Parses the values of keys that hold expressions or text slots.
private func parseValues(of node: YAMLNode, key: String, reporting bag: inout DiagnosticBag) {
  switch node.content {
  case .scalar(let scalar):
    if key == "text" {
      _ = parseTextTemplate(scalar, reporting: &bag)
    } else if ["field", "hue", "opacity", "when", "value", "folds"].contains(key), !scalar.isNull {
      _ = parseExpression(scalar, reporting: &bag)
    }
  case .sequence(let items): for item in items { parseValues(of: item, key: key, reporting: &bag) }
  case .mapping(let entries): for entry in entries { parseValues(of: entry.value, key: entry.key, reporting: &bag) }
  case .invalid: break
  }
}
