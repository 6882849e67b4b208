import SceneLang

/// Finds where a piece of music changes: sections by how they sound, drops by how loud they are.
enum Sections {
  /// Frames in a step, about half a second.
  private static let step = 22
  /// Steps before and after a moment that are compared; no two sections begin closer to each other.
  private static let reach = 12

  /// Where sections begin: moments before and after which the spectrum differs most (Foote, "Automatic audio segmentation
  /// using a measure of audio novelty", 2000), put on the nearest downbeat.
  static func starts(in frames: SpectralFrames, _ beats: BeatMap) -> [Double] {
    let looks = means(of: frames)
    guard looks.count > 2 * reach else { return [] }
    let novelty = looks.indices.map { place -> Double in
      guard place >= reach / 2, place + reach / 2 <= looks.count else { return 0 }
      let before = mean(looks[max(place - reach, 0)..<place])
      let after = mean(looks[place..<min(place + reach, looks.count)])
      return zip(before, after).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(before.count)
    }
    let usual = novelty.reduce(0, +) / Double(novelty.count)
    let peaks = novelty.indices.filter { place in
      let near = novelty[max(place - reach, 0)...min(place + reach, novelty.count - 1)]
      return novelty[place] > 1.5 * usual && novelty[place] > 0.03 && novelty[place] == near.max()
    }
    return onBeats(peaks.map(time(of:)), beats, everyBeat: false)
  }

  /// Where the level of two seconds is half or double that of the two before, put on the nearest beat.
  static func drops(in frames: SpectralFrames, _ beats: BeatMap) -> [Double] {
    let levels = stride(from: 0, to: frames.count, by: step).map { start -> Double in
      let part = frames.rms[start..<min(start + step, frames.count)]
      return (part.reduce(0) { $0 + $1 * $1 } / Double(part.count)).squareRoot()
    }
    let floor = 0.02 * (levels.max() ?? 0)
    let side = 4
    let ratios = levels.indices.map { place -> Double in
      guard place >= side, place + side <= levels.count else { return 1 }
      let before = levels[place - side..<place].reduce(0, +) / Double(side) + floor
      let after = levels[place..<place + side].reduce(0, +) / Double(side) + floor
      return max(before / after, after / before)
    }
    let peaks = ratios.indices.filter { place in
      ratios[place] >= 2 && ratios[place] == ratios[max(place - side, 0)...min(place + side, ratios.count - 1)].max()
    }
    return onBeats(peaks.map(time(of:)), beats, everyBeat: true)
  }

  /// The mean levels of the bands in each step.
  private static func means(of frames: SpectralFrames) -> [[Double]] {
    stride(from: 0, to: frames.count, by: step).map { start in
      let end = min(start + step, frames.count)
      var sums = [Double](repeating: 0, count: LogBands.count)
      for frame in start..<end {
        for band in 0..<LogBands.count { sums[band] += Double(frames.logBands[frame * LogBands.count + band]) }
      }
      return sums.map { $0 / Double(end - start) }
    }
  }

  private static func time(of place: Int) -> Double { Double(place * step) / SpectralFrames.rate }

  private static func mean(_ rows: ArraySlice<[Double]>) -> [Double] {
    var sums = [Double](repeating: 0, count: LogBands.count)
    for row in rows { for band in row.indices { sums[band] += row[band] } }
    return sums.map { $0 / Double(rows.count) }
  }

  /// Each moment on the nearest beat, or on the nearest downbeat, of those within two seconds; without doubles.
  private static func onBeats(_ moments: [Double], _ beats: BeatMap, everyBeat: Bool) -> [Double] {
    let step = everyBeat ? 1 : beats.beatsPerBar
    let first = everyBeat ? 0 : beats.firstDownbeat
    let places = stride(from: first, to: beats.times.count, by: step).map { beats.times[$0] }
    var result: [Double] = []
    for moment in moments {
      let nearest = places.min { abs($0 - moment) < abs($1 - moment) }
      let place = nearest.flatMap { abs($0 - moment) < 2 ? $0 : nil } ?? moment
      if place > result.last ?? 0 { result.append(place) }
    }
    return result
  }
}
