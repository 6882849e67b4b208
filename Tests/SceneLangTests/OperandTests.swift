import Testing

@testable import SceneLang

/// What an operator or an ease cannot take is told, and never left to the renderer.
@Suite struct OperandTests {
  private func ids(_ layer: String, _ sections: String = "") -> [String] {
    let text = "ascii-scene: 1\n\(sections)\nsegments: [{duration: 1s, layers: [\(layer)]}]\n"
    return check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: TestCatalog.catalog).diagnostics.map(\.id)
  }

  @Test func aNumberBesideABoundIsNotToldAsTheBound() {
    #expect(
      [1.0001, 0.9999, 0.0001, 0.1234567, 1, 1e13].map(Diagnostic.plain) == [
        "1.0001", "0.9999", "0.0001", "0.123", "1", "10000000000000",
      ])
  }

  @Test func whatNeverLiesInItsRangeIsTold() {
    #expect(ids("{field: plasma, opacity: 1.5 + p}") == ["out_of_range"])
    #expect(ids("{field: plasma, opacity: \"-0.1 - abs(sin(t))\"}") == ["out_of_range"])
    // What leaves it now and then is limited.
    #expect(ids("{field: plasma, opacity: 0.5 + p}") == [])
  }

  @Test func aNameWithAHyphenIsToldAsOne() {
    #expect(ids("{field: reaction-field}", "fields: {reaction_field: x}") == ["unknown_name"])
    #expect(ids("{field: \"x-y\"}") == [])
    #expect(ids("{field: a-b}", "fields: {a: x, b: y, a_b: 1}") == ["unused_name"])
    // With blanks it was meant as a difference.
    #expect(ids("{field: \"reaction - field\"}", "fields: {reaction_field: x}") == ["unknown_name", "unknown_name"])
    #expect(ids("{field: pi()}") == ["not_a_function"])
  }

  @Test func aGradientOfATextRunsAlongIt() throws {
    func graph(_ color: String) throws -> RenderGraph {
      let text = "ascii-scene: 1\nsegments: [{duration: 1s, layers: [{text: HELLO, color: \(color)}]}]\n"
      return lower(
        try #require(check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: TestCatalog.catalog).scene))
    }
    let (bare, read) = (try graph("ember"), try graph("\"ember(0.4 + 0.6 * energy)\""))
    #expect(bare.segments[0].layers[0].paint == read.segments[0].layers[0].paint)
    #expect(bare.segments[0].nodes == read.segments[0].nodes)
  }

  @Test(arguments: ["\"#ff0000\" * \"a\"", "\"#ff0000\" + \"a\"", "\"a\" * \"#ff0000\""])
  func aColorIsNotMultipliedByText(_ color: String) {
    #expect(ids("{field: plasma, color: '\(color)'}") == ["wrong_type"])
  }

  @Test(arguments: ["x", "y", "u", "col", "random(per=cell)"]) func anEaseChangesOncePerFrame(_ body: String) {
    let eases = "eases: {bad: \"p * \(body)\"}"
    #expect(ids("{field: plasma, opacity: {keys: {0s: 0, 1s: 1}, ease: bad}}", eases) == ["wrong_rate"])
    #expect(ids("{field: plasma, opacity: \"ramp(0s, 1s, ease=bad)\"}", eases) == ["wrong_rate"])
  }

  @Test(arguments: ["p * p", "sin(90deg * p)", "p * (0.5 + 0.5 * sin(t))"]) func othersAreTaken(_ body: String) {
    let eases = "eases: {good: \"\(body)\"}"
    #expect(ids("{field: plasma, opacity: {keys: {0s: 0, 1s: 1}, ease: good}}", eases) == [])
  }
}

/// A simulation goes on in every frame, so it does not stand where it might be left out.
@Suite struct StateTests {
  private func ids(_ segment: String) -> [String] {
    let text = "ascii-scene: 1\nsegments: [{duration: 1s, \(segment)}]\n"
    return check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: TestCatalog.catalog).diagnostics.map(\.id)
  }

  @Test(arguments: ["if(t < 0.5, reaction_diffusion, plasma)", "if(t < 0.5, plasma, 1 - reaction_diffusion)"])
  func noBranchIsASimulation(_ field: String) {
    #expect(ids("layers: [{field: '\(field)'}]") == ["state_in_branch"])
  }

  @Test func aNameOfOneIs() {
    #expect(ids("let: {growth: reaction_diffusion}, layers: [{field: 'if(t < 0.5, growth, plasma)'}]") == [])
    #expect(ids("layers: [{field: 'if(reaction_diffusion > 0.5, 1, plasma)'}]") == [])
  }
}

/// What nobody could ever say is no name.
@Suite struct UsableNameTests {
  private func ids(_ sections: String) -> [String] {
    let text = "ascii-scene: 1\n\(sections)\nsegments: [{duration: 1s, layers: [{field: plasma}]}]\n"
    return check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: TestCatalog.catalog).diagnostics.map(\.id)
  }

  @Test(arguments: [
    "let: {2nd: 1}", "let: {my name: 1}", "let: {größe: 1}", "let: {T: 1}", "let: {and: 1}", "params: {9lives: 1}",
    "fields: {a b: x}", "fields: {f: {params: {1st: {default: 1}}, value: x}}", "eases: {so so: p}",
    "looks: {3d: [bloom]}", "inputs: {der clip: {video: clip.mp4}}",
  ])
  func othersAreRefused(_ sections: String) { #expect(ids(sections).filter { $0 == "unusable_name" }.count == 1) }

  @Test(arguments: ["let: {my-name: 1}", "let: {_x2: 1}", "let: {t2: 1}", "fields: {my-field: x}"])
  func wordsAreTaken(_ sections: String) { #expect(!ids(sections).contains("unusable_name")) }
}

/// What the file itself cannot hold is told once, whatever stands around it.
@Suite struct UnreadableByteTests {
  @Test(arguments: ["plas\u{0}ma", "plas\u{1}ma", "pl\u{7F}", "\u{0}"]) func oneByteIsOneFinding(_ field: String) {
    let text = "ascii-scene: 1\nsegments: [{duration: 1s, layers: [{field: \(field)}, {field: plasma}]}]\n"
    let found = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: TestCatalog.catalog).diagnostics
    #expect(found.map(\.id) == ["control_character"])
  }

  @Test func soIsOneThatIsNoCharacter() {
    let head = Array("ascii-scene: 1\nsegments: [{duration: 1s, layers: [{field: pla".utf8)
    let bytes = head + [0xFF] + Array("sma}]}]\n".utf8)
    #expect(
      check(path: "s.yaml", name: "s", bytes: bytes, using: TestCatalog.catalog).diagnostics.map(\.id) == ["not_utf8"])
  }
}
