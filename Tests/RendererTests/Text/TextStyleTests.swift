import Foundation
import KernelTable
import SceneLang
import Testing

@testable import Renderer

struct TextStyleTests {
  private static let entrances = ["decrypt", "drop", "fade_in", "scatter", "slide_in", "unfold"]
  private static let exits = ["crumble", "fade_out", "slide_out"]

  // MARK: Laws

  @Test func everyFileOfAStyleIsInTheList() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Sources/Renderer/Ops/Styles")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(TextStyles.all.map { "\($0).swift" } == files.sorted())
    #expect(TextStyles.all.count >= 10)
  }

  @Test(arguments: TextStyles.all.map { $0.declaration })
  func isDeclaredWhole(_ declaration: OpDeclaration) {
    #expect(declaration.kind == .style && declaration.summary.hasSuffix("."))
    #expect(declaration.parameters.allSatisfy { !$0.doc.isEmpty && $0.default != nil })
    #expect(declaration.example.hasPrefix("style: "))
  }

  private func scene(_ style: String, fps: String = "24", name: String = "a") -> RenderGraph {
    compiledScene(
      """
      {text: "The code is the art", name: \(name), \(style)}
      """, duration: "4s", fps: fps, header: "tempo: 97")
  }

  /// The example as the value of a flow mapping.
  private func quoted(_ example: String) -> String {
    let value = example.dropFirst("style: ".count)
    return value.hasPrefix("[") ? example : "style: \"\(value)\""
  }

  @Test(arguments: TextStyles.all.map { $0.declaration })
  func theExampleMovesAndDependsOnTheFrameAlone(_ declaration: OpDeclaration) {
    let graph = scene(quoted(declaration.example))
    let frames = [0, 6, 14, 31, 60, 80, 95]
    let forth = hashes(graph, frames: frames)
    #expect(Set(forth).count >= 3)
    #expect(hashes(graph, frames: frames.reversed()) == forth.reversed())
    #expect(hashes(scene(quoted(declaration.example), fps: "48"), frames: frames.map { 2 * $0 }) == forth)
  }

  /// Renaming a layer reseeds those that are random, and nothing else.
  @Test(arguments: TextStyles.all.map { $0.declaration })
  func onlyRandomStylesReadTheKey(_ declaration: OpDeclaration) {
    let frames = Array(stride(from: 2, to: 95, by: 7))
    let pictures = ["a", "b"].map { hashes(scene(quoted(declaration.example), name: $0), frames: frames) }
    #expect((pictures[0] != pictures[1]) == declaration.facts.readsKey)
  }

  // MARK: Formulas

  /// Two lines, `ab cd` and `e`, on a grid of 40 × 20.
  private func text() -> StyledText {
    let placement = TextPlacement(lines: [[1, 2, 0, 3, 4], [5]], alignment: .left)
    let stand = placement.stand(column: 10, row: 10, columns: 40, rows: 20)
    return StyledText(
      placement.glyphs(stand), at: stand, lines: [5, 1], columns: 40, rows: 20, seed: 7, symbols: Self.symbols,
      own: Array("▌│_".unicodeScalars))
  }

  private static let symbols: SymbolGlyphs = {
    let grid = Grid(fontSize: 20, face: .bold)
    let faces = FaceLibrary()
    let geometry = GridGeometry(
      grid: grid, format: PictureFormat(width: 480, height: 270, fps: FrameRate(24)), faces: faces)
    let atlas = GlyphAtlas.make(
      characters: Array("xyz▌│_".unicodeScalars), grid: grid, geometry: geometry, stretch: 1, faces: faces)
    return SymbolGlyphs(palette: Array("xyz".unicodeScalars), own: Array("▌│_".unicodeScalars), atlas: atlas)
  }()

  private func styled(
    _ name: String, _ numbers: [String: Double] = [:], _ words: [String: String] = [:], elapsed: Double = 0,
    remaining: Double = 1e6
  ) -> StyledText {
    let style = TextStyles.named(name)
    let parameters = style.declaration.parameters
    let arguments = CallArguments(
      parameters,
      parameters.map { parameter in
        if [.choice, .text].contains(parameter.type) { return .word(words[parameter.name] ?? parameter.default!) }
        let usual = parameter.default!.hasSuffix("s") ? String(parameter.default!.dropLast()) : parameter.default!
        return .number(numbers[parameter.name] ?? Double(usual) ?? 0)
      })
    var text = text()
    style.apply(arguments, at: TextMoment(elapsed: elapsed, remaining: remaining), to: &text)
    return text
  }

  @Test func glyphsKnowTheirPlaces() {
    let glyphs = text().glyphs
    #expect(glyphs.map(\.index) == [0, 1, 2, 3, 4, 5] && glyphs.map(\.line) == [0, 0, 0, 0, 0, 1])
    #expect(glyphs.map(\.word) == [0, 0, 0, 1, 1, 2] && glyphs.map(\.column) == [10, 11, 12, 13, 14, 10])
    #expect(glyphs.map(\.row) == [9, 9, 9, 9, 9, 10] && text().wordCount == 3)
  }

  @Test(arguments: entrances)
  func anEntranceEndsWithTheText(_ name: String) {
    #expect(styled(name, ["over": 2, "after": 1], elapsed: 3).glyphs == text().glyphs)
    let before = styled(name, ["over": 2, "after": 1], elapsed: 0.9)
    let visible = before.glyphs.filter { glyph in
      glyph.opacity > 0 && glyph.glyph != 0 && (0..<40).contains(glyph.column) && (0..<20).contains(glyph.row)
    }
    #expect(visible.isEmpty)
  }

  @Test(arguments: exits)
  func anExitBeginsWithTheTextAndEndsWithNothing(_ name: String) {
    #expect(styled(name, ["over": 2], remaining: 2).glyphs == text().glyphs)
    let after = styled(name, ["over": 2], remaining: 0)
    #expect(after.glyphs.allSatisfy { $0.opacity == 0 || !(0..<40).contains($0.column) })
    #expect(styled(name, ["over": 2], remaining: 1).glyphs != text().glyphs)
  }

  @Test func typingShowsAsManyCharactersAsTheirShareOfTheTime() {
    let half = styled("typewriter", ["over": 2, "after": 0], elapsed: 1)
    #expect(half.glyphs.count == 7)
    // The newest is brightest: 0.5 + 0.5 / (1 + 0.015 age).
    for (opacity, age) in zip(half.glyphs.map(\.opacity), [2.0, 1, 0]) {
      #expect(abs(opacity - (0.5 + 0.5 / (1 + 0.015 * age))) < 1e-12)
    }
    #expect(half.glyphs[3...5].allSatisfy { $0.opacity == 0 })
    #expect(half.glyphs[6].column == 13 && half.glyphs[6].opacity == 1)
    // 3 Hz once it is done, behind the last character.
    #expect(styled("typewriter", ["over": 2], elapsed: 3.1).glyphs.last!.column == 11)
    #expect(styled("typewriter", ["over": 2], elapsed: 3.2).glyphs.count == 6)
  }

  @Test(arguments: ["", "▌", "│_│"])
  func theCursorIsAnyText(_ cursor: String) {
    let glyphs = styled("typewriter", ["over": 2], ["cursor": cursor], elapsed: 1).glyphs.dropFirst(6)
    #expect(glyphs.map(\.column) == (0..<cursor.count).map { 13 + Double($0) })
    #expect(glyphs.allSatisfy { $0.opacity == 1 && $0.glyph != 0 })
  }

  @Test func messagesFadeAsTheCatalogueSays() {
    for (elapsed, line, opacity) in [(0.25, 0, 0.25), (2, 0, 1), (3.5, 0, 0.5), (4.75, 1, 0.75), (8.02, 0, 0)] {
      let glyphs = styled("messages", ["period": 4], elapsed: elapsed).glyphs
      #expect(Set(glyphs.map(\.line)) == [line])
      #expect(glyphs.allSatisfy { abs($0.opacity - opacity) < 1e-9 && $0.row == 9.5 })
    }
  }

  @Test func shortMessagesFadeFaster() {
    for (elapsed, opacity) in [(0.125, 0.5), (0.25, 1), (0.5, 1), (0.875, 0.5)] {
      let glyphs = styled("messages", ["period": 1], elapsed: elapsed).glyphs
      #expect(glyphs.allSatisfy { abs($0.opacity - opacity) < 1e-9 })
    }
  }

  /// Unless told otherwise, styles leave half of the time of a short text to be read.
  @Test(arguments: entrances + ["typewriter"])
  func entrancesAreOverByHalfOfAShortTime(_ name: String) {
    func glyphs(_ elapsed: Double, of duration: Double, over: Double = 0) -> [StyledGlyph] {
      styled(name, ["over": over], elapsed: elapsed, remaining: duration - elapsed).glyphs.filter { $0.opacity > 0 }
    }
    let whole = glyphs(0.51, of: 1, over: 0.001)
    #expect(glyphs(0.51, of: 1).map(\.index) == whole.map(\.index))
    #expect(zip(glyphs(0.51, of: 1), whole).allSatisfy { abs($0.row - $1.row) < 1e-9 && $0.opacity == $1.opacity })
    // A long one has its usual time, and an author's own is kept.
    func places(_ glyphs: [StyledGlyph]) -> [Double] {
      glyphs.flatMap { [$0.row, $0.column, $0.opacity, Double($0.glyph)] }
    }
    #expect(places(glyphs(0.51, of: 100)) != places(whole))
    #expect(places(glyphs(0.51, of: 1, over: 2)) != places(whole))
  }

  @Test func theTickerRunsToTheLeftInLoops() {
    let glyphs = styled("ticker", ["speed": 15, "gap": 3], elapsed: 0.2).glyphs.filter { $0.line == 0 && $0.place == 0 }
    // Every 8 cells, moved by 3.
    #expect(glyphs.map(\.column) == [-3, 5, 13, 21, 29, 37, 45])
  }

  /// Two lines in a grid of 20 rows, which stand in rows 9 and 10: from right below the picture to right above it.
  @Test func creditsPassInTheTimeOfTheText() {
    for (elapsed, rows) in [(0.0, [20.0, 21]), (5, [9, 10]), (10, [-2, -1])] {
      let glyphs = styled("credits", elapsed: elapsed, remaining: 10 - elapsed).glyphs
      #expect(Set(glyphs.map(\.row)) == Set(rows), "\(elapsed)")
    }
    // A speed of the author's is kept, whatever time there is.
    for remaining in [0, 3, 100.0] {
      let glyphs = styled("credits", ["speed": 4], elapsed: 2, remaining: remaining).glyphs
      #expect(Set(glyphs.map(\.row)) == [12, 13])
    }
  }

  @Test func theWaveIsASine() {
    let glyphs = styled("wave", ["height": 3, "length": 8, "speed": 0.5], elapsed: 0.5).glyphs
    for glyph in glyphs {
      let rest = glyph.line == 0 ? 9.0 : 10
      #expect(abs(glyph.row - rest - 3 * sin(2 * .pi * (glyph.column / 8 - 0.25))) < 1e-5)
    }
  }

  @Test func theFlashIsMixedFromFloorAndLevel() {
    #expect(styled("flash", ["level": 0.5, "floor": 0.2]).glyphs.allSatisfy { abs($0.opacity - 0.6) < 1e-12 })
  }

  @Test func aWordShowsUntilTheNextBeat() {
    let words = (0..<40).map { beat in styled("beat_words", ["pulse": Double(beat), "level": 1, "spread": 0.25]) }
    let order = words.map { $0.glyphs[0].word }
    for start in stride(from: 0, to: 39, by: 3) {
      let round = Set(order[start..<start + 3])
      #expect(round == [0, 1, 2])
    }
    #expect(zip(order, order.dropFirst()).allSatisfy { $0 != $1 })
    let rounds = stride(from: 0, to: 39, by: 3).map { Array(order[$0..<$0 + 3]) }
    #expect(Set(rounds).count > 2)
    for word in words {
      #expect(Set(word.glyphs.map(\.word)).count == 1 && word.glyphs.allSatisfy { (4...15).contains($0.row) })
      #expect(abs(word.middle(ofLine: word.glyphs[0].line) - 19.5) <= 0.5)
    }
  }

  @Test func decryptingChangesOnlyWhatIsNotYetRight() {
    let early = styled("decrypt", ["over": 2, "rate": 10], elapsed: 0.1)
    let home = text().glyphs
    #expect(zip(early.glyphs, home).allSatisfy { $0.column == $1.column && $0.row == $1.row })
    let scrambled = Set((0..<3).map { Self.symbols.glyph(.palette($0)) })
    #expect(early.glyphs.filter { $0.index >= 3 }.allSatisfy { scrambled.contains($0.glyph) })
    #expect(early.glyphs[2].glyph == 0)
  }

  @Test func aBounceFallsOnThePointsOfTheCatalogue() {
    for (p, value) in [(0.25, 0.4727), (0.5, 0.7656), (0.75, 0.9727), (1, 1)] {
      #expect(abs(StyleCurve.bounce(p) - value) < 5e-5)
    }
  }

  /// Colours read where in the text a letter stands.
  @Test func energyIsThePlaceInTheText() {
    let plain = compiledScene("{text: \"abcdef\", color: \"rgb(1, 0, 0)\"}")
    let mixed = compiledScene("{text: \"abcdef\", color: \"rgb(1, if(energy > 0.5, 1, 0), 0)\"}")
    let edge = compiledScene("{text: \"abcdef\", color: \"rgb(1, if(energy > 1, 1, 0), 0)\"}")
    #expect(hashes(plain, frames: [0]) != hashes(mixed, frames: [0]))
    #expect(hashes(plain, frames: [0]) == hashes(edge, frames: [0]))
  }

  /// Times count from where the layer appears, and to where it goes.
  @Test func fromAndToAreTheTimesOfAStyle() {
    let early = compiledScene("{text: abc, style: [\"fade_in(1s)\", \"fade_out(1s)\"], to: 2s}")
    let late = compiledScene("{text: abc, style: [\"fade_in(1s)\", \"fade_out(1s)\"], from: 3s, to: 5s}")
    #expect(hashes(early, frames: [3, 12, 30, 40]) == hashes(late, frames: [75, 84, 102, 112]))
    #expect(Set(hashes(early, frames: [3, 12, 30, 40])).count == 4)
  }

  /// A text that appeared an age ago stands as after thirty years.
  @Test(arguments: TextStyles.all.map { $0.declaration }) func noTextIsTooOld(_ declaration: OpDeclaration) {
    func hash(_ age: String) -> [String] {
      hashes(scene("\(quoted(declaration.example)), from: \"-\(age) * 1s\""), frames: [50])
    }
    #expect(hash("exp(800 + t)") == hash("exp(600 + t)"))
  }

  /// CATALOGUE T-7; a twentieth of the width stays free on each side; a ticker's line runs through the picture whole.
  @Test func linesAreShortInPortraitAndWholeInATicker() {
    let wide = GridGeometry.test(columns: 160, rows: 45)
    let tall = GridGeometry.test(columns: 90, rows: 80)
    #expect(TextLayout.width(wrap: nil, styles: [], grid: wide) == 144)
    #expect(TextLayout.width(wrap: nil, styles: [], grid: .test(columns: 48, rows: 14)) == 43)
    #expect(TextLayout.width(wrap: nil, styles: ["wave"], grid: tall) == 25)
    #expect(TextLayout.width(wrap: nil, styles: [], grid: .test(columns: 20, rows: 80)) == 18)
    #expect(TextLayout.width(wrap: 40, styles: ["ticker"], grid: tall) == 40)
    #expect(TextLayout.width(wrap: nil, styles: ["ticker"], grid: tall) == .max)
  }
}
