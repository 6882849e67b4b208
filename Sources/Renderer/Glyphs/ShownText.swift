import SceneLang

/// A text where a layer of a segment or of the overlay shows it.
struct ShownText {
  var text: CheckedText
  var grid: Grid
  /// Seconds of the video, as far as a literal `from` and `to` say them.
  var time: Range<Double>

  /// The cues of which a frame is shown.
  func cues(at fps: FrameRate) -> [TextCue] {
    text.cues.filter { cue in
      let frames = cue.frames(at: fps)
      return !frames.isEmpty && fps.seconds(ofFrame: frames.lowerBound) < time.upperBound
        && fps.seconds(ofFrame: frames.upperBound) > time.lowerBound
    }
  }
}

extension CheckedScene {
  /// The texts of all segments, each of which goes on under the transition into the next, and of the overlay.
  var shownTexts: [ShownText] {
    let ofSegments = segments.enumerated().flatMap { place, segment -> [ShownText] in
      let next = place + 1 < segments.count ? segments[place + 1].transition?.frameCount : nil
      let start = format.fps.seconds(ofFrame: segment.frames.lowerBound)
      let end = format.fps.seconds(ofFrame: segment.frames.upperBound + (next ?? 0))
      return segment.layers.flatMap { $0.texts(in: start..<end, from: start) }
    }
    let end = format.fps.seconds(ofFrame: segments.last?.frames.upperBound ?? 0)
    return ofSegments + overlay.layers.flatMap { $0.texts(in: 0..<end, from: 0) }
  }
}

extension CheckedLayer {
  /// The texts of the layer and of those in it. `time`: when what holds it is shown; `start`: when the clock of the
  /// segment begins; both in seconds of the video.
  fileprivate func texts(in time: Range<Double>, from start: Double) -> [ShownText] {
    var time = time
    if let shown = when?.shownTime {
      time = time.clamped(to: (shown.lowerBound + start)..<(shown.upperBound + start))
    }
    switch source {
    case .text(let text): return [ShownText(text: text, grid: grid, time: time)]
    case .group(let group): return group.layers.flatMap { $0.texts(in: time, from: start) }
    case .field, .effect: return []
    }
  }
}

extension TypedExpression {
  /// Seconds of the segment outside of which a condition never holds, as far as literals say it.
  fileprivate var shownTime: Range<Double> {
    let always = -Double.infinity..<Double.infinity
    guard case .binary(let function, let a, let b) = kind else { return always }
    switch function {
    // Both of two conditions.
    case .minimum: return a.shownTime.clamped(to: b.shownTime)
    case .lessOrEqual where b.kind == .input(.time): return a.plainNumber.map { $0..<Double.infinity } ?? always
    case .less where a.kind == .input(.time): return b.plainNumber.map { -Double.infinity..<$0 } ?? always
    default: return always
    }
  }

  /// What a literal says; nil for anything that is computed.
  var plainNumber: Double? {
    switch kind {
    case .number(let value): value
    case .unary(.negate, let part): part.plainNumber.map { -$0 }
    default: nil
    }
  }
}
