/// Times that fall between two frames.
extension Analyzer {
  /// Says of the first `duration` or `until` in seconds, or in beats of a tempo, that is no whole number of frames where the
  /// segment really ends. Beats of a track seldom are one, nor are seconds at rates such as 30000/1001, and nobody means
  /// them to.
  func reviewRounding(of entry: YAMLEntry) {
    guard fps.denominator == 1, isAuthors(entry.value.span), case .scalar(let scalar) = entry.value.content,
      let time = writtenTime(scalar.text), !bag.all.contains(where: { $0.id == "rounded_time" })
    else { return }
    let frames = time.seconds * fps.value
    guard frames >= 0.5, abs(frames - frames.rounded()) > 1e-6 * max(1, frames) else { return }
    report(.rounded(scalar.text, frames, fps, isInBeats: time.isInBeats, entry.value.span))
  }

  /// The number of seconds that `2.02s`, `1500ms`, `4beats` or `1bar` says; nil for any other text, and for beats that
  /// nobody has said the tempo of, or that are those of a track.
  private func writtenTime(_ text: String) -> (seconds: Double, isInBeats: Bool)? {
    let beat = trackSpans.isEmpty ? secondsPerBeat : nil
    let bar = beat.map { $0 * beatsPerBar }
    let units: [(unit: String, seconds: Double?)] = [
      ("ms", 0.001), ("beats", beat), ("beat", beat), ("bars", bar), ("bar", bar), ("s", 1),
    ]
    guard let written = units.first(where: { text.hasSuffix($0.unit) }), let share = written.seconds else { return nil }
    let digits = text.dropLast(written.unit.count)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ "0123456789.".utf8.contains($0) }) else { return nil }
    return Double(digits).map { (seconds: $0 * share, isInBeats: written.unit.hasPrefix("b")) }
  }
}

extension Diagnostic {
  fileprivate static func rounded(
    _ text: String, _ frames: Double, _ fps: FrameRate, isInBeats: Bool, _ span: Span
  ) -> Diagnostic {
    let rendered = "`\(plain((frames + 0.5).rounded(.down)))f` says what is rendered"
    return Diagnostic(
      "rounded_time", .note, "\(text) is \(plain(frames)) frames at \(fps) fps, and a segment ends at a whole one",
      at: span, help: rendered + (isInBeats ? "; in beats, all segments that follow keep to the tempo" : ""))
  }
}
