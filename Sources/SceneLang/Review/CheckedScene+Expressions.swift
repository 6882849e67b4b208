extension CheckedScene {
  /// Calls `body` with every expression of the scene and all their parts.
  func forEachExpression(_ body: (TypedExpression) -> Void) {
    for definition in definitions { definition.value.forEachPart(body) }
    for binding in bindings { binding.value.forEachPart(body) }
    let layers = segments.flatMap(\.layers) + overlay.layers
    for layer in layers.flatMap(\.parts) {
      for expression in layer.expressions { expression.forEachPart(body) }
    }
    let calls = segments.flatMap { $0.look + [$0.feedback?.call, $0.transition?.call].compactMap { $0 } }
    for shader in calls + layers.flatMap(\.looks).joined() {
      for expression in shader.expressions { expression.forEachPart(body) }
    }
  }
}

extension CheckedLayer {
  var expressions: [TypedExpression] { unmasked + [mask].compactMap { $0 } }

  /// All but the mask.
  var unmasked: [TypedExpression] {
    var all = [brightness, wash, opacity] + effects.flatMap(\.expressions)
    switch source {
    case .field(let field): all.append(field)
    case .text(let text): all += [text.u, text.v] + (text.motion?.styles.flatMap(\.expressions) ?? [])
    case .effect(let effect): all += effect.expressions
    case .group: break
    }
    switch paint {
    case .color(let color): all.append(color)
    case .hue(let hue, let saturation): all += [hue, saturation]
    }
    return all + [when, palette.direction].compactMap { $0 }
  }
}

extension CheckedCall {
  var expressions: [TypedExpression] {
    arguments.compactMap { argument in
      switch argument {
      case .number(let value), .field(let value): value
      case .word: nil
      }
    }
  }
}

extension CheckedShader {
  var expressions: [TypedExpression] {
    let values = arguments.compactMap { argument -> TypedExpression? in
      switch argument {
      case .number(let value), .field(let value), .color(let value): value
      case .choice, .gradient, .lookup: nil
      }
    }
    return values + [color, when, mix].compactMap { $0 }
  }
}

extension TypedExpression {
  /// The expressions that this one is made of, in order.
  var parts: [TypedExpression] { kind.parts }

  func forEachPart(_ body: (TypedExpression) -> Void) {
    body(self)
    for part in parts { part.forEachPart(body) }
  }
}
