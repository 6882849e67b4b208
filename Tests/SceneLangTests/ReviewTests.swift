import Testing

@testable import SceneLang

/// Columns behind wide characters are the same in every format.
@Test func columnsAreOneThing() throws {
  let result = TestCatalog.check(
    "ascii-scene: 1\nsegments: [{name: \"日本é👍\", duration: 1s, layers: [{field: \"plasmaa\"}]}]\n")
  let finding = try #require(result.diagnostics.first)
  func text(_ style: DiagnosticRenderer.Style) -> String {
    DiagnosticRenderer(sources: result.sources, style: style).render([finding])
  }
  #expect(text(.plain).contains("scene.yaml:2:59\n"))
  #expect(text(.short).hasPrefix("scene.yaml:2:59: "))
  #expect(text(.github).contains(",col=59,"))
  var log = SARIF(version: "0")
  log.add(finding, in: result.sources)
  #expect(log.json.text.contains(#""startColumn":59"#))
  #expect(text(.json).contains(#""line":2,"column":59,"endLine":2,"endColumn":66,"offset":81,"endOffset":88,"#))
  #expect(text(.json).contains(#""displayColumn":62,"endDisplayColumn":69"#))
}

/// Notes on times and on segments of one piece: remarks, which fail no `--strict`.
@Suite struct ReviewTests {
  private static func findings(_ scene: String) -> [Diagnostic] {
    TestCatalog.check("ascii-scene: 1\n\(scene)\n").diagnostics
  }

  @Test(arguments: [
    ("duration: 2.02s", true), ("duration: 2s", false), ("duration: 1.5s", false), ("duration: 1010ms", true),
    ("until: 2.02s", true), ("duration: 48f", false), ("duration: 1s + 0.02s", false),
    ("duration: 0.041666667s", false),
  ])
  func roundedTimesAreNoted(_ time: String, _ isNoted: Bool) {
    let found = Self.findings("segments: [{\(time), layers: [field: plasma]}]")
    #expect(found.map(\.id) == (isNoted ? ["rounded_time"] : []))
    #expect(found.allSatisfy { $0.severity == .note })
  }

  @Test func onlyTheFirstRoundedTimeIsNoted() {
    let segment = "{duration: 2.02s, layers: [field: plasma]}"
    #expect(Self.findings("segments: [\(segment), \(segment)]").map(\.id) == ["rounded_time"])
  }

  @Test(arguments: [
    ("{text: a}, {text: b}", true), ("{text: a}, {text: a}", false), ("{text: a}, {text: \"\"}", false),
    ("{text: a}, {text: b, position: [0.5, 0.8]}", false), ("{text: a}, {text: b, prefer: bottom}", false),
    ("{text: a, prefer: top}, {text: b, prefer: top}", true),
    ("{text: a, align: left}, {text: b, align: right}", false),
    ("{text: a, to: 2s}, {text: b, from: 2s}", false), ("{text: a, to: 2.5s}, {text: b, from: 2s}", true),
    ("{text: a, from: 1s, to: 2s}, {text: b, from: 3s}, {text: c, from: 1.5s, to: 2.5s}", true),
    ("{text: a}, {text: b, when: t > 3s}", false), ("{text: a}, {text: b, mask: u}", false),
    ("{text: a, opacity: {keys: {0s: 1, 4s: 0}}}, {text: b}", false),
    ("{text: a}, {layers: [{text: b}]}", false), ("{layers: [{text: a}, {text: b}]}", true),
  ])
  func textsInOnePlaceAreTold(_ layers: String, _ isTold: Bool) {
    for scene in [
      "segments: [{duration: 4s, layers: [field: plasma, \(layers)]}]",
      "overlay: [\(layers)]\nsegments: [{duration: 4s, layers: [field: plasma]}]",
    ] {
      let found = Self.findings(scene)
      #expect(found.map(\.id) == (isTold ? ["overlapping_texts"] : []), "\(scene): \(found.map(\.message))")
    }
  }

  /// Beats of a tempo are as exact as seconds, those of a track are not.
  @Test(arguments: [
    ("tempo: 124bpm", "duration: 4beats", true), ("tempo: 130", "until: 3beats", true),
    ("tempo: 124bpm", "duration: 1bar", true), ("tempo: 120", "duration: 4beats", false),
    ("tempo: 120", "duration: 1beat", false), ("tempo: 124bpm", "duration: 4beats + 0s", false),
    ("audio: {track: a.ogg}\ntempo: 124bpm", "duration: 4beats", false),
  ])
  func roundedBeatsOfATempoAreNoted(_ header: String, _ time: String, _ isNoted: Bool) {
    let found = Self.findings("\(header)\nsegments: [{\(time), layers: [field: plasma]}]")
    #expect(found.map(\.id) == (isNoted ? ["rounded_time"] : []), "\(found.map(\.message))")
  }

  @Test func roundedBeatsAreToldAsFrames() {
    let found = Self.findings("tempo: 124bpm\nsegments: [{duration: 4beats, layers: [field: plasma]}]")
    #expect(
      found.map(\.message) == ["4beats is 46.452 frames at 24 fps, and a segment ends at a whole one"])
    #expect(found.first?.help?.hasPrefix("`46f` says what is rendered") == true)
  }

  @Test(arguments: [
    ("{text: a, grid: sm}", true), ("{text: a, grid: lg}", false), ("{text: a}", false),
    ("{text: a, grid: {size: 18px}}", true), ("{text: a, grid: {size: 19px}}", false),
    ("{text: \"\", grid: sm}", false), ("{field: plasma, grid: sm}", false), ("{lyrics: w, grid: md}", true),
    ("{text: a, grid: sm, effects: shake}", false), ("{text: a, grid: sm, look: [invert]}", true),
    ("{layers: [{text: a, grid: sm}]}", true), ("{layers: [text: a], cells: true, grid: sm}", false),
  ])
  func specksOfTextAreNoted(_ layer: String, _ isNoted: Bool) {
    let words = "inputs: {w: {lyrics: [{from: 0s, to: 2s, text: a}]}}"
    for scene in [
      "segments: [{duration: 4s, layers: [field: plasma, \(layer)]}]",
      "overlay: [\(layer)]\nsegments: [{duration: 4s, layers: [field: plasma]}]",
    ] {
      let found = Self.findings(layer.contains("lyrics") ? "\(words)\n\(scene)" : scene)
      #expect(found.map(\.id) == (isNoted ? ["small_text"] : []), "\(scene): \(found.map(\.message))")
      #expect(found.allSatisfy { $0.severity == .note })
    }
  }

  /// A grid for all layers is that of the texts, too.
  @Test func aDefaultGridIsThatOfTexts() {
    let found = Self.findings(
      "defaults: {layers: {grid: sm}}\nsegments: [{duration: 4s, layers: [field: plasma, text: a]}]")
    #expect(found.map(\.id) == ["small_text"])
  }

  @Test(arguments: [
    ("duration: 60s, layers: [field: plasma], feedback: {decay: 0.8}", true),
    ("duration: 20s, layers: [field: plasma], feedback: {decay: 0.8}", false),
    ("duration: 60s, layers: [field: plasma]", false),
    ("duration: 60s, layers: [{field: plasma, palette: {ramp: ascii, hysteresis: 0.1}}]", true),
  ])
  func longSegmentsOfOnePieceAreTold(_ segment: String, _ isTold: Bool) {
    let found = Self.findings("segments: [{\(segment)}]")
    #expect(found.map(\.id) == (isTold ? ["one_piece"] : []), "\(found)")
    #expect(found.allSatisfy { $0.severity == .performance })
  }
}
