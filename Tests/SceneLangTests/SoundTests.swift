import Testing

@testable import SceneLang

@Suite struct SoundTests {
  /// Ten seconds with a beat every 0.6 seconds from 0.2 on, but the last ones closer.
  private static let sound = SoundAnalysis(
    duration: 10, rate: 43, levels: [UInt16](repeating: 65535, count: 430 * Feature.levels.count),
    beats: BeatMap(times: (0..<12).map { 0.2 + 0.6 * Double($0) } + [7.3, 7.8, 8.3, 8.8], firstDownbeat: 2),
    sections: [3.8, 7.3], drops: [5])

  private func compile(
    _ text: String, sound: Result<SoundAnalysis?, SoundFailure> = .success(SoundTests.sound)
  ) -> Compilation {
    check(
      path: "scene.yaml", name: "scene", bytes: Array(("ascii-scene: 1\n" + text).utf8), using: TestCatalog.catalog,
      soundReader: { _ in sound })
  }

  /// What is worse than a note: the videos of most tests end before the sound does.
  private func mistakes(_ compilation: Compilation) -> [Diagnostic] {
    compilation.diagnostics.filter { $0.severity != .note }
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

  @Test func theOverlayIsOnTheBeatsOfTheVideo() throws {
    let result = compile(
      """
      audio: {track: a.ogg}
      segments: [{until: audio.end, layers: [{field: plasma, from: 2beats}]}]
      overlay: [{text: HEY, from: 2beats, to: 4beats}]
      """)
    let scene = try #require(result.scene)
    func times(_ layer: CheckedLayer) -> [Double] {
      guard let when = layer.when else { return [] }
      var found: [Double] = []
      func walk(_ expression: TypedExpression) {
        if case .number(let number) = expression.kind { found.append((number * 1000).rounded() / 1000) }
        expression.kind.parts.forEach(walk)
      }
      walk(when)
      return found
    }
    // Beats 2 and 4, from 0.2 s on; a layer's own two are mean beats, of 0.6 s and less.
    #expect(times(scene.overlay.layers[0]) == [1.4, 2.6])
    #expect(times(scene.segments[0].layers[0]) != [1.4])
  }

  @Test func beatsBeforeTheFirstAreNotMadeUp() {
    var late = Self.sound
    func ends(_ first: Double) -> [Int] {
      late.beats = BeatMap(tempo: 120, from: first, to: 10, beatsPerBar: 4)
      let result = compile(
        "audio: {track: a.ogg}\nsegments: [{duration: 2bars, layers: [field: plasma]}]", sound: .success(late))
      return self.ends(result)
    }
    // Eight beats of half a second from the first beat on.
    #expect(ends(0.35) == [104] && ends(1.9) == [142])
    // More than a bar before it they are.
    #expect(ends(3.1) == [98])
  }

  @Test func theOnlySegmentLastsAsLongAsTheTrack() {
    let only = compile("audio: {track: a.ogg}\nsegments: [{layers: [field: plasma]}]")
    #expect(only.diagnostics.isEmpty && ends(only) == [240], "\(TestCatalog.rendered(only))")
    let two = compile("audio: {track: a.ogg}\nsegments: [{layers: [field: plasma]}, {layers: [field: plasma]}]")
    #expect(two.diagnostics.map(\.id) == ["missing_key", "missing_key"])
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

  @Test func cutsFallOnMomentsOfTheTrack() {
    func ends(at moments: String, _ more: String = "") -> [Int] {
      let result = compile(
        """
        audio: {track: a.ogg\(more)}
        templates: {a: {kind: segment, layers: [field: plasma]}}
        segments: [{cut: {at: \(moments), until: audio.end}, use: a}]
        """)
      #expect(result.diagnostics.isEmpty, "\(TestCatalog.rendered(result))")
      return self.ends(result)
    }
    #expect(ends(at: "sections") == [91, 175, 240])
    #expect(ends(at: "drops") == [120, 240])
    #expect(ends(at: "bars") == [34, 91, 149, 199, 240])
    #expect(ends(at: "beats").count == 17)
    #expect(ends(at: "markers", ", markers: {b: 4s, a: 2s}") == [48, 96, 240])
    #expect(ends(at: "[2beats, 1s, audio.x]", ", markers: {x: 5s}") == [24, 34, 120, 240])
  }

  @Test func aSceneMayKnowItsBeatsBetter() {
    func ends(_ beats: String) -> [Int] {
      let result = compile(
        "audio: {track: a.ogg, beats: \(beats)}\nsegments: [{until: 4beats, layers: [field: plasma]}]")
      #expect(mistakes(result).isEmpty, "\(TestCatalog.rendered(result))")
      return self.ends(result)
    }
    #expect(ends("{tempo: 60, first: 0.5s}") == [108])
    #expect(ends("[0s, 1s, 2s, 3s, 4s, 5s]") == [96])
    let waltz = compile(
      "audio: {track: a.ogg, beats: {tempo: 60, meter: 3}}\nsegments: [{duration: 2bars, layers: [field: plasma]}]")
    #expect(self.ends(waltz) == [144])
  }

  @Test func tracksArePlaced() {
    let result = compile(
      """
      audio:
        tracks:
          - {track: music.ogg, from: 2s, to: 60s, gain: 0.5, fade_in: 1s, fade_out: 2s}
          - {track: voice.ogg, start: 3s, duck: 0.25}
        loudness: -16
      segments: [{until: audio.end, layers: [field: plasma]}]
      """)
    #expect(result.diagnostics.isEmpty, "\(TestCatalog.rendered(result))")
    let mix = result.scene?.audio
    #expect(mix?.tracks.map(\.path) == ["music.ogg", "voice.ogg"] && mix?.loudness == -16)
    #expect(mix?.tracks.map(\.duck) == [1, 0.25] && mix?.tracks.map(\.start) == [0, 3])
    #expect(mix?.tracks[0].to == 60 && mix?.tracks[0].fadeOut == 2 && mix?.tracks[0].gain == 0.5)
  }

  @Test(arguments: [
    ("{features: synthetic, gain: 2}", "missing_key"), ("{tracks: []}", "missing_key"),
    ("{track: a.ogg, tracks: [{track: b.ogg}]}", "conflicting_keys"),
    ("{track: a.ogg, from: 4s, to: 2s}", "empty_range"),
    ("{track: a.ogg, gain: 9}", "out_of_range"), ("{track: a.ogg, fade_in: 90s}", "out_of_range"),
    ("{track: a.ogg, start: -1s}", "out_of_range"), ("{track: a.ogg, start: 2}", "missing_unit"),
    ("{track: a.ogg, loudness: 3}", "out_of_range"), ("{track: a.ogg, markers: {end: 2s}}", "duplicate_name"),
    ("{track: a.ogg, features: synthetic, beats: [1s, 2s]}", "no_effect"),
    ("{track: a.ogg, beats: [2s, 1s]}", "out_of_range"), ("{track: a.ogg, beats: {first: 1s}}", "missing_key"),
    ("{track: /etc/a.ogg}", "path_outside"), ("{tracks: [{track: ../a.ogg}]}", "path_outside"),
  ]) func mistakesAreReported(_ audio: String, _ id: String) {
    let result = compile("audio: \(audio)\nsegments: [{duration: 2s, layers: [field: plasma]}]")
    #expect(mistakes(result).map(\.id) == [id], "\(TestCatalog.rendered(result))")
  }

  @Test func soundThatIsCutOffIsTold() {
    func findings(_ length: String) -> [Diagnostic] {
      compile("audio: {track: a.ogg}\nsegments: [{\(length), layers: [field: plasma]}]").diagnostics
    }
    #expect(findings("until: audio.end").isEmpty && findings("duration: 9.5s").isEmpty)
    let cut = findings("duration: 4s")
    #expect(cut.map(\.id) == ["after_the_end"] && cut.map(\.severity) == [.note])
    #expect(cut[0].message == "the sound goes on to 10 s, and is cut off where the video ends, at 4 s")
  }

  @Test func elsewhereABeatIsTheMeanOne() {
    let result = compile(
      "audio: {track: a.ogg}\nsegments: [{duration: 8s, layers: [{field: plasma, opacity: \"ramp(0s, 2beats)\"}]}]")
    #expect(mistakes(result).isEmpty, "\(TestCatalog.rendered(result))")
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

  @Test func aTempoGivesASilentTrackItsBeats() {
    var silent = Self.sound
    silent.beats = BeatMap(times: [])
    func beats(_ audio: String, of sound: SoundAnalysis) -> BeatMap? {
      let result = compile(
        "tempo: 140\naudio: \(audio)\nsegments: [{duration: 8beats, layers: [field: plasma]}]", sound: .success(sound))
      #expect(mistakes(result).isEmpty, "\(TestCatalog.rendered(result))")
      return result.scene?.sound?.beats
    }
    let found = beats("{track: a.ogg}", of: silent)
    #expect(found?.times.count == 24 && found?.times.first == 0 && found?.firstDownbeat == 0)
    #expect(found == beats("{track: a.ogg, beats: {tempo: 140}}", of: silent))
    #expect(beats("{track: a.ogg}", of: Self.sound) == Self.sound.beats)
  }

  @Test func aSceneWithoutATrackHasNoEnd() {
    let result = compile("segments: [{until: audio.end, layers: [field: plasma]}]")
    #expect(result.diagnostics.map(\.id) == ["unknown_name"])
    #expect(compile("audio: {track: a.ogg}\nsegments: [{until: audio.start, layers: [field: plasma]}]").hasErrors)
  }

  @Test func pulsesNeedWholeBeats() {
    func compile(_ when: String) -> Compilation {
      self.compile(
        "audio: {track: a.ogg}\nsegments: [{duration: 8s, layers: [{field: plasma, when: \"\(when)\"}]}]")
    }
    for when in ["every(4beats)", "every(1bar)", "every(0.5s)", "not every(2bars)", "every(8f)"] {
      #expect(mistakes(compile(when)).isEmpty, "\(when): \(TestCatalog.rendered(compile(when)))")
    }
    for (when, id) in [
      ("every(0.5beats)", "out_of_range"), ("every(4)", "missing_unit"), ("every()", "wrong_argument_count"),
      ("every(1ms)", "out_of_range"),
    ] {
      #expect(mistakes(compile(when)).map(\.id) == [id], "\(when): \(TestCatalog.rendered(compile(when)))")
    }
  }
}
