import SceneLang
import Testing

@testable import Renderer

@Suite struct GlyphRampTests {
  private let faces = FaceLibrary()

  private func atlas(_ characters: [Unicode.Scalar], stretch: Double = 1) -> GlyphAtlas {
    let grid = Grid(fontSize: 16, face: .bold)
    let format = PictureFormat(width: 1920, height: 1080, fps: FrameRate(24))
    let geometry = GridGeometry(grid: grid, format: format, faces: faces)
    return .make(characters: characters, grid: grid, geometry: geometry, stretch: stretch, faces: faces)
  }

  private func palette(
    _ characters: String, _ match: Palette.Match, _ order: Palette.Order = .measured, gamma: Double = 1
  ) -> Palette {
    Palette(
      characters: Array(characters.unicodeScalars), match: match, order: order, gamma: gamma, jitter: 0, stretch: 1)
  }

  private func characters(_ ramp: GlyphRamp, _ atlas: GlyphAtlas, at entries: [Int]) -> String {
    let names = Dictionary(atlas.glyphs.map { ($0.value, $0.key) }, uniquingKeysWith: min)
    return String(String.UnicodeScalarView(entries.map { names[Int(ramp.glyphs[$0])]! }))
  }

  @Test(arguments: BuiltinPalettes.all.map(\.palette).filter { $0.order == .measured })
  func measuredRampsNeverLoseInk(palette: Palette) {
    let atlas = atlas(palette.characters, stretch: palette.stretch)
    let ink = GlyphRamp.measure(palette: palette, atlas: atlas).glyphs.map { atlas.ink[Int($0)] }
    #expect(ink.first == 0 && ink.last == atlas.ink.max())
    #expect(zip(ink, ink.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func inkFollowsTheValue() throws {
    let ascii = try #require(BuiltinPalettes.all.first { $0.declaration.name == "ascii" }).palette
    let atlas = atlas(ascii.characters, stretch: ascii.stretch)
    let ramp = GlyphRamp.measure(palette: ascii, atlas: atlas)
    let densest = atlas.ink.max()!
    #expect((0.38...0.45).contains(densest))
    for entry in stride(from: 0, through: 1023, by: 31) {
      let value = Double(entry) / 1023
      #expect(abs(atlas.ink[Int(ramp.glyphs[entry])] / densest - value) < 0.06, "value \(value)")
    }
    #expect(Set(ramp.glyphs).count > 35)
  }

  @Test func gammaBelowOneIsBrighter() {
    let atlas = atlas(Array(" .:-=+#@".unicodeScalars))
    let plain = GlyphRamp.measure(palette: palette(" .:-=+#@", .ink), atlas: atlas)
    let bright = GlyphRamp.measure(palette: palette(" .:-=+#@", .ink, gamma: 0.5), atlas: atlas)
    #expect(bright.glyphs[256] == plain.glyphs[512])
    #expect(bright.glyphs[0] == 0 && bright.glyphs[1023] == plain.glyphs[1023])
  }

  @Test func equalStepsTakeTheFloorAndKeepWhatIsWritten() {
    let written = " ≈~≈@."
    let atlas = atlas(Array(written.unicodeScalars))
    let ramp = GlyphRamp.measure(palette: palette(written, .index, .asWritten), atlas: atlas)
    #expect(characters(ramp, atlas, at: [0, 170, 171, 341, 512, 682, 853, 1023]) == "  ≈~≈@..")
  }

  @Test func measuredOrderDropsGlyphsThatLookTheSame() {
    // In DejaVu Sans Mono the Greek capital alpha is the Latin A.
    let atlas = atlas(Array(" AΑ.".unicodeScalars))
    let steps = GlyphRamp.measure(palette: palette(" AΑ.", .index), atlas: atlas)
    #expect(Set(steps.glyphs).count == 3)
    let written = GlyphRamp.measure(palette: palette(" AΑ.", .index, .asWritten), atlas: atlas)
    #expect(Set(written.glyphs).count == 4)
  }

  @Test func missingCharactersTakeNoPlace() {
    let atlas = atlas(Array(" 🜁@".unicodeScalars))
    let ramp = GlyphRamp.measure(palette: palette(" 🜁@", .index, .asWritten), atlas: atlas)
    #expect(characters(ramp, atlas, at: [0, 511, 512, 1023]) == "  @@")
    let empty = GlyphRamp.measure(palette: palette("🜁", .index, .asWritten), atlas: atlas)
    #expect(empty.glyphs.allSatisfy { $0 == 0 })
  }
}
