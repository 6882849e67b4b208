import Testing

@testable import SceneLang

/// What flashes too often by the text alone is told; what is known only later is not.
@Suite struct FlashReviewTests {
  private func ids(_ segment: String, header: String = "tempo: 120") -> [String] {
    let text = "ascii-scene: 1\n\(header)\nsegments: [{duration: 10s, level: any, \(segment)}]\n"
    return TestCatalog.check(text).diagnostics.map(\.id)
  }

  @Test(arguments: [
    // Three flashes a second are allowed, and four are not.
    ("if(mod(t, 0.34s) < 0.17s, 1, 0)", false), ("if(mod(t, 0.25s) < 0.125s, 1, 0)", true),
    // Half of full light is where it begins.
    ("if(mod(t, 0.25s) < 0.125s, 1, 0.55)", false), ("if(mod(t, 0.25s) < 0.125s, 1, 0.45)", true),
    ("0.5 + 0.5 * sin(6 * t)", false), ("0.5 + 0.5 * sin(30 * t)", true),
    // The sound's loudness is not known.
    ("if(bass > 0.5, 1, 0)", false),
  ])
  func opacities(_ opacity: String, _ flashes: Bool) {
    #expect(ids("layers: [{field: x, opacity: \"\(opacity)\"}]") == (flashes ? ["flashing"] : []))
  }

  @Test(arguments: [(170.0, false), (200.0, true)]) func beats(_ tempo: Double, _ flashes: Bool) {
    #expect(ids("layers: [{field: x, opacity: bdecay}]", header: "tempo: \(tempo)") == (flashes ? ["flashing"] : []))
  }

  @Test func conditionsFlashToo() {
    let when = "\"mod(t, 0.25s) < 0.125s\""
    #expect(ids("layers: [{field: x, when: \(when)}]") == ["flashing"])
    #expect(ids("layers: [{field: x, mask: \"x < 0\", when: \(when)}]") == [])
    #expect(ids("layers: [{text: small, when: \(when)}]") == [])
  }

  @Test func aHalfOfAFlashNeedsAWayBack() {
    var swings = LightSwings(least: 0.5)
    for (frame, level) in [0, 0.6, 0.2, 0.15, 0.05, 0.6, 1, 0.4].enumerated() { swings.take(level, frame: frame) }
    #expect(swings.count(after: -1) == 4)
    #expect(swings.count(after: 4) == 2)
  }
}
