import SceneLang
import Testing

@testable import Renderer

@Suite struct BuiltinPalettesTests {
  @Test func theCatalogueIsComplete() {
    let names = BuiltinPalettes.all.map(\.declaration.name)
    #expect(
      names.sorted()
        == [
          "alchemic", "arabic", "arrows", "ascii", "binary", "bits", "blocks", "blocks_ext", "box", "braille",
          "braille_dots", "bubble", "circuit", "cyrillic", "dash", "data", "default", "dense", "dot", "dots", "energy",
          "gradient", "greek", "halffill", "halves", "hatch", "hex", "kata", "leaf", "lines", "machine", "math",
          "minimal",
          "music", "myth", "ocean", "octants", "organic", "quadrants", "rain", "rune", "sextants", "shade", "snow",
          "spark",
          "stars", "zodiac",
        ])
  }

  @Test(arguments: BuiltinPalettes.all.map(\.palette), [Grid.Face.regular, .bold])
  func everyCharacterHasInkOnEveryFace(palette: Palette, face: Grid.Face) {
    let faces = FaceLibrary()
    let grid = Grid(fontSize: 16, face: face)
    let format = PictureFormat(width: 1920, height: 1080, fps: FrameRate(24))
    let geometry = GridGeometry(grid: grid, format: format, faces: faces)
    let atlas = GlyphAtlas.make(
      characters: palette.characters, grid: grid, geometry: geometry, stretch: palette.stretch, faces: faces)
    #expect(palette.characters.first == " ")
    #expect(atlas.missing == [])
  }

  @Test func theyAreFoundByNameAndAlias() {
    // The catalogue itself refuses two entries of one name.
    let catalog = Catalog.builtin
    #expect(catalog.entry(.palette, "katakana")?.name == "kata")
    #expect(catalog.entry(.grid, "md")?.name == "md")
    #expect(catalog.entry(.gradient, "heat")?.name == "ember")
    for kind in [OpKind.palette, .grid, .gradient] {
      let entries = catalog.entries.filter { $0.kind == kind }
      #expect(entries.allSatisfy { $0.summary.hasSuffix(".") && !$0.example.isEmpty })
    }
  }

  @Test func gridSummariesSayTheRealCounts() {
    for grid in BuiltinGrids.all {
      let geometry = GridGeometry(
        grid: Grid(fontSize: grid.fontSize, face: .bold),
        format: PictureFormat(width: 1920, height: 1080, fps: FrameRate(24)), faces: FaceLibrary())
      #expect(grid.declaration.summary.contains(" \(geometry.columns)×\(geometry.rows) "))
    }
  }
}
