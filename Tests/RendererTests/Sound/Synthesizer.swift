import Foundation
import Testing

@testable import Renderer

/// Plays drums and tones into samples, and knows when it played.
struct Synthesizer {
  static let rate = Double(SoundFormat.analysis.sampleRate)
  var samples: [Float]
  private var state: UInt64 = 1

  init(seconds: Double) { samples = Array(repeating: 0, count: Int(seconds * Self.rate)) }

  enum Drum { case kick, snare, hat, click }

  mutating func play(_ drum: Drum, at time: Double, level: Double = 1) {
    switch drum {
    case .kick:
      add(at: time, seconds: 0.18) { t, _ in level * exp(-18 * t) * sin(2 * .pi * (50 * t + 4 * (1 - exp(-30 * t)))) }
    case .snare:
      add(at: time, seconds: 0.15) { t, noise in
        0.7 * level * exp(-22 * t) * (0.6 * noise + 0.4 * sin(2 * .pi * 190 * t))
      }
    case .hat: add(at: time, seconds: 0.05) { t, noise in 0.25 * level * exp(-90 * t) * noise }
    case .click: add(at: time, seconds: 0.01) { t, _ in level * exp(-400 * t) * sin(2 * .pi * 1000 * t) }
    }
  }

  mutating func tone(_ hertz: Double, from start: Double, seconds: Double, level: Double) {
    add(at: start, seconds: seconds) { t, _ in
      let envelope = min(1, t / 0.02) * min(1, (seconds - t) / 0.02)
      return level * envelope * sin(2 * .pi * hertz * t)
    }
  }

  mutating func noise(level: Double) {
    add(at: 0, seconds: Double(samples.count) / Self.rate) { _, noise in level * noise }
  }

  private mutating func add(at time: Double, seconds: Double, _ value: (Double, Double) -> Double) {
    let first = Int(time * Self.rate)
    for index in max(first, 0)..<max(0, min(first + Int(seconds * Self.rate), samples.count)) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let noise = Double(Int64(bitPattern: state) >> 32) / Double(1 << 31)
      samples[index] += Float(value(Double(index - first) / Self.rate, noise))
    }
  }

  var frames: SpectralFrames { Self.frames(of: samples) }

  /// What the analyser measures, with the samples in blocks of odd sizes.
  static func frames(of samples: [Float], block: Int = 3001) -> SpectralFrames {
    let analyzer = SpectralAnalyzer()
    samples.withUnsafeBufferPointer { all in
      for start in stride(from: 0, to: all.count, by: block) {
        analyzer.take(UnsafeBufferPointer(rebasing: all[start..<min(start + block, all.count)]))
      }
    }
    return analyzer.finish()
  }

  /// The samples as a WAV file of 16 bits.
  var wav: Data {
    var data = Data("RIFF".utf8)
    func append(_ value: Int, bytes: Int) { for byte in 0..<bytes { data.append(UInt8(value >> (8 * byte) & 255)) } }
    append(36 + 2 * samples.count, bytes: 4)
    data.append(contentsOf: "WAVEfmt ".utf8)
    for (value, bytes) in [(16, 4), (1, 2), (1, 2), (22_050, 4), (44_100, 4), (2, 2), (16, 2)] {
      append(value, bytes: bytes)
    }
    data.append(contentsOf: "data".utf8)
    append(2 * samples.count, bytes: 4)
    for sample in samples { append(Int(max(-1, min(1, sample)) * 32767) & 0xFFFF, bytes: 2) }
    return data
  }
}

/// A piece of music whose beats are known.
struct DrumTrack: CustomTestStringConvertible {
  var name: String
  var samples: [Float]
  var beats: [Double]
  var testDescription: String { name }

  /// Places in a bar of sixteen sixteenths.
  struct Pattern {
    var kick: [Int]
    var snare: [Int] = [4, 12]
    var hat: [Int] = [0, 2, 4, 6, 8, 10, 12, 14]
  }

  /// `tempo(bar)` in beats a minute; `swing` moves every second eighth by that share of an eighth.
  static func make(
    _ name: String, bars: Int = 14, lead: Double = 0.4, swing: Double = 0, noise: Double = 0,
    _ pattern: Pattern, tempo: (Int) -> Double
  ) -> DrumTrack {
    var time = lead
    let total = (0..<bars).reduce(lead + 0.5) { $0 + 240 / tempo($1) }
    var synthesizer = Synthesizer(seconds: total)
    var beats: [Double] = []
    let chords = [
      [110.0, 220, 277.2, 329.6], [87.3, 174.6, 220, 261.6], [130.8, 196, 261.6, 329.6], [98, 196, 246.9, 293.7],
    ]
    for bar in 0..<bars {
      let beat = 60 / tempo(bar)
      func place(_ sixteenth: Int) -> Double {
        let late = sixteenth % 4 == 2 ? swing * 0.5 : 0
        return time + beat * (Double(sixteenth) / 4 + late)
      }
      for index in 0..<4 { beats.append(time + Double(index) * beat) }
      for sixteenth in pattern.kick { synthesizer.play(.kick, at: place(sixteenth), level: 0.8) }
      for sixteenth in pattern.snare { synthesizer.play(.snare, at: place(sixteenth), level: 0.7) }
      for sixteenth in pattern.hat { synthesizer.play(.hat, at: place(sixteenth), level: 0.6) }
      for hertz in chords[bar % 4] { synthesizer.tone(hertz, from: time, seconds: 4 * beat, level: 0.05) }
      time += 4 * beat
    }
    if noise > 0 { synthesizer.noise(level: noise) }
    return DrumTrack(name: name, samples: synthesizer.samples, beats: beats)
  }

  static let rock = Pattern(kick: [0, 8])
  static let house = Pattern(kick: [0, 4, 8, 12], hat: [2, 6, 10, 14])
  static let syncopated = Pattern(kick: [0, 6, 10], snare: [4, 12], hat: [0, 2, 4, 6, 8, 10, 12, 14])

  /// The ten that the tracker must hold.
  static let all = [
    make("70 rock", rock) { _ in 70 },
    make("85 syncopated", syncopated) { _ in 85 },
    make("96 swing", swing: 1.0 / 3, rock) { _ in 96 },
    make("110 house", house) { _ in 110 },
    make("120 rock in noise", noise: 0.05, rock) { _ in 120 },
    make("128 house", house) { _ in 128 },
    make("140 syncopated", syncopated) { _ in 140 },
    make("150 swing", swing: 1.0 / 3, rock) { _ in 150 },
    make("180 rock", bars: 20, rock) { _ in 180 },
    make("100 to 126", bars: 20, house) { $0 < 10 ? 100 : 126 },
  ]
}

/// 2 · precision · recall / (precision + recall) of beats within 70 ms, each matched once.
func beatFMeasure(_ found: [Double], _ truth: [Double]) -> Double {
  var (hits, next) = (0, 0)
  for beat in truth {
    while next < found.count, found[next] < beat - 0.07 { next += 1 }
    if next < found.count, found[next] <= beat + 0.07 { (hits, next) = (hits + 1, next + 1) }
  }
  return found.isEmpty || truth.isEmpty ? 0 : 2 * Double(hits) / Double(found.count + truth.count)
}
