/// Looks that spoil the picture, by what the ops declare (CATALOGUE B-2, B-5, T-11).
extension Analyzer {
  func reviewLook(of segment: CheckedSegment) {
    let text = segment.layers.first { if case .text = $0.source { true } else { false } }
    for shader in segment.look where isAuthors(shader.span) {
      guard let op = catalog.entry(.shader, Name.folded(shader.op)) else { continue }
      for (parameter, argument) in zip(op.parameters, shader.arguments) {
        reviewRange(of: argument, parameter, op.name)
      }
      for caution in op.cautions {
        switch caution {
        case .scramblesText: if let text { report(.scrambledText(op.name, shader.span, text.span)) }
        case .needsGamma(let gamma):
          if segment.tone.gamma > gamma { report(.tooDark(op.name, gamma, segment.tone.gamma, shader.span)) }
        }
      }
    }
  }

  private func reviewRange(of argument: CheckedShader.Value, _ parameter: ParameterDeclaration, _ op: String) {
    guard case .number(let value) = argument, let usual = parameter.usual, isAuthors(value.span),
      let number = literal(value), !usual.contains(number)
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

  fileprivate static func tooDark(_ op: String, _ gamma: Double, _ actual: Double, _ span: Span) -> Diagnostic {
    Diagnostic(
      "dark_look", .warning, "`\(op)` leaves little light at a tone gamma of \(plain(actual))", at: span,
      help: "write `tone: {gamma: \(plain(gamma))}` or less")
  }
}
