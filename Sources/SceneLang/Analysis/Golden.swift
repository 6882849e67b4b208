extension Analyzer {
  /// `golden: [0s, 2.5s, 60f]`: the frames shown at those times on the clock of the video, ascending.
  func readGolden(_ entry: YAMLEntry?, of segments: [CheckedSegment], in file: Scope) -> [Int]? {
    guard let entry, let items = sequence(entry.value, as: "a list of times"),
      let end = segments.last?.frames.upperBound
    else { return nil }
    let frames = items.compactMap { item in
      videoFrame(
        YAMLEntry(key: entry.key, keySpan: entry.keySpan, value: item), "a time in `golden`", before: end, in: file)
    }
    return Set(frames).sorted()
  }

  /// The frame shown at a time on the clock of the video, of which there are `end`.
  func videoFrame(_ entry: YAMLEntry, _ what: String, before end: Int, in scope: Scope) -> Int? {
    let slot = Slot(what, .number, .time, rate: .constant)
    let time = measuringBeats(.position) { value(entry, in: slot, scope: scope) }
    guard let seconds = settled(time) else { return nil }
    let frame = Int(min(max(seconds * fps.value + 1e-9, -1), 1e9).rounded(.down))
    guard (0..<end).contains(frame) else {
      report(.outsideVideo(entry.value.span, end: fps.seconds(ofFrame: end)))
      return nil
    }
    return frame
  }
}

extension Diagnostic {
  fileprivate static func outsideVideo(_ span: Span, end: Double) -> Diagnostic {
    Diagnostic("out_of_range", "the video begins at 0s and ends before \(plain(end))s", at: span)
  }
}
