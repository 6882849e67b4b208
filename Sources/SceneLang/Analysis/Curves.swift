/// How a value gets from one key to the next: named curves, and those of CSS that take numbers.
enum Curve {
  /// An ease of the scene or the prelude.
  case named(DefinitionID)
  /// Jumps at the end of the span.
  case hold
  /// CSS `steps(n)`: n equal steps, each taken at its end.
  case steps(TypedExpression)
  /// CSS `cubic-bezier(x1, y1, x2, y2)`, x within 0…1.
  case bezier([TypedExpression])
}

extension Analyzer {
  /// The curve of an `ease` slot; nil after a report.
  func curve(_ expression: Expression, in scope: Scope) -> Curve? {
    // CSS writes hyphens.
    let expression = withHyphens(expression)
    switch expression.kind {
    case .reference(let path): return curve(path, in: scope)
    case .call(let path, let arguments) where path.count == 1 && path[0].key == "steps":
      guard let values = numbers(arguments, 1, path[0], expression.span, scope) else { return nil }
      let slot = Slot("the number of steps", .integer, rate: .constant, in: 1...1000)
      let count = accept(values[0], in: slot)
      return count.isInvalid ? nil : .steps(count)
    case .call(let path, let arguments) where path.count == 1 && path[0].key == "cubic_bezier":
      guard let values = numbers(arguments, 4, path[0], expression.span, scope) else { return nil }
      let accepted = values.enumerated().map { index, value in
        accept(
          value, in: Slot("a number of `cubic_bezier`", rate: .constant, in: index % 2 == 0 ? 0...1 : -10...10))
      }
      return accepted.contains(where: \.isInvalid) ? nil : .bezier(accepted)
    case .invalid: return nil
    default:
      report(.notACurve(expression.span))
      return nil
    }
  }

  private func curve(_ path: [Name], in scope: Scope) -> Curve? {
    guard let module = module(of: path, in: scope), let name = path.last else { return nil }
    if path.count == 1 && name.key == "hold" { return .hold }
    if let id = module.eases[name.key] { return .named(id) }
    if path.count == 1, let id = preludeDefinition(.eases, name.key) { return .named(id) }
    let names = Array(module.eases.keys) + (path.count == 1 ? preludeNames(.eases) : [])
    report(.unknownName(name, "no ease is called `\(name.text)`", among: names))
    return nil
  }

  /// A curve applied to progress 0…1; nil is linear.
  func eased(_ share: TypedExpression, by curve: Curve?, _ span: Span) -> TypedExpression {
    switch curve {
    case nil: return share
    case .hold: return make(.lessOrEqual, .number(1, span: span), share, span)
    case .named(let id):
      guard definition(id, from: span) != nil else { return .invalid(span) }
      return TypedExpression(.field(id, [share]), rate: share.rate, span: span)
    case .steps(let count):
      let step = TypedExpression(.unary(.floor, make(.multiply, share, count, span)), rate: share.rate, span: span)
      return make(.divide, step, count, span)
    case .bezier(let points):
      guard let id = preludeDefinition(.fields, "bezier_curve") else { return .invalid(span) }
      return TypedExpression(.field(id, [share] + points), rate: share.rate, span: span)
    }
  }
}

extension Diagnostic {
  fileprivate static func notACurve(_ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_type", "expected a curve", at: span,
      help: "as in `out_cubic`, `steps(4)` or `cubic_bezier(0.2, 0, 0.2, 1)`")
  }
}
