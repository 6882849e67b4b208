/// Where the lines of a narration lie in a video: silence before the first and after the last, and between them equal
/// pauses, which fill a length that is asked for (CATALOGUE I-15).
struct NarrationLayout: Hashable {
  /// Seconds before the first line.
  var intro = 5.0
  /// Seconds after the last one.
  var outro = 4.0
  /// Seconds of the whole; nil: as long as it takes with the shortest pauses.
  var length: Double?

  /// Seconds between lines, at least.
  static let shortestPause = 1.0

  /// Where lines of these lengths are heard, and when all is over. Both in seconds.
  func places(of durations: [Double]) -> (lines: [ClosedRange<Double>], end: Double) {
    let spoken = durations.reduce(0, +)
    let pauses = Double(max(durations.count - 1, 1))
    let rest = length.map { $0 - intro - outro - spoken } ?? 0
    let pause = durations.count > 1 ? max(Self.shortestPause, rest / pauses) : 0
    var lines: [ClosedRange<Double>] = []
    var time = intro
    for duration in durations {
      lines.append(time...time + duration)
      time += duration + pause
    }
    return (lines, max((lines.last?.upperBound ?? intro) + outro, length ?? 0))
  }

  /// Seconds that it takes to say a text, before anybody has said it. `pace`: words a minute.
  static func duration(of text: String, pace: Double) -> Double {
    max(1, 0.4 + 60 * Double(TextCue.words(of: text).count) / pace)
  }
}
