import SceneLang
import Testing

@testable import Renderer

/// What is said of characters that are not drawn, or not as they are read.
@Suite struct GlyphCheckTests {
  private func findings(_ scene: String) -> [Diagnostic] {
    FaceLibrary().check(SceneFiles.check(text: "ascii-scene: 1\n" + scene).shownCharacters)
  }

  private func findings(layer: String) -> [Diagnostic] {
    findings("segments: [{duration: 4s, layers: [{\(layer)}]}]\n")
  }

  @Test func whatIsNotDrawnInATextIsToldWithWhatIs() {
    let found = findings(layer: "text: 漢 and ж")
    #expect(found.map(\.message) == ["no face draws `漢` (U+6F22)"])
    #expect(found.first?.help?.contains("Cyrillic") == true)
  }

  /// Words of a list or a file have no place of their own.
  @Test func wordsThatAreNotDrawnAreToldWithTheirTime() {
    let found = findings(
      """
      inputs:
        w: {lyrics: [{from: 1s, to: 2s, text: Hello}, {from: 2.5s, to: 4s, text: "the character\\n漢 is Chinese"}]}
      segments: [{duration: 4s, layers: [lyrics: w]}]
      """)
    #expect(
      found.map(\.message) == [
        "no face draws `漢` (U+6F22), first in the words at 2.50s, `the character 漢 is Chine…`"
      ])
    #expect(found.first?.help?.contains("Cyrillic") == true)
  }

  /// Letters that are drawn, and cannot be read; joined forms are written on purpose.
  @Test(arguments: [
    ("text: \u{633}\u{644}\u{627}\u{645}", true), ("text: \u{FEE1}\u{FE8E}\u{FEE0}\u{FEB3}", false),
    ("text: \u{661}\u{662}", false), ("text: Ελλάδα", false),
    ("field: plasma, palette: {chars: \" \u{633}\u{645}\"}", false),
  ])
  func lettersFromRightToLeftAreWarnedOf(layer: String, isWarned: Bool) {
    let found = findings(layer: layer)
    #expect(found.map(\.id) == (isWarned ? ["right_to_left"] : []), "\(found.map(\.message))")
    #expect(found.allSatisfy { $0.severity == .warning })
  }

  @Test func wordsFromRightToLeftAreWarnedOf() {
    let found = findings(
      """
      inputs: {w: {lyrics: [{from: 1s, to: 2s, text: one}, {from: 3s, to: 4s, text: \u{633}\u{644}\u{627}\u{645}}]}}
      segments: [{duration: 4s, layers: [lyrics: w]}]
      """)
    #expect(found.map(\.id) == ["right_to_left"])
    #expect(found.first?.message.contains("at 3.00s") == true)
  }
}
