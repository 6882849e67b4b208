import SceneLang

extension GlyphAtlas {
  /// Rasterises characters at the cell's size of a geometry, each once; blanks (white space, U+2800) are glyph 0.
  ///
  /// A character of the grid's face keeps its proportion to the cell: its advance is stretched to the cell's width, and
  /// `stretch` makes it taller about the middle of the cell. Characters of other faces are fitted into the cell, and
  /// drawn ones (box drawing, block elements, braille) fill it whatever the stretch. What leaves the cell is cut.
  ///
  /// A character that no face has, or whose pixels are all 0 at this size, is in `missing` and not in `glyphs`.
  /// Preconditions: at most 65 535 different characters; `stretch` is positive.
  public static func make(
    characters: some Sequence<Unicode.Scalar>, grid: Grid, geometry: GridGeometry, stretch: Double, faces: FaceLibrary
  ) -> GlyphAtlas {
    precondition(stretch > 0, "a stretch of \(stretch)")
    let (width, height) = (geometry.cellWidth, geometry.cellHeight)
    let rasterizer = GlyphRasterizer(grid: grid, width: width, height: height, stretch: stretch, faces: faces)

    var bitmaps = [CellBitmap(width: width, height: height)]
    var glyphs: [Unicode.Scalar: Int] = [:]
    var missing: [Unicode.Scalar] = []
    for character in characters where glyphs[character] == nil && !missing.contains(character) {
      if character.isBlank {
        glyphs[character] = 0
      } else if let bitmap = rasterizer.coverage(of: character), !bitmap.isBlank {
        glyphs[character] = bitmaps.count
        bitmaps.append(bitmap)
      } else {
        missing.append(character)
      }
    }
    precondition(bitmaps.count <= Int(UInt16.max) + 1, "\(bitmaps.count) glyphs on one grid")

    let rowStride = (width + 15) / 16 * 16
    var storage = [UInt8](repeating: 0, count: bitmaps.count * height * rowStride + 64)
    for (glyph, bitmap) in bitmaps.enumerated() {
      for row in 0..<height {
        let start = (glyph * height + row) * rowStride
        storage.replaceSubrange(start..<start + width, with: bitmap.coverage[row * width..<(row + 1) * width])
      }
    }
    return GlyphAtlas(
      cellWidth: width, cellHeight: height, rowStride: rowStride, ink: bitmaps.map(\.ink), glyphs: glyphs,
      missing: missing, storage: storage)
  }
}
