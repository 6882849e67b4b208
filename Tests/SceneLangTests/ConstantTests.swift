import Testing

@testable import SceneLang

/// What is settled before rendering is a number then, or an error; never something that is left out.
@Suite struct ConstantTests {
  private func scene(_ segment: String, _ sections: String = "") -> Compilation {
    let text = "ascii-scene: 1\n\(sections)\nsegments: [{\(segment)}]\n"
    return check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: TestCatalog.catalog)
  }

  private func frames(_ duration: String, _ sections: String = "") -> Int? {
    scene("duration: \"\(duration)\", layers: [{field: plasma}]", sections).scene.map { lower($0).frameCount }
  }

  @Test(arguments: [
    ("1s * sum(i in 0..3, i)", 72), ("1s * max(i in 0..4, mod(3 * i, 5))", 96), ("1s * mean(i in 1..4, i)", 48),
    ("1s * product(i in 1..4, i)", 144), ("1s * sum(i in 0..2, sum(k in 0..2, i + k))", 96), ("1s * at(3, t=0s)", 72),
    ("1s * big", 48), ("1s * twice(1.5)", 72), ("1s * twice(twice(1))", 96),
    ("1s * sum(i in 0..2, twice(sum(k in 0..2, i + k)))", 192), ("1s * mine", 72),
  ])
  func aDurationIsWhatItFollowsFrom(_ duration: String, _ expected: Int) {
    let sections = """
      params: {mine: {default: "sum(i in 0..3, i)"}}
      fields: {big: 2, twice: {params: {n: {default: 1, rate: constant}}, let: {m: n + n}, value: m}}
      """
    #expect(frames(duration, sections) == expected)
  }

  @Test(arguments: [
    "duration: 1s * cols", "duration: 1s * cell_aspect", "duration: 1s * random(per=segment)",
    "duration: 1s, layers: [{field: plasma, grid: 'if(cols > 20, lg, sm)'}]",
    "duration: 1s, layers: [{field: plasma, palette: 'if(random(per=segment) > 0.5, ascii, blocks)'}]",
    "duration: 1s, layers: [{text: 'a {cols}'}]", "duration: 1s, layers: [{text: a, wrap: cols}]",
    "duration: 1s, layers: [{field: plasma, palette: {ramp: ascii, gamma: rows}}]",
  ])
  func whatIsKnownOnlyLaterIsToldOnce(_ segment: String) {
    let layers = segment.contains("layers") ? "" : ", layers: [{field: plasma}]"
    let outcome = scene(segment + layers)
    #expect(outcome.scene == nil)
    #expect(outcome.diagnostics.map(\.id) == ["wrong_rate"])
    #expect(outcome.diagnostics.allSatisfy { $0.help != nil })
  }

  @Test func chosenNamesMayFollowFromLoops() {
    let chosen = scene("duration: 1s, layers: [{field: plasma, palette: 'if(sum(i in 0..3, i) > 2, halves, ascii)'}]")
    let named = scene("duration: 1s, layers: [{field: plasma, palette: halves}]")
    #expect(chosen.scene.map { lower($0).segments[0].layers[0].palette } != nil)
    #expect(
      chosen.scene.map { lower($0).segments[0].layers[0].palette }
        == named.scene.map { lower($0).segments[0].layers[0].palette })
  }

  @Test func constantsThatTakeForeverAreTold() {
    let long = "sum(i in 0..9999, sum(k in 0..9999, i * k))"
    #expect(scene("duration: \"1s * \(long)\", layers: [{field: plasma}]").diagnostics.map(\.id) == ["wrong_rate"])
  }

  /// LANGUAGE: a typo is never a palette.
  @Test func whatLooksLikeAPalettesNameIsOne() {
    func ids(_ palette: String) -> [String] {
      scene("duration: 1s, layers: [{field: plasma, palette: p}]", "palettes: {p: \(palette)}").diagnostics.map(\.id)
    }
    #expect(ids("blocks") == [])
    #expect(ids("blokcs") == ["unknown_palette"])
    #expect(ids("'blokcs'") == [])
    #expect(ids("\" .:-=\"") == [])
  }
}
