/// Writes words with times as SubRip, which players read beside a video.
public enum SubRip {
  /// The cues that are shown between two seconds of the video, on a clock that begins at the first of them.
  public static func text(_ cues: [TextCue], from start: Double = 0, to end: Double = .infinity) -> String {
    let shown = cues.sorted { ($0.start, $0.end) < ($1.start, $1.end) }.filter { $0.start < end && $0.end > start }
    return shown.enumerated().map { index, cue in
      let (first, last) = (max(cue.start, start) - start, min(cue.end, end) - start)
      return "\(index + 1)\n\(stamp(first)) --> \(stamp(last))\n\(cue.text)\n"
    }.joined(separator: "\n")
  }

  /// `01:02:03,456`.
  private static func stamp(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    func digits(_ number: Int, _ count: Int) -> String {
      String(repeating: "0", count: max(0, count - "\(number)".count)) + "\(number)"
    }
    let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    return "\(digits(whole / 3600, 2)):\(digits(whole / 60 % 60, 2)):\(digits(whole % 60, 2)),\(digits(rest, 3))"
  }
}
