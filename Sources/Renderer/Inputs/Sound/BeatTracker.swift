import SceneLang

/// Finds the beats of a sound: the sequence of onsets that are strong and whose distances follow the tempo, by dynamic
/// programming (Ellis, "Beat Tracking by Dynamic Programming", 2007), with a tempo that may change.
enum BeatTracker {
  /// How much a distance other than the tempo's costs, against an onset of one deviation.
  private static let tightness = 100.0

  /// The beats of `frames`. `tempo`: beats per minute where they are known.
  static func beats(of frames: SpectralFrames, tempo: Double? = nil) -> BeatMap {
    let onsets = OnsetEnvelope(frames)
    guard onsets.values.contains(where: { $0 > 0 }) else { return BeatMap(times: []) }
    var beats: [Int]
    if let tempo {
      beats = track(onsets.values, TempoCurve(tempo: tempo, count: frames.count))
    } else {
      beats = atItsMetre(onsets)
    }
    beats = withoutFlips(beats, onsets.values)
    let heard = beats[audible(beats, frames)]
    let times = heard.map { place(of: $0, in: onsets.values) / SpectralFrames.rate }
    return BeatMap(times: steadied(times), firstDownbeat: Downbeats.first(of: Array(heard), frames, onsets))
  }

  /// The frames of the beats for a tempo.
  static func track(_ onsets: [Double], _ curve: TempoCurve) -> [Int] {
    var (scores, origins) = (onsets, [Int](repeating: -1, count: onsets.count))
    for frame in onsets.indices {
      let period = curve.periods[frame]
      let (nearest, farthest) = (max(1, Int(period / 2)), Int(2 * period))
      var best = 0.0
      for distance in nearest...max(farthest, nearest) where frame >= distance {
        let deviation = ScalarMath.log(Double(distance) / period)
        let score = scores[frame - distance] - tightness * deviation * deviation
        if score > best { (best, origins[frame]) = (score, frame - distance) }
      }
      scores[frame] += best
    }
    // From the best of the last two beats: later frames have no onset to end on.
    let tail = max(0, onsets.count - Int(2 * (curve.periods.last ?? 1)))
    guard var frame = (tail..<onsets.count).max(by: { scores[$0] < scores[$1] }) else { return [] }
    var beats: [Int] = []
    while frame >= 0 {
      beats.append(frame)
      frame = origins[frame]
    }
    return beats.reversed()
  }

  /// The autocorrelation cannot tell beats from their halves and doubles, the accents can: beats are halved while every
  /// second one is weak or what repeats takes eight of them, and doubled while what lies between them is as strong.
  private static func atItsMetre(_ envelope: OnsetEnvelope) -> [Int] {
    let onsets = envelope.values
    let curve = TempoCurve(onsets)
    var beats = track(onsets, curve)
    func tempo() -> Double {
      guard let first = beats.first, let last = beats.last, last > first else { return 0 }
      return 60 * SpectralFrames.rate * Double(beats.count - 1) / Double(last - first)
    }
    func isTooFast() -> Bool {
      tempo() > 130 && alternation(onsets, beats) < 0.55 || tempo() > 150 && takesEight(envelope, beats)
    }
    func isTooSlow() -> Bool { (1..<90).contains(tempo()) && strengthBetween(onsets, beats) > 0.85 }
    if isTooFast() {
      beats = track(onsets, curve.times(0.5))
    } else if isTooSlow() {
      beats = track(onsets, curve.times(2))
    }
    return beats
  }

  // MARK: Half beats

  /// Beats that follow one another at the same distance.
  private struct Run {
    var beats: Range<Int>
    /// Whether it lies half a beat beside the first run.
    var isFlipped = false
  }

  /// Beats over which a distance is measured.
  private static let span = 8

  /// Where the tempo stands still, what is strong between the beats of some bars must not become the beat of those: runs half a
  /// beat apart are put on the beat of the first, unless the onsets of the other are much stronger in the whole sound.
  private static func withoutFlips(_ beats: [Int], _ onsets: [Double]) -> [Int] {
    guard beats.count >= 4 * span else { return beats }
    let places = beats.map { place(of: $0, in: onsets) }
    let lengths = zip(places, places.dropFirst(span)).map { ($1 - $0) / Double(span) }
    let period = lengths.sorted()[lengths.count / 2]
    guard var runs = runs(places, period), runs.contains(where: \.isFlipped) else { return beats }
    func sum(isFlipped: Bool) -> Double {
      runs.reduce(0) { sum, run in
        let shift = run.isFlipped == isFlipped ? 0 : Int(period / 2 + 0.5)
        return sum + beats[run.beats].reduce(0) { $0 + strength(onsets, min($1 + shift, onsets.count - 1)) }
      }
    }
    // Who listens keeps the beat that came first.
    let isOther = sum(isFlipped: true) > 1.5 * sum(isFlipped: false)
    runs[0].beats = 0..<runs[0].beats.upperBound
    runs[runs.count - 1].beats = runs[runs.count - 1].beats.lowerBound..<beats.count
    var result: [Double] = []
    for run in runs {
      for beat in run.beats {
        let place = places[beat] + (run.isFlipped == isOther ? 0 : period / 2)
        guard let last = result.last else {
          result.append(place)
          continue
        }
        // The gap between two runs has beats of its own.
        let count = ((place - last) / period).rounded()
        for step in stride(from: 1, through: count, by: 1) { result.append(last + (place - last) * step / count) }
      }
    }
    return result.map { Int($0 + 0.5) }.filter { $0 < onsets.count }
  }

  /// Nil where the tempo does not stand still, or some run lies neither on the beat of another nor half a beat beside it.
  private static func runs(_ places: [Double], _ period: Double) -> [Run]? {
    let phases = places.enumerated().map { $1 / period - Double($0) }
    var isSteady = [Bool](repeating: false, count: places.count)
    for (index, pair) in zip(phases, phases.dropFirst(span)).enumerated() where abs(pair.1 - pair.0) < 0.06 {
      for place in index...index + span { isSteady[place] = true }
    }
    guard isSteady.count(where: { $0 }) * 10 >= places.count * 7 else { return nil }
    var runs: [Run] = []
    for index in places.indices where isSteady[index] {
      if let last = runs.last, last.beats.upperBound == index, abs(phases[index] - phases[index - 1]) < 0.1 {
        runs[runs.count - 1].beats = last.beats.lowerBound..<index + 1
      } else {
        runs.append(Run(beats: index..<index + 1))
      }
    }
    for index in runs.indices.dropFirst() {
      let apart = phases[runs[index].beats.lowerBound] - phases[runs[index - 1].beats.upperBound - 1]
      let rest = abs(apart - apart.rounded())
      guard rest < 0.12 || rest > 0.38 else { return nil }
      runs[index].isFlipped = runs[index - 1].isFlipped != (rest > 0.38)
    }
    return runs
  }

  /// Where the tempo stands still, beats are put on the line through those about them: an onset is known to ten
  /// milliseconds or so, the mean of nine to three. Where it does not, they stay.
  private static func steadied(_ times: [Double]) -> [Double] {
    guard times.count >= 9 else { return times }
    return times.indices.map { index in
      let first = min(max(index - 4, 0), times.count - 9)
      let near = times[first..<first + 9]
      // Least squares over the places −4…4, whose squares add up to 60.
      let mean = near.reduce(0, +) / 9
      let slope = near.enumerated().reduce(0) { $0 + Double($1.offset - 4) * $1.element } / 60
      func line(_ place: Int) -> Double { mean + slope * Double(place - first - 4) }
      let isSteady = near.indices.allSatisfy { abs(times[$0] - line($0)) < 0.03 }
      // The line may begin before the sound.
      return isSteady ? max(0, line(index)) : times[index]
    }
  }

  /// The centre of an onset about a frame, in frames: closer than the step between them.
  private static func place(of frame: Int, in onsets: [Double]) -> Double {
    let before = frame > 0 ? onsets[frame - 1] : 0
    let after = frame + 1 < onsets.count ? onsets[frame + 1] : 0
    return Double(frame) + ScalarMath.quotient(after - before, before + onsets[frame] + after)
  }

  /// The onset at a frame and beside it: one may fall between two frames.
  private static func strength(_ onsets: [Double], _ frame: Int) -> Double {
    onsets[max(frame - 1, 0)...min(frame + 1, onsets.count - 1)].reduce(0, +)
  }

  /// The mean onset of the weaker of odd and even beats, as a share of the stronger.
  private static func alternation(_ onsets: [Double], _ beats: [Int]) -> Double {
    var sums = [0.0, 0.0]
    for (index, beat) in beats.enumerated() { sums[index & 1] += strength(onsets, beat) }
    return ScalarMath.quotient(min(sums[0], sums[1]), max(sums[0], sums[1]))
  }

  /// Whether accents repeat after eight beats but not after four, the length of a bar: those four beats before differ
  /// nearly as much as any.
  private static func takesEight(_ envelope: OnsetEnvelope, _ beats: [Int]) -> Bool {
    let accents = beats.map { beat in envelope.parts.map { strength($0, beat) } }
    func difference(after count: Int) -> Double {
      let pairs = zip(accents, accents.dropFirst(count))
      let sum = pairs.reduce(0) { $0 + zip($1.0, $1.1).reduce(0) { $0 + abs($1.0 - $1.1) } }
      return sum / Double(max(accents.count - count, 1))
    }
    guard beats.count > 24 else { return false }
    let (four, eight) = (difference(after: 4), difference(after: 8))
    let any = (difference(after: 1) + difference(after: 2) + difference(after: 3)) / 3
    let mean = accents.reduce(0) { $0 + $1.reduce(0, +) } / Double(accents.count)
    return eight < 0.75 * four && four > 0.8 * any && any > 0.3 * mean
  }

  /// The mean onset half way between beats, as a share of that on beats.
  private static func strengthBetween(_ onsets: [Double], _ beats: [Int]) -> Double {
    var (on, between) = (0.0, 0.0)
    for (beat, next) in zip(beats, beats.dropFirst()) {
      on += strength(onsets, beat)
      between += strength(onsets, (beat + next) / 2)
    }
    return ScalarMath.quotient(between, on)
  }

  /// The beats without those before the sound begins and after it has ended: below a fiftieth of its loudest.
  private static func audible(_ beats: [Int], _ frames: SpectralFrames) -> Range<Int> {
    let floor = 0.02 * (frames.rms.max() ?? 0)
    func isHeard(_ frame: Int) -> Bool {
      frames.rms[max(frame - 2, 0)...min(frame + 4, frames.count - 1)].contains { $0 > floor }
    }
    guard let first = beats.firstIndex(where: isHeard), let last = beats.lastIndex(where: isHeard) else { return 0..<0 }
    return first..<last + 1
  }
}
