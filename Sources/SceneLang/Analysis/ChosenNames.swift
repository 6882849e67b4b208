/// Slots that hold names instead of values: palettes, grids, blends, templates. One of several names is chosen before
/// rendering: by `if`, or in a layer by `pick`.
extension Analyzer {
  /// What the name in a slot stands for. `find` is asked for every name that could be chosen, so that no mistake waits for
  /// another aspect or another seed; it reports those that it does not know.
  func named<T>(_ node: YAMLNode, as what: String, in scope: Scope, find: ([Name]) -> T?) -> T? {
    guard let names = names(node, as: what, in: scope) else { return nil }
    let found = names.all.map(find)
    return found[names.chosen]
  }

  /// The same for what cannot be imported.
  func plainlyNamed<T>(_ node: YAMLNode, as what: String, in scope: Scope, find: (Name) -> T?) -> T? {
    named(node, as: what, in: scope) { path -> T? in
      if path.count == 1 { return find(path[0]) }
      report(.expectedName(what, node.span))
      return nil
    }
  }

  /// The name that is chosen, such as `neon.rain`; the others count as used.
  func path(_ node: YAMLNode, as what: String, in scope: Scope) -> [Name]? {
    guard let names = names(node, as: what, in: scope) else { return nil }
    for path in names.all { noteUse(of: path, in: scope) }
    return names.all[names.chosen]
  }

  /// Never empty.
  private typealias Names = (all: [[Name]], chosen: Int)

  private func names(_ node: YAMLNode, as what: String, in scope: Scope) -> Names? {
    guard let scalar = scalar(node, as: what) else { return nil }
    // A word with hyphens is a name here, not a difference.
    if scalar.text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) {
      return ([[Name(scalar.text, span: node.span)]], 0)
    }
    return names(parse(scalar), as: what, in: scope)
  }

  private func names(_ expression: Expression, as what: String, in scope: Scope) -> Names? {
    switch expression.kind {
    case .reference(let path): return ([path], 0)
    case .call(let path, let arguments) where path.count == 1 && path[0].key == "if" && arguments.count == 3:
      let condition = accept(check(arguments[0].value, in: scope), in: Slot(what, .boolean, rate: .constant))
      guard let holds = constant(condition) else { return nil }
      return one(of: Array(arguments.dropFirst()), as: what, in: scope) { _ in holds != 0 ? 0 : 1 }
    case .call(let path, let arguments) where path.count == 1 && path[0].key == "pick" && !arguments.isEmpty:
      guard let key = openLayerKey else {
        report(.pickOutsideLayer(what, expression.span))
        return nil
      }
      return one(of: arguments, as: what, in: scope) { count in
        Int(ContentDigest.of(key + ["pick " + what]) % UInt64(count))
      }
    case .invalid: return nil
    default:
      report(.expectedName(what, expression.span))
      return nil
    }
  }

  /// The names of all arguments, one of which is chosen.
  private func one(
    of arguments: [Argument], as what: String, in scope: Scope, choose: (_ count: Int) -> Int
  ) -> Names? {
    var groups: [Names] = []
    for argument in arguments {
      guard let names = names(argument.value, as: what, in: scope) else { return nil }
      groups.append(names)
    }
    let chosen = choose(groups.count)
    let before = groups[..<chosen].reduce(0) { $0 + $1.all.count }
    return (groups.flatMap(\.all), before + groups[chosen].chosen)
  }
}

extension Diagnostic {
  fileprivate static func expectedName(_ what: String, _ span: Span) -> Diagnostic {
    Diagnostic("wrong_type", "expected the name of \(what)", at: span)
  }

  fileprivate static func pickOutsideLayer(_ what: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "value_outside_layer", "`pick` chooses for a layer, and \(what) is named outside of any here", at: span,
      help: "name one, or use `pick` in the layers")
  }
}
