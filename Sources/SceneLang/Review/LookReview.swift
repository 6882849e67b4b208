/// Looks that spoil the picture, by what the ops declare (CATALOGUE B-2, B-5, T-11).
extension Analyzer {
  /// The looks of a segment and of the groups in it; an overlay `under: look` is seen through the segment's.
  func reviewLook(of segment: CheckedSegment, below overlay: CheckedOverlay) {
    let seen = segment.layers + (overlay.isUnderLook ? overlay.layers : [])
    let gamma = segment.tone.exposure == .none ? nil : segment.tone.gamma
    review(segment.look, over: seen, gamma: gamma)
    reviewGroups(of: segment.layers, gamma: gamma)
  }

  /// The looks of groups among `layers`. `gamma`: of the tone map that follows; nil for none.
  func reviewGroups(of layers: [CheckedLayer], gamma: Double?) {
    for part in layers.flatMap(\.parts) {
      if case .group(let group) = part.source { review(group.look, over: group.layers, gamma: gamma) }
    }
  }

  private func review(_ look: [CheckedShader], over layers: [CheckedLayer], gamma: Double?) {
    let text = layers.flatMap(\.parts).first { if case .text = $0.source { true } else { false } }
    for shader in look { reviewEffect(of: shader) }
    for shader in look where shader.color == nil {
      guard let op = catalog.entry(.shader, Name.folded(shader.op)) else { continue }
      if let text, op.cautions.contains(.scramblesText) {
        report(.scrambledText(op.name, isAuthors(shader.span) ? shader.span : nil, text.span))
      }
      guard isAuthors(shader.span) else { continue }
      for (parameter, argument) in zip(op.parameters, shader.arguments) {
        reviewRange(of: argument, parameter, op.name)
      }
      for case .needsGamma(let most) in op.cautions {
        if let gamma, gamma > most { report(.tooDark(op.name, most, gamma, shader.span)) }
      }
    }
  }

  /// A shader that is left out in every frame.
  private func reviewEffect(of shader: CheckedShader) {
    for (key, share) in [("when", shader.when), ("mix", shader.mix)] {
      guard let share, literal(share) == 0, isAuthors(share.span) else { continue }
      report(.leftOut(key, share.span))
    }
  }

  func reviewFeedback(of segment: CheckedSegment) {
    guard let feedback = segment.feedback, isAuthors(feedback.call.span),
      let op = catalog.entry(.feedback, Name.folded(feedback.call.op)),
      let blend = catalog.entry(.blend, Name.folded(feedback.blend))
    else { return }
    for (parameter, argument) in zip(op.parameters, feedback.call.arguments) {
      reviewRange(of: argument, parameter, op.name)
    }
    // A named feedback may have such a blend, with an opacity that suits it.
    let isOwn = op.parameters.contains { $0.default == feedback.blend }
    if !isOwn, blend.cautions.contains(.darkensFeedback) { report(.darkFeedback(blend.name, feedback.call.span)) }
  }

  private func reviewRange(of argument: CheckedShader.Value, _ parameter: ParameterDeclaration, _ op: String) {
    guard case .number(let value) = argument, let usual = parameter.usual, isAuthors(value.span),
      let number = literal(value, settings: true), !usual.contains(number)
    else { return }
    report(.unusual(number, usual, parameter.name, op, value.span))
  }
}

extension Diagnostic {
  fileprivate static func leftOut(_ key: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "no_effect", .warning, "the look changes nothing here: `\(key)` leaves it out of every frame", at: span,
      help: "delete it, or let an expression of `t`, keyframes or a parameter raise `\(key)`")
  }

  fileprivate static func unusual(
    _ number: Double, _ usual: ClosedRange<Double>, _ parameter: String, _ op: String, _ span: Span
  ) -> Diagnostic {
    let isHigh = number > usual.upperBound
    return Diagnostic(
      "unusual_value", .warning, "`\(parameter)` of `\(op)` is \(plain(number)), which seldom looks good", at: span,
      help: "stay at \(plain(isHigh ? usual.upperBound : usual.lowerBound)) or \(isHigh ? "below" : "above")")
  }

  /// `span`: where the author calls the op; nil where a look of ours does.
  fileprivate static func scrambledText(_ op: String, _ span: Span?, _ text: Span) -> Diagnostic {
    Diagnostic(
      "scrambled_text", .warning,
      "nobody can read text through `\(op)`" + (span == nil ? ", which is part of the look" : ""), at: span ?? text,
      labels: span == nil ? [] : [.init(text, "the text is here")],
      help: "leave it out here, or put the text into an `overlay:`")
  }

  fileprivate static func darkFeedback(_ blend: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "dark_feedback", .warning, "feedback by `\(blend)` darkens each frame by those before it", at: span,
      help: "`screen` and `add` leave trails of light; `multiplied_depth` is a gentle `multiply`")
  }

  fileprivate static func tooDark(_ op: String, _ gamma: Double, _ actual: Double, _ span: Span) -> Diagnostic {
    Diagnostic(
      "dark_look", .warning, "`\(op)` leaves little light at a tone gamma of \(plain(actual))", at: span,
      help: "write `tone: {gamma: \(plain(gamma))}` or less")
  }
}
