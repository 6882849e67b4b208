import SceneLang
import Testing

@testable import Renderer

/// Where music changes.
@Suite struct BeatNoveltyTests {
  /// Bars of four beats at 120: of drums alone, with a chord, without drums, with all.
  private static let music: SpectralFrames = {
    var synthesizer = Synthesizer(seconds: 64)
    for beat in 0..<128 {
      let (time, part) = (0.5 * Double(beat), beat / 32)
      if part != 2 {
        synthesizer.play(.kick, at: time)
        synthesizer.play(.hat, at: time + 0.25)
        if !beat.isMultiple(of: 2) { synthesizer.play(.snare, at: time) }
      } else if beat.isMultiple(of: 4) {
        synthesizer.play(.hat, at: time)
      }
      if part > 0 && beat.isMultiple(of: 4) {
        for hertz in [110, 220, 277.2, 329.6] { synthesizer.tone(hertz, from: time, seconds: 2, level: 0.08) }
      }
      if part == 3 { synthesizer.tone(880 + 110 * Double(beat % 4), from: time, seconds: 0.5, level: 0.15) }
    }
    return synthesizer.frames
  }()

  @Test func sectionsBeginWhereTheMusicChanges() {
    let beats = BeatMap(times: (0..<128).map { 0.5 * Double($0) })
    let found = Sections.starts(in: Self.music, beats)
    for change in [16.0, 32, 48] {
      #expect(found.contains { abs($0 - change) < 0.6 }, "\(change) of \(found)")
    }
    #expect(found.count <= 4, "\(found)")
  }

  @Test func withoutBeatsTheyAreFoundToTheSecond() {
    let found = Sections.starts(in: Self.music, BeatMap(times: []))
    for change in [16.0, 32, 48] {
      #expect(found.contains { abs($0 - change) < 1.1 }, "\(change) of \(found)")
    }
  }

  @Test func whatNeverChangesHasNoSections() {
    var synthesizer = Synthesizer(seconds: 40)
    for beat in 0..<80 { synthesizer.play(.kick, at: 0.5 * Double(beat)) }
    let beats = BeatMap(times: (0..<80).map { 0.5 * Double($0) })
    #expect(Sections.starts(in: synthesizer.frames, beats).isEmpty)
    #expect(Sections.starts(in: Synthesizer(seconds: 0.1).frames, BeatMap(times: [])).isEmpty)
  }
}
