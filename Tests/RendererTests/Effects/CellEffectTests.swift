import Foundation
import SceneLang
import Testing

@testable import Renderer

/// What happens to finished cells: `effects:` of a layer.
struct CellEffectTests {
  @Test func everyFileOfACellEffectIsInTheList() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Sources/Renderer/Ops/CellEffects")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(CellEffects.all.map { "\($0).swift" } == files.sorted())
    for declaration in CellEffects.all.map({ $0.declaration }) {
      #expect(declaration.kind == .cellEffect && declaration.summary.hasSuffix("."))
      #expect(declaration.parameters.allSatisfy { !$0.doc.isEmpty && $0.default != nil })
      #expect(declaration.example.hasPrefix("effects: \(declaration.name)("))
    }
  }

  /// A grid whose cells tell where they were: glyph 1 + 10 · row + column.
  private func numbered(columns: Int = 4, rows: Int = 3) -> CellGrid {
    let grid = CellGrid(columns: columns, rows: rows)
    for row in 0..<rows {
      for column in 0..<columns {
        grid.glyphs(row)[column] = UInt16(1 + 10 * row + column)
        grid.color(row).red[column] = UInt8(10 * row + column)
        grid.coverage(row)[column] = 255
        grid.solid(row)[column] = 0
      }
    }
    grid.summarize()
    return grid
  }

  private func glyphs(_ grid: CellGrid) -> [[Int]] {
    (0..<grid.rows).map { row in (0..<grid.columns).map { Int(grid.glyphs(row)[$0]) } }
  }

  @Test func cellsTurnWithAllTheyHave() {
    let grid = numbered()
    grid.roll(row: 1, by: -1)
    #expect(glyphs(grid) == [[1, 2, 3, 4], [12, 13, 14, 11], [21, 22, 23, 24]])
    #expect((0..<4).map { grid.color(1).red[$0] } == [11, 12, 13, 10])
    grid.roll(rows: 4)
    #expect(glyphs(grid) == [[21, 22, 23, 24], [1, 2, 3, 4], [12, 13, 14, 11]])
    grid.roll(row: 0, by: 9)
    #expect(glyphs(grid)[0] == [24, 21, 22, 23])
  }

  @Test func rowsThatWereLeftAloneAreEmptyOnceTheyMove() {
    let grid = numbered()
    grid.summaries[1] = CellGrid.RowSummary()
    grid.settle()
    #expect(glyphs(grid)[1] == [0, 0, 0, 0])
    grid.roll(rows: 1)
    grid.summarize()
    #expect(grid.summaries.map(\.isEmpty) == [false, false, true])
    #expect(grid.summaries[0].hasGlyphs && grid.summaries[0].isFull && !grid.summaries[0].hasSolid)
  }

  private func hashes(of effect: String, seed: String = "a", fps: String = "24") -> [String] {
    let graph = compiledScene("{field: plasma, grid: xl, name: \(seed), effects: \"\(effect)\"}", fps: fps)
    let second = fps == "24" ? 24 : 48
    return pictures(graph, [0, second, 2 * second])
  }

  private func pictures(_ graph: RenderGraph, _ frames: [Int]) -> [String] {
    let renderer = SceneRenderer(graph: graph, kernels: .best)
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    return frames.map { frame in
      do { try renderer.render(frame: frame, into: picture) } catch { fatalError("\(error)") }
      return "\(picture.hash)"
    }
  }

  @Test(arguments: CellEffects.all.map { $0.declaration })
  func examplesChangeThePictureAndHangOnTheKeyAlone(_ declaration: OpDeclaration) {
    let call = String(declaration.example.dropFirst("effects: ".count))
    let without = hashes(of: "shake(x=0, y=0)")
    let with = hashes(of: call)
    #expect(zip(with, without).contains { $0 != $1 })
    #expect(hashes(of: call, fps: "48") == with, "the frame rate shows")
    #expect(hashes(of: call, seed: "b") != with, "the layer's name does not show")
  }

  @Test func effectsActOneAfterAnother() {
    let graph = { (effects: String) in
      compiledScene("{text: ABC, grid: xl, name: a, effects: \(effects)}")
    }
    let one = pictures(graph("[\"shake(x=6)\", \"error_words(count=9)\"]"), [30])
    let other = pictures(graph("[\"error_words(count=9)\", \"shake(x=6)\"]"), [30])
    #expect(one != other)
  }
}
