import SceneLang

/// What of a frame is hashed.
public enum HashStage: String, Sendable, CaseIterable {
  /// What the cells of all layers that are seen show: glyphs, colors and coverage.
  case cells
  /// The layers on one another, before tone, feedback and shaders, and without what lies above those.
  case canvas
  /// The finished frame.
  case picture
}

extension SceneRenderer {
  /// The hash of a frame at a stage, 32 hexadecimal digits: in a transition, before the picture, that of both segments.
  /// `picture` is scratch of the format's size, and holds the frame if it is finished.
  ///
  /// Throws when a picture that the scene shows cannot be decoded.
  func hash(of frame: Int, at stage: HashStage, with picture: Picture) throws(BuildFailure) -> String {
    if stage == .picture {
      try render(frame: frame, into: picture)
      return picture.hash
    }
    let hashes = shown(in: frame).map { renderer, context in
      stage == .cells ? renderer.cellHash(context) : renderer.canvasHash(context, with: picture)
    }
    try checkPictures()
    return hashes.count == 1 ? hashes[0] : "\(ContentHash(of: hashes.joined().utf8))"
  }
}

extension FrameRenderer {
  fileprivate func cellHash(_ context: FrameContext) -> String {
    fillAllCells(context)
    var hasher = ContentHasher()
    layers.feedCells(into: &hasher)
    overlay.feedCells(into: &hasher)
    return "\(hasher.finish())"
  }

  fileprivate func canvasHash(_ context: FrameContext, with picture: Picture) -> String {
    fillCells(context, clock: nil)
    let rows = RowPairBuffer(width: format.width)
    for y in 0..<format.height {
      picture.pixelRow(y).copy(from: stack.draw(row: y, with: rows.pair, clock: nil), count: format.width)
    }
    return picture.hash
  }
}

extension CellGrid {
  private static let bytesPerCell = 12

  /// Feeds what can be seen: of each cell its coverage, its character with its color, and the color of a solid cell below.
  /// What nobody sees, and may be left of another frame, counts as nothing. `characters`: by glyph.
  func feed(into hasher: inout ContentHasher, _ characters: [Unicode.Scalar]) {
    hasher.feed(columns)
    hasher.feed(rows)
    var bytes = [UInt8](repeating: 0, count: Self.bytesPerCell * columns)
    for row in 0..<rows {
      for index in bytes.indices { bytes[index] = 0 }
      if !summaries[row].isEmpty {
        for column in 0..<columns { describe(column, row, characters, in: &bytes) }
      }
      bytes.withUnsafeBytes { hasher.feed(bytes: $0) }
    }
  }

  private func describe(_ column: Int, _ row: Int, _ characters: [Unicode.Scalar], in bytes: inout [UInt8]) {
    let (coverage, start) = (coverage(row)[column], Self.bytesPerCell * column)
    let glyph = summaries[row].hasGlyphs ? glyphs(row)[column] : 0
    let isSolid = summaries[row].hasSolid && solid(row)[column] != 0
    guard coverage > 0, glyph != 0 || isSolid else { return }
    bytes[start] = coverage
    if glyph != 0 {
      let character = characters[Int(glyph)].value
      for place in 0..<4 { bytes[start + 1 + place] = UInt8(truncatingIfNeeded: character >> (8 * UInt32(place))) }
      for channel in PixelRow.channels { bytes[start + 5 + channel] = color(row)[channel][column] }
    }
    guard isSolid else { return }
    bytes[start + 8] = 1
    for channel in PixelRow.channels { bytes[start + 9 + channel] = wash(row)[channel][column] }
  }
}
