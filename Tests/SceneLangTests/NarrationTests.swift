import Testing

@testable import SceneLang

@Suite struct NarrationTests {
  private func compile(_ text: String, speech: SpeechReader? = nil) -> Compilation {
    check(
      path: "scene.yaml", name: "scene", bytes: Array(("ascii-scene: 1\n" + text).utf8), using: TestCatalog.catalog,
      speechReader: speech)
  }

  private func scene(_ input: String, more: String = "") -> String {
    "inputs: {w: {\(input)}}\n\(more)segments: [{duration: w.end, layers: [lyrics: w]}]"
  }

  @Test func linesLieAsTheCatalogueSays() {
    // I-15: intro 5 s, outro 4 s, gap = max(1, remaining / (n − 1)).
    let layout = NarrationLayout(length: 30)
    let (lines, end) = layout.places(of: [3, 4, 2])
    #expect(lines == [5...8, 14...18, 24...26] && end == 30)
    let (tight, late) = NarrationLayout(length: 10).places(of: [3, 4, 2])
    #expect(tight == [5...8, 9...13, 14...16] && late == 20)
    #expect(NarrationLayout(intro: 0, outro: 1).places(of: [2]).lines == [0...2])
    #expect(NarrationLayout(intro: 0, outro: 1, length: 9).places(of: [2]).end == 9)
  }

  @Test func withoutAVoiceLinesAreShownForAsLongAsTheyTake() throws {
    let result = compile(
      scene(
        "narration: [one two three, {text: \"2 km\", say: two whole kilometres of it}], pace: 120, start: 1s, outro: 2s"
      ))
    #expect(result.diagnostics.isEmpty, "\(TestCatalog.rendered(result))")
    let scene = try #require(result.scene)
    #expect(scene.cues.map(\.text) == ["one two three", "2 km"])
    // 0.4 s, and half a second for each word that is said; a second between them.
    #expect(scene.cues.map(\.start) == [1, 3.9] && abs(scene.cues[1].end - 6.8) < 1e-9)
    #expect(scene.audio == nil && lower(scene).frameCount == 211)
  }

  @Test func whatIsSaidIsHeardWhereItIsShown() throws {
    let result = compile(
      scene("narration: [Hello, {text: \"2 km\", say: two kilometres}], voice: de, pace: 200, duck: 0.2, length: 20s")
    ) { request in
      #expect(request.voice == "de" && request.pace == 200)
      return .success(Speech(path: "/kept/\(request.text).wav", duration: request.text == "Hello" ? 2 : 4))
    }
    let scene = try #require(result.scene, "\(TestCatalog.rendered(result))")
    let tracks = try #require(scene.audio).tracks
    #expect(tracks.map(\.path) == ["/kept/Hello.wav", "/kept/two kilometres.wav"])
    #expect(tracks.map(\.start) == [5, 12] && tracks.map(\.duck) == [0.2, 0.2])
    #expect(scene.cues.map(\.start) == [5, 12] && scene.cues.map(\.end) == [7, 16])
  }

  @Test func mistakesAreFound() {
    func ids(_ input: String, layer: String = "lyrics: w", speech: SpeechReader? = nil) -> [String] {
      compile("inputs: {w: {\(input)}}\nsegments: [{duration: 20s, layers: [{\(layer)}]}]", speech: speech)
        .diagnostics.map(\.id)
    }
    #expect(ids("narration: [Hello]") == [])
    #expect(ids("narration: []") == ["missing_key"])
    #expect(ids("narration: Hello") == ["wrong_type"])
    #expect(ids("narration: [{say: Hello}]") == ["missing_key"])
    #expect(ids("narration: [\" \"]") == ["wrong_type"])
    #expect(ids("narration: [Hello], fit: cover") == ["unknown_key"])
    #expect(ids("lyrics: [{from: 0s, to: 1s, text: a}], voice: en") == ["unknown_key"])
    #expect(ids("narration: [Hello], pace: 9") == ["out_of_range"])
    for voice in ["--help", "../../etc/passwd", "en us", "''", "-v"] {
      #expect(ids("narration: [Hello], voice: \(voice)") == ["wrong_type"], "\(voice)")
    }
    #expect(
      ids("narration: [Hello]", speech: { _ in .failure(InputFailure(message: "no voice")) }) == ["unreadable_file"])
  }

  @Test func subtitlesAreReadBackAsTheyWereWritten() throws {
    let cues = [TextCue(text: "Hello there", start: 1.5, end: 3), TextCue(text: "World", start: 3661.25, end: 3662)]
    let text = SubRip.text(cues)
    #expect(text.hasPrefix("1\n00:00:01,500 --> 00:00:03,000\nHello there\n\n2\n01:01:01,250 --> "))
    let file = try #require(CueFile(Array(text.utf8)))
    #expect(file.faults.isEmpty && file.cues == cues)
    // Of a part of the video, on its own clock.
    #expect(SubRip.track(cues, from: 2, to: 60) == SubRip.text(cues, from: 2, to: 60))
    #expect(SubRip.text(cues, from: 2, to: 60) == "1\n00:00:00,000 --> 00:00:01,000\nHello there\n")
  }

  /// By less than a quarter of a second; equal beginnings stay.
  @Test(
    arguments: [
      ([(1, 3.2), (3, 5)], [3.0, 5]), ([(1, 3.3), (3, 5)], [3.3, 5]), ([(1, 2), (1, 2)], [2, 2]),
      ([(1, 1.2), (1.1, 3), (2.9, 4)], [1.1, 2.9, 4]), ([(1, 9), (2, 4), (8.8, 10)], [8.8, 4, 10]),
    ] as [([(Double, Double)], [Double])])
  func cuesThatTouchArePartedInPictures(_ times: [(Double, Double)], _ ends: [Double]) {
    let cues = times.map { TextCue(text: "a", start: $0.0, end: $0.1) }
    #expect(cues.parted().map(\.end) == ends)
    #expect(cues.parted().map(\.start) == times.map(\.0))
  }

  @Test func aTrackShowsOneTextAtATime() {
    let cues = [
      TextCue(text: "b", start: 2, end: 4), TextCue(text: "a", start: 1, end: 3), TextCue(text: "c", start: 3, end: 4),
      TextCue(text: "d", start: 4.0001, end: 5), TextCue(text: "e", start: 6, end: 7),
    ]
    let texts = SubRip.track(cues).split(separator: "\n\n").map { $0.split(separator: "\n").dropFirst() }
    #expect(
      texts.map(Array.init) == [
        ["00:00:01,000 --> 00:00:02,000", "a"], ["00:00:02,000 --> 00:00:03,000", "a", "b"],
        ["00:00:03,000 --> 00:00:04,000", "b", "c"], ["00:00:04,000 --> 00:00:05,000", "d"],
        ["00:00:06,000 --> 00:00:07,000", "e"],
      ])
  }
}
