extension Analyzer {
  /// Settles names, types, units and rates of an expression. What is wrong is reported once and becomes `.invalid`.
  func check(_ expression: Expression, in scope: Scope) -> TypedExpression {
    guard let value = deeper(at: expression.span, { checkedKind(of: expression, in: scope) }), admitExpression(value)
    else { return .invalid(expression.span) }
    return value
  }

  private func checkedKind(of expression: Expression, in scope: Scope) -> TypedExpression {
    let span = expression.span
    switch expression.kind {
    case .invalid: return .invalid(span)
    case .number(let value, let unit): return number(value, unit, span)
    case .string(let text): return string(text, span)
    case .text(let pieces):
      guard let text = text(pieces, in: scope) else { return .invalid(span) }
      return TypedExpression(.text(text), type: .text, rate: .constant, span: span)
    case .keyframes(let node): return keyframes(node, in: scope)
    case .gradient(let node):
      guard let gradient = gradient(node) else { return .invalid(span) }
      return TypedExpression(.gradient(gradient, at: nil), type: .gradient, rate: .cell, span: span)
    case .reference(let path): return reference(path, span, in: scope)
    case .call(let path, let arguments): return call(path, arguments, span, in: scope)
    case .unary(let op, let operand): return unary(op, check(operand, in: scope), span)
    case .binary(let op, let left, let right):
      if let comparison = comparison(op, left, right, span, in: scope) { return comparison }
      if op == .subtract, isHyphenedName(expression, in: scope) { return .invalid(span) }
      return binary(op, check(left, in: scope), check(right, in: scope), span, in: scope)
    case .loop(let reduction, let index, let from, let to, let body):
      return loop(reduction, index, check(from, in: scope), check(to, in: scope), body, span, in: scope)
    }
  }

  // MARK: Expectations

  /// A distance is a number only where it keeps its meaning: `orDistance`.
  func expectNumber(_ a: TypedExpression, for what: String, orDistance: Bool = false) -> Bool {
    guard a.type == .number || a.type == .integer else {
      report(.expectedNumber(a, for: what))
      return false
    }
    if a.dimension != .distance || orDistance { return true }
    report(.distanceAsNumber(a, for: what))
    return false
  }

  func expectBoolean(_ a: TypedExpression, for what: String) -> Bool {
    if a.type == .boolean { return true }
    report(.expectedCondition(a, for: what))
    return false
  }
}

extension Diagnostic {
  fileprivate static func expectedNumber(_ a: TypedExpression, for what: String) -> Diagnostic {
    Diagnostic(
      "wrong_type", "\(what) needs a number, found \(a.type.described)", at: a.span)
  }

  static func distanceAsNumber(_ a: TypedExpression, for what: String) -> Diagnostic {
    Diagnostic(
      "wrong_type", "\(what) needs a number, found a distance", at: a.span,
      help: "write `fill(…)` or `glow(…)` around the shape; `+`, `-`, `min` and `max` take distances as they are")
  }

  fileprivate static func expectedCondition(_ a: TypedExpression, for what: String) -> Diagnostic {
    Diagnostic(
      "wrong_type", "\(what) needs a condition, found \(a.type.described)", at: a.span,
      help: a.type == .number ? "compare it: `… > 0.3`" : nil)
  }
}
