import SceneLang

/// How much the music before and after each beat differs (Foote, "Automatic audio segmentation using a measure of audio
/// novelty", 2000, on beats instead of frames): so what repeats within a bar is no change, and changes fall on beats.
struct BeatNovelty {
  /// The beats in seconds, or every half second of a sound that has none.
  let times: [Double]
  /// One value for each of them, at least 0; 0 where less than two beats lie on a side.
  let values: [Double]

  /// Beats that are compared on either side: a change within a phrase, and one between them.
  private static let reaches = [8, 16]

  init(_ frames: SpectralFrames, _ beats: BeatMap) {
    let times =
      beats.times.count > 16
      ? beats.times : (0..<Int(2 * Double(frames.count) / SpectralFrames.rate)).map { Double($0) / 2 }
    self.times = times
    let starts = times.map { min(Int(($0 * SpectralFrames.rate).rounded()), frames.count - 1) }
    let looks = Self.looks(of: frames, starts)
    let scales = Self.reaches.map { Self.relative(Self.differences(looks, reach: $0)) }
    let accents = Self.accents(of: frames, starts)
    values = times.indices.map { place in
      scales.reduce(0) { $0 + $1[place] } * ScalarMath.sqrt(min(accents[place], 3))
    }
  }

  // MARK: What a beat sounds like

  /// For each beat the mean magnitude of every band and the rises of its level, each in units of its deviation.
  private static func looks(of frames: SpectralFrames, _ starts: [Int]) -> [[Double]] {
    let count = LogBands.count
    let ends = starts.dropFirst() + [frames.count]
    var looks = zip(starts, ends).map { start, end -> [Double] in
      var look = [Double](repeating: 0, count: 2 * count)
      for frame in start..<max(end, start + 1) {
        for band in 0..<count {
          let level = frames.logBands[frame * count + band]
          look[band] += LogBands.magnitude(level)
          if frame > start { look[count + band] += Double(max(0, level - frames.logBands[(frame - 1) * count + band])) }
        }
      }
      for band in 0..<count { look[band] /= Double(max(end - start, 1)) }
      return look
    }
    let deviations = (0..<2 * count).map { part -> Double in
      let (mean, variance) = moments(looks[...], part)
      // A change of less than a tenth is none.
      return ScalarMath.sqrt(variance) + 0.1 * mean
    }
    let usual = deviations[..<count].reduce(0, +) / Double(count)
    for place in looks.indices {
      for band in 0..<count {
        // What is hardly there, or hardly rises, says nothing of its own.
        looks[place][band] = ScalarMath.quotient(looks[place][band], deviations[band] + 0.02 * usual)
        looks[place][count + band] /= deviations[count + band] + 0.2
      }
    }
    return looks
  }

  /// How strongly something begins on each beat, in shares of the middle of the beats about it.
  private static func accents(of frames: SpectralFrames, _ starts: [Int]) -> [Double] {
    func rise(_ frame: Int) -> Double {
      guard frame > 0, frame < frames.count else { return 0 }
      let (here, before) = (frame * LogBands.count, (frame - 1) * LogBands.count)
      return (0..<LogBands.count).reduce(0) {
        $0 + Double(max(0, frames.logBands[here + $1] - frames.logBands[before + $1]))
      }
    }
    let rises = starts.map { rise($0 - 1) + rise($0) + rise($0 + 1) }
    return rises.indices.map { place in
      let near = rises[max(place - 16, 0)..<min(place + 16, rises.count)].sorted()
      return ScalarMath.quotient(rises[place], near[near.count / 2])
    }
  }

  // MARK: Before and after

  /// The squared distance of the means on both sides, against what it would be by chance: 1 or so where nothing changes.
  private static func differences(_ looks: [[Double]], reach: Int) -> [Double] {
    looks.indices.map { place in
      let before = looks[max(place - reach, 0)..<place]
      let after = looks[place..<min(place + reach, looks.count)]
      guard min(before.count, after.count) >= reach / 4 else { return 0 }
      var (distance, chance) = (0.0, 0.0)
      for part in looks[place].indices {
        let (a, b) = (moments(before, part), moments(after, part))
        distance += (a.mean - b.mean) * (a.mean - b.mean)
        chance += a.variance / Double(before.count) + b.variance / Double(after.count)
      }
      return distance / (chance + 0.02 * Double(looks[place].count))
    }
  }

  private static func moments(_ looks: ArraySlice<[Double]>, _ part: Int) -> (mean: Double, variance: Double) {
    var (sum, squares) = (0.0, 0.0)
    for look in looks {
      sum += look[part]
      squares += look[part] * look[part]
    }
    let mean = sum / Double(looks.count)
    return (mean, max(0, squares / Double(looks.count) - mean * mean))
  }

  /// In shares of the mean, or of what is there by chance.
  private static func relative(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    return values.map { $0 / max(mean, 1) }
  }
}
