import SceneLang

/// Finds the beats that begin bars, in bars of four: there low notes begin and harmonies change.
enum Downbeats {
  static let beatsPerBar = 4

  /// Which of the first four beats begins a bar. `beats`: their frames.
  static func first(of beats: [Int], _ frames: SpectralFrames, _ onsets: OnsetEnvelope) -> Int {
    guard beats.count > beatsPerBar else { return 0 }
    let low = relative(
      beats.map { onsets.low[max($0 - 1, 0)...min($0 + 1, onsets.low.count - 1)].max() ?? 0 })
    let change = relative(changes(at: beats, frames))
    var sums = [Double](repeating: 0, count: beatsPerBar)
    for index in beats.indices { sums[index % beatsPerBar] += low[index] + change[index] }
    // Per beat: the first places may have one more.
    let means = sums.indices.map { sums[$0] / Double((beats.count - $0 + beatsPerBar - 1) / beatsPerBar) }
    return means.indices.reduce(0) { means[$1] > means[$0] ? $1 : $0 }
  }

  /// How much the levels of the bands differ between the beat before and the one that begins.
  private static func changes(at beats: [Int], _ frames: SpectralFrames) -> [Double] {
    let ends = beats.dropFirst() + [frames.count]
    let means = zip(beats, ends).map { start, end -> [Double] in
      var mean = [Double](repeating: 0, count: LogBands.count)
      for frame in start..<max(end, start + 1) {
        for band in 0..<LogBands.count { mean[band] += Double(frames.logBands[frame * LogBands.count + band]) }
      }
      return mean.map { $0 / Double(max(end - start, 1)) }
    }
    return beats.indices.map { index in
      index == 0 ? 0 : zip(means[index], means[index - 1]).reduce(0) { $0 + abs($1.0 - $1.1) }
    }
  }

  /// In shares of the mean.
  private static func relative(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    return values.map { ScalarMath.quotient($0, mean) }
  }
}
