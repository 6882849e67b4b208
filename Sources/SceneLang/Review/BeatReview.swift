/// Beats that nobody hears: features of a scene that says neither track nor tempo follow a made-up clock.
extension Analyzer {
  func reviewBeats(of scene: CheckedScene) {
    guard scene.audio == nil, secondsPerBeat == nil, !scene.segments.isEmpty else { return }
    var first: (span: Span, name: String)?
    scene.forEachExpression { expression in
      guard case .input(.feature(let feature)) = expression.kind, feature.isOfBeat, isAuthors(expression.span) else {
        return
      }
      let isEarlier =
        first.map { (expression.span.file, expression.span.start) < ($0.span.file, $0.span.start) } ?? true
      if isEarlier { first = (expression.span, feature.rawValue) }
    }
    if let first { report(.beatsOfNothing(first.name, first.span)) }
  }
}

extension Feature {
  fileprivate var isOfBeat: Bool {
    switch self {
    case .beat, .bdecay, .beatN, .barN, .beatPhase, .bpm: true
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func beatsOfNothing(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "beats_without_audio", .warning, "`\(name)` follows no music: the scene has neither a track nor a tempo",
      at: span,
      help: "give it `tempo: 120`, or a track under `audio:`")
  }
}
