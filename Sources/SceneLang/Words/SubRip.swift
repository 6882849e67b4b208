/// Writes words with times as SubRip, which players read beside a video, and ffmpeg as a track of one.
public enum SubRip {
  /// The cues that are shown between two seconds of the video, on a clock that begins at the first of them.
  public static func text(_ cues: [TextCue], from start: Double = 0, to end: Double = .infinity) -> String {
    let shown = cues.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    return text(shown.map { Entry(text: $0.text, start: $0.start, end: $0.end) }, from: start, to: end)
  }

  /// The same words for a track that shows one text at a time: those of cues that overlap are lines of one.
  public static func track(_ cues: [TextCue], from start: Double = 0, to end: Double = .infinity) -> String {
    let cues = cues.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    let times = Set(cues.flatMap { [milliseconds($0.start), milliseconds($0.end)] }).sorted()
    let entries = zip(times, times.dropFirst()).compactMap { first, last -> Entry? in
      let now = cues.filter { milliseconds($0.start) <= first && milliseconds($0.end) >= last }
      guard !now.isEmpty else { return nil }
      return Entry(
        text: now.map(\.text).joined(separator: "\n"), start: Double(first) / 1000, end: Double(last) / 1000)
    }
    return text(entries, from: start, to: end)
  }

  /// What is shown, and from when to when in seconds.
  private struct Entry {
    var text: String
    var start: Double
    var end: Double
  }

  private static func text(_ entries: [Entry], from start: Double, to end: Double) -> String {
    entries.filter { $0.start < end && $0.end > start }.enumerated().map { index, entry in
      let (first, last) = (max(entry.start, start) - start, min(entry.end, end) - start)
      return "\(index + 1)\n\(stamp(first)) --> \(stamp(last))\n\(entry.text)\n"
    }.joined(separator: "\n")
  }

  private static func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }

  /// `01:02:03,456`.
  private static func stamp(_ seconds: Double) -> String {
    func digits(_ number: Int, _ count: Int) -> String {
      String(repeating: "0", count: max(0, count - "\(number)".count)) + "\(number)"
    }
    let (whole, rest) = milliseconds(seconds).quotientAndRemainder(dividingBy: 1000)
    return "\(digits(whole / 3600, 2)):\(digits(whole / 60 % 60, 2)):\(digits(whole % 60, 2)),\(digits(rest, 3))"
  }
}
