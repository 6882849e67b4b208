import Testing

@testable import SceneLang

@Test func theSixLineSceneIsClean() {
  let result = TestCatalog.check(
    """
    ascii-scene: 1
    segments:
      - duration: 8s
        layers: [field: plasma]
    """)
  #expect(result.diagnostics.isEmpty, "\(TestCatalog.rendered(result))")
  let graph = result.scene!.renderGraph(using: TestCatalog.catalog)
  #expect(graph.frameCount == 192)
  #expect(graph.segments[0].shaders.map(\.calls.first!.op) == ["bloom", "vignette"])
}

@Test func everyPreludeFieldChecks() {
  for (name, text) in TestCatalog.prelude.sorted(by: { $0.key < $1.key }) where text.contains("fields:") {
    let scene = text + "\nascii-scene: 1\n"
    let result = TestCatalog.check(scene)
    #expect(result.diagnostics.isEmpty, "\(name): \(TestCatalog.rendered(result))")
  }
}

/// What the whole checker reports: syntax, names, types, units, ranges and rates in one run.
@Test(arguments: fixtures("check"))
func checkFixturesPrintWhatIsBesideThem(_ fixture: Fixture) throws {
  try expectDiagnostics(of: fixture) { sources, file in
    check(
      path: fixture.name + ".yaml", name: fixture.name, bytes: sources[file].bytes, using: TestCatalog.catalog
    ).diagnostics
  }
}

@Test(arguments: fixtures("ok"))
func correctScenesAreSilent(_ fixture: Fixture) throws {
  let text = try String(contentsOf: fixture.scene, encoding: .utf8)
  let result = TestCatalog.check(text, folder: fixture.folder)
  #expect(result.diagnostics.isEmpty, "\(TestCatalog.rendered(result))")
  #expect(result.scene?.segments.isEmpty == false)
}

@Test func noTableOfKeysHasOneTwice() {
  for table in KeyTable.all {
    let keys = table.keys.map(\.name)
    #expect(Set(keys).count == keys.count, "\(table.name): \(keys)")
  }
}

/// Whether a layer of a segment of four seconds is ever seen.
@Test(arguments: [
  ("to: -1s", true), ("to: -4s", false), ("from: -4s", true), ("from: -1s", true), ("from: -3s, to: -1s", true),
  ("from: -1s, to: 3.5s", true), ("from: -1s, to: -3s", false), ("from: -1s, to: 2s", false),
])
func negativeTimesOfLayersCountFromTheEnd(_ times: String, _ isSeen: Bool) {
  let scene = "ascii-scene: 1\nsegments: [{duration: 4s, layers: [{field: plasma, \(times)}]}]\n"
  #expect(TestCatalog.check(scene).diagnostics.map(\.id) == (isSeen ? [] : ["invisible_layer"]))
}

@Test(arguments: ["to: -5s", "from: -5s", "from: -125%"])
func timesOfLayersLieInTheSegment(_ time: String) {
  let scene = "ascii-scene: 1\nsegments: [{duration: 4s, layers: [{field: plasma, \(time)}]}]\n"
  #expect(TestCatalog.check(scene).diagnostics.map(\.id) == ["out_of_range"])
}

/// Keyframes are values wherever a call takes one: by name, by place, alone, among fields.
@Test(arguments: [
  "field: {plasma: {speed: {keys: {0s: 0, 1s: 2}}}}", "field: {plasma: {keys: {0s: 0, 1s: 2}, ease: in_out_cubic}}",
  "field: {max: [plasma, {keys: {0s: 0, 100%: 0.5}}]}",
  "field: plasma, transform: {rotate: {keys: {0s: 0deg, 1s: 90deg}}}",
  "field: {sequence: {fields: [plasma, {keys: {0s: 0, 1s: 1}}], each: 1s}}",
  "text: hi, style: {typewriter: {over: {keys: {0s: 1s, 1s: 2s}}}}",
  "effect: {matrix_rain: {keys: {0s: {to: 1}, 1s: {to: 4, ease: hold}}, loop: true}}",
])
func keyframesAreArguments(_ layer: String) {
  let result = TestCatalog.check("ascii-scene: 1\nsegments: [{duration: 4s, layers: [{\(layer)}]}]\n")
  #expect(result.diagnostics.isEmpty, "\(TestCatalog.rendered(result))")
}

/// What another shape of the picture decides is no mistake at this one.
@Test(arguments: ["when: portrait", "opacity: \"if(portrait, 1, 0)\"", "when: portrait and bass > 0.2"])
func layersOfOneAspectAreSilent(_ key: String) {
  for aspect in ["landscape", "portrait"] {
    let scene = """
      ascii-scene: 1
      video: {aspect: \(aspect)}
      segments: [{duration: 4s, layers: [{field: plasma}, {field: plasma, \(key)}]}]
      """
    #expect(TestCatalog.check(scene).diagnostics.isEmpty, "\(TestCatalog.rendered(TestCatalog.check(scene)))")
  }
}

/// A parameter of a field may change per cell, which a loop bound may not: what is said names the parameter.
@Test func aLoopBoundOfAParameterSaysHowItBecomesOne() {
  func findings(_ n: String, _ bound: String) -> [Diagnostic] {
    TestCatalog.check(
      """
      ascii-scene: 1
      fields: {waves: {params: {n: \(n)}, let: {most: "min(n, 8)"}, value: "sum(i in 0..\(bound), sin(i * x))"}}
      segments: [{duration: 1s, layers: [{field: waves}]}]
      """
    ).diagnostics
  }
  for bound in ["min(n, 8)", "most"] {
    let found = findings("3", bound)
    #expect(found.map(\.id) == ["wrong_rate"])
    #expect(found.first?.help == "give the parameter `n` `rate: frame` or `type: integer`")
  }
  #expect(findings("{default: 3, rate: frame}", "most").map(\.id) == [])
  #expect(findings("{default: 3, type: integer}", "most").map(\.id) == [])
  let both = findings("3", "min(most + u, 8)")
  #expect(both.map(\.id) == ["wrong_rate"])
  #expect(both.first?.help == nil)
}

@Test func anAspectBesideASizeIsAConflict() {
  func findings(_ video: String) -> [String] {
    TestCatalog.check(
      "ascii-scene: 1\nvideo: {\(video)}\nsegments: [{duration: 1s, layers: [{field: plasma}]}]\n"
    ).diagnostics.map(\.id)
  }
  #expect(findings("aspect: portrait, size: 640x360") == ["conflicting_keys"])
  #expect(findings("aspect: portrait") == [])
  #expect(findings("size: 640x360") == [])
}

/// A value on its way to a key that no segment reaches, under a transition that goes on past the end either.
@Test(arguments: [
  ("{0s: 0, 5s: 1}", "", false), ("{0s: 0, 1s: 1}", "", true), ("{0s: 0, 100%: 1}", "", true),
  ("{0s: 0, 1.4s: 1}", "", true), ("{0s: 0, 1.6s: 1}", "", false), ("{0s: 0, 5s: 1}", "loop: true, ", true),
  ("{0s: 0, 5s: 1, 7s: 0}", "", false), ("{-2s: 0, 1s: 1}", "", false), ("{-1s: 0, 1s: 1}", "", true),
])
func keysOutsideOfTheSegmentAreTold(_ keys: String, _ loop: String, _ isReached: Bool) {
  let result = TestCatalog.check(
    """
    ascii-scene: 1
    segments:
      - {duration: 1s, layers: [{field: plasma, opacity: {\(loop)keys: \(keys)}}]}
      - {duration: 1s, transition: {crossfade: 0.5s}, layers: [{field: plasma}]}
    """)
  #expect(result.diagnostics.map(\.id) == (isReached ? [] : ["unreached_key"]))
}

/// What several segments read is written for the longest of them.
@Test func keysThatOneSegmentReachesAreReached() {
  func findings(_ seconds: String...) -> [String] {
    let segments = seconds.map { "{duration: \($0), use: fading}" }.joined(separator: ", ")
    return TestCatalog.check(
      """
      ascii-scene: 1
      templates:
        fading: {kind: segment, layers: [{field: plasma, opacity: {keys: {0s: 0, 5s: 1}}}]}
      segments: [\(segments)]
      """
    ).diagnostics.map(\.id)
  }
  #expect(findings("1s", "6s") == [])
  #expect(findings("1s", "2s") == ["unreached_key"])
}

/// An output of the scene is one of its draft, too, with the frames that this has.
@Test func anOutputHasNoMoreFramesThanADraft() {
  func rates(_ fps: Int, _ change: (inout SceneOverrides) -> Void) -> [FrameRate?]? {
    var overrides = SceneOverrides()
    change(&overrides)
    let scene = """
      ascii-scene: 1
      segments: [{duration: 1s, layers: [field: plasma]}]
      output: [{file: a.gif, fps: \(fps)}, {file: b.gif, fps: 6}]
      """
    return TestCatalog.check(scene, overrides: overrides).scene?.outputs.map(\.fps)
  }
  #expect(rates(15) { _ in } == [FrameRate(15), FrameRate(6)])
  #expect(rates(15) { $0.presetFPS = FrameRate(12) } == [FrameRate(12), FrameRate(6)])
  #expect(rates(15) { $0.fps = FrameRate(10) } == [FrameRate(10), FrameRate(6)])
  #expect(rates(60) { $0.fps = FrameRate(60) } == [FrameRate(60), FrameRate(6)])
  #expect(rates(30) { $0.presetFPS = FrameRate(12) } == nil)
}

/// Values from outside are data: a text is taken as it is given, and so is not written in the language.
@Test func aTextFromTheCommandLineIsLiteral() {
  var overrides = SceneOverrides()
  let given = "a{n}\"q {{0}} #fff"
  overrides.parameters = ["word": given]
  let result = TestCatalog.check(
    """
    ascii-scene: 1
    title: "{word}"
    params: {word: {type: text, default: "{1 + 1}"}}
    segments: [{duration: 1s, layers: [{text: "{word}"}]}]
    """, overrides: overrides)
  #expect(result.diagnostics.map(\.id) == [])
  #expect(result.scene?.title == given)
}

/// A tab among blanks leaves open what belongs to what, so nothing more is said of it.
@Test(arguments: [
  "segments:\n  - name: a\n\tduration: 1s\n    layers: [field: plasma]\n",
  "segments:\n- name: a\n\tduration: 1s\n  layers: [field: plasma]\n",
  "segments:\n  - duration: 1s\n    layers:\n\t- field: plasma\n      opacity: 0.5\n",
  "let:\n  a: 1\n\tb: 2\nsegments:\n  - duration: 1s\n    layers: [field: a * b * plasma]\n",
])
func aTabAmongBlanksIsOneMistake(_ scene: String) {
  #expect(TestCatalog.check("ascii-scene: 1\n" + scene).diagnostics.map(\.id) == ["tab_indentation"])
}

@Test func theOtherBlocksOfAFileWithTabsAreRead() {
  let scene = "ascii-scene: 1\nsegments:\n  - name: a\n\tduration: 1s\nvideo: {aspct: portrait}\n"
  #expect(TestCatalog.check(scene).diagnostics.map(\.id) == ["tab_indentation", "unknown_key"])
}

/// A flash of one frame stands between two of a draft: the others stay where they are.
@Test func whatIsShorterThanAFrameOfADraftIsNotInIt() throws {
  func scene(_ durations: [String], at rate: Int?) -> CheckedScene? {
    var overrides = SceneOverrides()
    overrides.presetFPS = rate.map { FrameRate($0) }
    let segments = durations.map {
      "{duration: \($0), layers: [field: plasma]\($0 == durations[0] ? "" : ", transition: {crossfade: 1f}")}"
    }
    return TestCatalog.check(
      "ascii-scene: 1\nsegments: [\(segments.joined(separator: ", "))]", overrides: overrides
    ).scene
  }
  let durations = ["1s", "1f", "1f", "2s"]
  let whole = try #require(scene(durations, at: nil))
  #expect(whole.segments.map(\.frames) == [0..<24, 24..<25, 25..<26, 26..<74])
  let draft = try #require(scene(durations, at: 12))
  #expect(draft.segments.map(\.frames) == [0..<12, 12..<13, 13..<37])
  #expect(draft.segments.map(\.name) == ["segment1", "segment2", "segment4"])
  #expect(scene(["1f", "1s"], at: 6)?.segments.map(\.name) == ["segment2"])
  #expect(scene(["1f"], at: 6) == nil)
  #expect(scene(["1s", "1ms"], at: 12) == nil)
}

/// A field that takes none moves none.
@Test(arguments: [
  ("plasma", false), ("circle", false), ("value_noise", false), ("rotat: 10deg", false), ("mine", true),
])
func onlyWhatTakesAFieldIsATransform(_ transform: String, _ isOne: Bool) {
  let result = TestCatalog.check(
    """
    ascii-scene: 1
    fields: {mine: {params: {f: {type: field}}, value: "at(f, x=-x)"}}
    segments: [{duration: 1s, layers: [{field: plasma, transform: [\(transform)]}]}]
    """)
  let errors = result.diagnostics.filter { $0.severity == .error }
  #expect(errors.map(\.id) == (isOne ? [] : ["unknown_name"]), "\(TestCatalog.rendered(result))")
  guard let error = errors.first else { return }
  let name = transform.prefix { $0 != ":" }
  #expect(error.message == "no transform is called `\(name)`")
  #expect(error.help?.contains("`mine`") == true && error.help?.contains("`rotate`") == true)
  if name == "rotat" { #expect(error.caret == "did you mean `rotate`?") }
}

@Test(arguments: ["1cell", "20cells", "2 * 10cells"])
func aGridIsNotMeasuredInItsOwnCells(_ size: String) {
  let result = TestCatalog.check(
    "ascii-scene: 1\nsegments: [{duration: 1s, layers: [{field: plasma, grid: {size: \(size)}}]}]\n")
  #expect(result.scene == nil)
  #expect(result.diagnostics.map(\.id) == ["cyclic_definition"], "\(TestCatalog.rendered(result))")
  #expect(result.diagnostics.first?.help == "give it in px, or as a share of the shorter side")
}

/// What a layer may show, written as if it were a key.
@Test(arguments: [
  ("{matrix_rain: {}}", "write `effect: matrix_rain`"), ("{embers: {cap: 20}}", "write `particles: embers`"),
  ("{plasma: }", "write `field: plasma`"), ("{simplex: {}}", "write `field: simplex`"),
  ("{text: a, typewriter: 2s}", "write `style: typewriter`"),
  ("{typewriter: 2s}", "write `style: typewriter` beside a `text:`"),
  ("{field: plasma, embers: {}}", "write `particles: embers`, in a layer of its own"),
  ("{field: plasma, zoom: 2}", "write `transform: [zoom: …]`"),
])
func namesAsKeysOfALayerAreToldWhereTheyStand(_ layer: String, _ help: String) {
  let found = TestCatalog.check("ascii-scene: 1\nsegments: [{duration: 1s, layers: [\(layer)]}]\n").diagnostics
  #expect(found.map(\.id) == ["unknown_key"])
  #expect(found.first?.help == help)
}

@Test func aLayerHasNoTimeAsAnOutputHas() {
  let found = TestCatalog.check(
    "ascii-scene: 1\nsegments: [{duration: 4s, layers: [{text: a, at: 2s}]}]\n"
  ).diagnostics
  #expect(found.map(\.help) == ["a layer is shown `from: 1s`, `to: 3s` of its segment"])
}

/// Who knows how long the sound is may have said it wrongly.
@Test(arguments: [
  ("audio: song.ogg", ["wrong_type"]), ("audio: {}", ["missing_key"]), ("tempo: 120", ["missing_key"]),
])
func aSegmentWithoutALengthWaitsForItsAudio(_ header: String, _ ids: [String]) {
  func findings(_ segments: String) -> [String] {
    TestCatalog.check("ascii-scene: 1\n\(header)\nsegments: [\(segments)]\n").diagnostics.map(\.id)
  }
  #expect(findings("{layers: [field: plasma]}") == ids)
  #expect(findings("{layers: [field: plasma]}, {duration: 1s, layers: [field: plasma]}").contains("missing_key"))
}

@Test func cutsWithoutANameAreCountedThrough() {
  let result = TestCatalog.check(
    """
    ascii-scene: 1
    templates: {a: {kind: segment, layers: [field: plasma]}}
    segments:
      - {cut: {every: 1s, until: 2s}, use: a}
      - {cut: {every: 1s, until: 3s}, use: a, name: drop}
      - {cut: {every: 1s, until: 5s}, use: a}
    """)
  let names = result.scene?.segments.map(\.name)
  #expect(names == ["cut1", "cut2", "drop1", "cut3", "cut4"], "\(TestCatalog.rendered(result))")
}

@Test(arguments: ["text", "field"]) func aSourceInASegmentBelongsIntoALayer(_ key: String) {
  let result = TestCatalog.check(
    "ascii-scene: 1\nsegments: [{duration: 1s, \(key): plasma, layers: [field: plasma]}]\n")
  #expect(result.diagnostics.map(\.id) == ["unknown_key"])
  #expect(result.diagnostics.first?.help == "it is a key of a layer: `layers: [{\(key): …}]`")
}

@Test(arguments: [
  ("top", "[0.5, 0.15]"), ("bottom", "[0.5, 0.85]"), ("left", "[0.15, 0.5]"), ("right", "[0.85, 0.5]"),
  ("center", "[0.5, 0.5]"),
])
func aPlaceInWordsIsToldInNumbers(_ word: String, _ place: String) {
  func findings(_ position: String) -> [Diagnostic] {
    TestCatalog.check(
      "ascii-scene: 1\nsegments: [{duration: 1s, layers: [{text: A, position: \(position)}]}]\n"
    ).diagnostics
  }
  let found = findings(word)
  #expect(found.map(\.id) == ["wrong_type"])
  #expect(found.first?.help == "`\(word)` is `\(place)`, shares of the picture from its upper left corner")
  #expect(findings(place).isEmpty)
}

/// Quotes would make one text of two keys.
@Test func keysWithoutBracesAreNotQuoted() {
  func finding(_ layer: String) -> Diagnostic? {
    let result = TestCatalog.check(
      "ascii-scene: 1\nsegments:\n  - duration: 1s\n    layers:\n      - \(layer)\n")
    #expect(result.diagnostics.map(\.id) == ["nested_colon"])
    return result.diagnostics.first
  }
  let keys = finding("field: plasma, opacity: 0.3")
  #expect(keys?.edit == nil && keys?.help?.contains("if `opacity` is a key") == true)
  #expect(finding("text: Note: this, too")?.edit?.replacement == "\"Note: this, too\"")
}
