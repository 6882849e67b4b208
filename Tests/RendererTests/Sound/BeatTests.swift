import SceneLang
import Testing

@testable import Renderer

@Suite struct BeatTests {
  @Test(arguments: DrumTrack.all) func beatsOfKnownTracksAreFound(_ track: DrumTrack) {
    let beats = BeatTracker.beats(of: Synthesizer.frames(of: track.samples))
    #expect(beatFMeasure(beats.times, track.beats) >= 0.95, "\(beats.times)")
    let truth = BeatMap(times: track.beats)
    #expect(abs(beats.tempo / truth.tempo - 1) < 0.01, "\(beats.tempo) instead of \(truth.tempo)")
    let downbeat = beats.times[beats.firstDownbeat]
    #expect(stride(from: 0, to: track.beats.count, by: 4).contains { abs(track.beats[$0] - downbeat) < 0.07 })
  }

  @Test(arguments: [70.0, 90, 120, 133, 160]) func clicksGiveTheirTempo(_ tempo: Double) {
    let beats = BeatTracker.beats(of: clicks(tempo))
    #expect(abs(beats.tempo / tempo - 1) < 0.01, "\(beats.tempo)")
  }

  @Test func aTempoThatIsSaidIsKept() {
    // Clicks at 120 are every second beat of 240, and two beats of 60.
    for (said, share) in [(60.0, 0.5), (120, 1)] {
      let beats = BeatTracker.beats(of: clicks(120), tempo: said)
      #expect(abs(beats.tempo / (120 * share) - 1) < 0.01, "\(beats.tempo)")
    }
  }

  /// Kicks on the beats, a break without them, and then a bass between them that is the stronger onset.
  @Test(arguments: [122.0, 128], [true, false]) func aBassBetweenTheBeatsDoesNotMoveThem(
    _ tempo: Double, _ isSaid: Bool
  ) {
    let beat = 60 / tempo
    var synthesizer = Synthesizer(seconds: 96 * beat + 1)
    for index in 0..<96 where !(32..<48).contains(index) {
      let time = 0.4 + Double(index) * beat
      synthesizer.play(.kick, at: time, level: 0.9)
      if index >= 16 { synthesizer.play(.hat, at: time + beat / 2) }
      if index >= 48 { synthesizer.tone(55, from: time + beat / 2, seconds: 0.9 * beat, level: 0.5) }
    }
    let beats = BeatTracker.beats(of: synthesizer.frames, tempo: isSaid ? tempo : nil).times
    let kicks = (0..<96).map { 0.4 + Double($0) * beat }
    #expect(beatFMeasure(beats, kicks) >= 0.9, "\(beats)")
  }

  @Test func silenceHasNoBeats() {
    for seconds in [0.001, 0.1, 5] {
      #expect(BeatTracker.beats(of: Synthesizer(seconds: seconds).frames).times.isEmpty)
    }
  }

  @Test(arguments: [440.0, 441, 1493.5]) func noBeatComesBeforeTheSound(hertz: Double) {
    var synthesizer = Synthesizer(seconds: 12)
    synthesizer.tone(hertz, from: 0, seconds: 12, level: 0.5)
    let frames = synthesizer.frames
    let beats = BeatTracker.beats(of: frames)
    #expect(beats.times.allSatisfy { (0...12).contains($0) }, "\(beats.times)")
    #expect(BeatNovelty(frames, beats).values.count > 0)
  }

  @Test func beatsBeginAndEndWithTheSound() {
    var synthesizer = Synthesizer(seconds: 20)
    for index in 10..<30 { synthesizer.play(.kick, at: Double(index) / 2) }
    let beats = BeatTracker.beats(of: synthesizer.frames)
    #expect(abs(beats.times.first! - 5) < 0.07 && abs(beats.times.last! - 14.5) < 0.6, "\(beats.times)")
  }

  private func clicks(_ tempo: Double) -> SpectralFrames {
    var synthesizer = Synthesizer(seconds: 20)
    for index in 0..<Int(20 * tempo / 60) { synthesizer.play(.click, at: 0.1 + Double(index) * 60 / tempo) }
    return synthesizer.frames
  }
}

@Suite struct BeatMapTests {
  private let map = BeatMap(times: [1, 1.5, 2, 2.5, 3, 3.6, 4.2], firstDownbeat: 2)

  @Test func placesAndTimesAreInverse() {
    for beat in [-3, 0, 0.25, 2, 4.5, 6, 9.75] {
      #expect(abs(map.beat(at: map.seconds(ofBeat: beat)) - beat) < 1e-9)
    }
    #expect(map.seconds(ofBeat: 4.5) == 3.3)
    #expect(map.seconds(ofBeat: -2) < 0.1)
  }

  @Test func beatsAreCountedFromTheirTimes() {
    #expect([0, 1, 1.2, 4.2, 99].map { map.count(by: $0) } == [0, 1, 1, 7, 7])
    #expect((0..<7).map { map.bar(ofBeat: $0) } == [0, 0, 0, 0, 0, 0, 1])
    #expect(BeatMap(times: [2]).tempo == 0 && BeatMap(times: []).tempo == 0)
  }
}
