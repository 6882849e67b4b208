import Foundation
import SceneLang
import Testing

@testable import Renderer

@Suite struct SoundMixTests {
  private let folder = TemporaryFolder()
  private static let rate = Double(SoundFormat.analysis.sampleRate)

  /// A track of the same level throughout.
  private func track(_ name: String, level: Double, seconds: Double) throws -> AudioTrack {
    var synthesizer = Synthesizer(seconds: seconds)
    for index in synthesizer.samples.indices { synthesizer.samples[index] = Float(level) }
    let path = "\(folder.path)/\(name).wav"
    try synthesizer.wav.write(to: URL(filePath: path))
    return AudioTrack(path: path)
  }

  private func mixed(_ tracks: [AudioTrack], end: Double? = nil) throws -> [Float] {
    var samples: [Float] = []
    let mix = try OpenedMix(SoundMix(tracks: tracks))
    try SoundMixer(mix, .analysis, end: end, try Toolchain.resolve(), .never).run { samples.append(contentsOf: $0) }
    return samples
  }

  private func value(_ samples: [Float], at time: Double) -> Float { samples[Int(time * Self.rate)] }

  @Test func aTrackIsPlacedTrimmedAndScaled() throws {
    var one = try track("one", level: 0.5, seconds: 4)
    (one.start, one.from, one.to, one.gain) = (1, 0.5, 2.5, 0.5)
    let samples = try mixed([one])
    #expect(samples.count == Int(3 * Self.rate))
    #expect(value(samples, at: 0.99) == 0)
    for time in [1.01, 2, 2.99] { #expect(abs(value(samples, at: time) - 0.25) < 0.001) }
  }

  @Test func fadesRiseAndSink() throws {
    var one = try track("one", level: 0.5, seconds: 4)
    (one.fadeIn, one.fadeOut) = (1, 2)
    let samples = try mixed([one])
    for (time, level) in [(0, 0), (0.5, 0.25), (1.5, 0.5), (3, 0.25), (3.99, 0.0025)] {
      #expect(abs(value(samples, at: time) - Float(level)) < 0.002, "\(time)")
    }
    // The end of the video is an end too.
    let cut = try mixed([one], end: 3)
    #expect(cut.count == Int(3 * Self.rate))
    #expect(abs(value(cut, at: 2) - 0.25) < 0.002 && value(cut, at: 2.99) < 0.01)
  }

  @Test func tracksAreAddedAndVoicesDuckTheOthers() throws {
    let music = try track("music", level: 0.4, seconds: 6)
    var voice = try track("voice", level: 0.2, seconds: 2)
    voice.start = 2
    #expect(abs(value(try mixed([music, voice]), at: 3) - 0.6) < 0.001)
    voice.duck = 0.25
    let samples = try mixed([music, voice])
    #expect(abs(value(samples, at: 1.9) - 0.4) < 0.001)
    #expect(abs(value(samples, at: 3.5) - 0.3) < 0.002)
    #expect(value(samples, at: 4.2) < 0.3 && value(samples, at: 5.9) > 0.37)
    #expect(samples.count == Int(6 * Self.rate))
  }

  @Test func whatHasNoSoundToHearIsRefused() throws {
    var one = try track("one", level: 0.5, seconds: 1)
    one.from = 5
    let media = try MediaFile(path: one.path)
    #expect(throws: BuildFailure.self) {
      try SoundLibrary(cacheFolder: nil).analysis(of: SoundMix(tracks: [one]), [media], tempo: nil)
    }
  }

  @Test func loudnessIsThatOfTheStandard() {
    // EBU Tech 3341, case 1: a stereo sine of 1000 Hz at −23 dBFS has −23 LUFS.
    var meter = LoudnessMeter()
    let level = pow(10, -23.0 / 20)
    var samples = [Float]()
    for index in 0..<48_000 * 5 {
      let value = Float(level * sin(2 * .pi * 1000 * Double(index) / 48_000))
      samples += [value, value]
    }
    samples.withUnsafeMutableBufferPointer { meter.take($0) }
    #expect(abs(meter.loudness! + 23) < 0.1, "\(meter.loudness!)")
    #expect(abs(meter.gain(to: -17) - Float(pow(10, 6.0 / 20))) < 0.05)
    // No louder than −1.5 dB at the peak.
    #expect(abs(meter.gain(to: 10) * meter.peak - Float(pow(10, -1.5 / 20))) < 1e-3)
    #expect(LoudnessMeter().loudness == nil)
  }
}

@Suite struct SectionTests {
  @Test func changesAndDropsAreFound() {
    // Loud chords, quiet high notes from 12 s, loud again from 24 s; a beat throughout.
    var synthesizer = Synthesizer(seconds: 36)
    for beat in 0..<72 { synthesizer.play(.hat, at: Double(beat) / 2, level: 0.2) }
    for (start, tones, level) in [
      (0.0, [110.0, 220, 440], 0.2), (12, [880, 1760], 0.03), (24, [110, 220, 440], 0.2),
    ] {
      for hertz in tones { synthesizer.tone(hertz, from: start, seconds: 12, level: level) }
    }
    let analysis = SoundAnalyzer.analysis(of: synthesizer.frames)
    for found in [analysis.sections, analysis.drops] {
      #expect(found.count == 2 && zip(found, [12, 24]).allSatisfy { abs($0 - $1) < 1.1 }, "\(found)")
    }
    #expect(analysis.drops.allSatisfy { drop in analysis.beats.times.contains(drop) })
  }

  @Test func whatStaysTheSameHasNoSections() {
    var synthesizer = Synthesizer(seconds: 30)
    for beat in 0..<60 { synthesizer.play(.kick, at: Double(beat) / 2) }
    let analysis = SoundAnalyzer.analysis(of: synthesizer.frames)
    #expect(analysis.sections.isEmpty && analysis.drops.isEmpty, "\(analysis.sections) \(analysis.drops)")
  }
}
