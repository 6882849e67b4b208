extension GlyphAtlas {
  /// The glyphs of several atlases of one cell size, one after the other: glyph g > 0 of the k-th becomes g plus the glyph
  /// counts of those before it. All blanks are glyph 0. Where a character is in several, the first counts.
  static func joined(_ atlases: [GlyphAtlas]) -> GlyphAtlas {
    guard let first = atlases.first else { preconditionFailure("no atlas to join") }
    precondition(
      atlases.allSatisfy { $0.cellWidth == first.cellWidth && $0.cellHeight == first.cellHeight },
      "cells differ in size")
    let glyphSize = first.cellHeight * first.rowStride
    var storage: [UInt8] = []
    var glyphs: [Unicode.Scalar: Int] = [:]
    var offset = 0
    for atlas in atlases {
      atlas.withCoverage { storage += UnsafeBufferPointer(start: $0, count: atlas.glyphCount * glyphSize) }
      glyphs.merge(atlas.glyphs.mapValues { $0 == 0 ? 0 : $0 + offset }) { old, _ in old }
      offset += atlas.glyphCount
    }
    precondition(offset <= Int(UInt16.max) + 1, "\(offset) glyphs on one grid")
    return GlyphAtlas(
      cellWidth: first.cellWidth, cellHeight: first.cellHeight, rowStride: first.rowStride,
      ink: atlases.flatMap(\.ink), glyphs: glyphs, characters: atlases.flatMap(\.characters),
      missing: atlases.flatMap(\.missing),
      storage: storage + [UInt8](repeating: 0, count: 64))
  }
}
