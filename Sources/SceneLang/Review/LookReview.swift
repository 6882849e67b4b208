/// Looks that spoil the picture, by what the ops declare (CATALOGUE B-2, B-5, T-11).
extension Analyzer {
  func reviewLook(of segment: CheckedSegment) {
    review(segment.look, over: segment.layers.flatMap(\.parts), of: segment)
    for part in segment.layers.flatMap(\.parts) {
      if case .group(let group) = part.source { review(group.look, over: group.layers.flatMap(\.parts), of: segment) }
    }
  }

  private func review(_ look: [CheckedShader], over layers: [CheckedLayer], of segment: CheckedSegment) {
    let text = layers.first { if case .text = $0.source { true } else { false } }
    for shader in look where shader.color == nil && isAuthors(shader.span) {
      guard let op = catalog.entry(.shader, Name.folded(shader.op)) else { continue }
      for (parameter, argument) in zip(op.parameters, shader.arguments) {
        reviewRange(of: argument, parameter, op.name)
      }
      for caution in op.cautions {
        switch caution {
        case .scramblesText: if let text { report(.scrambledText(op.name, shader.span, text.span)) }
        case .darkensFeedback, .flipsLight: break
        case .needsGamma(let gamma):
          if segment.tone.gamma > gamma { report(.tooDark(op.name, gamma, segment.tone.gamma, shader.span)) }
        }
      }
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
  fileprivate static func unusual(
    _ number: Double, _ usual: ClosedRange<Double>, _ parameter: String, _ op: String, _ span: Span
  ) -> Diagnostic {
    let isHigh = number > usual.upperBound
    return Diagnostic(
      "unusual_value", .warning, "`\(parameter)` of `\(op)` is \(plain(number)), which seldom looks good", at: span,
      help: "stay at \(plain(isHigh ? usual.upperBound : usual.lowerBound)) or \(isHigh ? "below" : "above")")
  }

  fileprivate static func scrambledText(_ op: String, _ span: Span, _ text: Span) -> Diagnostic {
    Diagnostic(
      "scrambled_text", .warning, "nobody can read text through `\(op)`", at: span,
      labels: [.init(text, "the text is here")], help: "leave it out here, or put the text into an `overlay:`")
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
