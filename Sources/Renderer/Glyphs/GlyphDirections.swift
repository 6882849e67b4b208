import SceneLang

/// Which of some glyphs lies along a direction, by the moments of its ink.
///
/// The ink of a glyph about its centre has second moments xx, yy and xy in pixels; its axis lies at half the angle of
/// (xx − yy, 2·xy), whose length over xx + yy is 0 for a round glyph and 1 for a line (Hu, "Visual pattern recognition by
/// moment invariants", 1962). A direction takes the glyph that reaches farthest along it, so a line goes before a corner,
/// and a corner before a line across.
struct GlyphDirections: Sendable {
  /// Directions of the half turn, by their doubled angle on a diamond, so that no sine is needed to find one.
  private static let count = 64

  private let glyphs: [UInt16]

  /// `candidates` are glyphs of the atlas; without any, all directions have the blank.
  init(_ candidates: [Int], atlas: GlyphAtlas) {
    let axes = candidates.map { Self.axis(of: $0, atlas) }
    glyphs = (0..<Self.count).map { index in
      let direction = Self.pointOfDiamond(4 * (Double(index) + 0.5) / Double(Self.count))
      let reach = axes.map { $0.x * direction.x + $0.y * direction.y }
      guard let best = reach.indices.max(by: { reach[$0] < reach[$1] }) else { return 0 }
      return UInt16(candidates[best])
    }
  }

  /// The glyph along (x, y), in pixels, y downwards; either sense.
  func glyph(along x: Float, _ y: Float) -> UInt16 {
    let (c, s) = (x * x - y * y, 2 * x * y)
    let sum = abs(c) + abs(s)
    guard sum > 0 else { return glyphs[0] }
    let place = s >= 0 ? (c >= 0 ? s : sum - c) : (c < 0 ? 2 * sum - s : 3 * sum + c)
    return glyphs[min(Int(place / sum * Float(Self.count / 4)), Self.count - 1)]
  }

  /// The point (x, y) of |x| + |y| = 1 that lies `place` of 4 quarters round it, from (1, 0) by (0, 1).
  private static func pointOfDiamond(_ place: Double) -> (x: Double, y: Double) {
    let quarter = Int(place)
    let part = place - Double(quarter)
    return switch quarter {
    case 0: (1 - part, part)
    case 1: (-part, 1 - part)
    case 2: (part - 1, -part)
    default: (part, part - 1)
    }
  }

  /// (xx − yy, 2·xy) / (xx + yy) of the ink about its centre; (0, 0) for a blank.
  private static func axis(of glyph: Int, _ atlas: GlyphAtlas) -> (x: Double, y: Double) {
    var (ink, x, y, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    atlas.withCoverage { bytes in
      for row in 0..<atlas.cellHeight {
        for column in 0..<atlas.cellWidth {
          let weight = Double(bytes[(glyph * atlas.cellHeight + row) * atlas.rowStride + column])
          let (a, b) = (Double(column), Double(row))
          ink += weight
          x += weight * a
          y += weight * b
          xx += weight * a * a
          yy += weight * b * b
          xy += weight * a * b
        }
      }
    }
    guard ink > 0 else { return (0, 0) }
    let (spreadX, spreadY) = (xx / ink - x * x / ink / ink, yy / ink - y * y / ink / ink)
    let together = xy / ink - x * y / ink / ink
    let spread = spreadX + spreadY
    return spread > 0 ? ((spreadX - spreadY) / spread, 2 * together / spread) : (0, 0)
  }
}
