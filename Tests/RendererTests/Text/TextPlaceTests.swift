import SceneLang
import Testing

@testable import Renderer

/// A text stands where its scene says, measured on the pixels of its letters.
struct TextPlaceTests {
  /// The box of what is lit.
  private func ink(_ layer: String, size: String) throws -> (x: ClosedRange<Int>, y: ClosedRange<Int>) {
    let graph = compiledScene(layer, size: size)
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    try SceneRenderer(graph: graph, kernels: .best).render(frame: 0, into: picture)
    var (columns, rows) = (Set<Int>(), Set<Int>())
    for y in 0..<picture.height {
      for x in 0..<picture.width where picture[x, y].green > 100 {
        columns.insert(x)
        rows.insert(y)
      }
    }
    return (columns.min()!...columns.max()!, rows.min()!...rows.max()!)
  }

  /// Words of an even and an odd number of characters, one and two lines, that are as wide as they are symmetric.
  @Test(
    arguments: ["1920x1080", "1080x1920", "720x720", "640x360"],
    [("HH", 200.0, 0.5, 0.5), ("HOH", 90, 0.5, 0.25), ("HOOH", 108, 0.4, 0.7), ("HOH HHHH", 61, 0.5, 0.55)])
  func capitalsHaveTheirMiddleAtThePosition(size: String, text: (words: String, size: Double, u: Double, v: Double))
    throws
  {
    let layer =
      "{text: \(text.words), wrap: 4, grid: {size: \(text.size)px}, position: [\(text.u), \(text.v)], align: center, color: \"#ffffff\"}"
    let box = try ink(layer, size: size)
    let sides = size.split(separator: "x").map { Double($0)! }
    func middle(_ range: ClosedRange<Int>) -> Double { Double(range.lowerBound + range.upperBound + 1) / 2 }
    let (right, down) = (middle(box.x) - text.u * sides[0], middle(box.y) - text.v * sides[1])
    #expect(abs(right) <= 1.5 && abs(down) <= 1.5, "\(text.words): \(right) px to the right, \(down) px down")
  }

  /// Nothing of a letter is lost where its cells lie beside those of the grid.
  @Test(arguments: [(0.01, 0.05), (0.99, 0.95), (0.5, 0.03)])
  func lettersAtTheEdgeAreWhole(u: Double, v: Double) throws {
    let align = u < 0.2 ? "left" : u > 0.8 ? "right" : "center"
    let box = try ink(
      "{text: HEEH, grid: {size: 100px}, position: [\(u), \(v)], align: \(align), color: \"#ffffff\"}",
      size: "1920x1080")
    let middle = try ink("{text: HEEH, grid: {size: 100px}, align: center, color: \"#ffffff\"}", size: "1920x1080")
    #expect(abs(box.x.count - middle.x.count) <= 1 && abs(box.y.count - middle.y.count) <= (v < 0.04 ? 40 : 1))
  }
}
