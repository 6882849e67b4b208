import Testing

@testable import SceneLang

@Suite struct SoundTests {
  /// Ten seconds with a beat every 0.6 seconds from 0.2 on, but the last ones closer.
  private static let sound = SoundAnalysis(
    duration: 10, rate: 43, levels: [UInt16](repeating: 65535, count: 430 * Feature.levels.count),
    beats: BeatMap(times: (0..<12).map { 0.2 + 0.6 * Double($0) } + [7.3, 7.8, 8.3, 8.8]))

  private func compile(
    _ text: String, sound: Result<SoundAnalysis?, SoundFailure> = .success(SoundTests.sound)
  ) -> Compilation {
    check(
      path: "scene.yaml", name: "scene", bytes: Array(("ascii-scene: 1\n" + text).utf8), using: TestCatalog.catalog,
      soundReader: { _ in sound })
  }

  private func ends(_ compilation: Compilation) -> [Int] { compilation.scene?.segments.map(\.frames.upperBound) ?? [] }

  @Test func lengthsInBeatsEndOnTheTracksBeats() {
    let result = compile(
      """
      audio: {track: a.ogg}
      segments:
        - {duration: 4beats, layers: [field: plasma]}
        - {duration: 2bars, layers: [field: plasma]}
        - {until: 14beats, layers: [field: plasma]}
        - {until: audio.end, layers: [field: plasma]}
      """)
    #expect(result.diagnostics.isEmpty, "\(TestCatalog.rendered(result))")
    // Beats 4, 12 and 14, at 2.6, 7.3 and 8.3 seconds.
    #expect(ends(result) == [62, 175, 199, 240])
    #expect(result.scene?.sound == Self.sound)
  }

  @Test func cutsFallOnTheTracksBeats() {
    let result = compile(
      """
      audio: {track: a.ogg}
      templates: {a: {kind: segment, layers: [field: plasma]}}
      segments: [{cut: {every: 4beats, until: audio.end}, use: a}]
      """)
    #expect(result.diagnostics.isEmpty, "\(TestCatalog.rendered(result))")
    // Beats 4, 8 and 12, and 16 at the mean tempo of the last eight.
    #expect(ends(result) == [62, 120, 175, 224, 240])
  }

  @Test func elsewhereABeatIsTheMeanOne() {
    let result = compile(
      "audio: {track: a.ogg}\nsegments: [{duration: 8s, layers: [{field: plasma, opacity: \"ramp(0s, 2beats)\"}]}]")
    #expect(result.diagnostics.isEmpty, "\(TestCatalog.rendered(result))")
  }

  @Test func aTrackThatCannotBeReadIsOneErrorAtItsPath() {
    let result = compile(
      "audio: {track: a.ogg}\nsegments: [{duration: 8beats, layers: [field: plasma]}]",
      sound: .failure(SoundFailure(message: "no sound can be read from `a.ogg`: it holds none")))
    #expect(result.diagnostics.map(\.id) == ["unreadable_file"])
    #expect(TestCatalog.rendered(result).contains("2:16"), "\(TestCatalog.rendered(result))")
  }

  @Test func beatsOfATrackWithoutBeatsHaveNoLength() {
    var silent = Self.sound
    silent.beats = BeatMap(times: [])
    let result = compile(
      "audio: {track: a.ogg}\nsegments: [{duration: 8beats, layers: [field: plasma]}]", sound: .success(silent))
    #expect(result.diagnostics.map(\.id) == ["beats_without_tempo"])
  }

  @Test func aSceneWithoutATrackHasNoEnd() {
    let result = compile("segments: [{until: audio.end, layers: [field: plasma]}]")
    #expect(result.diagnostics.map(\.id) == ["unknown_name"])
    #expect(compile("audio: {track: a.ogg}\nsegments: [{until: audio.start, layers: [field: plasma]}]").hasErrors)
  }
}
