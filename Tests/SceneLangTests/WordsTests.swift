import Testing

@testable import SceneLang

@Suite struct WordsTests {
  private func cues(_ text: String) throws -> CueFile { try #require(CueFile(Array(text.utf8))) }

  @Test func subRipIsReadAsItIsFound() throws {
    let text =
      "\u{FEFF}1\r\n00:00:01,500 --> 00:00:03,000\r\n<i>Hello</i> {\\an8}there,\r\nworld\r\n\r\n"
      + "2\r\n0:01:02.25 --> 01:02.75 X1:40\r\nTom &amp; <b>you</b>\r\n"
    let file = try cues(text)
    #expect(file.faults.isEmpty)
    #expect(file.cues.map(\.text) == ["Hello there, world", "Tom & you"])
    #expect(file.cues.map(\.start) == [1.5, 62.25] && file.cues.map(\.end) == [3, 62.75])
  }

  /// Old files are often in another encoding.
  @Test func wordsThatAreNoUTF8AreToldHowToBecomeIt() {
    let scene = "ascii-scene: 1\ninputs: {w: {lyrics: a.srt}}\nsegments: [{duration: 1s, layers: [lyrics: w]}]\n"
    let latin = Array("1\n00:00:01,000 --> 00:00:02,000\nh".utf8) + [0xE9] + Array("llo\n".utf8)
    let found = check(
      path: "scene.yaml", name: "scene", bytes: Array(scene.utf8), using: TestCatalog.catalog,
      importer: { _ in .success(latin) }
    ).diagnostics
    #expect(found.map(\.id) == ["unreadable_file"])
    #expect(found.first?.help?.hasPrefix("save it as UTF-8, as by `iconv") == true)
  }

  @Test func aMissingEmptyLineAndABracketLoseNoWords() throws {
    let file = try cues(
      "1\n00:01,000 --> 00:02,000\na < b > c\n2\n00:02,000 --> 00:03,000\n<3 you\n00:04,000 --> 00:05,000\nthree\n")
    #expect(file.faults.isEmpty)
    #expect(file.cues.map(\.text) == ["a < b > c", "<3 you", "three"] && file.cues.map(\.start) == [1, 2, 4])
  }

  @Test func webVTTHasTimesOfWords() throws {
    let file = try cues(
      """
      WEBVTT - a song

      NOTE nothing
      to see

      STYLE
      ::cue { color: red }

      intro
      00:01.000 --> 00:05.000 align:start
      Never <00:02.000>gonna <c><00:03.000>give you</c>
      """)
    #expect(file.faults.isEmpty && file.cues.count == 1)
    #expect(file.cues[0].text == "Never gonna give you" && file.cues[0].wordTimes == [1, 2, 3, 4])
  }

  @Test func lyricsEndWhereTheNextLineBegins() throws {
    let file = try cues(
      """
      [ar: Somebody]
      [offset: 500]
      [00:10.00] First line
      [00:12.50][00:30.00] Again
      [00:20.00]
      [00:21.00] <00:21.00> one <00:22.00> two
      """)
    #expect(file.faults.isEmpty)
    #expect(file.cues.map(\.text) == ["First line", "Again", "one two", "Again"])
    #expect(file.cues.map(\.start) == [9.5, 12, 20.5, 29.5])
    // Until the next line, or for eight seconds.
    #expect(file.cues.map(\.end) == [12, 19.5, 28.5, 37.5])
    #expect(file.cues[2].wordTimes == [20.5, 21.5])
  }

  @Test func lyricsLoseTheirTagsAndKnowWhenTheLastWordIsOver() throws {
    let file = try cues(
      """
      [offset: 2500]
      [00:01.00] gone
      [00:02.00] half
      [00:05.00]<00:05.00>the <i>long</i> <00:06.00>night<00:07.00>
      [00:09.00] <3 and more
      """)
    #expect(file.faults.isEmpty)
    #expect(file.cues.map(\.text) == ["half", "the long night", "<3 and more"])
    #expect(file.cues.map(\.start) == [0, 2.5, 6.5] && file.cues[1].end == 6.5)
    #expect(file.cues[1].wordTimes == [2.5, 3, 3.5, 4.5])
  }

  @Test func everyBadCueIsNamedByItsLine() throws {
    let text = """
      1
      00:00:05,000 --> 00:00:03,000
      backwards

      2
      00:00:61,000 --> 00:02:00,000
      no such second

      just words

      4
      00:00:06,000 --> 00:00:07,000
      <i></i>

      5
      00:00:08,000 --> 00:00:09,000
      fine
      """
    let file = try cues(text)
    #expect(file.cues.map(\.text) == ["fine"])
    let bytes = Array(text.utf8)
    #expect(
      file.faults.map { String(decoding: bytes[$0.place], as: UTF8.self) } == [
        "00:00:05,000 --> 00:00:03,000", "00:00:61,000 --> 00:02:00,000", "just words", "00:00:06,000 --> 00:00:07,000",
      ])
    #expect(CueFile([0xFF, 0xFE, 0x41]) == nil)
    #expect(try cues("").cues.isEmpty && !cues("").hasTimes)
  }

  /// `[00:08:50]` may mean eight seconds or eight minutes.
  @Test func timesOfThreeNumbersAreNoneInLyrics() throws {
    let file = try cues(
      "[00:01.00] one\n[00:08:50]colon\n[00:03.00][00:04:00] twice\n[00:05.00] two <00:06:00> three\n")
    #expect(file.cues.map(\.text) == ["one", "two <00:06:00> three"])
    #expect(file.faults.map(\.place) == [15..<30, 31..<57])
  }

  @Test func anyBytesAreSurvived() {
    var seed: UInt64 = 3
    func random(_ count: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % count
    }
    let pieces = [
      "00:01,0", "-->", "\n", "\r", "[", "]", "<", ">", "{\\", "}", "1", ":", ".", " ", "words", "&amp", "\u{FEFF}",
    ]
    for _ in 0..<2000 {
      let text = (0..<random(30)).map { _ in pieces[random(pieces.count)] }.joined()
      guard let file = CueFile(Array(text.utf8)) else { continue }
      for cue in file.cues {
        #expect(cue.start < cue.end && cue.wordTimes.count == TextCue.words(of: cue.text).count, "\(text)")
      }
    }
  }

  @Test func wordsShareTheTimeByTheirLength() {
    let cue = TextCue(text: "a  bbb", start: 0, end: 6)
    #expect(cue.text == "a bbb" && cue.wordTimes == [0, 2])
  }

  @Test func linesOfACueAreKeptAndSpacesAreNot() {
    let cue = TextCue(text: "  one  two \r\n\n three ", start: 0, end: 3)
    #expect(cue.text == "one two\nthree" && cue.wordTimes.count == 3)
    #expect(cue.moved(by: 1)?.text == cue.text)
    // What is gone before the video begins is left out, and what runs into it begins with it.
    #expect(cue.moved(by: -3) == nil)
    let cut = cue.moved(by: -2)
    #expect(cut?.start == 0 && cut?.end == 1 && cut?.wordTimes.first == -2)
  }

  // MARK: In scenes

  @Test func aLineBreakInTheSceneIsShown() throws {
    let result = compile(
      """
      inputs: {words: {lyrics: [{from: 0s, to: 2s, text: "Hello\\nworld"}]}}
      segments: [{duration: 2s, layers: [lyrics: words]}]
      """)
    let graph = lower(try #require(result.scene))
    guard case .text(let block) = graph.segments[0].layers[0].source else {
      Issue.record("no text")
      return
    }
    #expect(block.lyrics?.cues.map(\.text) == ["Hello\nworld"])
  }

  private func compile(_ text: String, file: String = "") -> Compilation {
    check(
      path: "scene.yaml", name: "scene", bytes: Array(("ascii-scene: 1\n" + text).utf8), using: TestCatalog.catalog,
      importer: { $0 == "a.srt" ? .success(Array(file.utf8)) : .failure(ImportFailure(reason: "not there")) })
  }

  @Test func aLayerShowsCues() throws {
    let result = compile(
      """
      inputs: {words: {lyrics: a.srt, start: 2s}}
      segments:
        - {duration: 4s, layers: [lyrics: words]}
        - {duration: 4s, layers: [field: plasma]}
      overlay: [{lyrics: words, align: left}]
      """, file: "00:01.0 --> 00:02.0\nHello\n\n00:03.5 --> 00:05.0\nWorld\n")
    #expect(result.diagnostics.isEmpty, "\(TestCatalog.rendered(result))")
    let graph = lower(try #require(result.scene))
    guard case .text(let first) = graph.segments[0].layers[0].source,
      case .text(let over) = graph.segments[1].overlay[0].source
    else {
      Issue.record("no text")
      return
    }
    #expect(first.lyrics?.cues.map(\.text) == ["Hello"] && first.lyrics?.cues.map(\.start) == [3])
    #expect(over.lyrics?.cues.map(\.text) == ["World"] && over.alignment == .left)
  }

  @Test func wordsOfASongMayBeginBeforeItsPart() throws {
    func cues(_ start: String) -> (texts: [String], ids: [String]) {
      let result = compile(
        "inputs: {words: {lyrics: a.srt, start: \(start)}}\nsegments: [{duration: 4s, layers: [lyrics: words]}]",
        file: "00:01.0 --> 00:02.0\nHello\n\n00:03.5 --> 00:05.0\nWorld\n")
      guard let scene = result.scene, case .text(let block) = lower(scene).segments[0].layers[0].source else {
        return ([], result.diagnostics.map(\.id))
      }
      return (block.lyrics?.cues.map(\.text) ?? [], result.diagnostics.map(\.id))
    }
    #expect(cues("-3s") == (["World"], []))
    #expect(cues("-5s") == ([], ["out_of_range"]))
  }

  @Test func mistakesAreFound() {
    func ids(_ inputs: String, _ layer: String = "lyrics: words", file: String = "00:01.0 --> 00:02.0\nHello\n")
      -> [String]
    {
      compile("inputs: {\(inputs)}\nsegments: [{duration: 2s, layers: [{\(layer)}]}]", file: file).diagnostics.map(\.id)
    }
    #expect(ids("words: {lyrics: a.srt}") == [])
    #expect(ids("words: {lyrics: b.srt}") == ["unreadable_file"])
    #expect(ids("words: {lyrics: ../a.srt}") == ["path_outside"])
    #expect(ids("words: {lyrics: a.srt, fit: cover}") == ["unknown_key"])
    #expect(ids("words: {lyrics: a.srt}", "lyrics: wrods") == ["unknown_name"])
    #expect(ids("words: {lyrics: a.srt}", "field: words.luma") == ["unknown_name"])
    #expect(ids("words: {lyrics: [{from: 2s, to: 1s, text: a}]}") == ["bad_cue"])
    #expect(ids("words: {lyrics: [{from: 0s, to: 1s, text: a}, {from: 1s, text: b}]}") == ["missing_key"])
    #expect(
      ids("words: {lyrics: a.srt}", file: "00:01.0 -> 00:02.0\nHello\n\n00:01 --> 00:03\nx\n") == ["bad_cue"])
    #expect(ids("words: {lyrics: a.srt}", file: "00:01 --> 00:03\nx\n\n00:02 --> 00:03\ny\n") == ["after_the_end"])
    // Without any cue it is no file of words.
    #expect(
      ids("words: {lyrics: a.srt}", file: "00:01.0 -> 00:02.0\nHello\n\n00:02 --> 00:01\nx\n").sorted() == [
        "bad_cue", "bad_cue", "unreadable_file",
      ])
    for text in ["", "just words\n", "LUT_3D_SIZE 2\n0 0 0\n", "WEBVTT\n\n"] {
      #expect(ids("words: {lyrics: a.srt}", file: text) == ["unreadable_file"], "\(text)")
    }
  }
}
