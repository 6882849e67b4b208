import SceneLang
import Testing

@testable import Renderer

/// What is said of texts that have no room, of those that are shown and no others.
@Suite struct TextFitTests {
  private func findings(_ scene: String) throws -> [Diagnostic] {
    FaceLibrary().fit(try #require(SceneFiles.check(text: "ascii-scene: 1\n" + scene).scene))
  }

  /// Segments with the words of a whole video; each says what is broken in its own time.
  @Test(arguments: [
    ("{duration: 2s, layers: [LARGE]}, {duration: 2s, layers: [LARGE, field: plasma]}", ["in", "super"]),
    ("{duration: 2s, layers: [LARGE]}, {duration: 2s, layers: [field: plasma]}", ["in"]),
    ("{duration: 2s, layers: [field: plasma]}, {duration: 2s, layers: [LARGE]}", ["super"]),
    ("{duration: 2s, layers: [FINE]}, {duration: 2s, layers: [field: plasma]}", []),
    // Under a transition the segment goes on.
    ("{duration: 2s, layers: [FINE]}, {duration: 2s, layers: [field: plasma], transition: {crossfade: 1s}}", ["super"]),
    ("{duration: 4s, layers: [{layers: [LARGE], from: 2s}]}", ["super"]),
    ("{duration: 4s, layers: [{layers: [LARGE], to: 2s}]}", ["in"]),
  ])
  func onlyWordsThatAreShownAreTold(segments: String, broken: [String]) throws {
    let written = segments.replacing("LARGE", with: "{lyrics: w, grid: {size: 160px}}")
      .replacing("FINE", with: "{lyrics: w, grid: {size: 90px}}")
    let found = try findings(
      """
      inputs:
        w:
          lyrics:
            - {from: 0s, to: 2s, text: incomprehensibilities}
            - {from: 2s, to: 4s, text: supercalifragilisticexpialidocious}
      segments: [\(written)]
      """)
    #expect(found.map(\.id) == broken.map { _ in "text_too_large" }, "\(found.map(\.message))")
    for (finding, word) in zip(found, broken) { #expect(finding.message.hasPrefix("`\(word)"), "\(finding.message)") }
  }

  /// What a template writes stands in one place of the file, and is said once.
  @Test func aLayerOfSeveralSegmentsIsToldOnce() throws {
    let found = try findings(
      """
      inputs:
        w: {lyrics: [{from: 0s, to: 2s, text: incomprehensibilities}, {from: 2s, to: 4s, text: antidisestablishment}]}
      templates: {verse: {kind: layer, lyrics: w, grid: {size: 160px}}}
      segments: [{duration: 2s, layers: [use: verse]}, {duration: 2s, layers: [use: verse]}]
      """)
    #expect(found.map(\.id) == ["text_too_large"])
    #expect(found.first?.message.hasPrefix("`incomprehensibilities`") == true)
  }

  /// Lines that come one after another have the room of a line.
  @Test(arguments: [("messages(1s)", true), ("credits", true), ("[fade_in, messages(1s)]", true), ("fade_in", false)])
  func linesOneByOneHaveRoom(style: String, fits: Bool) throws {
    let found = try findings(
      #"segments: [{duration: 3s, layers: [{text: "3\n2\n1", style: "# + style + ", grid: {size: 500px}}]}]\n")
    #expect(found.map(\.id) == (fits ? [] : ["text_too_large"]), "\(found.map(\.message))")
  }
}
