import SceneLang

/// How strongly something begins in each analysis frame: the rises of all bands' levels (spectral flux of log
/// magnitudes, as in Böck & Widmer, DAFx 2013), less their running mean, in units of their deviation.
struct OnsetEnvelope {
  /// One value per frame, at least 0.
  let values: [Double]
  /// The same of parts of the spectrum, low to high: up to 150 Hz, 1500 Hz and beyond. Low notes begin bars; together they
  /// tell a drum from another.
  let parts: [[Double]]
  var low: [Double] { parts[0] }

  /// In shares of what one frame in fifty exceeds, at most 1: one bang does not make all other onsets small.
  var levels: [Double] {
    let sorted = values.sorted()
    let strong = sorted.isEmpty ? 0 : sorted[sorted.count * 49 / 50]
    let whole = strong > 0 ? strong : sorted.last ?? 0
    return values.map { whole > 0 ? min($0 / whole, 1) : 0 }
  }

  private static let partBands = [0..<19, 19..<41, 41..<LogBands.count]
  /// Low drums say more of the beat than cymbals, which fill the time between beats.
  private static let weights = [1.5, 1, 1]

  init(_ frames: SpectralFrames) {
    var sums = Self.partBands.map { _ in [0.0] }
    frames.logBands.withUnsafeBufferPointer { levels in
      for frame in 1..<max(frames.count, 1) {
        let (here, before) = (frame * LogBands.count, (frame - 1) * LogBands.count)
        for (part, bands) in Self.partBands.enumerated() {
          var sum: Float = 0
          for band in bands {
            // Against the strongest neighbour before: a vibrato is no onset.
            var earlier = levels[before + band]
            if band > 0 { earlier = max(earlier, levels[before + band - 1]) }
            if band + 1 < LogBands.count { earlier = max(earlier, levels[before + band + 1]) }
            sum += max(0, levels[here + band] - earlier)
          }
          sums[part].append(Double(sum))
        }
      }
      // Where the sound begins with a bang it rises from silence, but no more than it does anywhere else.
      if frames.count > 1 {
        for (part, bands) in Self.partBands.enumerated() {
          let rise = bands.reduce(0) { $0 + Double(levels[$1]) }
          sums[part][0] = min(rise, sums[part].max() ?? 0)
        }
      }
    }
    values = Self.standardized(
      sums[0].indices.map { frame in zip(sums, Self.weights).reduce(0) { $0 + $1.0[frame] * $1.1 } })
    parts = sums.map(Self.standardized)
  }

  /// What stands above the mean of half a second about it, in units of the deviation over the whole sound.
  private static func standardized(_ values: [Double]) -> [Double] {
    let reach = Int(0.25 * SpectralFrames.rate)
    var sums = [0.0]
    for value in values { sums.append(sums[sums.count - 1] + value) }
    var result = values.indices.map { index -> Double in
      let (first, end) = (max(index - reach, 0), min(index + reach + 1, values.count))
      return max(0, values[index] - (sums[end] - sums[first]) / Double(end - first))
    }
    let deviation = (result.reduce(0) { $0 + $1 * $1 } / Double(max(result.count, 1))).squareRoot()
    if deviation > 0 { for index in result.indices { result[index] /= deviation } }
    return result
  }
}
