import KernelTable
import SceneLang

/// A character for each cell that no value changes: by lot, or a text that fills the grid over and over. The value decides
/// whether it shows, and in which color.
final class CellMap: GlyphChooser {
  /// A cell shows above this value (CATALOGUE P-7).
  static let threshold: Float = 0.03

  private let columns: Int
  /// Row by row.
  private let glyphs: [UInt16]

  /// Of a palette matched by `random`, by hashes of the layer's seed and the cell, or `fixed`.
  init(_ layer: Layer, columns: Int, rows: Int, atlas: GlyphAtlas) {
    let palette = layer.palette
    let known = palette.characters.dropFirst().map { UInt16(atlas.glyphs[$0] ?? 0) }
    self.columns = columns
    glyphs = (0..<columns * rows).map { cell in
      guard !known.isEmpty else { return 0 }
      guard palette.match == .random else { return known[cell % known.count] }
      let share = CellHash.unit(seed: layer.seed, column: cell % columns, row: cell / columns)
      return known[min(Int(share * Double(known.count)), known.count - 1)]
    }
  }

  func begin(_ context: FrameContext, isSteady: Bool) {}
  func hold(_ context: FrameContext) {}

  func place(row: Int, _ values: Floats, into out: UnsafeMutablePointer<UInt16>) -> Bool {
    var any: UInt16 = 0
    for column in 0..<columns {
      out[column] = values[column] > Self.threshold ? glyphs[row * columns + column] : 0
      any |= out[column]
    }
    return any != 0
  }
}
