/// Layers that nobody will ever see.
extension Analyzer {
  /// - Parameters:
  ///   - frames: how long the layers last.
  ///   - isOverlay: what is below the first layer is not black: the picture, or a canvas that nothing covers yet.
  func reviewVisibility(of layers: [CheckedLayer], over frames: Int, isOverlay: Bool = false) {
    let seconds = fps.seconds(ofFrame: frames)
    for (place, layer) in layers.enumerated() {
      if literal(layer.opacity) == 0, isAuthors(layer.opacity.span) {
        report(.transparent(layer.opacity.span))
      } else if let when = layer.when, isNever(when, within: seconds) {
        report(.neverShown(layer.span))
      } else if let cover = layers[(place + 1)...].first(where: coversAll) {
        report(.covered(layer.span, by: cover.span))
      }
      if case .group(let group) = layer.source { reviewVisibility(of: group.layers, over: frames, isOverlay: true) }
      let blend = catalog.entry(.blend, Name.folded(layer.blend))
      if place == 0, !isOverlay, blend?.facts.keepsBlack == true { report(.blackBlend(layer)) }
    }
  }

  /// Whether a condition of a layer cannot hold in the first `seconds`.
  private func isNever(_ condition: TypedExpression, within seconds: Double) -> Bool {
    if let constant = literal(condition) { return constant == 0 }
    guard case .binary(let function, let a, let b) = condition.kind else { return false }
    switch function {
    // Both of two conditions.
    case .minimum:
      if isNever(a, within: seconds) || isNever(b, within: seconds) { return true }
      guard let from = start(a) ?? start(b), let to = end(a) ?? end(b) else { return false }
      return from >= to
    // `from`: a time that has come; `to`: a time still to come.
    case .lessOrEqual where b.kind == .input(.time): return literal(a).map { $0 >= seconds } ?? false
    case .less where a.kind == .input(.time): return literal(b).map { $0 <= 0 } ?? false
    default: return false
    }
  }

  /// The time from which a condition holds; nil for a condition of another kind.
  private func start(_ condition: TypedExpression) -> Double? {
    guard case .binary(.lessOrEqual, let from, let t) = condition.kind, t.kind == .input(.time) else { return nil }
    return literal(from)
  }

  /// The time up to which a condition holds; nil for a condition of another kind.
  private func end(_ condition: TypedExpression) -> Double? {
    guard case .binary(.less, let t, let to) = condition.kind, t.kind == .input(.time) else { return nil }
    return literal(to)
  }

  private func coversAll(_ layer: CheckedLayer) -> Bool {
    let isText = if case .text = layer.source { true } else { false }
    return layer.isOpaque && !isText && layer.blend == "normal" && layer.mask == nil && layer.when == nil
      && constant(layer.opacity) == 1
  }
}

extension Diagnostic {
  fileprivate static func transparent(_ span: Span) -> Diagnostic {
    Diagnostic(
      "invisible_layer", .warning, "a layer of opacity 0 is never seen", at: span,
      help: "delete the layer, or let keyframes raise its opacity")
  }

  fileprivate static func neverShown(_ span: Span) -> Diagnostic {
    Diagnostic(
      "invisible_layer", .warning, "this layer is never shown: its `when`, `from` and `to` leave it no time", at: span)
  }

  fileprivate static func covered(_ span: Span, by cover: Span) -> Diagnostic {
    Diagnostic(
      "invisible_layer", .warning, "nothing of this layer is seen", at: span,
      labels: [.init(cover, "this opaque layer covers it")])
  }

  fileprivate static func blackBlend(_ layer: CheckedLayer) -> Diagnostic {
    Diagnostic(
      "black_blend", .warning, "`\(layer.blend)` over nothing is black, and nothing lies below a first layer",
      at: layer.blendSpan, help: "leave `blend` out, or put the layer over another")
  }
}
