import SceneLang
import Testing

@testable import Renderer

/// The shapes of the prelude are round, and their values true distances (CATALOGUE X-1, X-6).
struct PreludeShapeTests {
  @Test(arguments: ["landscape", "portrait", "square"])
  func roundThingsAreRound(aspect: String) throws {
    let shapes = ["fill(circle)", "fill(ring(radius=0.27))", "fill(box(0.6, 0.6, 0.1))"]
    let scene = try PreludeScene(shapes, aspect: aspect)
    for shape in shapes {
      let (geometry, frames) = try scene.values(of: shape)
      let cells = frames[0].indices.filter { frames[0][$0] >= 0.5 }
      let width = Set(cells.map { $0 % geometry.columns }).count * geometry.cellWidth
      let height = Set(cells.map { $0 / geometry.columns }).count * geometry.cellHeight
      #expect(abs(width - 648) <= 2 * geometry.cellWidth, "\(shape) is 0.6 of 1080 pixels wide, not \(width)")
      #expect(abs(height - 648) <= 2 * geometry.cellHeight, "\(shape) is 0.6 of 1080 pixels high, not \(height)")
    }
  }

  /// Each with a place inside.
  @Test(arguments: [
    ("circle", 0.0, 0.0), ("box", 0, 0), ("line", 0, 0), ("polygon", 0, 0), ("triangle", 0, 0), ("star", 0, 0),
    ("star(7, 0.4, 0.2)", 0, 0), ("heart", 0, 0), ("ring", 0.3, 0), ("subtract(circle, star)", 0.28, 0),
    ("smooth_subtract(box, circle(radius=0.1))", 0.22, 0),
  ])
  func distancesAreTrue(_ shape: String, _ x: Double, _ y: Double) throws {
    // A soft edge of 2 is linear up to a distance of 1.
    func number(_ distance: String) -> String { "2 * (0.5 - fill(\(distance), edge=2))" }
    func difference(_ axis: String) -> String {
      "(\(number("at(\(shape), \(axis)=\(axis) + 0.001)")) - \(number("at(\(shape), \(axis)=\(axis) - 0.001)"))) / 0.002"
    }
    let slope = "0.5 * length(\(difference("x")), \(difference("y")))"
    let inside = "if(at(\(shape), x=\(x), y=\(y)) < 0, 1, 0)"
    let outside = "if(at(\(shape), x=5, y=0) > 4.4 and at(\(shape), x=5, y=0) < 5, 1, 0)"
    let scene = try PreludeScene([slope, inside, outside])

    // The length of the gradient is 1 but on a crease, where two parts of the border are equally near.
    let values = try scene.values(of: slope).frames[0]
    let level = values.count { abs($0 - 0.5) < 0.02 }
    #expect(Double(level) > 0.93 * Double(values.count), "\(level) of \(values.count) cells have a gradient of 1")
    #expect(values.allSatisfy { $0 < 0.53 })

    #expect(try scene.values(of: inside).frames[0][0] == 1, "(\(x), \(y)) is not inside")
    #expect(try scene.values(of: outside).frames[0][0] == 1, "a place 5 to the right is not 4.4 to 5 away")
  }
}
