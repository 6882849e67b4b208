/// Slots that hold names or calls of a closed set instead of values: palettes, grids, blends, looks, styles, choices. One of
/// several is chosen before rendering: by `if`, or in a layer by `pick`.
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

  /// What a call or a bare name of an entry stands for: of all that could be chosen, read alike, the one that is. What is
  /// neither is reported as `otherwise`.
  func chosenCall<T>(
    _ node: YAMLNode, of kind: OpKind, as what: String, in scope: Scope, otherwise: (Span) -> Diagnostic,
    read: (_ name: Name, _ arguments: [Argument], _ span: Span) -> T?
  ) -> T? {
    guard let expression = expression(node, in: scope, callee: { catalog.entry(kind, $0.key).map(Callee.init) })
    else { return nil }
    return chosenExpression(expression, as: what, in: scope) { alternative -> T? in
      switch alternative.kind {
      case .reference(let path) where path.count == 1: return read(path[0], [], alternative.span)
      case .call(let path, let arguments) where path.count == 1: return read(path[0], arguments, alternative.span)
      case .invalid: return nil
      default:
        report(otherwise(alternative.span))
        return nil
      }
    }
  }

  /// The same for what may be more than a call.
  func chosenExpression<T>(
    _ expression: Expression, as what: String, in scope: Scope, read: (Expression) -> T?
  ) -> T? {
    guard let alternatives = alternatives(expression, as: what, in: scope) else { return nil }
    let found = alternatives.all.map(read)
    return found[alternatives.chosen]
  }

  /// The word of a closed set that stands in a scalar, where it is not just the word.
  func chosenWord<T>(
    _ scalar: YAMLScalar, as what: String, in scope: Scope, find: (_ text: String, _ span: Span) -> T?
  ) -> T? {
    chosenExpression(parse(scalar), as: what, in: scope) { $0.kind == .invalid ? nil : find(text(of: $0), $0.span) }
  }

  /// Never empty.
  private typealias Alternatives = (all: [Expression], chosen: Int)

  private func names(_ node: YAMLNode, as what: String, in scope: Scope) -> (all: [[Name]], chosen: Int)? {
    guard let scalar = scalar(node, as: what) else { return nil }
    // A word that begins with a digit or has hyphens is a name, too, and asked for as one.
    if scalar.text.first?.isNumber == true || scalar.text.contains("-"), scalar.text.allSatisfy(\.isOfHyphenedName) {
      return ([[Name(scalar.text, span: node.span)]], 0)
    }
    guard let alternatives = alternatives(parse(scalar), as: what, in: scope) else { return nil }
    var paths: [[Name]] = []
    for alternative in alternatives.all {
      guard case .reference(let path) = alternative.kind else {
        if alternative.kind != .invalid { report(.expectedName(what, alternative.span)) }
        return nil
      }
      paths.append(path)
    }
    return (paths, alternatives.chosen)
  }

  /// All that could be chosen, and which is.
  private func alternatives(_ expression: Expression, as what: String, in scope: Scope) -> Alternatives? {
    guard case .call(let path, let arguments) = expression.kind, path.count == 1 else {
      return ([known(withHyphens(expression), in: scope)], 0)
    }
    if path[0].key == "if" && arguments.count == 3 {
      let condition = accept(check(arguments[0].value, in: scope), in: Slot(what, .boolean, rate: .constant))
      guard let holds = settled(condition) else { return nil }
      return one(of: Array(arguments.dropFirst()), as: what, in: scope) { _ in holds != 0 ? 0 : 1 }
    }
    if path[0].key == "pick" && !arguments.isEmpty {
      guard let key = openLayerKey else {
        report(.pickOutsideLayer(what, expression.span))
        return nil
      }
      return one(of: arguments, as: what, in: scope) { count in
        Int(ContentDigest.of(key + ["pick " + what]) % UInt64(count))
      }
    }
    return ([expression], 0)
  }

  /// A parameter of type `choice` as the word it has.
  private func known(_ expression: Expression, in scope: Scope) -> Expression {
    guard case .reference(let path) = expression.kind, path.count == 1,
      case .binding(let id) = scope.find(path[0].key),
      let value = binding(id, from: expression.span), value.type == .choice, let word = constantText(value)
    else { return expression }
    return Expression(.reference([Name(word, span: expression.span)]), span: expression.span)
  }

  /// What all arguments could be, one of which is chosen.
  private func one(
    of arguments: [Argument], as what: String, in scope: Scope, choose: (_ count: Int) -> Int
  ) -> Alternatives? {
    var groups: [Alternatives] = []
    for argument in arguments {
      guard let group = alternatives(argument.value, as: what, in: scope) else { return nil }
      groups.append(group)
    }
    let chosen = choose(groups.count)
    let before = groups[..<chosen].reduce(0) { $0 + $1.all.count }
    return (groups.flatMap(\.all), before + groups[chosen].chosen)
  }

  /// `mirror-h` and `cubic-bezier(…)`, which are differences to the parser, as the names they are in such a slot.
  func withHyphens(_ expression: Expression) -> Expression {
    guard case .binary(.subtract, let left, let right) = expression.kind, left.span.end + 1 == right.span.start,
      case .reference(let first) = withHyphens(left).kind, first.count == 1
    else { return expression }
    func joined(_ second: Name) -> [Name] {
      let end = right.span.start + second.text.utf8.count
      let span = Span(file: left.span.file, start: left.span.start, end: end)
      return [Name(first[0].text + "-" + second.text, span: span)]
    }
    switch right.kind {
    case .reference(let second) where second.count == 1:
      return Expression(.reference(joined(second[0])), span: expression.span)
    case .call(let second, let arguments) where second.count == 1:
      return Expression(.call(callee: joined(second[0]), arguments: arguments), span: expression.span)
    default: return expression
    }
  }
}

extension Character {
  var isOfHyphenedName: Bool { isLetter || isNumber || self == "_" || self == "-" }
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
