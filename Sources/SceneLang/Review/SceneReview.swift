/// What is no mistake of the language and yet hardly meant: found in a scene without errors.
extension Analyzer {
  func review(_ scene: CheckedScene) {
    for segment in scene.segments {
      reviewVisibility(of: segment.layers, over: segment.frames.count)
      reviewTexts(of: segment.layers)
      reviewTextSizes(of: segment.layers)
      reviewDarkness(of: segment.layers)
      reviewLook(of: segment, below: scene.overlay)
      reviewFeedback(of: segment)
      reviewSplitting(of: segment)
      reviewFlashes(of: segment)
    }
    if !scene.segments.isEmpty {
      reviewVisibility(of: scene.overlay.layers, over: scene.segments.last?.frames.upperBound ?? 0, isOverlay: true)
    }
    reviewTexts(of: scene.overlay.layers)
    reviewTextSizes(of: scene.overlay.layers)
    reviewGroups(of: scene.overlay.layers, gamma: nil)
    reviewBeats(of: scene)
    reviewParticles(of: scene)
    reviewTimeline(of: scene)
    reviewSize(of: scene)
    // What is too large has been said to be so.
    if !bag.hasErrors {
      reviewWork(of: scene)
      for segment in scene.segments { reviewReplays(of: segment, below: scene.overlay) }
    }
  }

  /// The number that an expression is whatever parameters and names are given: the author meant it so. With `settings`
  /// also what it is in a picture of this shape.
  func literal(_ expression: TypedExpression, settings: Bool = false) -> Double? {
    var isLiteral = true
    expression.forEachPart {
      if case .binding(let id) = $0.kind, !(settings && bindings[id.index].isSetting) { isLiteral = false }
    }
    return isLiteral ? constant(expression) : nil
  }

  /// Whether a place was written by an author, who can change it.
  func isAuthors(_ span: Span) -> Bool { !sources[span.file].isBuiltin }
}
