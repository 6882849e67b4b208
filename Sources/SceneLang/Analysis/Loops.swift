/// Loops: `sum(i in 0..n, …)` and its like, of a number of turns that is known to have an end.
extension Analyzer {
  private static let mostTurns = 100_000.0

  func loop(
    _ reduction: Reduction, _ index: Name, _ from: TypedExpression, _ to: TypedExpression, _ body: Expression,
    _ span: Span, in scope: Scope
  ) -> TypedExpression {
    if from.isInvalid || to.isInvalid { return .invalid(span) }
    for bound in [from, to] {
      guard expectNumber(bound, for: "a loop bound"), !accept(bound, in: Slot("a loop bound", rate: .cell)).isInvalid
      else { return .invalid(span) }
      guard bound.rate.isAccepted(by: .frame) else {
        report(.loopBoundTooFine(bound, because: cellParameter(behind: bound)))
        return .invalid(span)
      }
    }
    let bounds = ValueBounds(analyzer: self)
    guard let first = bounds.of(from)?.lowerBound, let last = bounds.of(to)?.upperBound else {
      report(.loopUnbounded(bounds.of(from) == nil ? from : to))
      return .invalid(span)
    }
    guard last - first <= Self.mostTurns else {
      report(.loopTooLong(from.span.joined(with: to.span), last - first))
      return .invalid(span)
    }
    let slot = addIndex(first...max(first, last))
    let inner = makeScope(parent: scope)
    _ = inner.define(index.key, .index(slot, first...max(first, last)), at: index.span)
    let body = check(body, in: inner)
    guard !body.isInvalid,
      expectNumber(body, for: "the body of `\(reduction.rawValue)`", orDistance: [.min, .max].contains(reduction))
    else { return .invalid(span) }
    if let state = simulation(in: body, throughNames: false) {
      report(.stateInLoop(state, span))
      return .invalid(span)
    }
    if measures(body) {
      report(.levelsInLoop(span))
      return .invalid(span)
    }
    let limit = Int(max(0, (last - first).rounded(.up)))
    return TypedExpression(
      .loop(reduction, index: slot, from: from, to: to, limit: limit, body: body), body.dimension,
      rate: from.rate.joined(with: to.rate).joined(with: body.rate), span: span)
  }

  /// The parameter without which a bound would change once per frame at most; nil if something else is too fine as well.
  private func cellParameter(behind bound: TypedExpression) -> String? {
    guard bodyRate(bound).isAccepted(by: .frame) else { return nil }
    return fineParameter(in: bound)
  }

  private func fineParameter(in value: TypedExpression) -> String? {
    switch value.kind {
    case .parameter(let place) where openParameters.indices.contains(place) && !value.rate.isAccepted(by: .frame):
      openParameters[place].name
    case .binding(let id): binding(id).flatMap { fineParameter(in: $0) }
    default: value.kind.parts.lazy.compactMap { self.fineParameter(in: $0) }.first
    }
  }
}

extension Diagnostic {
  fileprivate static func loopBoundTooFine(_ bound: TypedExpression, because parameter: String?) -> Diagnostic {
    Diagnostic(
      "wrong_rate", "a loop bound may change once per frame, but this changes per \(bound.rate.rawValue)",
      at: bound.span, help: parameter.map { "give the parameter `\($0)` `rate: frame` or `type: integer`" })
  }

  fileprivate static func loopUnbounded(_ bound: TypedExpression) -> Diagnostic {
    Diagnostic(
      "unbounded_loop", "it is not known how far this loop bound can go", at: bound.span,
      help: "write min(n, 64), or give the parameter min and max")
  }

  fileprivate static func loopTooLong(_ span: Span, _ turns: Double) -> Diagnostic {
    Diagnostic(
      "unbounded_loop", "a loop makes at most 100000 turns, this one up to \(plain(turns))", at: span,
      help: "write min(n, 64), or give the parameter min and max")
  }
}
