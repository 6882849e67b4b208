/// The cells an effect draws in one frame: a value, an energy and a symbol for each; a cell of value 0 is empty.
final class EffectCells {
  let columns: Int
  let rows: Int
  /// Entries of a row in memory, as strips of fields have them.
  let stride: Int
  /// 0…1, for colours and, where the symbol is left to it, the palette.
  let values: UnsafeMutablePointer<Float>
  /// 0…1, the second number of a cell; its meaning is the effect's.
  let energies: UnsafeMutablePointer<Float>
  let symbols: UnsafeMutablePointer<UInt16>

  private let floats: AlignedBuffer<Float>
  private let words: AlignedBuffer<UInt16>

  init(geometry: GridGeometry) {
    columns = geometry.columns
    rows = geometry.rows
    stride = FieldArena.padded(geometry.columns)
    floats = AlignedBuffer(count: 2 * stride * rows)
    words = AlignedBuffer(count: stride * rows)
    values = floats.base
    energies = floats.base + stride * rows
    symbols = words.base
  }

  func clear() {
    floats.clear()
    words.clear()
  }

  /// Sets a cell unless it is outside of the grid or holds something brighter.
  func put(_ column: Int, _ row: Int, value: Float, energy: Float = 1, _ symbol: CellSymbol = .byValue) {
    guard column >= 0, column < columns, row >= 0, row < rows else { return }
    let place = row * stride + column
    guard value > values[place] else { return }
    values[place] = min(value, 1)
    energies[place] = energy
    symbols[place] = symbol.rawValue
  }

  /// Whether a row has a cell that is not empty.
  func isUsed(row: Int) -> Bool {
    let row = values + row * stride
    return (0..<columns).contains { row[$0] > 0 }
  }
}

/// Which glyph stands in a cell of an effect.
struct CellSymbol: Hashable, Sendable {
  let rawValue: UInt16

  /// The palette's glyph for the cell's value.
  static let byValue = CellSymbol(rawValue: 0)
  private static let ownBit: UInt16 = 0x8000

  /// A visible character of the palette, in its order.
  static func palette(_ index: Int) -> CellSymbol {
    precondition((0..<0x7FFF).contains(index), "character \(index) of a palette")
    return CellSymbol(rawValue: UInt16(index + 1))
  }

  /// One of the effect's `ownCharacters`.
  static func own(_ index: Int) -> CellSymbol {
    precondition((0..<0x7FFF).contains(index), "character \(index) of an effect")
    return CellSymbol(rawValue: ownBit | UInt16(index))
  }

  static func isOwn(_ raw: UInt16) -> Bool { raw & ownBit != 0 }

  /// Where `SymbolGlyphs` has its glyph; nil for `byValue`.
  fileprivate static func place(of raw: UInt16, paletteCount: Int) -> Int? {
    if raw == 0 { return nil }
    return isOwn(raw) ? paletteCount + Int(raw & ~ownBit) : Int(raw) - 1
  }
}

/// The glyphs of symbols in a layer's atlas.
struct SymbolGlyphs {
  /// The visible characters of the palette.
  let paletteCount: Int
  private let glyphs: [UInt16]

  /// A character that the atlas lacks is left out of the palette's; one of the effect's own is then the blank.
  init(palette: [Unicode.Scalar], own: [Unicode.Scalar], atlas: GlyphAtlas) {
    let visible = palette.compactMap { atlas.glyphs[$0] }.filter { $0 != 0 }
    paletteCount = visible.count
    glyphs = visible.map { UInt16($0) } + own.map { UInt16(atlas.glyphs[$0] ?? 0) }
  }

  /// Precondition: a symbol of the palette or an own one.
  func glyph(_ symbol: CellSymbol) -> UInt16 {
    guard let place = CellSymbol.place(of: symbol.rawValue, paletteCount: paletteCount) else {
      preconditionFailure("no symbol chosen")
    }
    return glyphs[place]
  }

  /// Replaces the glyphs of a row where the effect chose a symbol, and blanks empty cells. Returns whether one is not 0.
  func place(_ cells: EffectCells, row: Int, into out: UnsafeMutablePointer<UInt16>) -> Bool {
    let symbols = cells.symbols + row * cells.stride
    let values = cells.values + row * cells.stride
    var any: UInt16 = 0
    for column in 0..<cells.columns {
      if values[column] <= 0 {
        out[column] = 0
      } else if let place = CellSymbol.place(of: symbols[column], paletteCount: paletteCount) {
        out[column] = glyphs[place]
      }
      any |= out[column]
    }
    return any != 0
  }
}
