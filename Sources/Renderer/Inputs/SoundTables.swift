import SceneLang

/// A curve of the sound at one time, read by fields.
public enum SoundTable: Sendable, Hashable { case spectrum, waveform }

/// The curves of the sound in one frame, `size` numbers each.
public struct SoundTables: Sendable, Hashable {
  public static let size = 256
  public static let silence = SoundTables(
    spectrum: Array(repeating: 0, count: size), waveform: Array(repeating: 0, count: size))

  /// 0…1 from 20 Hz to 16 kHz at equal steps of pitch.
  public var spectrum: [Float]
  /// −1…1 over a twentieth of a second or so, the time of the frame in the middle.
  public var waveform: [Float]

  public init(spectrum: [Float], waveform: [Float]) {
    precondition(spectrum.count == Self.size && waveform.count == Self.size, "a table has \(Self.size) numbers")
    self.spectrum = spectrum
    self.waveform = waveform
  }

  subscript(_ table: SoundTable) -> [Float] { table == .spectrum ? spectrum : waveform }

  /// A table at a place 0…1, on straight lines, as the loop over cells reads it.
  func value(_ table: SoundTable, at place: Double) -> Double {
    let position = ScalarMath.clamp(place.isNaN ? 0 : place, 0, 1) * Double(Self.size - 1)
    let before = min(Int(position), Self.size - 2)
    let (low, high) = (Double(self[table][before]), Double(self[table][before + 1]))
    return low + (high - low) * (position - Double(before))
  }
}

extension SoundAnalysis {
  /// The spectrum and the waveform at `time` seconds; silence where there is no sound.
  func tables(at time: Double) -> SoundTables {
    var tables = SoundTables.silence
    let position = time * rate
    if position >= 0, position <= Double(frameCount), !spectrum.isEmpty {
      let frame = min(Int(position), frameCount - 1)
      let next = min(frame + 1, frameCount - 1)
      let share = Float(min(position - Double(frame), 1))
      let levels = (0..<Self.spectrumCount).map { band -> Float in
        let a = Float(spectrum[frame * Self.spectrumCount + band])
        return (a + (Float(spectrum[next * Self.spectrumCount + band]) - a) * share) / 255
      }
      for place in tables.spectrum.indices {
        tables.spectrum[place] = Self.level(levels, at: Float(place) / Float(SoundTables.size - 1))
      }
    }
    let middle = time * waveRate
    guard middle >= 0, middle < Double(wave.count) else { return tables }
    for place in tables.waveform.indices {
      let sample = Int(middle) - SoundTables.size / 2 + place
      if wave.indices.contains(sample) { tables.waveform[place] = Float(wave[sample]) / 127 }
    }
    return tables
  }

  /// Levels spread over 0…1, joined by straight lines.
  fileprivate static func level(_ levels: [Float], at place: Float) -> Float {
    let position = place * Float(levels.count - 1)
    let before = min(Int(position), levels.count - 2)
    return levels[before] + (levels[before + 1] - levels[before]) * (position - Float(before))
  }
}

extension SyntheticFeatures {
  /// A spectrum through the levels of the bands, and a wave of three of them (CATALOGUE 1.10).
  func tables(at time: Double) -> SoundTables {
    // The bands do not depend on how long a frame is shown.
    let values = Dictionary(uniqueKeysWithValues: zip(Feature.allCases, values(at: time, period: 1)))
    let bands: [Feature] = [.sub, .bass, .lomid, .mid, .himid, .hi]
    let levels = bands.map { Float(values[$0]!) }
    let places = (0..<SoundTables.size).map { Double($0) / Double(SoundTables.size - 1) }
    return SoundTables(
      spectrum: places.map { SoundAnalysis.level(levels, at: Float($0)) },
      waveform: places.map { u in
        Float(
          0.5 * values[.bass]! * ScalarMath.sin(9.6 * u + 5 * time)
            + 0.3 * values[.mid]! * ScalarMath.sin(57 * u + 8 * time)
            + 0.15 * values[.hi]! * ScalarMath.sin(115 * u + 12 * time))
      })
  }
}
