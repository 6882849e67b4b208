/// What begins after the video ends: words that nobody reads, and sound that nobody hears.
extension Analyzer {
  /// Seconds.
  private static let longestEcho = 1.0

  func reviewTimeline(of scene: CheckedScene) {
    guard let end = scene.segments.last?.frames.upperBound else { return }
    let seconds = fps.seconds(ofFrame: end)
    for (name, words) in inputs.words where inputs.used.contains(name) {
      let late = words.cues.filter { $0.start >= seconds }
      guard let first = late.map(\.start).min(), let span = inputs.spans[name] else { continue }
      report(.wordsAfterTheEnd(count: late.count, first: first, seconds, span))
    }
    for (track, span) in zip(scene.audio?.tracks ?? [], trackSpans) where track.start >= seconds {
      report(.soundAfterTheEnd(start: track.start, seconds, span))
    }
    // What goes on for a moment may be an echo.
    if let sound, let span = trackSpans.first, sound.duration > seconds + Self.longestEcho {
      report(.soundIsCutOff(sound.duration, seconds, span))
    }
  }
}

extension Diagnostic {
  fileprivate static func wordsAfterTheEnd(count: Int, first: Double, _ seconds: Double, _ span: Span) -> Diagnostic {
    Diagnostic(
      "after_the_end", .warning,
      (count == 1 ? "a cue begins" : "\(count) cues begin")
        + " at \(plain(first)) s or later, and the video ends at \(plain(seconds)) s",
      at: span, help: "make the segments longer, or let the words begin earlier")
  }

  fileprivate static func soundAfterTheEnd(start: Double, _ seconds: Double, _ span: Span) -> Diagnostic {
    Diagnostic(
      "after_the_end", .warning,
      "the track begins at \(plain(start)) s, and the video ends at \(plain(seconds)) s", at: span,
      help: "`start` is where in the video a track begins; what of the file is heard begins at `from`")
  }

  fileprivate static func soundIsCutOff(_ duration: Double, _ seconds: Double, _ span: Span) -> Diagnostic {
    Diagnostic(
      "after_the_end", .note,
      "the sound goes on to \(plain((duration * 10).rounded() / 10)) s, and is cut off where the video ends, at \(plain(seconds)) s",
      at: span,
      help: "a segment `until: audio.end` lasts as long as it, and a track that says `to` and `fade_out` ends gently")
  }
}
