import SceneLang
import Testing

@testable import Renderer

@Suite struct FeatureTests {
  /// A tone in each band, one second each, with silence between.
  private static let tones = [50.0, 160, 350, 1000, 4000, 9000]
  private static let bands: [Feature] = [.sub, .bass, .lomid, .mid, .himid, .hi]
  private static let ratios: [Feature] = [.subR, .bassR, .lomidR, .midR, .himidR, .hiR]

  private static func toneAnalysis() -> SoundAnalysis {
    var synthesizer = Synthesizer(seconds: 12)
    for (place, hertz) in tones.enumerated() {
      synthesizer.tone(hertz, from: Double(2 * place), seconds: 1, level: 0.5)
    }
    return SoundAnalyzer.analysis(of: synthesizer.frames)
  }

  private func value(_ feature: Feature, _ analysis: SoundAnalysis, at time: Double) -> Double {
    analysis.levels(at: time)[Feature.levels.firstIndex(of: feature)!]
  }

  @Test func aToneIsHeardInItsBand() {
    let analysis = Self.toneAnalysis()
    for (place, band) in Self.bands.enumerated() {
      let time = Double(2 * place) + 0.8
      #expect(value(band, analysis, at: time) > 0.9, "\(band)")
      #expect(value(Self.ratios[place], analysis, at: time) > 0.8, "\(band)")
      for other in Self.bands where other != band {
        #expect(value(other, analysis, at: time) < 0.2, "\(other) of \(band)")
      }
      #expect(value(.rms, analysis, at: time) > 0.9)
    }
    let centroids = Self.tones.indices.map { value(.cent, analysis, at: Double(2 * $0) + 0.9) }
    #expect(centroids == centroids.sorted() && centroids.last! > 0.9)
  }

  @Test func aBangAtTheBeginningDoesNotOutshineTheOthers() {
    var synthesizer = Synthesizer(seconds: 4)
    for second in 0..<4 { synthesizer.tone(1000, from: Double(second), seconds: 0.1, level: 0.5) }
    let analysis = SoundAnalyzer.analysis(of: synthesizer.frames)
    #expect(value(.flux, analysis, at: 0) < 0.1)
    for second in 1..<4 {
      let peak = (0..<10).map { value(.flux, analysis, at: Double(second) + 0.01 * Double($0 - 4)) }.max()!
      #expect(peak > 0.7, "\(second): \(peak)")
    }
  }

  @Test func silenceIsZero() {
    let analysis = Self.toneAnalysis()
    for feature in Self.bands + [.rms, .flux] { #expect(value(feature, analysis, at: 11.9) < 0.01, "\(feature)") }
    for seconds in [0.0001, 0.1, 3] {
      let silent = SoundAnalyzer.analysis(of: Synthesizer(seconds: seconds).frames)
      #expect(silent.levels.allSatisfy { $0 == 0 } && silent.frameCount > 0)
      #expect(silent.values(at: 0, period: 1.0 / 24).allSatisfy { $0 == 0 })
    }
  }

  @Test func noiseIsFlatterThanATone() {
    var noise = Synthesizer(seconds: 2)
    noise.noise(level: 0.5)
    var tone = Synthesizer(seconds: 2)
    tone.tone(440, from: 0, seconds: 2, level: 0.5)
    #expect(noise.frames.flatness[40] > 0.7 && tone.frames.flatness[40] < 0.1)
    #expect(tone.frames.rms[40] > 0.35 && tone.frames.rms[40] < 0.36)
    #expect(abs(tone.frames.centroid[40] - 440) < 30)
  }

  @Test func aTenthOfASecondIsEnough() {
    var synthesizer = Synthesizer(seconds: 0.1)
    synthesizer.tone(440, from: 0, seconds: 0.1, level: 0.5)
    let analysis = SoundAnalyzer.analysis(of: synthesizer.frames)
    #expect(analysis.frameCount == 5 && abs(analysis.duration - 0.1) < 1e-9)
    #expect(value(.rms, analysis, at: 0.06) > 0.5)
    #expect(analysis.values(at: 99, period: 1.0 / 24).allSatisfy { $0.isFinite })
  }

  @Test func blocksOfAnySizeGiveTheSameFrames() {
    var synthesizer = Synthesizer(seconds: 1)
    synthesizer.noise(level: 0.3)
    let (one, other) = (synthesizer.frames, Synthesizer.frames(of: synthesizer.samples, block: 7))
    #expect(one.rms == other.rms && one.bands == other.bands && one.logBands == other.logBands)
  }

  @Test func whatStandsStillIsNotBlownUp() {
    #expect(SpectralFrames.stretched([5, 5, 5]) == [0, 0, 0])
    #expect(SpectralFrames.stretched([99.5, 100]) == [0, 0.5])
    #expect(SpectralFrames.stretched([2, 3, 4]) == [0, 0.5, 1])
    #expect(SpectralFrames.stretched([]) == [])
  }

  @Test func smoothingHasTheTimeConstantOfTheCatalogue() {
    // At 24 frames a second a share of 0.3 leaves 0.7 of a step after a frame.
    let step = [0.0] + [Double](repeating: 1, count: 400)
    let smoothed = SpectralFrames.smoothed(step, 0.3)
    let frames = 10.0
    let place = frames / 24 * SpectralFrames.rate
    let before = Int(place)
    let value = smoothed[before] + (smoothed[before + 1] - smoothed[before]) * (place - Double(before))
    #expect(abs((1 - value) - pow(0.7, frames)) < 0.001)
  }

  @Test func beatsFallOnTheNearestFrame() {
    let levels = [UInt16](repeating: 0, count: Feature.levels.count)
    let beats = BeatMap(times: [0.26, 0.75, 1.25, 1.75, 2.25])
    let analysis = SoundAnalysis(duration: 3, rate: 43, levels: levels, beats: beats)
    func frames(_ feature: Feature, fps: Double) -> [Double] {
      (0..<Int(3 * fps)).map { frame in
        analysis.values(at: Double(frame) / fps, period: 1 / fps)[Feature.allCases.firstIndex(of: feature)!]
      }
    }
    for fps in [12.0, 24, 60] {
      let hits = frames(.beat, fps: fps).indices.filter { frames(.beat, fps: fps)[$0] == 1 }
      #expect(hits == beats.times.map { Int(($0 * fps + 0.5).rounded(.down)) })
      #expect(hits.map { frames(.bdecay, fps: fps)[$0] }.allSatisfy { $0 > 0.8 })
      #expect(frames(.beatN, fps: fps).last == 4 && frames(.barN, fps: fps).last == 1)
      #expect(frames(.beatPhase, fps: fps).allSatisfy { (0...1).contains($0) })
      #expect(abs(frames(.bpm, fps: fps)[Int(fps)] - 120) < 2)
    }
  }

  @Test func anAnalysisIsReadBackAsItWasKept() {
    let analysis = Self.toneAnalysis()
    #expect(SoundAnalysis(bytes: analysis.bytes) == analysis)
    #expect(SoundAnalysis(bytes: Array(analysis.bytes.dropLast())) == nil)
    #expect(SoundAnalysis(bytes: Array(analysis.bytes.prefix(12))) == nil)
    #expect(SoundAnalysis(bytes: [UInt8](repeating: 0xFF, count: 200)) == nil)
  }

  private func pow(_ x: Double, _ y: Double) -> Double { ScalarMath.pow(x, y) }
}
