import KernelTable
import SceneLang

/// Glyphs that show the pattern of a field within each cell: halves, quadrants, sextants, octants, braille.
///
/// The field is read at every place of a cell. A place is set where value^gamma exceeds a threshold of an ordered dither
/// that repeats every four places (Bayer, "An optimum method for two-level rendition of continuous-tone pictures", 1973),
/// so tones show as textures that stand still, and edges of shapes keep the finer resolution.
final class CellPatterns: GlyphChooser {
  /// Bayer's matrix of order 4.
  private static let order: [[Double]] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]

  private let columns: Int
  private let columnsPerCell: Int
  private let rowsPerCell: Int
  private let evaluator: LayerEvaluator
  /// By the bits of a pattern.
  private let glyphs: [UInt16]
  /// 16 thresholds, row by row.
  private let thresholds: [Float]
  private var patterns: [UInt8]

  /// Precondition: the palette is one of patterns.
  init(_ choice: GlyphChoice) {
    let palette = choice.layer.palette
    (columnsPerCell, rowsPerCell) = Self.places(of: palette.characters.count)
    columns = choice.geometry.columns
    evaluator = choice.evaluator(columnsPerCell: columnsPerCell, rowsPerCell: rowsPerCell)
    glyphs = palette.characters.map { UInt16(choice.atlas.glyphs[$0] ?? 0) }
    // value^gamma > threshold is value > threshold^(1 / gamma).
    thresholds = Self.order.joined().map {
      ScalarMath.single(ScalarMath.pow(($0 + 0.5) / 16, 1 / palette.gamma))
    }
    patterns = Array(repeating: 0, count: columns)
  }

  /// At how many places of a cell a field is read for so many patterns.
  static func places(of patterns: Int) -> (across: Int, down: Int) {
    switch patterns {
    case 4: (1, 2)
    case 16: (2, 2)
    case 64: (2, 3)
    case 256: (2, 4)
    default: preconditionFailure("\(patterns) characters are no set of patterns")
    }
  }

  func begin(_ context: FrameContext, isSteady: Bool) { evaluator.begin(context) }
  func hold(_ context: FrameContext) {}

  func place(row: Int, _ values: Floats, into out: UnsafeMutablePointer<UInt16>) -> Bool {
    for column in 0..<columns { patterns[column] = 0 }
    for subrow in 0..<rowsPerCell {
      let y = row * rowsPerCell + subrow
      let fine = evaluator.row(y).value
      for column in 0..<columns {
        var set: UInt8 = 0
        for subcolumn in 0..<columnsPerCell {
          let x = column * columnsPerCell + subcolumn
          if fine[x] > thresholds[(y & 3) * 4 + (x & 3)] { set |= 1 << UInt8(subcolumn) }
        }
        patterns[column] |= set << UInt8(subrow * columnsPerCell)
      }
    }
    var any: UInt16 = 0
    for column in 0..<columns {
      out[column] = glyphs[Int(patterns[column])]
      any |= out[column]
    }
    return any != 0
  }
}
