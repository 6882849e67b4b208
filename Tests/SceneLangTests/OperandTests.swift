import Testing

@testable import SceneLang

/// What an operator or an ease cannot take is told, and never left to the renderer.
@Suite struct OperandTests {
  private func ids(_ layer: String, _ sections: String = "") -> [String] {
    let text = "ascii-scene: 1\n\(sections)\nsegments: [{duration: 1s, layers: [\(layer)]}]\n"
    return check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: TestCatalog.catalog).diagnostics.map(\.id)
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
