import SceneLang
import Testing

@testable import Renderer

/// `mask_at: pixels`.
struct PixelMaskTests {
  /// The pixels of a white layer that its other keys leave lit.
  private func picture(_ keys: String, width: Int, height: Int) -> [[Bool]] {
    let graph = compiledScene(
      "{field: 1, palette: binary, color: \"#ffffff\", brightness: 1, \(keys)}", size: "\(width)x\(height)")
    let picture = Picture(width: width, height: height)
    do { try SceneRenderer(graph: graph, kernels: .best).render(frame: 0, into: picture) } catch {
      fatalError("\(error)")
    }
    return (0..<height).map { y in
      let row = picture.pixelRow(y)
      return (0..<width).map { row.red[$0] > 127 }
    }
  }

  @Test(arguments: [(320, 180), (180, 320), (240, 240)])
  func circlesAreRoundToThePixel(_ width: Int, _ height: Int) {
    let lit = picture("mask: circle(radius=0.3), mask_at: pixels", width: width, height: height)
    let across = lit[height / 2].count { $0 }
    let down = lit.count { $0[width / 2] }
    let diameter = Int((0.6 * Double(min(width, height))).rounded())
    #expect(abs(across - diameter) <= 1 && abs(down - diameter) <= 1, "\(across) × \(down) of \(diameter)")
    let area = lit.reduce(0) { $0 + $1.count { $0 } }
    #expect(abs(Double(area) / (0.7854 * Double(diameter * diameter)) - 1) < 0.02)
  }

  @Test func cornersAreRoundAsFarAsTheShapeAllows() {
    func box(_ corner: Double) -> [[Bool]] {
      picture("mask: \"box(0.4, 0.2, \(corner))\", mask_at: pixels", width: 240, height: 240)
    }
    #expect(box(0.8) == box(0.1) && box(0.1) != box(0))
    #expect(box(0.8)[120].count { $0 } == 96)
  }

  @Test func besideLettersThereIsNothing() {
    let keys = "mask: 'at(letters(\"III\", size=1.5), x=x + 0.5, y=y)', mask_at: pixels"
    let lit = picture(keys, width: 320, height: 180)
    #expect(lit.contains { $0[..<200].contains(true) })
    // As far as the picture with the letters reaches: half a shorter side less.
    #expect(lit.allSatisfy { !$0[232...].contains(true) })
  }

  @Test func cellsCutCellsAndPixelsPixels() {
    let pixels = picture("mask: u < 0.401, mask_at: pixels", width: 320, height: 180)
    #expect(pixels[90].enumerated().allSatisfy { $0.element == ($0.offset < 128) })
    let cells = picture("mask: u < 0.401", width: 320, height: 180)
    #expect(cells[90] != pixels[90])
  }

  @Test func aCellIsAPixelThere() {
    let lit = picture("mask: col == 7, mask_at: pixels", width: 64, height: 36)
    #expect(lit.allSatisfy { row in row.indices.filter { row[$0] } == [7] })
  }

  @Test func theLettersOfAMaskAreCutByPixel() {
    let fine = picture("mask: 'letters(\"O\", size=0.9, grid=pixels)', mask_at: pixels", width: 320, height: 180)
    // The ring of an O is cut twice by the row through its middle.
    let row = fine[90]
    let edges = zip(row, row.dropFirst()).count { $0 != $1 }
    #expect(edges == 4)
  }
}
