/// Light that goes on and off more often than some people's eyes can bear, as far as the text tells it: WCAG 2.3.1 allows
/// three flashes in a second. `verify` measures what comes out.
extension Analyzer {
  /// Frames that are looked at: a rhythm of a longer segment shows in its first minute.
  private static let secondsReviewed = 60.0
  /// Of full light, from which a change is taken for half a flash. Smaller ones may flash as well, or not: that is for
  /// `verify` to say.
  private static let swing = 0.5
  private static let flashesAllowed = 3

  func reviewFlashes(of segment: CheckedSegment) {
    for layer in segment.layers.flatMap(\.parts) where layer.mask == nil && layer.coversPicture {
      reviewFlashes(of: layer.opacity, when: layer.when, at: layer.opacity.span, in: segment)
    }
    for shader in segment.look where isAuthors(shader.span) {
      guard let op = catalog.entry(.shader, Name.folded(shader.op)), op.cautions.contains(.flipsLight) else { continue }
      let full = TypedExpression.number(1, span: shader.span)
      reviewFlashes(of: shader.mix ?? full, when: shader.when, at: shader.span, in: segment)
    }
  }

  private func reviewFlashes(
    of light: TypedExpression, when: TypedExpression?, at span: Span, in segment: CheckedSegment
  ) {
    guard literal(light) == nil || when != nil else { return }
    let window = Int(fps.value.rounded(.up))
    var halves = LightSwings(least: Self.swing)
    for frame in 0..<min(segment.frames.count, Int(Self.secondsReviewed * fps.value)) {
      var moment = MomentValues(self, frame: frame, of: segment.frames)
      guard let level = moment.value(light), let shown = when.map({ moment.value($0) }) ?? 1 else { return }
      halves.take(shown == 0 ? 0 : min(max(level, 0), 1), frame: frame)
      // Three flashes are six changes.
      if halves.count(after: frame - window) > 2 * Self.flashesAllowed {
        let place = when.map { isAuthors($0.span) ? $0.span : span } ?? span
        return report(.flashing(by: moment.seconds, place))
      }
    }
  }
}

/// Changes of a level from high to low and back that are large enough.
struct LightSwings {
  let least: Double
  private var lowest = Double.infinity
  private var highest = -Double.infinity
  private var isRising: Bool?
  private var frames: [Int] = []

  init(least: Double) { self.least = least }

  /// Changes in the frames after one.
  func count(after frame: Int) -> Int { frames.reversed().prefix { $0 > frame }.count }

  mutating func take(_ level: Double, frame: Int) {
    lowest = min(lowest, level)
    highest = max(highest, level)
    if isRising != true, level - lowest >= least {
      change(rising: true, level, frame)
    } else if isRising != false, highest - level >= least {
      change(rising: false, level, frame)
    }
  }

  private mutating func change(rising: Bool, _ level: Double, _ frame: Int) {
    isRising = rising
    (lowest, highest) = (level, level)
    frames.append(frame)
  }
}

extension CheckedLayer {
  /// Whether most cells of the picture are its own.
  fileprivate var coversPicture: Bool {
    switch source {
    case .field, .group: true
    case .effect, .text: false
    }
  }
}

extension Diagnostic {
  fileprivate static func flashing(by seconds: Double, _ span: Span) -> Diagnostic {
    Diagnostic(
      "flashing", .warning,
      "this goes on and off more than three times within a second: such light can harm people", at: span,
      caret: "\(plain(seconds)) s into the segment",
      help: "let it change at most three times a second, or by less; `verify` measures the finished video")
  }
}
