import SceneLang

/// Integrated loudness of a stereo sound at 48 kHz, and its peak. Source: ITU-R BS.1770-4.
struct LoudnessMeter {
  /// The largest magnitude of a sample.
  private(set) var peak: Float = 0
  /// The K-weighted energy of each tenth of a second, channels added up.
  private var tenths: [Double] = []
  private var energy = 0.0
  private var count = 0
  private var filters = [KWeighting(), KWeighting()]
  private static let tenth = SoundFormat.video.sampleRate / 10

  /// Takes samples, channels beside each other.
  mutating func take(_ samples: UnsafeMutableBufferPointer<Float>) {
    for index in samples.indices {
      peak = max(peak, abs(samples[index]))
      let weighted = filters[index & 1].filter(Double(samples[index]))
      energy += weighted * weighted
      guard index & 1 == 1 else { continue }
      count += 1
      if count == Self.tenth {
        tenths.append(energy / Double(Self.tenth))
        (energy, count) = (0, 0)
      }
    }
  }

  /// LUFS; nil for a sound with nothing above −70.
  var loudness: Double? {
    // Windows of 400 ms, three quarters over each other.
    let windows = tenths.indices.dropLast(3).map { tenths[$0..<$0 + 4].reduce(0, +) / 4 }
    let audible = windows.filter { Self.level($0) > -70 }
    guard !audible.isEmpty else { return nil }
    let floor = Self.level(audible.reduce(0, +) / Double(audible.count)) - 10
    let loud = audible.filter { Self.level($0) > floor }
    return loud.isEmpty ? nil : Self.level(loud.reduce(0, +) / Double(loud.count))
  }

  /// The factor that brings the sound to `target` LUFS, as far as its peak stays below −1.5 dB.
  func gain(to target: Double) -> Float {
    guard let loudness else { return 1 }
    let wanted = ScalarMath.exp(ScalarMath.log(10) * (target - loudness) / 20)
    let ceiling = ScalarMath.exp(ScalarMath.log(10) * -1.5 / 20)
    return Float(min(wanted, ceiling / Double(peak)))
  }

  private static func level(_ energy: Double) -> Double { -0.691 + 10 * ScalarMath.log(energy) / ScalarMath.log(10) }
}

/// The ear's weighting of frequencies at 48 kHz: a high shelf, then a high pass.
private struct KWeighting {
  private var shelf = Biquad(
    b: (1.53512485958697, -2.69169618940638, 1.19839281085285), a: (-1.69065929318241, 0.73248077421585))
  private var pass = Biquad(b: (1, -2, 1), a: (-1.99004745483398, 0.99007225036621))

  mutating func filter(_ x: Double) -> Double { pass.filter(shelf.filter(x)) }

  private struct Biquad {
    let b: (Double, Double, Double)
    let a: (Double, Double)
    var first = 0.0
    var second = 0.0

    init(b: (Double, Double, Double), a: (Double, Double)) { (self.b, self.a) = (b, a) }

    /// Transposed direct form II.
    mutating func filter(_ x: Double) -> Double {
      let y = b.0 * x + first
      first = b.1 * x - a.0 * y + second
      second = b.2 * x - a.1 * y
      return y
    }
  }
}
