import SceneLang

/// Value noise in −1…1 over a grid of corners that morphs from one set of random numbers to the next as the phase grows.
struct MorphingNoise {
  private let columns: Int
  private let corners: [Double]

  init(seed: UInt64, columns: Int, rows: Int, phase: Double) {
    self.columns = columns
    let step = phase.rounded(.down)
    let share = Self.smooth(phase - step)
    let key = UInt64(truncatingIfNeeded: Int64(min(max(step, -1e15), 1e15)))
    corners = (0..<columns * rows).map { index in
      func corner(_ key: UInt64) -> Double {
        CellHash.unit(seed: seed &+ key &* 0x9E37_79B9_7F4A_7C15, column: index % columns, row: index / columns)
      }
      return 2 * (corner(key) * (1 - share) + corner(key &+ 1) * share) - 1
    }
  }

  /// `x` and `y` in corners, from 0 to below the last.
  func value(_ x: Double, _ y: Double) -> Double {
    let (column, row) = (Int(x), Int(y))
    let (u, v) = (Self.smooth(x - Double(column)), Self.smooth(y - Double(row)))
    let corner = row * columns + column
    let above = corners[corner] * (1 - u) + corners[corner + 1] * u
    let below = corners[corner + columns] * (1 - u) + corners[corner + columns + 1] * u
    return above * (1 - v) + below * v
  }

  /// 6t⁵ − 15t⁴ + 10t³ (Perlin, SIGGRAPH 2002).
  private static func smooth(_ t: Double) -> Double { t * t * t * ((6 * t - 15) * t + 10) }
}
