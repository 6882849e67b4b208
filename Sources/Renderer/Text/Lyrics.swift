import SceneLang

extension TextBlock.Lyrics {
  /// The numbers of the cues that are shown in the frame at `time` seconds, in the order in which they begin.
  func cues(at time: Double, fps: FrameRate) -> [Int] {
    // A quarter of a frame absorbs rounding.
    let moment = (time + 0.25 / fps.value) * fps.value
    return cues.indices.filter { index in
      let frames = cues[index].frames(at: fps)
      return Double(frames.lowerBound) <= moment && moment < Double(frames.upperBound)
    }
  }
}

/// Cues that are shown at once, line below line as subtitles are: the last to begin stands where it would alone, and those
/// before it above it.
enum CueStack {
  /// The middles of the blocks of lines, in rows of a grid of `rows`, of as many of the last as fit; the only one is always
  /// there. `counts`: lines of each cue, in order. `row`: of the last. They stand lower where they would leave the grid
  /// above `top`.
  static func places(_ counts: [Int], row: Double, top: Double, rows: Int) -> [Double] {
    guard let last = counts.last else { return [] }
    let shown = counts.suffix(fitting(counts, rows: rows))
    var start = row - Double(last) / 2 - Double(shown.dropLast().reduce(0, +))
    if shown.count > 1 { start = max(start, top) }
    return shown.map { count in
      defer { start += Double(count) }
      return start + Double(count) / 2
    }
  }

  /// How many of the last cues have room in so many rows, at least one.
  static func fitting(_ counts: [Int], rows: Int) -> Int {
    var (used, shown) = (0, 0)
    for count in counts.reversed() {
      used += count
      if used > rows && shown > 0 { break }
      shown += 1
    }
    return shown
  }
}
