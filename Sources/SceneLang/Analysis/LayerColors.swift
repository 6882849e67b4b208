/// The colours of a layer: one expression, or hue and saturation; and how bright they are.
extension Analyzer {
  /// The paint, and whether it carries no lightness of its own (hues and plain colours).
  func paint(_ keys: LayerKeys, isText: Bool) -> (CheckedLayer.Paint, isPlain: Bool) {
    let hue = keys.find("hue") ?? keys.find("saturation")
    if let own = keys.own["color"], let other = keys.own["hue"] ?? keys.own["saturation"] {
      report(.colorTwice(other.entry, own.entry))
    }
    if let found = keys.find("color"), keys.own["color"] != nil || hue == nil {
      let color = self.color(found.entry, in: makeScope(parent: found.scope, hasValue: true))
      return (.color(color), !readsGradient(color))
    }
    if hue != nil {
      return (
        .hue(
          number("hue", of: keys, default: 0.6, Slot("hue", of: .layer)),
          saturation: number("saturation", of: keys, default: 0.8, Slot("saturation", of: .layer))), true
      )
    }
    if let color = keys.pictureColor { return (.color(color), false) }
    if isText { return (.color(color(RGB(255, 246, 226), keys.scope.anySpan)), true) }
    let gradient = catalog.gradients[catalog.defaults.gradient]
    precondition(gradient != nil, "the catalogue has no gradient \(catalog.defaults.gradient)")
    let span = keys.scope.anySpan
    return (.color(TypedExpression(.gradient(gradient!, at: nil), type: .gradient, rate: .cell, span: span)), false)
  }

  private func color(_ entry: YAMLEntry, in scope: Scope) -> TypedExpression {
    let color = value(entry.value, in: scope)
    if color.isInvalid || color.type == .gradient || color.type == .color { return color }
    report(.notAColor(color))
    return .invalid(color.span)
  }

  /// 0.4 + 0.6 · value for hues and plain colours, whose glyphs carry the tone already; else 1.
  func brightness(_ keys: LayerKeys, isPlain: Bool, at span: Span) -> TypedExpression {
    if keys.find("brightness") == nil && isPlain {
      let value = TypedExpression(.input(.value), rate: .cell, span: span)
      return make(
        .add, .number(0.4, span: span), make(.multiply, .number(0.6, span: span), value, span), span)
    }
    return number("brightness", of: keys, default: 1, Slot("brightness", of: .layer))
  }
}

extension Diagnostic {
  fileprivate static func colorTwice(_ hue: YAMLEntry, _ color: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "a layer gives either `color` or `hue` and `saturation`", at: hue.keySpan,
      labels: [.init(color.keySpan, "its colour is given here")])
  }

  fileprivate static func notAColor(_ value: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_type", "`color` takes a colour or a gradient, found \(value.type.described)", at: value.span,
      help: "colours are quoted, as in \"#ff5f6d\"")
  }
}
