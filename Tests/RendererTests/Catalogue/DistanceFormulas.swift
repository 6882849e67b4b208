import Foundation

/// CATALOGUE 1.7: signed distances in shares of the shorter side, negative inside, and what makes fields of them.
/// Borders of straight lines are found anew here: as the nearest of all their pieces, where the engine folds the plane.
enum DistanceFormulas {
  static let all: [FieldFormula] = [
    FieldFormula("circle(radius=0.2, cx=0.1, cy=-0.05)") { q in hypot(q.x - 0.1, q.y + 0.05) - 0.2 },
    FieldFormula("ring(radius=0.3, thickness=0.03)") { q in abs(q.dist - 0.3) - 0.03 },
    FieldFormula("ring(inner=0.15, outer=0.35)") { q in abs(q.dist - 0.25) - 0.1 },
    FieldFormula("circle(radius=0.2, feather=0.05)") { q in (q.dist - 0.2) * q.cell / 0.05 },
    FieldFormula("box(w=0.3, h=0.2)") { q in polygon(q, [(-0.3, -0.2), (0.3, -0.2), (0.3, 0.2), (-0.3, 0.2)]) },
    FieldFormula("box(0.6, 0.4)") { q in polygon(q, [(-0.3, -0.2), (0.3, -0.2), (0.3, 0.2), (-0.3, 0.2)]) },
    FieldFormula("box(0.6, 0.4, corner=0.05)") { q in
      polygon(q, [(-0.25, -0.15), (0.25, -0.15), (0.25, 0.15), (-0.25, 0.15)]) - 0.05
    },
    FieldFormula("line(x0=-0.3, y0=0.1, x1=0.3, y1=-0.2)") { q in
      segment(q.x, q.y, (-0.3, 0.1), (0.3, -0.2)) - 0.01
    },
    FieldFormula("polygon(6, 0.25)") { q in polygon(q, corners(6, 0.25, from: .pi / 3)) },
    FieldFormula("triangle(0.25)") { q in polygon(q, corners(3, 0.25, from: -.pi / 2)) },
    FieldFormula("star(5, 0.25, 0.12)") { q in polygon(q, star) },
    FieldFormula("heart(0.25)", within: 1e-3) { q in heart(q, 0.25) },
    FieldFormula("box(0.6, 0.4, cx=0.1, cy=-0.2)") { q in
      polygon(q, [(-0.2, -0.4), (0.4, -0.4), (0.4, 0), (-0.2, 0)])
    },
    FieldFormula("triangle(0.25, cx=0.1, cy=-0.2)") { q in polygon(seen(q), corners(3, 0.25, from: -.pi / 2)) },
    FieldFormula("star(5, 0.25, 0.12, cx=0.1, cy=-0.2)") { q in polygon(seen(q), star) },
    FieldFormula("heart(0.25, cx=0.1, cy=-0.2)", within: 1e-3) { q in heart(seen(q), 0.25) },
    FieldFormula("union(circle, box)") { q in min(circle(q), box(q)) },
    FieldFormula("intersect(circle, box)") { q in max(circle(q), box(q)) },
    FieldFormula("subtract(circle, box)") { q in max(circle(q), -box(q)) },
    FieldFormula("smooth_union(circle, box, 0.1)") { q in smooth(circle(q), box(q), 0.1) },
    FieldFormula("smooth_subtract(circle, box, 0.1)") { q in -smooth(-circle(q), box(q), 0.1) },
    FieldFormula("repeat(circle(radius=0.05), 0.25, 0.2)") { q in
      hypot(remainder(q.x, 0.25), remainder(q.y, 0.2)) - 0.05
    },
  ]

  /// Fields of distances.
  static let fields: [FieldFormula] = [
    FieldFormula("sdf(edge=0.1, invert=true)") { q in clip(0.5 + circle(q) / 0.1) },
    FieldFormula("sdf(glow=true, falloff=0.05)") { q in exp(-abs(circle(q)) / 0.05) },
    FieldFormula("fill(circle, edge=0.1)") { q in clip(0.5 - circle(q) / 0.1) },
    FieldFormula("glow(circle, falloff=0.05)") { q in exp(-abs(circle(q)) / 0.05) },
  ]

  private static func circle(_ q: Place) -> Double { q.dist - 0.3 }
  private static func box(_ q: Place) -> Double {
    polygon(q, [(-0.3, -0.2), (0.3, -0.2), (0.3, 0.2), (-0.3, 0.2)])
  }

  /// Quilez, "Smooth minimum", the polynomial of degree 2.
  private static func smooth(_ a: Double, _ b: Double, _ k: Double) -> Double {
    let h = clip(0.5 + 0.5 * (b - a) / k)
    return mix(b, a, h) - k * h * (1 - h)
  }

  private typealias Corner = (x: Double, y: Double)
  private static func corner(_ angle: Double, _ radius: Double) -> Corner { (radius * cos(angle), radius * sin(angle)) }
  private static let star = (0..<10).map { index in
    corner(.pi * (Double(index) / 5 - 0.5), index % 2 == 0 ? 0.25 : 0.12)
  }

  /// The place as it lies from (0.1, −0.2).
  private static func seen(_ q: Place) -> Place {
    var place = q
    place.x -= 0.1
    place.y += 0.2
    return place
  }

  private static func corners(_ count: Int, _ radius: Double, from angle: Double) -> [Corner] {
    (0..<count).map { corner(angle + 2 * .pi * Double($0) / Double(count), radius) }
  }

  private static func segment(_ x: Double, _ y: Double, _ a: Corner, _ b: Corner) -> Double {
    let (ex, ey) = (b.x - a.x, b.y - a.y)
    let share = clip(((x - a.x) * ex + (y - a.y) * ey) / (ex * ex + ey * ey))
    return hypot(x - a.x - share * ex, y - a.y - share * ey)
  }

  /// The nearest side; inside where a ray to the right crosses an odd number of sides.
  private static func polygon(_ q: Place, _ corners: [Corner]) -> Double {
    let sides = zip(corners, corners.dropFirst() + [corners[0]])
    let distance = sides.map { segment(q.x, q.y, $0, $1) }.min()!
    let crossings = sides.count { a, b in
      (a.y > q.y) != (b.y > q.y) && q.x < a.x + (q.y - a.y) / (b.y - a.y) * (b.x - a.x)
    }
    return crossings % 2 == 0 ? distance : -distance
  }

  /// Two half circles on the upper sides of a square that stands on its tip, by points along its border.
  private static func heart(_ q: Place, _ size: Double) -> Double {
    let unit = size / 0.5518
    let (px, py) = (abs(q.x) / unit, 0.5518 - q.y / unit)
    // Half a square from the tip (0, 0) to (0.5, 0.5), then the half circle about (0.25, 0.75) from there to (0, 1).
    let radius = 0.125.squareRoot()
    var nearest = segment(px, py, (0, 0), (0.5, 0.5))
    for step in 0...20000 {
      let a = -Double.pi / 4 + Double.pi * Double(step) / 20000
      let (x, y) = (0.25 + radius * cos(a), 0.75 + radius * sin(a))
      if x >= 0 { nearest = min(nearest, hypot(px - x, py - y)) }
    }
    let isInside = hypot(px - 0.25, py - 0.75) < radius || px < py && px + py < 1
    return (isInside ? -nearest : nearest) * unit
  }
}
