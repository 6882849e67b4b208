import SceneLang
import Testing

@testable import Renderer

@Suite struct SoundTableTests {
  private static let ramp = SoundTables(
    spectrum: (0..<SoundTables.size).map { Float($0) / 255 },
    waveform: (0..<SoundTables.size).map { 1 - Float($0) / 100 })

  @Test func cellsAndScalarsReadTheSame() {
    let places: [Float] = [-1, 0, 0.001, 0.25, 0.5, 0.7777, 0.999, 1, 7, .infinity]
    for (table, numbers) in [(SoundTable.spectrum, Self.ramp.spectrum), (.waveform, Self.ramp.waveform)] {
      for level in FieldLanes.supportedLevels {
        // The table is longer than the strip of places: only its base counts.
        let padded = places + Array(repeating: 0, count: numbers.count - places.count)
        let found = FieldLanes.run(.lookup, [numbers, padded], level: level)
        for (place, value) in zip(places, found) {
          #expect(abs(Double(value) - Self.ramp.value(table, at: Double(place))) < 1e-5, "\(table) at \(place)")
        }
      }
    }
    #expect(Self.ramp.value(.spectrum, at: .nan) == 0)
  }

  @Test func aToneStandsAtItsPitch() {
    var synthesizer = Synthesizer(seconds: 2)
    synthesizer.tone(1000, from: 0, seconds: 2, level: 0.5)
    let tables = SoundAnalyzer.analysis(of: synthesizer.frames).tables(at: 1)
    let place = ScalarMath.log(1000.0 / 20) / ScalarMath.log(800)
    let highest = tables.spectrum.indices.max { tables.spectrum[$0] < tables.spectrum[$1] }!
    #expect(abs(Double(highest) / 255 - place) < 0.02, "\(highest)")
    // 46 ms of 1000 Hz: the samples swing between the extremes and change their sign 92 times.
    let signs = zip(tables.waveform, tables.waveform.dropFirst()).count { $0 * $1 < 0 }
    #expect((88...96).contains(signs) && tables.waveform.max()! > 0.8 && tables.waveform.min()! < -0.8, "\(signs)")
  }

  @Test func beyondTheSoundThereIsSilence() {
    var synthesizer = Synthesizer(seconds: 1)
    synthesizer.tone(1000, from: 0, seconds: 1, level: 0.5)
    let analysis = SoundAnalyzer.analysis(of: synthesizer.frames)
    #expect(analysis.tables(at: 5) == .silence && analysis.tables(at: -1) == .silence)
  }

  @Test func syntheticTablesFollowTheSyntheticFeatures() {
    let features = SyntheticFeatures(tempo: 120)
    let (tables, values) = (features.tables(at: 1.3), features.values(at: 1.3, period: 1.0 / 24))
    #expect(tables.spectrum[0] == Float(values[Feature.allCases.firstIndex(of: .sub)!]))
    #expect(tables.spectrum[255] == Float(values[Feature.allCases.firstIndex(of: .hi)!]))
    #expect(tables.waveform.allSatisfy { abs($0) <= 1 })
  }
}

@Suite struct SyncReportTests {
  private let beats = BeatMap(times: [0.5, 1, 1.5, 2, 9])

  @Test func jumpsAreMatchedWithBeats() {
    var levels = [Double](repeating: 20, count: 60)
    // At 0.5 s, a frame after 1 s, and where no beat is; the last two fall again after the beat's frames.
    for frame in [12, 25, 40] { for shown in frame..<frame + 3 { levels[shown] = 100 } }
    let report = SyncReport(levels: levels, fps: FrameRate(24), beats: beats)
    #expect(report.beats == 4 && report.jumps == 6)
    #expect(report.distances.count == 2 && report.beatsWithoutJump == 2)
    #expect(report.mean > 0.02 && report.mean < 0.021 && abs(report.greatest - 1.0 / 24) < 1e-9)
    #expect(report.strayJumps == 4 && report.percentile95 == report.greatest)
  }

  /// Nothing can jump in the first frame, nor after the last; the beat just before 2 s lies nearest to what is not shown.
  @Test func beatsThatNoFrameCanShowDoNotCount() {
    var levels = [Double](repeating: 20, count: 48)
    for frame in [12, 24, 36] { levels[frame] = 100 }
    let beats = BeatMap(times: [0, 0.5, 1, 1.5, 1.999, 2, 2.5])
    let report = SyncReport(levels: levels, fps: FrameRate(24), beats: beats)
    #expect(report.beats == 3 && report.distances == [0, 0, 0] && report.beatsWithoutJump == 0)
  }

  @Test func cutsAreJumpsHoweverBrightTheyAre() {
    let frames = beats.times.prefix(2).map { Int(($0 * 24).rounded()) }
    let report = SyncReport(
      levels: Array(repeating: 50, count: 60), cuts: Set(frames + [0, 61]), fps: FrameRate(24), beats: beats)
    #expect(report.jumps == 2 && report.cuts == 2 && report.distances.count == 2)
  }

  @Test func aStillPictureMissesAllBeats() {
    let report = SyncReport(levels: Array(repeating: 50, count: 60), fps: FrameRate(24), beats: beats)
    #expect(report.distances.isEmpty && report.beatsWithoutJump == 4 && report.mean == 0 && report.percentile95 == 0)
  }
}
