import SceneLang
import Testing

@testable import Renderer

/// What `explain` shows, checked with the catalogue and the faces that users have.
@Suite struct ExplainedSceneTests {
  /// Told by the command line, of files that an example has not.
  private static let filesOnly: Set<String> = []

  private static func findings(_ example: Example) -> (ids: Set<String>, text: String) {
    var result = example.check(using: .builtin)
    let faces = FaceLibrary()
    result.report(faces.check(result.shownCharacters) + (result.scene.map(faces.fit) ?? []))
    return (Set(result.diagnostics.map(\.id)), result.findings)
  }

  @Test(arguments: Explanation.all.filter { !filesOnly.contains($0.id) }.map(\.id))
  func wrongExamplesAreWrong(_ id: String) throws {
    let found = Self.findings(try #require(Explanation.of(id)?.wrong))
    // Whoever stops after many errors has told them.
    #expect(found.ids == [id] || id == "too_many_errors" && found.ids.contains(id), "\(found.text)")
  }

  @Test(arguments: Explanation.all.filter { !filesOnly.contains($0.id) }.map(\.id))
  func rightExamplesAreClean(_ id: String) throws {
    let found = Self.findings(try #require(Explanation.of(id)?.right))
    #expect(found.ids.isEmpty, "\(found.text)")
  }
}

/// Lints that read what the ops of the renderer declare.
@Suite struct LookLintTests {
  private static func ids(_ scene: String) -> [String] {
    SceneFiles.check(text: "ascii-scene: 1\nsegments:\n  - {duration: 4s, \(scene)}\n").diagnostics.map(\.id)
  }

  @Test(arguments: ["kaleidoscope", "mirror_h", "mirror_v", "mirror_quad", "mirror_diag"])
  func noTextIsReadThroughMirrors(_ shader: String) {
    #expect(Self.ids("layers: [field: plasma, text: HELLO], look: [\(shader)]") == ["scrambled_text"])
    #expect(Self.ids("layers: [{layers: [field: plasma, text: HELLO], look: [\(shader)]}]") == ["scrambled_text"])
    #expect(Self.ids("layers: [{layers: [field: plasma], look: [\(shader)]}, text: HELLO]") == [])
    #expect(Self.ids("layers: [field: plasma], look: [\(shader)]") == [])
  }

  @Test func looksOfOursAreToldAtTheText() {
    let result = SceneFiles.check(
      text: """
        ascii-scene: 1
        segments: [{duration: 4s, layers: [field: plasma, text: HELLO], look: [psychedelic]}]
        """)
    #expect(result.diagnostics.map(\.id) == ["scrambled_text"])
    #expect(result.sources[result.diagnostics[0].span.file].path == "scene.yaml")
  }

  @Test func anOverlayUnderTheLookIsSeenThroughIt() {
    func ids(_ overlay: String) -> [String] {
      SceneFiles.check(
        text: """
          ascii-scene: 1
          overlay: \(overlay)
          segments: [{duration: 4s, layers: [field: plasma], look: [mirror_v]}]
          """
      ).diagnostics.map(\.id)
    }
    #expect(ids("{layers: [text: HELLO], under: look}") == ["scrambled_text"])
    #expect(ids("{layers: [text: HELLO]}") == [])
    #expect(ids("{layers: [{layers: [text: HELLO], look: [mirror_h]}]}") == ["scrambled_text"])
  }

  @Test(arguments: ["overlay", "multiply", "color_burn"])
  func blendsOfDarkMaterialAreTold(_ blend: String) {
    for below in ["0.1 * plasma", "min(plasma, 0.2)", "{plasma: {}}, opacity: 0.2", "plasma, brightness: 0.2 * value"] {
      let scene =
        "layers: [{field: \(below.hasPrefix("min") ? "\"\(below)\"" : below)}, {field: fbm, blend: \(blend)}], tone: none"
      #expect(Self.ids(scene) == ["dark_blend"], "\(scene)")
    }
    #expect(Self.ids("layers: [{field: 0.5 * plasma}, {field: fbm, blend: \(blend)}]") == [])
    #expect(Self.ids("layers: [{field: 0.1 * plasma}, {field: fbm}, {field: fbm, blend: \(blend)}]") == [])
    #expect(Self.ids("layers: [{field: 0.1 * plasma}, {field: fbm, blend: screen}]") == [])
  }

  @Test func aVignetteIsUsualUpToTheLimitOfTheLookPaper() {
    #expect(Self.ids("layers: [field: plasma], look: [vignette: 0.45]") == [])
    #expect(Self.ids("layers: [field: plasma], look: [vignette: 0.46]") == ["unusual_value"])
  }

  @Test(arguments: [
    ("{sepia: {}, mix: 0}", 1), ("{sepia: {}, when: false}", 1), ("{crt: {}, mix: 0}", 1), ("{sepia: {}, mix: 0.1}", 0),
    ("{sepia: {}, mix: amount}", 0), ("{sepia: {}, when: portrait}", 0), ("{sepia: {}, mix: \"ramp(0s, 1s)\"}", 0),
  ])
  func looksThatAreNeverSeenAreTold(_ look: String, _ count: Int) {
    let found = SceneFiles.check(
      text:
        "ascii-scene: 1\nparams: {amount: 0}\nsegments:\n  - {duration: 4s, layers: [field: plasma], look: [\(look)]}\n"
    ).diagnostics.filter { $0.id != "unused_name" }
    #expect(found.map(\.id) == Array(repeating: "no_effect", count: count))
  }

  @Test(arguments: [
    ("[0.5, 1.5]", 1), ("[0.5, 0.5]", 0), ("[-0.2, 0.5]", 1), ("[0.999, 0.5]", 1), ("[0.999, 0.5], align: right", 0),
    ("[0.01, 0.5], align: left", 0), ("[0.5, 0.5 + 2 * sin(t)]", 0),
  ])
  func textOutsideOfThePictureIsTold(_ position: String, _ count: Int) {
    var result = SceneFiles.check(
      text: "ascii-scene: 1\nsegments:\n  - {duration: 4s, layers: [{text: READ, position: \(position)}]}\n")
    result.report(result.scene.map(FaceLibrary().fit) ?? [])
    #expect(result.diagnostics.map(\.id) == Array(repeating: "text_outside", count: count), "\(result.findings)")
  }
}
