/// How long it takes to come to the last frame of a segment whose fields have a state: they are played from its beginning,
/// for every clip and every frame that is asked for.
extension Analyzer {
  /// Steps of cells above which a scene is refused (SAFETY): some ten seconds on one core.
  private static let mostSteps = 1e10

  func reviewReplays(of segment: CheckedSegment, below overlay: CheckedOverlay) {
    if overrides.allowsHeavy { return }
    let ticks = fps.seconds(ofFrame: segment.frames.count) * Double(FrameRate.ticksPerSecond)
    var total = 0.0
    for layer in (segment.layers + overlay.layers).flatMap(\.parts) {
      var names: Set<BindingID> = []
      let steps = layer.expressions.reduce(0) { $0 + self.steps(in: $1, &names) }
      total += steps * ticks * GridEstimate.cells(layer.grid, format)
      if total > Self.mostSteps { return report(.longReplay(layer.span, total)) }
    }
  }

  /// The steps that a tick takes of a cell; each name counts once.
  private func steps(in expression: TypedExpression, _ names: inout Set<BindingID>) -> Double {
    var result = 0.0
    switch expression.kind {
    case .simulation(let call): result = steps(of: call)
    case .binding(let id):
      return names.insert(id).inserted ? binding(id).map { steps(in: $0, &names) } ?? 0 : 0
    case .field(let id, _):
      // Only those that have a state are worth the walk.
      if simulation(in: expression, throughNames: true) != nil, case .done(let field) = definitions[id.index].state {
        result = steps(in: field.value, &names)
      }
    default: break
    }
    return expression.kind.parts.reduce(result) { $0 + steps(in: $1, &names) }
  }

  private func steps(of call: CheckedCall) -> Double {
    guard let op = catalog.entry(.field, Name.folded(call.op)),
      let place = op.parameters.firstIndex(where: { $0.name == "steps" }),
      case .number(let value) = call.arguments[place]
    else { return 1 }
    return max(1, constant(value) ?? op.parameters[place].range?.upperBound ?? 1)
  }
}

extension Diagnostic {
  fileprivate static func longReplay(_ span: Span, _ steps: Double) -> Diagnostic {
    Diagnostic(
      "too_heavy",
      "the last frame of this segment needs about \(engineering(steps)) steps of cells, and at most 1e10 are allowed",
      at: span, help: "make the segment shorter, or give it fewer `steps`; `--allow-heavy` renders it all the same")
  }
}
