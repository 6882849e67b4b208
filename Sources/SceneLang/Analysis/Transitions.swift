extension Analyzer {
  /// `transition: {crossfade: 0.5s}` or `{wipe: {duration: 1s, direction: left, ease: out_cubic}}`: the first frames of a
  /// segment, in which the segment before runs on.
  func readTransition(_ source: ScopedEntry, into segment: String, frames: Range<Int>) -> CheckedTransition? {
    if case .scalar(let scalar) = source.value.content, ["cut", "none"].contains(Name.folded(scalar.text)) {
      return nil
    }
    guard
      let expression = expression(
        source.value, in: source.scope, callee: { catalog.entry(.transition, $0.key).map(Callee.init) })
    else {
      return nil
    }
    let path: [Name]
    var arguments: [Argument] = []
    switch expression.kind {
    case .reference(let names): path = names
    case .call(let names, let given): (path, arguments) = (names, given)
    case .invalid: return nil
    default:
      report(.notATransition(expression.span))
      return nil
    }
    guard path.count == 1, let entry = catalog.entry(.transition, path[0].key) else {
      report(.unknownTransition(path[0], catalog.names(.transition)))
      checkArgumentsOfUnknown(arguments, in: source.scope)
      return nil
    }
    var curve: Curve?
    if let index = arguments.firstIndex(where: { $0.name?.key == "ease" }) {
      curve = self.curve(arguments.remove(at: index).value, in: source.scope)
    }
    guard let call = shader(entry, path[0], arguments, expression.span, in: source.scope),
      case .number(let duration)? = call.arguments.first, let seconds = constant(duration)
    else { return nil }
    if frames.lowerBound == 0 {
      report(.nothingBefore(segment, source.entry.keySpan))
      return nil
    }
    let count = max(1, Int(ScalarMath.round(seconds * fps.value)))
    if count > frames.count {
      report(.longerThanSegment(segment, expression.span))
      return nil
    }
    return CheckedTransition(call: call, frameCount: count, progress: progress(over: seconds, curve, expression.span))
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
    Diagnostic("wrong_type", "expected a transition, such as `{crossfade: 0.5s}`", at: span)
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
