import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// Letters that styles move stand where these put them to the pixel, and not to the cell.
struct LetterShiftTests {
  private func picture(_ layer: String, frame: Int, size: String = "640x360") throws -> Picture {
    let graph = compiledScene(layer, duration: "4s", size: size)
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    try SceneRenderer(graph: graph, kernels: .best).render(frame: frame, into: picture)
    return picture
  }

  /// The pixel rows between the first and the last that is bright, of the columns of a share of the width.
  private func rows(_ picture: Picture, _ share: Range<Double> = 0..<1) throws -> ClosedRange<Int> {
    let columns = Int(share.lowerBound * Double(picture.width))..<Int(share.upperBound * Double(picture.width))
    let lit = (0..<picture.height).filter { y in columns.contains { picture[$0, y].green > 127 } }
    return try #require(lit.first)...(try #require(lit.last))
  }

  private func title(_ style: String, words: String = "H", position: String = "[0.5, 0.5]") -> String {
    "{text: \(words), grid: {size: 200px}, position: \(position), color: \"#ffffff\", style: \(style)}"
  }

  /// Three rows fit into the picture; the letter goes up and down by one, half a wave a second from the column's phase on.
  @Test(arguments: [("1920x1080", 234.0), ("640x360", 78), ("320x180", 39)])
  func aWaveIsSmoothAtEverySize(size: String, cellHeight: Double) throws {
    let rest = try rows(picture(title("{wave: {height: 0}}"), frame: 0, size: size))
    var places = Set<Int>()
    for frame in stride(from: 0, to: 48, by: 3) {
      let column = try column(of: title("{wave: {height: 0}}"), size: size)
      let phase = column / 24 - 0.5 * Double(frame) / 24
      let expected = cellHeight * ScalarMath.sin(2 * .pi * phase)
      let moved = try rows(picture(title("{wave: {height: 1}}"), frame: frame, size: size))
      #expect(abs(Double(moved.lowerBound - rest.lowerBound) - expected) <= 1.5, "frame \(frame)")
      #expect(abs(moved.count - rest.count) <= 1)
      places.insert(moved.lowerBound)
    }
    #expect(places.count >= 7)
  }

  /// Where the first letter of a title stands in its grid.
  private func column(of layer: String, size: String) throws -> Double {
    let graph = compiledScene(layer, size: size)
    let assets = SegmentAssets(graph.segments[0], format: graph.format, faces: FaceLibrary()).layers[0]
    let places = try #require(assets.places)
    return Double(
      try #require(assets.text).stand(
        column: places.column(u: 0.5), row: 1, columns: assets.geometry.columns, rows: assets.geometry.rows
      ).lefts[0])
  }

  /// A wave of no height, and entrances that have ended, are the text as it stands.
  @Test(arguments: ["{wave: {height: 0}}", "{drop: 0.5s}", "{slide_in: 0.5s}", "{unfold: 0.5s}"])
  func aTextAtRestIsWhereItWas(style: String) throws {
    let layer = "text: \"HO HEE\", wrap: 3, grid: {size: 90px}, position: [0.4, 0.37]"
    #expect(
      try picture("{\(layer), style: \(style)}", frame: 30).hash == picture("{\(layer)}", frame: 30).hash)
  }

  /// Letters of one title are on different heights at once, less than a cell apart.
  @Test func neighboursDifferByLessThanACell() throws {
    let picture = try picture(
      title("{wave: {height: 0.5, length: 8, speed: 0}}", words: "HHHHH"), frame: 0, size: "1920x1080")
    let tops = try (0..<5).map { index in
      let left = 0.5 + (Double(index) - 2.5) * 120.4 / 1920
      return try rows(picture, left..<left + 120.4 / 1920).lowerBound
    }
    let steps = zip(tops, tops.dropFirst()).map { abs($0 - $1) }
    #expect(steps.allSatisfy { $0 < 234 / 2 } && steps.filter { $0 > 4 }.count >= 3, "\(tops)")
  }

  /// A falling title comes in row by row of pixels.
  @Test func aLetterIsSeenAsSoonAsItReachesIntoThePicture() throws {
    let heights = try (0..<30).map { frame in
      let picture = try picture(title("{drop: {over: 3s, by: text}}"), frame: frame)
      return (0..<picture.height).filter { y in (0..<picture.width).contains { picture[$0, y].green > 127 } }.count
    }
    let whole = try #require(heights.max())
    #expect(heights.filter { $0 > 0 && $0 < whole }.count >= 3, "\(heights)")
  }

  /// A group whose layers share cells has whole cells only.
  @Test func sharedCellsStayWhole() throws {
    let group = "{cells: true, grid: {size: 90px}, layers: [{text: HEH, style: {wave: {height: 0.3}}}]}"
    #expect(try picture(group, frame: 0).hash == picture(group, frame: 5).hash)
  }

  /// What an effect does to the cells, it does to the letters that lie beside them.
  @Test func effectsMoveLettersAlong() {
    let grid = CellGrid(columns: 7, rows: 5)
    let beside = LetterShift(right: 2, down: -3)
    grid.letters = [
      CellLetter(column: 5, row: 1, shift: beside, glyph: 1), CellLetter(column: 2, row: 4, shift: beside, glyph: 2),
    ]
    grid.glyphs(1)[5] = 1
    grid.roll(row: 1, by: 3)
    grid.roll(rows: -2)
    #expect(grid.letters.map(\.column) == [1, 2] && grid.letters.map(\.row) == [4, 2])
    #expect(grid.glyphs(4)[1] == 1 && grid.letters.allSatisfy { $0.shift == beside })
    let atlas = toyAtlas(cellWidth: 5, cellHeight: 7, glyphs: 9)
    CellSurface(grid, atlas: atlas, seed: 1, opacity: 1).write("x", 1, 4, RGB(1, 2, 3))
    #expect(grid.letters.map(\.glyph) == [2])
  }
}
