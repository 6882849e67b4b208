/// A named gradient, and whether it is read at the layer's value where it gives no place.
struct GradientRead: Hashable {
  var gradient: BindingID
  var hasValue: Bool
}

/// Gradients as colours to calculate with: each is the colour that it has where it is read.
extension Analyzer {
  /// The colour of a gradient, at the place where it is read or else at the layer's value; any other value as it is.
  /// Invalid after a report where neither is known.
  func asColor(_ value: TypedExpression, in scope: Scope) -> TypedExpression {
    guard value.type == .gradient else { return value }
    guard let color = color(of: value, hasValue: scope.hasValue) else {
      report(.gradientWithoutPlace(value))
      return .invalid(value.span)
    }
    return color
  }

  /// The colour of a gradient that says where it is read; nil for one that does not, unless there is a value.
  func color(of gradient: TypedExpression, hasValue: Bool = false) -> TypedExpression? {
    var levels: [TypedExpression] = []
    for channel in ColorChannel.allCases {
      guard let level = level(channel, of: gradient, hasValue: hasValue) else { return nil }
      levels.append(level)
    }
    let rate = levels.reduce(Rate.constant) { $0.joined(with: $1.rate) }
    return TypedExpression(.rgb(levels[0], levels[1], levels[2]), type: .color, rate: rate, span: gradient.span)
  }

  private func level(_ channel: ColorChannel, of value: TypedExpression, hasValue: Bool) -> TypedExpression? {
    switch value.kind {
    case .gradient(let gradient, let given):
      let own = hasValue ? TypedExpression(.input(.value), rate: .cell, span: value.span) : nil
      guard let place = given ?? own else { return nil }
      return TypedExpression(.gradientLevel(gradient, channel, at: place), rate: place.rate, span: value.span)
    case .binding(let id):
      guard var level = levels(of: id, hasValue: hasValue)?[channel.rawValue] else { return nil }
      level.span = value.span
      return level
    case .select(let condition, let then, let otherwise):
      guard let a = level(channel, of: then, hasValue: hasValue),
        let b = level(channel, of: otherwise, hasValue: hasValue)
      else { return nil }
      let rate = condition.rate.joined(with: a.rate).joined(with: b.rate)
      return TypedExpression(.select(condition, then: a, otherwise: b), rate: rate, span: value.span)
    default: return nil
    }
  }

  /// Of a named gradient: names of their own, since gradients that choose from others twice would grow without end.
  private func levels(of id: BindingID, hasValue: Bool) -> [TypedExpression]? {
    let read = GradientRead(gradient: id, hasValue: hasValue)
    if let known = gradientLevels[read] { return known }
    var levels: [TypedExpression] = []
    for channel in ColorChannel.allCases {
      guard let gradient = binding(id), let level = level(channel, of: gradient, hasValue: hasValue) else { return nil }
      levels.append(named(level, as: bindings[id.index].name, in: bindings[id.index].scope))
    }
    gradientLevels[read] = levels
    return levels
  }

  /// Whether a colour is a gradient, or is mixed of some.
  func readsGradient(_ color: TypedExpression) -> Bool {
    color.type == .gradient || contains(color) { if case .gradientLevel = $0 { true } else { false } }
  }
}

extension Diagnostic {
  fileprivate static func gradientWithoutPlace(_ gradient: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_type", "a gradient is mixed by its colour at a place, and none is given", at: gradient.span,
      help: "give it a number from 0 to 1, as in `heat(u)`; in a layer's `color:` it is read at the value")
  }
}
