/// The coverage of every glyph that a grid needs, rasterised once at the cell's size and shared read-only.
///
/// Glyph 0 is the blank. The coverage of pixel (x, y) of glyph g stands at
/// `coverage[(g * cellHeight + y) * rowStride + x]`, 0…255; `rowStride` is `cellWidth` rounded up to a multiple of 16,
/// and bytes from `cellWidth` to `rowStride` are 0. The buffer has 64 readable bytes after its end.
public final class GlyphAtlas: Sendable {
  public let cellWidth: Int
  public let cellHeight: Int
  public let rowStride: Int
  public let glyphCount: Int
  /// Mean coverage of each glyph, 0…1.
  public let ink: [Double]
  public let glyphs: [Unicode.Scalar: Int]
  /// By glyph; the blank is a space.
  let characters: [Unicode.Scalar]
  /// Characters that were asked for and have no glyph, or a blank one at this size, in order: the caller reports them.
  public let missing: [Unicode.Scalar]

  private let storage: [UInt8]

  /// `storage` holds the layout above, slack included; `characters` are those of `glyphs` unless given.
  init(
    cellWidth: Int, cellHeight: Int, rowStride: Int, ink: [Double], glyphs: [Unicode.Scalar: Int],
    characters: [Unicode.Scalar]? = nil, missing: [Unicode.Scalar] = [], storage: [UInt8]
  ) {
    precondition(storage.count >= ink.count * cellHeight * rowStride + 64, "the atlas is shorter than its glyphs")
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
    self.rowStride = rowStride
    self.glyphCount = ink.count
    self.ink = ink
    self.glyphs = glyphs
    var own = [Unicode.Scalar](repeating: " ", count: max(ink.count, 1 + (glyphs.values.max() ?? 0)))
    for (character, glyph) in glyphs where glyph != 0 { own[glyph] = character }
    self.characters = characters ?? own
    self.missing = missing
    self.storage = storage
  }

  /// Calls `body` with the base address of the coverage.
  public func withCoverage<R>(_ body: (UnsafePointer<UInt8>) throws -> R) rethrows -> R {
    try storage.withUnsafeBufferPointer { try body($0.baseAddress!) }
  }
}

/// A palette measured on an atlas: value 0…1 → glyph, as a table.
public struct GlyphRamp: Sendable, Hashable {
  /// `glyphs[Int(value * 1023 + 0.5)]` is the index of the glyph in the atlas; 1024 entries, gamma included.
  public let glyphs: [UInt16]

  init(glyphs: [UInt16]) {
    precondition(glyphs.count == 1024, "a ramp has 1024 entries")
    self.glyphs = glyphs
  }
}
