import SceneLang

/// Levels of frequency bands at equal steps of pitch, as the ear counts: what onsets, bars and pictures of a spectrum
/// are read from.
struct LogBands {
  /// From 20 Hz to 16 kHz, 6.6 to the octave; those above half the sample rate stay 0.
  static let count = 64
  static let lowest = 20.0
  static let highest = 16_000.0
  /// Magnitude of a full sine under Hann's window.
  private static let full = Float(SpectralFrames.window) / 4
  /// How far a level reaches down: 1 / `depth` of a full sine, −60 dB, has the level 0.1.
  private static let depth = 1000.0

  private let bins: [Range<Int>]
  /// Where the band lies among the bins, for bands that hold none.
  private let places: [Double]

  init() {
    let binWidth = Double(SoundFormat.analysis.sampleRate) / Double(SpectralFrames.window)
    let last = SpectralFrames.window / 2
    let octaves = ScalarMath.log(Self.highest / Self.lowest)
    func bin(_ position: Double) -> Double {
      Self.lowest * ScalarMath.exp(octaves * position / Double(Self.count)) / binWidth
    }
    bins = (0..<Self.count).map { band in
      let low = Int(ScalarMath.ceil(bin(Double(band))))
      return min(low, last + 1)..<min(max(low, Int(ScalarMath.ceil(bin(Double(band + 1))))), last + 1)
    }
    places = (0..<Self.count).map { bin(Double($0) + 0.5) }
  }

  /// Appends the level of each band, about 0…1: log(1 + depth · m) / log(1 + depth) of its strongest bin's magnitude m, 1
  /// for a full sine; between bins on a straight line.
  func append(_ magnitudes: UnsafeBufferPointer<Float>, to levels: inout [Float]) {
    let scale = 1 / ScalarMath.log(1 + Self.depth)
    for band in 0..<Self.count {
      var strongest: Float = 0
      if bins[band].isEmpty {
        let place = places[band]
        let low = Int(place)
        if low + 1 < magnitudes.count {
          strongest = magnitudes[low] + (magnitudes[low + 1] - magnitudes[low]) * Float(place - Double(low))
        }
      } else {
        for bin in bins[band] { strongest = max(strongest, magnitudes[bin]) }
      }
      levels.append(Float(ScalarMath.log(1 + Self.depth * Double(strongest / Self.full)) * scale))
    }
  }

  /// The magnitude that has a level, in shares of a full sine.
  static func magnitude(_ level: Float) -> Double {
    (ScalarMath.exp(Double(level) * ScalarMath.log(1 + depth)) - 1) / depth
  }
}
