/// Values of frame rate at a moment, as far as the text tells them: what depends on a sound's loudness or on cells is not
/// known before it is heard or drawn.
struct MomentValues {
  let analyzer: Analyzer
  let seconds: Double
  let timeline: Double
  let progress: Double
  let frame: Int
  private var bindings: [BindingID: Double?] = [:]

  /// The moment of a frame, counted from the segment's first.
  init(_ analyzer: Analyzer, frame: Int, of segment: Range<Int>) {
    self.analyzer = analyzer
    self.frame = frame
    seconds = analyzer.fps.seconds(ofFrame: frame)
    timeline = analyzer.fps.seconds(ofFrame: segment.lowerBound + frame)
    progress = Double(frame) / Double(max(1, segment.count - 1))
  }

  mutating func value(_ expression: TypedExpression) -> Double? {
    switch expression.kind {
    case .number(let value): return value
    case .input(let input): return value(input)
    case .binding(let id):
      if let known = bindings[id] { return known }
      let found = analyzer.binding(id).flatMap { value($0) }
      bindings[id] = .some(found)
      return found
    case .unary(let function, let a): return value(a).map { ScalarMath.apply(function, $0) }
    case .binary(let function, let a, let b):
      guard let a = value(a), let b = value(b) else { return nil }
      return ScalarMath.apply(function, a, b)
    case .select(let condition, let then, let otherwise):
      return value(condition).flatMap { $0 != 0 ? value(then) : value(otherwise) }
    case .gradientLevel(let gradient, let channel, let place):
      return value(place).map { gradient.level(channel, at: $0) }
    default: return nil
    }
  }

  private func value(_ input: Input) -> Double? {
    switch input {
    case .time: seconds
    case .timeline: timeline
    case .progress: progress
    case .frame: Double(frame)
    case .feature(let feature): value(feature)
    default: nil
    }
  }

  /// Beats of a tempo, or of the track's beat map. Only how often values rise and fall matters here, so `bdecay` is the
  /// straight fall of the synthetic features.
  private func value(_ feature: Feature) -> Double? {
    guard let beat = beat, beat >= 0 else { return nil }
    let phase = beat - ScalarMath.apply(.floor, beat)
    switch feature {
    case .beatN: return beat - phase
    case .beatPhase: return phase
    case .bdecay: return max(0, 1 - 4 * phase)
    default: return nil
    }
  }

  private var beat: Double? {
    if let beats = analyzer.sound?.beats { return beats.times.count > 1 ? beats.beat(at: timeline) : nil }
    return analyzer.secondsPerBeat.map { timeline / $0 }
  }
}
