extension Analyzer {
  /// `sequence(a, b, c, each=5s, crossfade=1s)`: each field for `each` seconds, in a circle; in the last `crossfade`
  /// seconds of each the next one is mixed in (CATALOGUE 1.6, field transitions).
  func sequence(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    var fields: [TypedExpression] = []
    var each: TypedExpression?
    var fade = TypedExpression.number(1, .time, span: span)
    for argument in arguments {
      let value = check(argument.value, in: scope)
      switch argument.name?.key {
      case nil:
        let field = accept(value, in: Slot("a field of `sequence`", .field, rate: .cell))
        fields.append(filled(field, at: field.span))
      case "each": each = accept(value, in: Slot("`each`", .number, .time, rate: .frame))
      case "crossfade": fade = accept(value, in: Slot("`crossfade`", .number, .time, rate: .frame))
      default:
        report(.unknownParameter(argument.name!, of: name.text, ["each", "crossfade"]))
        return .invalid(span)
      }
    }
    guard let each, !fields.isEmpty else {
      report(.missingArgument(fields.isEmpty ? "fields" : "each", of: name.text, span))
      return .invalid(span)
    }
    if (fields + [each, fade]).contains(where: \.isInvalid) { return .invalid(span) }
    return turns(of: fields, each: each, fade: fade, span)
  }

  private func turns(
    of fields: [TypedExpression], each: TypedExpression, fade: TypedExpression, _ span: Span
  ) -> TypedExpression {
    let number = { (value: Double) in TypedExpression.number(value, span: span) }
    let now = TypedExpression(.input(.time), .time, rate: .frame, span: span)
    let turn = TypedExpression(
      .unary(.floor, make(.divide, now, each, span)), rate: now.rate.joined(with: each.rate), span: span)
    let place = make(.modulo, turn, number(Double(fields.count)), span)
    let since = make(.subtract, now, make(.multiply, turn, each, .time, span), .time, span)
    let left = make(.subtract, each, since, .time, span)
    let next = clip(make(.subtract, number(1), make(.divide, left, fade, span), span), span)
    // The field at a place, by comparing the place with each number.
    func field(at shift: Int) -> TypedExpression {
      fields.indices.dropFirst().reduce(fields[shift % fields.count]) { chosen, index in
        let isHere = make(.equal, place, number(Double(index)), type: .boolean, .plain, span)
        let field = fields[(index + shift) % fields.count]
        return TypedExpression(
          .select(isHere, then: field, otherwise: chosen),
          rate: isHere.rate.joined(with: field.rate).joined(with: chosen.rate), span: span)
      }
    }
    let (current, coming) = (field(at: 0), field(at: 1))
    return make(.add, current, make(.multiply, make(.subtract, coming, current, span), next, span), span)
  }
}
