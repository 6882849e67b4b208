/// How much may come of a scene: templates, looks, texts and fields that use others twice grow as a power of two, and a short
/// file must not take the machine down.
struct SceneBudget {
  static let layersOfSegment = 1000
  static let layersOfScene = 200_000
  /// Of one look.
  static let shaders = 200
  /// Of one text.
  static let characters = 10_000
  /// Of a text that fields and styles draw.
  static let drawnCharacters = 1000
  /// Of one expression: functions such as `mix` read an argument more than once.
  static let expression = 100_000
  static let variants = 256
  /// After so many unknown names nobody reads what else could be meant, and to look for it among all names takes long.
  static let suggestions = 200
  /// Of the render graph (SAFETY).
  static let nodes = 4e6

  var layersInScene = 0
  var layersInSegment = 0
  var shadersInLook = 0
  /// Those that the layer being read stands in.
  var groupsAround = 0
  var suggestions = 0
  /// What has been reported: once is enough.
  var exceeded: Set<String> = []
}

extension Analyzer {
  /// Whether one more layer fits; false after a report.
  func admitLayer(at span: Span) -> Bool {
    budget.layersInScene += 1
    budget.layersInSegment += 1
    if budget.layersInSegment > SceneBudget.layersOfSegment {
      return exceed("a segment has at most \(SceneBudget.layersOfSegment) layers", at: span)
    }
    if budget.layersInScene > SceneBudget.layersOfScene {
      return exceed("a scene has at most \(SceneBudget.layersOfScene) layers", at: span)
    }
    return true
  }

  /// Whether one more item fits into the look that is read; false after a report.
  func admitShader(at span: Span) -> Bool {
    budget.shadersInLook += 1
    return budget.shadersInLook <= SceneBudget.shaders
      || exceed("a look has at most \(SceneBudget.shaders) shaders", at: span)
  }

  /// Whether an expression is not too large; false after a report.
  func admitExpression(_ value: TypedExpression) -> Bool {
    value.size <= SceneBudget.expression
      || exceed("an expression has at most \(SceneBudget.expression) parts", at: value.span)
  }

  /// Whether a text is not too long; false after a report.
  func admitText(_ text: String, at span: Span) -> Bool {
    text.utf8.count <= SceneBudget.characters
      || exceed("a text has at most \(SceneBudget.characters) characters", at: span)
  }

  /// Definitions are written out wherever they are used, so that the render graph can be far larger than the scene.
  func reviewSize(of scene: CheckedScene) {
    var work = WorkEstimate(scene, counting: .nodes)
    var total = 0.0
    for segment in scene.segments {
      for layer in (segment.layers + scene.overlay.layers).flatMap(\.parts) {
        total += work.count(of: layer.expressions)
        if total > SceneBudget.nodes {
          _ = exceed("a scene has at most 4 000 000 nodes in its render graph", at: layer.span)
          return
        }
      }
    }
  }

  /// Whether so many cuts, each with a layer or more, can fit; false after a report.
  func admitCuts(_ count: Double, at span: Span) -> Bool {
    count <= Double(SceneBudget.layersOfScene)
      || exceed(
        "a scene has at most \(SceneBudget.layersOfScene) layers, and each cut has one or more", at: span,
        help: "make the cuts longer, or let them end earlier")
  }

  /// Whether so many variants are not too many; false after a report.
  func admitVariants(_ count: Int, at span: Span) -> Bool {
    count <= SceneBudget.variants
      || exceed(
        "a scene has at most \(SceneBudget.variants) variants", at: span, help: "values are given by `--set`, too")
  }

  /// False, so that it can end a condition.
  func exceed(
    _ limit: String, at span: Span, help: String = "what uses another twice, which does so too, grows as a power of two"
  ) -> Bool {
    if budget.exceeded.insert(limit).inserted {
      report(Diagnostic("scene_too_large", limit, at: span, help: help))
    }
    return false
  }
}
