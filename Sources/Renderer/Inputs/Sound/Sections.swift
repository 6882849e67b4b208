import SceneLang

/// Finds where a piece of music changes: sections by how they sound, drops by how loud they are.
enum Sections {
  /// Frames in a step, about half a second.
  private static let step = 22
  /// Where sections begin: beats before and after which the music differs most (`BeatNovelty`), of those within eight beats.
  static func starts(in frames: SpectralFrames, _ beats: BeatMap) -> [Double] {
    let novelty = BeatNovelty(frames, beats)
    let values = novelty.values
    let usual = values.reduce(0, +) / Double(max(values.count, 1))
    return values.indices.filter { place in
      let near = values[max(place - 8, 0)...min(place + 8, values.count - 1)]
      // The last notes are no section.
      return place + 4 < values.count && values[place] > 1.6 * max(usual, 1) && values[place] == near.max()
    }.map { novelty.times[$0] }
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
    return onBeats(peaks.map(time(of:)), beats)
  }

  private static func time(of place: Int) -> Double { Double(place * step) / SpectralFrames.rate }

  /// Each moment on the nearest beat within two seconds; without doubles.
  private static func onBeats(_ moments: [Double], _ beats: BeatMap) -> [Double] {
    var result: [Double] = []
    for moment in moments {
      let nearest = beats.times.min { abs($0 - moment) < abs($1 - moment) }
      let place = nearest.flatMap { abs($0 - moment) < 2 ? $0 : nil } ?? moment
      if place > result.last ?? 0 { result.append(place) }
    }
    return result
  }
}
