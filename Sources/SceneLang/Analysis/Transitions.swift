extension Analyzer {
  private typealias Change = (call: CheckedShader, seconds: Double, curve: Curve?)

  /// `transition: {crossfade: 0.5s}` or `{wipe: {duration: 1s, direction: left, ease: out_cubic}}`: the first frames of a
  /// segment, in which the segment before runs on.
  func readTransition(_ source: ScopedEntry, into segment: String, frames: Range<Int>) -> CheckedTransition? {
    let chosen = chosenCall(
      source.value, of: .transition, as: "a transition", in: source.scope, otherwise: Diagnostic.notATransition
    ) { name, arguments, span -> Change?? in
      if arguments.isEmpty, ["cut", "none"].contains(name.key) { return .some(nil) }
      return change(name, arguments, span, in: source.scope)
    }
    guard let chosen, let change = chosen else { return nil }
    if frames.lowerBound == 0 {
      report(.nothingBefore(segment, source.entry.keySpan))
      return nil
    }
    let count = max(1, Int(ScalarMath.round(change.seconds * fps.value)))
    if count > frames.count {
      report(.longerThanSegment(segment, change.call.span))
      return nil
    }
    return CheckedTransition(
      call: change.call, frameCount: count, progress: progress(over: change.seconds, change.curve, change.call.span))
  }

  private func change(_ name: Name, _ given: [Argument], _ span: Span, in scope: Scope) -> Change? {
    guard let entry = catalog.entry(.transition, name.key) else {
      report(.unknownTransition(name, catalog.names(.transition)))
      checkArgumentsOfUnknown(given, in: scope)
      return nil
    }
    var arguments = given
    var curve: Curve?
    if let index = arguments.firstIndex(where: { $0.name?.key == "ease" }) {
      curve = self.curve(arguments.remove(at: index).value, in: scope)
    }
    guard let call = shader(entry, name, arguments, span, in: scope),
      case .number(let duration)? = call.arguments.first, let seconds = settled(duration)
    else { return nil }
    return (call, seconds, curve)
  }

  private func progress(over seconds: Double, _ curve: Curve?, _ span: Span) -> TypedExpression {
    let now = TypedExpression(.input(.time), .time, rate: .frame, span: span)
    let share = make(.divide, now, .number(seconds, .time, span: span), span)
    // A curve that overshoots has come when it first arrives.
    return clip(eased(clip(share, span), by: curve, span), span)
  }
}

extension Diagnostic {
  fileprivate static func notATransition(_ span: Span) -> Diagnostic {
    Diagnostic("wrong_type", "expected a transition", at: span, help: "as in `transition: {crossfade: 0.5s}`")
  }

  fileprivate static func unknownTransition(_ name: Name, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_transition", "no transition is called `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: names), help: "the transitions are \(list(names.sorted(), limit: 40))",
      edit: replacement(name.text, among: names, at: name.span))
  }

  fileprivate static func nothingBefore(_ segment: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "transition_without_before", .warning, "`\(segment)` is the first segment: nothing goes over into it", at: span,
      help: "fade it in by the opacity of its layers")
  }

  fileprivate static func longerThanSegment(_ segment: String, _ span: Span) -> Diagnostic {
    Diagnostic("transition_too_long", "`\(segment)` is shorter than its transition", at: span)
  }
}
