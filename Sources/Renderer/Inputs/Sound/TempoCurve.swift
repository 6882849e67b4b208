import SceneLang

/// The distance of beats over time, by the autocorrelation of the onsets in a moving window (Grosche & Müller,
/// "tempogram", ISMIR 2009) and the path through it that changes least (Viterbi).
struct TempoCurve {
  /// Frames between beats, one value per frame.
  let periods: [Double]

  /// Beats per minute that are looked for: steps of 1.45 %.
  private static let tempi: [Double] = (0..<104).map { 50 * ScalarMath.exp(ScalarMath.log(2) * Double($0) / 48) }
  /// Seconds between two looks, and in the window of each.
  private static let step = 1.0
  private static let window = 9.0
  /// What a change by an octave costs: as much as three windows of perfect regularity bring.
  private static let octaveCost = 3.0

  /// A steady tempo.
  init(tempo: Double, count: Int) {
    periods = Array(repeating: 60 / tempo * SpectralFrames.rate, count: count)
  }

  init(_ onsets: [Double]) {
    let step = Int(Self.step * SpectralFrames.rate)
    let centers = Array(stride(from: 0, to: max(onsets.count, 1), by: step))
    let path = Self.steadiest(centers.map { Self.strengths(of: onsets, around: $0) })
    let periods = path.map { 60 / Self.tempi[$0] * SpectralFrames.rate }
    self.periods = onsets.indices.map { periods[min(($0 + step / 2) / step, periods.count - 1)] }
  }

  private init(periods: [Double]) { self.periods = periods }

  /// The same at another level of the metre: 2 is twice as fast.
  func times(_ factor: Double) -> TempoCurve { TempoCurve(periods: periods.map { $0 / factor }) }

  /// How well each tempo fits the onsets in the window about a frame: the mean autocorrelation at one to four beats,
  /// weighted by how common the tempo is (log-normal about 120, one octave wide, as in Ellis 2007).
  private static func strengths(of onsets: [Double], around center: Int) -> [Double] {
    let half = Int(window / 2 * SpectralFrames.rate)
    let first = max(0, min(center - half, onsets.count - 2 * half))
    let part = Array(onsets[first..<min(first + 2 * half, onsets.count)])
    let correlation = autocorrelation(part, upTo: Int(4 * 60 / tempi[0] * SpectralFrames.rate) + 2)
    guard let whole = correlation.first, whole > 0 else { return tempi.map { _ in 0 } }
    return tempi.map { tempo in
      let period = 60 / tempo * SpectralFrames.rate
      var sum = 0.0
      for beats in 1...4 {
        let lag = period * Double(beats)
        let before = Int(lag)
        guard before + 1 < correlation.count else { continue }
        sum += correlation[before] + (correlation[before + 1] - correlation[before]) * (lag - Double(before))
      }
      let octaves = ScalarMath.log(tempo / 120) / ScalarMath.log(2)
      return sum / whole / 4 * ScalarMath.exp(-0.5 * octaves * octaves)
    }
  }

  /// Σ x[i]·x[i + lag] of what is left of the mean, each lag divided by the share of the window that it uses.
  private static func autocorrelation(_ values: [Double], upTo longest: Int) -> [Double] {
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    let centered = values.map { $0 - mean }
    return centered.withUnsafeBufferPointer { x in
      (0..<min(longest, x.count * 3 / 4)).map { lag in
        var sum = 0.0
        for index in 0..<x.count - lag { sum += x[index] * x[index + lag] }
        return sum * Double(x.count) / Double(x.count - lag)
      }
    }
  }

  /// The tempo of each window on the path that brings the most.
  private static func steadiest(_ strengths: [[Double]]) -> [Int] {
    var best = strengths[0]
    var origins: [[Int]] = []
    for next in strengths.dropFirst() {
      var (values, origin) = ([Double](), [Int]())
      for (state, strength) in next.enumerated() {
        var chosen = (value: -Double.infinity, from: state)
        for from in best.indices {
          let value = best[from] - octaveCost * Double(abs(from - state)) / 48
          if value > chosen.value { chosen = (value, from) }
        }
        values.append(chosen.value + strength)
        origin.append(chosen.from)
      }
      best = values
      origins.append(origin)
    }
    var path = [best.indices.max { best[$0] < best[$1] } ?? 0]
    for origin in origins.reversed() { path.append(origin[path[path.count - 1]]) }
    return path.reversed()
  }
}
