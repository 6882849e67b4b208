/// `smooth(bass, 0.2s)`: what a value was over the time before, in the mean. The window is finite and read from what is
/// known ahead, so that a clip may begin anywhere.
extension Analyzer {
  /// The mean of the value now and at 24 times a second through the window before.
  func smooth(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    guard arguments.count == 2, arguments.allSatisfy({ $0.name == nil }) else {
      for argument in arguments { _ = check(argument.value, in: scope) }
      report(.argumentCount(name, "two positional", arguments.count, span))
      return .invalid(span)
    }
    let value = accept(
      check(arguments[0].value, in: scope), in: Slot("what `smooth` takes the mean of", .number, rate: .frame))
    let length = accept(
      check(arguments[1].value, in: scope),
      in: Slot("the window of `smooth`", .number, .time, rate: .constant, in: 0...Self.longestWindow))
    guard !value.isInvalid, let window = settled(length) else { return .invalid(span) }
    let count = max(1, (window * 24).rounded(.up))
    let slot = addIndex(0...count)
    let ago = make(
      .multiply, TypedExpression(.index(slot), rate: .constant, span: span), .number(window / count, span: span), span)
    let now = TypedExpression(.input(.time), rate: .frame, span: span)
    let then = TypedExpression(
      .at(value, x: nil, y: nil, time: make(.subtract, now, ago, span)), value.dimension, rate: .frame, span: span)
    return TypedExpression(
      .loop(
        .mean, index: slot, from: .number(0, span: span), to: .number(count, span: span), limit: Int(count), body: then),
      value.dimension, rate: .frame, span: span)
  }

  /// Seconds: beyond that nothing is left of a rhythm.
  private static let longestWindow = 30.0
}
