import Foundation

/// CATALOGUE 1.5, 1.8 and 1.12 with their defaults or the arguments that are named: hues, transforms of a field, masks.
enum MovedFieldFormulas {
  static let all = hues + transforms + masks

  /// A field without symmetries, to see where it is read: that of `wavy`.
  private static let wavy = "0.5 + 0.4 * sin(7 * x + 3 * y + 2 * x * y)"
  private static func wavy(_ x: Double, _ y: Double) -> Double { 0.5 + 0.4 * sin(7 * x + 3 * y + 2 * x * y) }

  private static let hues: [FieldFormula] = [
    FieldFormula("hue_fixed") { _ in 0.6 },
    FieldFormula("hue_angle") { q in q.angle / (2 * .pi) + 0.05 * q.t },
    FieldFormula("hue_distance") { q in 0.5 + 0.02 * q.dist / q.cell + 0.03 * q.t },
    FieldFormula("hue_cycle") { q in 0.1 * q.t },
    FieldFormula("hue_cent") { q in 0.3 * q.feature(.cent) },
    FieldFormula("hue_plasma") { q in
      0.5 * sin(0.02 * q.column + 0.3 * q.t) + 0.5 * sin(0.015 * q.row + 0.21 * q.t)
    },
    FieldFormula("hue_x(0.2, 0.7)") { q in mix(0.2, 0.7, q.u) },
    FieldFormula("hue_y(0.2, 0.7)") { q in mix(0.2, 0.7, q.v) },
  ]

  private static let transforms: [FieldFormula] = [
    FieldFormula("rotate(\(wavy), by=30deg)") { q in
      // Clockwise on the screen, whose y goes down: what is seen at p was at p turned back.
      let a = Double.pi / 6
      return wavy(q.x * cos(a) + q.y * sin(a), q.y * cos(a) - q.x * sin(a))
    },
    FieldFormula("rotate(\(wavy), by=90deg, cx=0.1, cy=-0.2)") { q in wavy(q.y + 0.3, -q.x - 0.1) },
    FieldFormula("scale(\(wavy), sx=2, sy=0.5, cx=0.1, cy=0.3)") { q in wavy(q.x / 2 + 0.05, q.y / 0.5 - 0.3) },
    FieldFormula("zoom(\(wavy), by=4, cx=0.4)") { q in wavy(q.x / 4 + 0.3, q.y / 4) },
    FieldFormula("wave(\(wavy), freq=8, amp=0.06, axis=y)") { q in
      wavy(q.x, q.y + 0.06 * sin(8 * q.x + 3 * q.t))
    },
    FieldFormula("scale(\(wavy), sx=2, sy=0.5)") { q in wavy(q.x / 2, q.y / 0.5) },
    FieldFormula("zoom(\(wavy), by=3)") { q in wavy(q.x / 3, q.y / 3) },
    FieldFormula("shift(\(wavy), dx=0.1, dy=-0.2)") { q in wavy(q.x - 0.1, q.y + 0.2) },
    FieldFormula("skew(\(wavy), kx=0.5, ky=0.2)") { q in wavy(q.x - 0.5 * q.y, q.y - 0.2 * q.x) },
    FieldFormula("tile(\(wavy), nx=3, ny=2)", within: 1e-3) { q in
      wavy((fract(q.u * 3) - 0.5) * q.columns * q.cell, (fract(q.v * 2) - 0.5) * q.rows * q.aspect * q.cell)
    },
    FieldFormula("tile(\(wavy), nx=3, ny=2, mirror=true)", within: 1e-3) { q in
      func folded(_ share: Double, _ count: Double) -> Double {
        let place = share * count
        return Int(place) % 2 == 0 ? fract(place) : 1 - fract(place)
      }
      return wavy(
        (folded(q.u, 3) - 0.5) * q.columns * q.cell, (folded(q.v, 2) - 0.5) * q.rows * q.aspect * q.cell)
    },
    FieldFormula("polar(\(wavy))", within: 1e-3) { q in
      wavy(q.angle / (2 * .pi) * q.columns * q.cell, (2 * q.dist - 0.5) * q.rows * q.aspect * q.cell)
    },
    FieldFormula("cartesian_from_polar(\(wavy))") { q in
      let a = (q.u - 0.5) * 2 * .pi
      return wavy(0.5 * q.v * cos(a), 0.5 * q.v * sin(a))
    },
    FieldFormula("twist(\(wavy), amount=3)") { q in
      let a = 3 * q.dist
      return wavy(q.x * cos(a) + q.y * sin(a), q.y * cos(a) - q.x * sin(a))
    },
    FieldFormula("fisheye(\(wavy), strength=1.5)") { q in
      // The radius r, 1 at the nearest edge, becomes r^strength.
      let r = pow(2 * q.dist, 1.5) / 2
      return wavy(q.x / q.dist * r, q.y / q.dist * r)
    },
    FieldFormula("wave(\(wavy))") { q in wavy(q.x + 0.05 * sin(6 * q.y + 3 * q.t), q.y) },
    FieldFormula("kaleido(\(wavy), folds=5)", within: 1e-3) { q in
      let w = 2 * Double.pi / 5
      let within = q.angle - (q.angle / w).rounded(.down) * w
      let a = abs(within - w / 2)
      return wavy(q.dist * cos(a), q.dist * sin(a))
    },
    FieldFormula("mobius(\(wavy), a=1, ai=0.3, b=0.2, c=0.4, d=1.5, di=0.2)") { q in
      let (zx, zy) = (2 * q.x, 2 * q.y)
      let (nx, ny) = (zx - 0.3 * zy + 0.2, zy + 0.3 * zx)
      let (mx, my) = (0.4 * zx + 1.5, 0.4 * zy + 0.2)
      let square = mx * mx + my * my
      return wavy((nx * mx + ny * my) / square / 2, (ny * mx - nx * my) / square / 2)
    },
    FieldFormula("morph(\(wavy), u, from=1s, to=3s)") { q in
      mix(wavy(q.x, q.y), q.u, easeInOutCubic(clip((q.t - 1) / 2)))
    },
    FieldFormula("morph(\(wavy), u, from=1s, to=3s, ease=linear)") { q in
      mix(wavy(q.x, q.y), q.u, clip((q.t - 1) / 2))
    },
    FieldFormula("eased_ramp(1s, 3s, ease=smoothstep)") { q in
      let share = clip((q.t - 1) / 2)
      return share * share * (3 - 2 * share)
    },
    FieldFormula("eased_ramp(0s, 3s, ease=in_quad)") { q in clip(q.t / 3) * clip(q.t / 3) },
    FieldFormula("ken_burns(\(wavy))") { q in
      let way = q.p * q.p * (3 - 2 * q.p)
      let scale = 1.06 * pow(1.25 / 1.06, way)
      return wavy(q.x / scale + 0.05 * way, q.y / scale + 0.02 * way)
    },
    FieldFormula("relief(\(wavy), light=90deg)", within: 1e-3) { q in
      let width = 4.0 / 1080
      return clip(0.35 + 0.25 * wavy(q.x, q.y) + 1.5 * (wavy(q.x, q.y - width) - wavy(q.x, q.y + width)))
    },
    FieldFormula("bezier_curve(u, 0.2, 0.1, 0.3, 0.9)", within: 1e-3) { q in
      // By bisection: x grows with s.
      func curve(_ a: Double, _ b: Double, _ s: Double) -> Double {
        3 * a * s * (1 - s) * (1 - s) + 3 * b * s * s * (1 - s) + s * s * s
      }
      var (low, high) = (0.0, 1.0)
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if curve(0.2, 0.3, middle) < q.u { low = middle } else { high = middle }
      }
      return curve(0.1, 0.9, low)
    },
    FieldFormula("beat_decay") { q in pow(0.5, q.feature(.beatPhase) * 60 / q.feature(.bpm) / 0.2) },
  ]

  private static let masks: [FieldFormula] = [
    FieldFormula("from_field(u, level=0.4, feather=0.2)") { q in clip((q.u - 0.4 + 0.2) / 0.4) },
    FieldFormula("select(u, 0.75, v)") { q in 0.75 * q.u + q.v * (1 - q.u) },
    FieldFormula("gradient_h(0.2, 0.8)") { q in 0.2 + 0.6 * q.u },
    FieldFormula("gradient_v(1, 0)") { q in 1 - q.v },
    FieldFormula("gradient_radial(0.1, 0.5)") { q in clip((0.5 - q.dist) / 0.4) },
    FieldFormula("iris(1s, 5s)", within: 1e-3) { q in
      let feather = 32.0 / 1080
      return clip(((1.1 + feather) * easeInOutCubic(clip((q.t - 1) / 4)) - q.dist) / feather)
    },
    FieldFormula("iris(1s, 5s, radius=0.5, feather=0.1, cx=0.2, cy=-0.1)", within: 1e-3) { q in
      clip((0.6 * easeInOutCubic(clip((q.t - 1) / 4)) - hypot(q.x - 0.2, q.y + 0.1)) / 0.1)
    },
    FieldFormula("wipe(1s, 5s, direction=90deg)", within: 1e-3) { q in wiped(q, q.rows * q.aspect, q.y) },
    FieldFormula("wipe_h(1s, 5s, left)", within: 1e-3) { q in wiped(q, q.columns, -q.x) },
    FieldFormula("wipe_v(1s, 5s)", within: 1e-3) { q in wiped(q, q.rows * q.aspect, q.y) },
    FieldFormula("dissolve(1s, 5s)") { q in valueNoise(q.column, q.row, 42) < clip((q.t - 1) / 4) ? 1 : 0 },
  ]

  /// A wipe from 1 s to 5 s over so many cells, at a place along its way.
  private static func wiped(_ q: Place, _ cells: Double, _ place: Double) -> Double {
    let p = clip((q.t - 1) / 4)
    let share = p < 0.5 ? 2 * p * p : 1 - 2 * (1 - p) * (1 - p)
    let reach = q.cell / 2 * cells + 0.05
    return clip(0.5 + (reach * (2 * share - 1) - place) / 0.1)
  }
}
