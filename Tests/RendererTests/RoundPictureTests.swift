import SceneLang
import Testing

@testable import Renderer

/// Round things are round in the picture, whatever its shape and the grid (CATALOGUE X-1): measured on its pixels. At
/// other sizes than the 1080-class reference cells have whole pixels too, and circles follow their proportion.
struct RoundPictureTests {
  /// Half the width and half the height of what is lit, in pixels.
  private func halfAxes(_ layer: String, size: String) throws -> (across: Double, down: Double) {
    let graph = compiledScene(layer, size: size)
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    try SceneRenderer(graph: graph, kernels: .best).render(frame: 0, into: picture)
    var (columns, rows) = (Set<Int>(), Set<Int>())
    for y in 0..<picture.height {
      for x in 0..<picture.width where picture[x, y].green > 127 {
        columns.insert(x)
        rows.insert(y)
      }
    }
    func half(_ places: Set<Int>) -> Double { Double(places.max()! - places.min()! + 1) / 2 }
    return (half(columns), half(rows))
  }

  @Test(
    arguments: ["1920x1080", "1080x1920", "1080x1080"],
    [
      "fill(circle(radius=0.35))", "rotate(fill(box(0.5, 0.5)), by=90deg)", "zoom(fill(circle(radius=0.2)), by=1.6)",
    ])
  func halfAxesDifferByLessThanACell(size: String, field: String) throws {
    for (grid, cell) in [("sm", 13.0), ("lg", 24)] {
      let layer = "{field: \"\(field)\", grid: \(grid), palette: binary, color: \"#ffffff\", brightness: 1, wash: 0}"
      let (across, down) = try halfAxes(layer, size: size)
      #expect(across > 200 && abs(across - down) < cell, "\(grid): \(across) across, \(down) down")
    }
  }

  /// What particles and pixel masks draw is round as well.
  @Test(arguments: ["1920x1080", "1080x1920", "1080x1080"])
  func masksOfPixelsAndOrbitsAreRound(size: String) throws {
    let mask = try halfAxes(
      "{field: 1, palette: binary, color: \"#ffffff\", brightness: 1, wash: 0, mask: circle(0.35), mask_at: pixels}",
      size: size)
    #expect(abs(mask.across - 378) <= 1 && abs(mask.down - 378) <= 1, "\(mask)")
    let orbit = try halfAxes(
      "{particles: \"orbit(count=1500, radius=0.35, spread=0, tilt=0, tail=0)\", grid: sm, cap: 1500, palette: binary,"
        + " color: \"#ffffff\", brightness: 1}", size: size)
    #expect(orbit.across > 300 && abs(orbit.across - orbit.down) < 13, "\(orbit)")
  }
}
