import SceneLang
import Testing

@testable import Renderer

@Suite struct GlyphAtlasTests {
  private let faces = FaceLibrary()

  private func atlas(
    _ characters: String, fontSize: Double = 16, face: Grid.Face = .bold, stretch: Double = 1, height: Int = 1080
  ) -> GlyphAtlas {
    let grid = Grid(fontSize: fontSize, face: face)
    let format = PictureFormat(width: height * 16 / 9, height: height, fps: FrameRate(24))
    let geometry = GridGeometry(grid: grid, format: format, faces: faces)
    return .make(
      characters: characters.unicodeScalars, grid: grid, geometry: geometry, stretch: stretch, faces: faces)
  }

  private func pixels(_ atlas: GlyphAtlas) -> [UInt8] {
    atlas.withCoverage {
      Array(UnsafeBufferPointer(start: $0, count: atlas.glyphCount * atlas.cellHeight * atlas.rowStride + 64))
    }
  }

  /// FNV-1a.
  private func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// A change here changes every picture. Besides our own drawing it can come from the faces or from FreeType's polygon
  /// fill (2.12 when recorded).
  @Test func glyphsAreTheSameBitsOnEveryMachine() {
    let characters = "ABCabc.,@#%&Żщωｱアᚠ✨░▒╬╭╳⠿"
    #expect(hash(pixels(atlas(characters, stretch: 1.15))) == 7_124_036_445_849_355_859)
    #expect(hash(pixels(atlas(characters, fontSize: 10, face: .regular, height: 720))) == 3_552_802_944_763_861_556)
  }

  @Test func layoutIsPaddedWithZeros() {
    let made = atlas("@█")
    #expect(made.cellWidth == 10 && made.cellHeight == 19 && made.rowStride == 16 && made.glyphCount == 3)
    let bytes = pixels(made)
    for row in 0..<3 * 19 { #expect(bytes[row * 16 + 10..<(row + 1) * 16].allSatisfy { $0 == 0 }) }
    #expect(bytes.suffix(64).allSatisfy { $0 == 0 } && bytes.prefix(19 * 16).allSatisfy { $0 == 0 })
    #expect(made.ink[0] == 0 && made.ink[2] == 1)
  }

  @Test func charactersStandOnceAndBlanksAreGlyphZero() {
    let made = atlas(" a a\u{A0}\u{2800}b")
    #expect(made.glyphCount == 3)
    #expect(made.glyphs == [" ": 0, "\u{A0}": 0, "\u{2800}": 0, "a": 1, "b": 2])
    #expect(made.missing == [])
  }

  @Test func whatHasNoPixelsIsReportedInsteadOfDrawnBlank() {
    let made = atlas("a🜁\u{200B}🜁b")
    #expect(made.missing == ["🜁", "\u{200B}"])
    #expect(made.glyphs == ["a": 1, "b": 2])
  }

  @Test func inkMatchesTheArtDirection() {
    // LOOK.md: regular `@` .28, bold `B` .38, bold and 1.15 times taller .43.
    #expect(abs(atlas("@", face: .regular).ink[1] - 0.28) < 0.02)
    #expect(abs(atlas("B").ink[1] - 0.38) < 0.02)
    #expect(abs(atlas("B", stretch: 1.15).ink[1] - 0.43) < 0.02)
  }

  @Test func glyphsKeepTheirProportionToTheCell() {
    for height in [540, 720, 2160] {
      let (reference, actual) = (atlas("B@x"), atlas("B@x", height: height))
      for glyph in 1...3 { #expect(abs(reference.ink[glyph] - actual.ink[glyph]) < 0.02) }
    }
  }

  @Test func lettersStandOnOneBaseline() {
    let made = atlas("HEx", fontSize: 40)
    let last = (1...3).map { glyph in
      (0..<made.cellHeight).last { row in
        made.withCoverage { base in
          (0..<made.cellWidth).contains { base[(glyph * made.cellHeight + row) * made.rowStride + $0] > 127 }
        }
      }
    }
    // The ascent of 40 pixels is 37.1, so row 37 is the last above the baseline at 38.
    #expect(last == [37, 37, 37])
  }

  @Test(arguments: [4.0, 8, 512]) func glyphsHaveInkAtTheEndsOfTheSizes(fontSize: Double) {
    let made = atlas("@Bｱ▒", fontSize: fontSize)
    #expect(made.missing == [] && made.ink.dropFirst().allSatisfy { $0 > 0.05 })
  }
}
