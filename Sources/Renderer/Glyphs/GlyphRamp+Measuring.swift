import SceneLang

extension GlyphRamp {
  /// Measures a palette on an atlas that holds its characters.
  ///
  /// `measured` order sorts by ink, equal ink as written, and drops glyphs that look the same; `as_written` keeps all.
  /// `ink` then takes the glyph whose ink is nearest to value^gamma × the densest (the lighter of two equally near), and
  /// the blank for value 0. `index` takes ⌊value^gamma · n⌋, at most n − 1, or, with thresholds, as many steps as are not
  /// above the value. Characters that the atlas misses are passed
  /// over: they are in `atlas.missing`.
  public static func measure(palette: Palette, atlas: GlyphAtlas) -> GlyphRamp {
    precondition(palette.gamma > 0, "a gamma of \(palette.gamma)")
    var candidates = palette.characters.compactMap { atlas.glyphs[$0] }
    if palette.order == .measured { candidates = sortedByInk(candidates, atlas) }
    if palette.match != .index && !candidates.contains(0) || candidates.isEmpty { candidates.insert(0, at: 0) }

    let densest = candidates.map { atlas.ink[$0] }.max()!
    let glyphs = (0...1023).map { entry -> UInt16 in
      let value = ScalarMath.pow(Double(entry) / 1023, palette.gamma)
      switch palette.match {
      case .index where !palette.thresholds.isEmpty:
        let step = palette.thresholds.count { $0 <= value }
        return UInt16(atlas.glyphs[palette.characters[step]] ?? 0)
      case .index: return UInt16(candidates[min(Int(value * Double(candidates.count)), candidates.count - 1)])
      case .ink, .coverage, .random, .fixed, .pattern:
        return UInt16(entry == 0 ? 0 : nearest(to: value * densest, candidates, atlas))
      }
    }
    return GlyphRamp(glyphs: glyphs)
  }

  /// By ink, the thinnest first, equal ink as given; glyphs that look the same once.
  static func sortedByInk(_ glyphs: [Int], _ atlas: GlyphAtlas) -> [Int] {
    var seen: Set<[UInt8]> = []
    let bytes = atlas.cellHeight * atlas.rowStride
    let different = atlas.withCoverage { coverage in
      glyphs.filter { seen.insert(Array(UnsafeBufferPointer(start: coverage + $0 * bytes, count: bytes))).inserted }
    }
    // The position decides between equals, since the library's sort is not promised to be stable.
    return different.enumerated()
      .sorted { (atlas.ink[$0.element], $0.offset) < (atlas.ink[$1.element], $1.offset) }
      .map(\.element)
  }

  private static func nearest(to ink: Double, _ glyphs: [Int], _ atlas: GlyphAtlas) -> Int {
    var best = glyphs[0]
    for glyph in glyphs.dropFirst() {
      let (distance, least) = (abs(atlas.ink[glyph] - ink), abs(atlas.ink[best] - ink))
      if distance < least || distance == least && atlas.ink[glyph] < atlas.ink[best] { best = glyph }
    }
    return best
  }
}
