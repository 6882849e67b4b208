/// Times that fall between two frames.
extension Analyzer {
  /// Says of the first `duration` or `until` in seconds that is no whole number of frames where the segment really ends.
  /// Beats seldom are one, nor are seconds at rates such as 30000/1001, and nobody means them to.
  func reviewRounding(of entry: YAMLEntry) {
    guard fps.denominator == 1, isAuthors(entry.value.span), case .scalar(let scalar) = entry.value.content,
      let seconds = Self.seconds(scalar.text), !bag.all.contains(where: { $0.id == "rounded_time" })
    else { return }
    let frames = seconds * fps.value
    guard frames >= 0.5, abs(frames - frames.rounded()) > 1e-6 * max(1, frames) else { return }
    report(.rounded(scalar.text, frames, fps, entry.value.span))
  }

  /// The number of seconds that `2.02s` or `1500ms` says; nil for any other text.
  private static func seconds(_ text: String) -> Double? {
    for (unit, share) in [("ms", 0.001), ("s", 1)] where text.hasSuffix(unit) {
      let digits = text.dropLast(unit.count)
      guard !digits.isEmpty, digits.utf8.allSatisfy({ "0123456789.".utf8.contains($0) }) else { return nil }
      return Double(digits).map { $0 * share }
    }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func rounded(_ text: String, _ frames: Double, _ fps: FrameRate, _ span: Span) -> Diagnostic {
    Diagnostic(
      "rounded_time", .note, "\(text) is \(plain(frames)) frames at \(fps) fps, and a segment ends at a whole one",
      at: span, help: "`\(plain((frames + 0.5).rounded(.down)))f` says what is rendered")
  }
}
