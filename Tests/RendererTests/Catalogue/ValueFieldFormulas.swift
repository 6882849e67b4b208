import Foundation

/// CATALOGUE 1.6 with the constants that meet the law of contrast, and the fields that practitioners miss.
enum ValueFieldFormulas {
  static let all = waves + noises + cells + shaded

  private static let waves: [FieldFormula] = [
    FieldFormula("plasma") { q in
      let waves =
        0.5 * sin(5.6 * q.x + 0.7 * q.t) + 0.4 * sin(6.2 * q.y - 0.5 * q.t)
        + 0.3 * sin(5.1 * q.x + 5.4 * q.y + 0.3 * q.t) + 0.3 * sin(12 * q.dist - 0.8 * q.t)
      return pow(clip(0.52 + 0.4 * waves), 1.4)
    },
    FieldFormula("sinefield") { q in
      let a = sin(9.4 * q.x + 0.5 * q.t) * sin(12 * q.y + 0.4 * q.t)
      let b = sin(5 * q.x + 6.5 * q.y + 0.3 * q.t)
      let c = sin(9 * q.dist + 0.2 * q.t)
      return tanh(1.3 * pow(clip(0.52 + 0.2 * a + 0.22 * b + 0.2 * c), 2.2) * mix(1, 1.2, q.feature(.rms)))
    },
    FieldFormula("smooth_noise") { q in
      let total = sum(0..<3) { i in
        let (f, phase) = (2 * Double.pi * 0.0042 * pow(2, i), q.t * (0.3 + 0.2 * i))
        return sin(f * q.column + phase) * cos(0.7 * f * q.row * q.aspect - 0.5 * phase) / (i + 1)
      }
      return pow(clip(0.5 + 0.36 * total), 1.5)
    },
    FieldFormula("interference") { q in
      let total = sum(0..<6) { i in
        let a = i * Double.pi / 6
        return sin((q.x * cos(a) + q.y * sin(a)) * (11 + 5.4 * i) + q.t * (0.35 + 0.15 * i))
      }
      let light = 0.62 + 0.38 * sin(2.1 * q.x - 1.3 * q.y + 0.5 * q.t)
      let web = 1.5 * exp(-1.4 * abs(total)) + 0.32 * smoothstep(-1, 4.5, total)
      return tanh(web * light * mix(1.04, 1.2, q.feature(.mid)))
    },
    FieldFormula("ripple") { q in rippled(q, sources: 2) },
    FieldFormula("ripple(sources=5)") { q in rippled(q, sources: 5) },
    FieldFormula("ripple_wave(0.5, 0.2, time=3)") { q in wave(q, 0.5, 0.2, 3) },
    FieldFormula("rings") { q in
      let n = 12 + (25 * q.feature(.subR) + 10 * q.feature(.bass)).rounded(.down)
      let gap = (8 + 7 * q.feature(.bassR) + 3 * q.feature(.rms)) * q.cell
      let moved = 15 * q.cell * q.feature(.bdecay) + 5 * q.cell * q.feature(.midR) * sin(3 * q.angle + 4 * q.t)
      let thick = (4.5 + 2 * q.feature(.sub)) * q.cell
      let line = (0..<Int(n)).map { ring in
        let k = Double(ring)
        return (0.62 + 0.38 * sin(0.8 * k - 1.5 * q.t)) * (1 - 0.35 * k / n)
          * clip(1 - abs(q.dist - (k + 1) * gap - moved) / thick)
      }
      return tanh(2.5 * pow(line.max()!, 1.5) * mix(1.1, 1.2, q.feature(.bass)))
    },
    FieldFormula("spiral") { q in
      let turn = fract(3 * (q.angle - 2.5 * log(q.dist / q.cell + 1) + 0.5 * q.t) / (2 * .pi))
      let wave = pow(turn, 1.6) * smoothstep(1, 0.9, turn)
      return tanh(1.8 * wave * clip(1 - 0.6 * q.dist, 0.2, 1) * mix(1.13, 1.3, q.feature(.rms)))
    },
    FieldFormula("tunnel", within: 1e-3) { q in
      let depth = 0.3 / (q.dist + 0.02)
      let ribs = 1 - abs(sin(7 * depth - 1.5 * q.t))
      let seams = 1 - abs(sin(3 * q.angle + 0.75 * depth - 0.5 * q.t))
      let light = smoothstep(0, 0.42, q.dist) / (1 + pow(q.dist / 0.75, 3))
      let wall =
        2 * pow(ribs, 4) * smoothstep(0.03, 0.16, q.dist) + 1.7 * pow(seams, 7) + 0.55 * (1 - ribs) * (1 - seams)
      return tanh(wall * light * mix(0.95, 1.2, q.feature(.rms)))
    },
    FieldFormula("diamond") { q in
      let (across, down) = ((q.x + q.y) / q.cell, (q.x - q.y) / q.cell)
      let lattice = abs(sin(.pi * 0.016 * across + 0.5 * q.t)) * abs(sin(.pi * 0.016 * down - 0.3 * q.t))
      let light = 0.5 + 0.5 * sin(2.2 * q.x + 1.4 * q.y - 0.6 * q.t)
      return tanh(1.6 * pow(lattice, 1.3) * mix(0.3, 1, light) * mix(1, 1.25, q.feature(.rms)))
    },
  ]

  /// fBm of four octaves, each turned by 0.6 radians against the one before.
  private static func turned(_ x: Double, _ y: Double) -> Double {
    sum(0..<4) { i in
      let (c, s) = (cos(0.6 * i), sin(0.6 * i))
      return pow(0.5, i) * valueNoise(pow(2, i) * (x * c - y * s) + 17.3 * i, pow(2, i) * (x * s + y * c) + 31.7 * i)
    } / 1.875
  }

  /// Where `curl` reads its field: a place moved by the gradient of the stream, turned by a quarter.
  private static func stirred(
    _ x: Double, _ y: Double, _ amount: Double, _ scale: Double, _ t: Double
  ) -> (x: Double, y: Double) {
    func stream(_ dx: Double, _ dy: Double) -> Double { simplex(scale * x + dx, scale * y + dy, 0.1 * t) }
    let across = (stream(0, 0.1) - stream(0, -0.1)) / 0.2
    let down = -(stream(0.1, 0) - stream(-0.1, 0)) / 0.2
    return (x + amount * across, y + amount * down)
  }

  private static let noises: [FieldFormula] = [
    FieldFormula("value_noise(3 * x, 5 * y, 2)") { q in valueNoise(3 * q.x, 5 * q.y, 2) },
    FieldFormula("simplex(3 * x, 5 * y, t)") { q in simplex(3 * q.x, 5 * q.y, q.t) },
    FieldFormula("fbm_noise(3 * x, 3 * y)") { q in turned(3 * q.x, 3 * q.y) },
    FieldFormula("noise_static") { q in
      let snow = valueNoise(q.column, q.row, (65536 * q.roll).rounded(.down) + Double(q.frame.frame))
      let roll = mix(0.5, 1, 0.5 + 0.5 * sin(4 * q.y - 3 * q.t))
      return smoothstep(0.6, 1, snow) * roll * mix(1.06, 1.25, q.feature(.rms))
    },
    FieldFormula("noise") { q in
      let hills = simplex(
        q.column * 0.012 + 0.2 * q.t, q.aspect * q.row * 0.012 - 0.08 * q.t, 0.08 * q.t)
      return pow(clip(1.15 * hills - 0.08), 1.3)
    },
    FieldFormula("fbm") { q in
      let total = sum(0..<5) { i in
        let (f, phase) = (0.022 * pow(2, i), q.t * 0.2 * (1 + 0.3 * i))
        return pow(0.5, i)
          * valueNoise(q.column * f + phase + 17.3 * i, q.row * q.aspect * f - 0.6 * phase + 31.7 * i)
      }
      let cloud = clip(1.7 * total / sum(0..<5) { pow(0.5, $0) } - 0.4)
      return tanh(1.55 * pow(cloud, 1.6) * mix(1.03, 1.25, q.feature(.rms)))
    },
    FieldFormula("temporal_noise") { q in
      let total = sum(0..<4) { i in
        let f = 0.009 * pow(2, i)
        return pow(0.5, i)
          * simplex(q.column * f + 17.3 * i, q.row * q.aspect * f + 31.7 * i, q.t * 0.18 * (1 + 0.3 * i))
      }
      let cloud = clip(2 * total / sum(0..<4) { pow(0.5, $0) } - 0.66)
      return tanh(1.75 * pow(cloud, 1.4) * mix(1.05, 1.2, q.feature(.rms)))
    },
    FieldFormula("ridged", within: 5e-4) { q in
      let total = sum(0..<5) { i in
        let crest =
          1
          - abs(
            2 * simplex(1.3 * q.x * pow(2, i) + 17.3 * i + 0.04 * q.t, 1.3 * q.y * pow(2, i) + 31.7 * i, 0.08 * q.t) - 1
          )
        return pow(0.5, i) * crest * crest
      }
      let crests = clip(1.5 * total / sum(0..<5) { pow(0.5, $0) } - 0.42)
      return tanh(1.7 * pow(crests, 1.5) * mix(1, 1.2, q.feature(.rms)))
    },
    FieldFormula("turbulence", within: 5e-4) { q in
      let total = sum(0..<5) { i in
        let f = 2 * pow(2, i)
        return pow(0.5, i) * abs(2 * simplex(q.x * f + 17.3 * i, q.y * f + 31.7 * i - 0.1 * q.t, 0.12 * q.t) - 1)
      }
      let smoke = clip(2 * total / sum(0..<5) { pow(0.5, $0) } - 0.2)
      return tanh(1.6 * pow(smoke, 1.7) * mix(1, 1.2, q.feature(.rms)))
    },
    FieldFormula("curl(0.5 + 0.4 * sin(7 * x + 3 * y), 0.1)", within: 1e-3) { q in
      let (x, y) = stirred(q.x, q.y, 0.1, 2, q.t)
      return 0.5 + 0.4 * sin(7 * x + 3 * y)
    },
    FieldFormula("curl_noise", within: 5e-3) { q in
      let once = stirred(q.x, q.y, 0.16, 1.6, q.t)
      let (x, y) = stirred(once.x, once.y, 0.16, 1.6, q.t)
      let threads = clip(1.9 * turned(4 * x, 4 * y) - 0.5)
      return tanh(1.6 * pow(threads, 1.7) * mix(1, 1.2, q.feature(.rms)))
    },
    // Bands of fourteen waves on noise of noise: what rounding there is grows by as much.
    FieldFormula("domain_warp", within: 5e-3) { q in warped(q, by: turned, turned) },
    FieldFormula("domain_warp(warp=0.5 + 0.4 * sin(3 * x - y), base=0.5 + 0.3 * cos(2 * x + y))", within: 5e-3) { q in
      warped(q, by: { 0.5 + 0.4 * sin(3 * $0 - $1) }) { 0.5 + 0.3 * cos(2 * $0 + $1) }
    },
    FieldFormula("vortex", within: 1e-3) { q in
      let cloud = turned(9 * q.x + 3.7, 9 * q.y - 0.15 * q.t)
      let turn = q.angle + 3 * (0.7 * log(q.dist + 0.02) + 0.2 * q.dist * sin(0.5 * q.t)) + 0.5 * cloud
      let wave = 0.5 + 0.5 * cos(3 * turn - 1.8 * q.t)
      let light = 1 / (1 + pow(q.dist / 0.42, 1.8))
      return tanh((3.3 * wave * wave + 0.15) * cloud * light * mix(1, 1.3, q.feature(.bass)))
    },
    FieldFormula("aurora") { q in
      let light = sum(0..<3) { i in curtain(q, i, q.t) * pow(0.75, i) }
      return tanh(2.15 * light * mix(1, 1.3, q.feature(.lomid)))
    },
    FieldFormula("aurora_curtain(i=1)") { q in curtain(q, 1, q.t) },
  ]

  private static func warped(
    _ q: Place, by warp: (Double, Double) -> Double, _ base: (Double, Double) -> Double
  ) -> Double {
    let (px, py) = (1.2 * q.x, 1.2 * q.y)
    let far = 15 * mix(0.155, 0.165, q.feature(.rms))
    let qx = far * simplex(px, py + 7.1, 0.1 * q.t)
    let qy = far * simplex(px + 3.2, py - 11.8, 0.1 * q.t)
    let rx = 0.75 * far * warp(px + qx + 1.7, py + qy + 9.2)
    let ry = 0.75 * far * warp(px + qx + 8.3, py + qy + 2.8)
    let stone = base(px + rx, py + ry)
    return tanh(1.95 * smoothstep(0.15, 1, stone) * mix(0.22, 1, pow(abs(sin(14 * stone)), 1.5)))
  }

  private static func rippled(_ q: Place, sources: Int) -> Double {
    let waves = sum(0..<sources) { k in
      let (u, v) = k == 0 ? (0.26, 0.36) : k == 1 ? (0.78, 0.68) : (fract(0.7548777 * k), fract(0.5698403 * k))
      return wave(q, u, v, 2.5 * q.t)
    }
    return tanh(2.75 * pow(clip(0.36 + 0.48 * waves), 2) * mix(0.95, 1.2, q.feature(.rms)))
  }

  private static func wave(_ q: Place, _ u: Double, _ v: Double, _ phase: Double) -> Double {
    let far = hypot((q.u - u) * q.columns, (q.v - v) * q.rows * q.aspect)
    return sin(2 * .pi * 0.044 * far - phase) * exp(-0.011 * far)
  }

  private static func curtain(_ q: Place, _ i: Double, _ t: Double) -> Double {
    let fold =
      sin(q.x * (3 + 1.5 * i) + t * (0.25 + 0.1 * i)) * sin(q.x * (1.2 + 0.9 * i) - t * (0.18 + 0.12 * i))
    let height = 0.3 - 0.17 * i + 0.14 * fold - (q.v - 0.5)
    let rays = valueNoise(24 * q.x + 3 * fold + 9 * i, 0.35 * t + 9 * i)
    let patches = simplex(1.3 * q.x + 5 * i, 0.2 * t)
    return smoothstep(-0.03, 0.03, height) * exp(-max(height, 0) / 0.2) * mix(0.3, 1.1, rays)
      * smoothstep(0.15, 0.8, patches)
  }

  /// The sites of `voronoi` with its defaults.
  private static func sites(_ q: Place, speed: Double = 0.3) -> [(x: Double, y: Double)] {
    /// A place that turns back at `most` to both sides of the middle.
    func folded(_ place: Double, _ most: Double) -> Double {
      var place = place
      while abs(place) > most { place = (place > 0 ? 2 : -2) * most - place }
      return place
    }
    let wide = max(1, q.columns / (q.rows * q.aspect))
    let high = max(1, q.rows * q.aspect / q.columns)
    let far = 0.2 * speed
    return (0..<16).map { site in
      let k = Double(site)
      let x = 1.16 * wide * (fract(0.7548777 * k + 0.618034 * 42) - 0.5) + far * sin(0.5 * q.t + 0.8 * k)
      let y = 1.16 * high * (fract(0.5698403 * k + 0.381966 * 42) - 0.5) + far * cos(0.4 * q.t + 1.1 * k)
      return (folded(x, 0.58 * wide + 0.06), folded(y, 0.58 * high + 0.06))
    }
  }

  /// The nearest site, and the distance to the nearest line in the middle between it and another.
  private static func wall(_ q: Place) -> (site: Int, distance: Double, wall: Double) {
    let sites = sites(q)
    let distances = sites.map { hypot(q.x - $0.x, q.y - $0.y) }
    let near = distances.indices.min { distances[$0] < distances[$1] }!
    let walls = sites.indices.filter { $0 != near }.map { k in
      let apart = hypot(sites[k].x - sites[near].x, sites[k].y - sites[near].y)
      return (distances[k] * distances[k] - distances[near] * distances[near]) / (2 * apart)
    }
    return (near, distances[near], walls.min()!)
  }

  /// The point in a square of `worley`.
  private static func point(_ column: Double, _ row: Double, _ t: Double) -> (x: Double, y: Double) {
    let sway = 2 * .pi * valueNoise(column, row, 2) + t
    return (
      column + 0.5 + 0.4 * (2 * valueNoise(column, row, 0) - 1) + 0.1 * sin(sway),
      row + 0.5 + 0.4 * (2 * valueNoise(column, row, 1) - 1) + 0.1 * cos(sway)
    )
  }

  /// The distances to the points of the nine squares around, ascending.
  private static func scattered(_ q: Place, _ metric: (Double, Double) -> Double) -> [Double] {
    let (px, py) = (6 * q.x, 6 * q.y)
    return (0..<9).map { k in
      let site = point(px.rounded(.down) + Double(k % 3 - 1), py.rounded(.down) + Double(k / 3 - 1), q.t)
      return metric(site.x - px, site.y - py)
    }
    .sorted()
  }

  private static let cells: [FieldFormula] = [
    FieldFormula("voronoi", within: 1e-3) { q in
      let light = clip(1 - wall(q).distance * 4 / 1.4)
      return tanh(1.65 * light * light * mix(1, 1.2, q.feature(.rms)))
    },
    FieldFormula("voronoi_cell") { q in (Double(wall(q).site) + 0.5) / 16 },
    FieldFormula("voronoi(mode=cell_id)") { q in (Double(wall(q).site) + 0.5) / 16 },
    FieldFormula("voronoi_edge", within: 1e-3) { q in
      let d = wall(q).wall
      return tanh(1.65 * exp(-d / 0.012) + 0.25 * exp(-d / 0.12))
    },
    FieldFormula("voronoi_wall") { q in wall(q).wall },
    FieldFormula("voronoi_power(k=3)") { q in
      let site = sites(q)[3]
      return pow(hypot(q.x - site.x, q.y - site.y), 2) - q.x * q.x - q.y * q.y
    },
    FieldFormula("voronoi_x(k=5)") { q in sites(q)[5].x },
    FieldFormula("voronoi_y(k=5)") { q in sites(q)[5].y },
    FieldFormula("voronoi_x(k=3, speed=20)") { q in sites(q, speed: 20)[3].x },
    FieldFormula("voronoi_y(k=3, speed=20)") { q in sites(q, speed: 20)[3].y },
    FieldFormula("worley(metric=manhattan)", within: 1e-3) { q in
      tanh(1.9 * pow(clip(1 - scattered(q) { 0.8 * (abs($0) + abs($1)) }[0]), 2.5) * mix(1, 1.2, q.feature(.rms)))
    },
    FieldFormula("worley(mode=f2)", within: 1e-3) { q in
      let far = scattered(q) { hypot($0, $1) }[1]
      return tanh(1.7 * pow(clip(1.5 * far - 0.75), 2))
    },
    FieldFormula("worley(mode=gap)", within: 1e-3) { q in
      let distances = scattered(q) { hypot($0, $1) }
      return tanh(1.9 * exp(-9 * (distances[1] - distances[0])))
    },
    FieldFormula("worley_distance(4, metric=chebyshev)") { q in
      let (dx, dy) = point(q.x.rounded(.down), q.y.rounded(.down), q.t)
      return 1.1 * max(abs(dx - q.x), abs(dy - q.y))
    },
    FieldFormula("metaballs") { q in
      let wide = 0.37 * max(1, q.columns / (q.rows * q.aspect))
      let high = 0.38 * max(1, q.rows * q.aspect / q.columns)
      let energy = sum(0..<9) { k in
        let d = hypot(
          q.x - wide * sin(q.t * (0.31 + 0.07 * k) + 2.4 * k), q.y - high * cos(q.t * (0.43 - 0.05 * k) + 1.7 * k))
        return 1 / (0.2 + pow(d / 0.15, 2))
      }
      return tanh(0.15 * pow(energy, 1.4) * mix(1, 1.2, q.feature(.bass)))
    },
    FieldFormula("hexagons", within: 1e-3) { q in
      // The nearest of all centres, found by trying those around.
      let high = 3.0.squareRoot()
      let (px, py) = (9 * q.x, 9 * q.y)
      var best = (dx: 9.0, dy: 9.0)
      for i in -12...12 {
        for j in -8...8 {
          for (ox, oy) in [(0.5, high / 2), (0, 0)] {
            let (dx, dy) = (px - Double(i) - ox, py - Double(j) * high - oy)
            if hypot(dx, dy) < hypot(best.dx, best.dy) { best = (dx, dy) }
          }
        }
      }
      let border = 0.5 - max(abs(best.dx), 0.5 * abs(best.dx) + 0.5 * high * abs(best.dy))
      let (cx, cy) = (q.x - best.dx / 9, q.y - best.dy / 9)
      let wave = sin(3.1 * cx - q.t) + sin(4.3 * cy + 0.7 * q.t) + sin(9 * hypot(cx - 0.3, cy + 0.1) - 1.3 * q.t)
      let lit = pow(clip(0.4 + 0.22 * wave), 1.5) * (0.35 + 1.9 * clip(border)) * smoothstep(0.02, 0.09, border)
      return tanh(2 * lit + 0.03)
    },
  ]

  private static let shaded: [FieldFormula] = [
    FieldFormula("checker") { q in
      let turn = Double.pi / 9
      let across = q.x * cos(turn) + q.y * sin(turn)
      let down = q.y * cos(turn) - q.x * sin(turn)
      let square =
        sin(.pi * 0.016 * across / q.cell + 0.4 * q.t) * sin(.pi * 0.016 * down / q.cell - 0.3 * q.t)
      let light = 0.5 + 0.5 * sin(2.6 * q.x - 1.7 * q.y + 0.6 * q.t)
      return mix(0.05, 0.18 + 0.75 * light * light, smoothstep(-0.06, 0.06, square))
    },
    FieldFormula("stripes") { q in
      let turn = Double.pi / 6
      let across = q.x * cos(turn) + q.y * sin(turn)
      let along = q.y * cos(turn) - q.x * sin(turn)
      let sway = 1.3 * sin(3.1 * along + 0.5 * q.t) + 0.9 * sin(5.3 * across - 2.2 * along - 0.4 * q.t)
      let wave = 2 * .pi * 0.035 * across / q.cell + sway - 0.8 * q.t
      let fold = 0.5 + 0.5 * cos(wave + 0.5 * sin(wave))
      return tanh(1.45 * fold * mix(0.35, 1, 0.5 + 0.5 * sin(sway + 1.1 * q.x)) + 0.04)
    },
  ]
}
