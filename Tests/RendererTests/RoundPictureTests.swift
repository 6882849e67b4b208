import SceneLang
import Testing

@testable import Renderer

/// Round things are round in the picture, whatever its shape and size and the grid (CATALOGUE X-1): measured on its
/// pixels.
struct RoundPictureTests {
  /// Half the width and half the height of what is lit, in pixels.
  private func halfAxes(_ layer: String, size: String) throws -> (across: Double, down: Double) {
    let box = try litBox(layer, size: size)
    return (Double(box.x.count) / 2, Double(box.y.count) / 2)
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

  /// Cells have whole pixels, so that their proportion changes with the size of the picture; circles stay round and
  /// as large as they say, on every grid.
  @Test(
    arguments: ["960x540", "1280x720", "540x960", "720x720", "3840x2160"],
    [("xs", 8.0), ("sm", 10), ("md", 16), ("lg", 20), ("xl", 24), ("xxl", 40)])
  func circlesAreRoundAtEverySize(size: String, grid: (name: String, fontSize: Double)) throws {
    let layer =
      "{field: \"fill(circle(radius=0.3))\", grid: \(grid.name), palette: binary, color: \"#ffffff\", brightness: 1, wash: 0}"
    let (across, down) = try halfAxes(layer, size: size)
    let sides = size.split(separator: "x").map { Int($0)! }
    let geometry = GridGeometry(
      grid: Grid(fontSize: grid.fontSize, face: .bold),
      format: PictureFormat(width: sides[0], height: sides[1], fps: FrameRate(24)), faces: FaceLibrary())
    let (cell, radius) = (Double(geometry.cellHeight), 0.3 * Double(sides.min()!))
    #expect(abs(across - down) < cell, "\(across) across, \(down) down, cells of \(cell)")
    #expect(abs(across - radius) < cell && abs(down - radius) < cell, "\(across), \(down) instead of \(radius)")
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
