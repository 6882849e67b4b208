import SceneLang
import Testing

/// Names of the author's that hide one which has a meaning already.
@Suite struct HiddenNameTests {
  private func findings(_ sections: String, _ segment: String = "", layer: String = "field: plasma") -> [String] {
    TestCatalog.check(
      "ascii-scene: 1\n\(sections)\nsegments: [{duration: 1s, \(segment)layers: [{\(layer)}]}]\n"
    ).diagnostics.map { "\($0.id): \($0.message)" }
  }

  @Test func aHiddenNameIsTold() {
    let clock = ["shadowed_name: `t` hides a name of the language"]
    #expect(findings("let: {t: 3}", layer: "field: plasma * t") == clock)
    #expect(findings("params: {t: 3}", layer: "field: plasma * t") == clock)
    #expect(findings("fields: {t: 0.5 + 0.5 * x}", layer: "field: plasma * t") == clock)
    #expect(findings("", "let: {t: 3}, ", layer: "field: plasma * t") == clock)
    #expect(findings("", layer: "let: {t: 3}, field: plasma * t") == clock)
    #expect(findings("let: {Bass: 3}", layer: "field: plasma * bass").map { $0.prefix(13) } == ["shadowed_name"])
  }

  @Test(arguments: [
    ("let: {mix: 3}", "mix", "a function of the language"), ("fields: {plasma: dist}", "plasma", "a built-in field"),
    ("let: {deep: 0.3}", "deep", "a built-in gradient"), ("let: {pi: 3}", "pi", "a name of the language"),
  ])
  func whatIsHiddenIsSaid(_ section: String, _ name: String, _ meaning: String) {
    #expect(findings(section, layer: "field: \(name) * u") == ["shadowed_name: `\(name)` hides \(meaning)"])
  }

  @Test func whatIsNearbyHidesNothing() {
    let field =
      "fields: {swell: {params: {t: {default: 2}}, let: {p: 2 * t}, value: \"sum(v in 0..3, sin(v * x + p))\"}}"
    #expect(findings(field, layer: "field: swell") == [])
    #expect(findings("let: {mine: 3}", layer: "field: plasma * mine") == [])
  }

  /// A field that is written out takes the place of a built-in one on purpose, and a text is never taken for one.
  @Test func whatReplacesOnPurposeIsSilent() {
    #expect(findings("fields: {plasma: {doc: Mine., value: dist}}") == [])
    #expect(findings("fields: {plasma: {params: {a: {default: 1}}, value: a * dist}}") == [])
    #expect(findings("fields: {plasma: {value: dist}}") == ["shadowed_name: `plasma` hides a built-in field"])
    func ofGradient(_ name: String) -> [String] {
      findings("gradients: {\(name): [\"#000000\", \"#ffffff\"]}", layer: "field: dist, color: \(name)")
    }
    #expect(ofGradient("plasma") == ["shadowed_name: `plasma` hides a built-in field"])
    #expect(ofGradient("bar") == ["shadowed_name: `bar` hides a function of the language"])
    // A gradient in the place of a gradient is meant.
    #expect(ofGradient("deep") == [])
    #expect(findings("params: {plasma: {type: text, default: hi}}", layer: "text: '{plasma}'") == [])
    #expect(findings("params: {plasma: 0.5}", layer: "field: plasma * u").count == 1)
    #expect(findings("params: {t: {type: text, default: hi}}", layer: "text: '{t}'").count == 1)
  }

  @Test func itCanBeAllowed() {
    #expect(findings("let:\n  t: 3   # ascii-scene: allow shadowed_name", layer: "field: plasma * t") == [])
  }
}
