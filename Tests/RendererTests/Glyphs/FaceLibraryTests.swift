import SceneLang
import Testing

@testable import Renderer

@Suite struct FaceLibraryTests {
  private let faces = FaceLibrary()

  @Test func charactersAreLookedUpFromTheGridsFaceToTheLastResort() throws {
    for face in Grid.Face.allCases {
      let latin = try #require(faces.source(of: "A", face: face))
      let kana = try #require(faces.source(of: "ｱ", face: face))
      let rune = try #require(faces.source(of: "ᚠ", face: face))
      #expect(latin === faces.primary(face))
      #expect(!faces.isPrimary(kana) && !faces.isPrimary(rune) && kana !== rune)
    }
    #expect(faces.primary(.regular) !== faces.primary(.bold))
  }

  @Test func whatCannotBeDrawnIsListedOnceAndInOrder() {
    #expect(faces.missing(in: "Añ ─█⠿ ｱア ᚠ\n\té".unicodeScalars) == [])
    #expect(faces.missing(in: "a🜁b漢🜁".unicodeScalars) == ["🜁", "漢"])
  }

  @Test func widthsAreThoseOfATerminal() {
    #expect("aア\u{301}⚡".unicodeScalars.map(\.terminalWidth) == [1, 2, 0, 2])
  }

  @Test func particleSetsOfTheCatalogueCanBeDrawn() {
    let sets = "*+#@⚡✦★█▓·•●★✶❀❁❂❃✿☘❄❅❆○|│┃║/\\◎◉∘∙°01{}[]<>-=~─═◦⬤⋅.,'`"
    #expect(faces.missing(in: sets.unicodeScalars) == [])
  }
}
