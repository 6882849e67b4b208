import SceneLang
import Testing

@testable import Renderer

/// Groups whose layers write into the cells of one grid.
struct SharedCellsTests {
  private func picture(_ layers: String, frame: Int = 9, passes: Bool = true) throws -> Picture {
    let text = """
      ascii-scene: 1
      video: {size: 320x180}
      segments: [{duration: 1s, tone: {exposure: none}, look: none, layers: \(layers)}]
      """
    let compilation = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin)
    let scene = try #require(compilation.scene, "\(compilation.diagnostics.map(\.message))")
    let graph = passes ? scene.renderGraph(using: .builtin) : lower(scene)
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    try SceneRenderer(graph: graph, kernels: .best).render(frame: frame, into: picture)
    return picture
  }

  private func distance(_ a: Picture, _ b: Picture) -> Double {
    let planes = (0..<3).map { a.plane($0) }
    return b.worst { planes[$0][$2][$1] }
  }

  @Test func oneLayerIsItself() throws {
    for own in ["field: plasma", "particles: embers", "effect: fire", "field: rings, palette: quadrants"] {
      let alone = try picture("[{\(own), grid: lg, wash: 0}]")
      #expect(distance(alone, try picture("[{cells: true, grid: lg, layers: [{\(own), wash: 0}]}]")) == 0, "\(own)")
    }
  }

  /// Alone a text stands to the pixel, in shared cells in the nearest of these: the same light elsewhere.
  @Test func aTextIsTheSameInCellsOfTheGroup() throws {
    func light(_ picture: Picture) -> [Int] {
      (0..<3).map { channel in picture.plane(channel).joined().reduce(0) { $0 + Int($1) } }
    }
    let alone = light(try picture("[{text: HELLO, grid: lg}]"))
    #expect(alone[1] > 0)
    #expect(light(try picture("[{cells: true, grid: lg, layers: [text: HELLO]}]")) == alone)
  }

  @Test func aGlyphReplacesAndABlankShows() throws {
    let (below, above) = ("{field: plasma + 0.2, wash: 0, palette: dense}", "{field: 1, wash: 0, mask: x < 0}")
    let shared = try picture("[{cells: true, grid: lg, layers: [\(below), \(above)]}]")
    let planes = { (picture: Picture) in (0..<3).map { picture.plane($0) } }
    let left = planes(try picture("[{field: 1, wash: 0, grid: lg}]"))
    let right = planes(try picture("[{field: plasma + 0.2, wash: 0, palette: dense, grid: lg}]"))
    let all = planes(shared)
    // Where the mask ends within a cell nothing is said of it.
    #expect(
      shared.worst { plane, x, y in
        x < 140 ? left[plane][y][x] : x > 180 ? right[plane][y][x] : all[plane][y][x]
      } == 0)
  }

  @Test func aShareReplacesThatShareOfTheCells() throws {
    let layers =
      "[{cells: true, grid: sm, layers: [{field: 0.5, wash: 0, color: \"#ff0000\"}, {field: 1, wash: 0, color: \"#00ff00\", opacity: SHARE}]}]"
    func share(_ opacity: String, frame: Int = 9) throws -> Double {
      let shared = try picture(layers.replacing("SHARE", with: opacity), frame: frame)
      let (red, green) = (shared.plane(0).joined(), shared.plane(1).joined())
      let lit = zip(red, green).filter { $0 > 10 || $1 > 10 }
      return Double(lit.count { $1 > $0 }) / Double(max(1, lit.count))
    }
    #expect(try share("0") == 0)
    #expect(try share("1") == 1)
    // The green glyph has more ink than the red one.
    #expect((0.4...0.85).contains(try share("0.5")))
    #expect(try share("0.3") < share("0.6"))
    #expect(try share("0.5", frame: 3) == share("0.5", frame: 15))
  }

  @Test func theGroupIsMaskedAndChangedAsOne() throws {
    let members = "[{field: plasma}, {text: HELLO}]"
    let whole = try picture("[{cells: true, grid: lg, layers: \(members)}]")
    #expect(try picture("[{cells: true, grid: lg, layers: \(members), opacity: 0}]").worst { _, _, _ in 0 } == 0)
    #expect(try picture("[{cells: true, grid: lg, layers: \(members), mask: x > 5}]").worst { _, _, _ in 0 } == 0)
    #expect(distance(whole, try picture("[{cells: true, grid: lg, layers: \(members), mask: x < 5}]")) == 0)
    #expect(
      distance(whole, try picture("[{cells: true, grid: lg, layers: \(members), effects: [shake: {x: 12, y: 4}]}]"))
        > 40)
    #expect(distance(whole, try picture("[{cells: true, grid: lg, layers: \(members), look: [invert]}]")) > 40)
    let unpassed = try picture("[{cells: true, grid: lg, layers: \(members)}]", passes: false)
    #expect(distance(whole, unpassed) == 0)
  }
}
