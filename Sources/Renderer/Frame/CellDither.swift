import KernelTable
import SceneLang

/// Glyphs of a ramp whose mean over some cells is the field's value, where the nearest ones would show bands.
///
/// A glyph stands for the middle of the values that the ramp gives it; the first for 0 and the last for 1. A cell whose
/// value lies between two of these takes one or the other. A cell of value 0 stays blank.
final class CellDither: GlyphChooser {
  private let columns: Int
  private let method: Palette.Dither
  private let glyphs: [UInt16]
  /// What each glyph stands for, ascending.
  private let levels: [Float]
  /// Value · 1023 → place in `glyphs`.
  private let places: [Int]
  /// What cells of this row and of the next one have to make up for; one more at both sides.
  private var errors: [Float]
  private var nextErrors: [Float]

  init(method: Palette.Dither, ramp: GlyphRamp, columns: Int) {
    self.method = method
    self.columns = columns
    var (glyphs, places) = ([ramp.glyphs[0]], [0])
    var starts = [0]
    for (index, glyph) in ramp.glyphs.enumerated().dropFirst() {
      if glyph != glyphs[glyphs.count - 1] {
        glyphs.append(glyph)
        starts.append(index)
      }
      places.append(glyphs.count - 1)
    }
    let ends = starts.dropFirst() + [1024]
    levels = zip(starts, ends).enumerated().map { place, run in
      place == 0 ? 0 : place == glyphs.count - 1 ? 1 : Float(run.0 + run.1 - 1) / 2046
    }
    (self.glyphs, self.places) = (glyphs, places)
    errors = Array(repeating: 0, count: columns + 2)
    nextErrors = errors
  }

  func begin(_ context: FrameContext, isSteady: Bool) {
    for index in errors.indices { (errors[index], nextErrors[index]) = (0, 0) }
  }

  /// A frame needs nothing of those before it.
  func hold(_ context: FrameContext) {}

  func place(row: Int, _ values: Floats, into out: UnsafeMutablePointer<UInt16>) -> Bool {
    swap(&errors, &nextErrors)
    for index in nextErrors.indices { nextErrors[index] = 0 }
    var seen: UInt16 = 0
    for column in 0..<columns {
      // NaN is 0, too.
      let value = values[column] > 0 ? min(values[column], 1) : 0
      let glyph = value == 0 ? glyphs[0] : glyphs[place(column, row, value)]
      out[column] = glyph
      seen |= glyph
    }
    return seen != 0
  }

  private func place(_ column: Int, _ row: Int, _ value: Float) -> Int {
    switch method {
    case .none: return places[Int(value * 1023 + 0.5)]
    case .ordered:
      return place(value) { Float(2 * Dither.rank(column & 7, row & 7) + 1) / 128 }
    case .diffusion:
      let wanted = value + errors[column + 1]
      let place = place(min(max(wanted, 0), 1)) { 0.5 }
      let rest = wanted - levels[place]
      errors[column + 2] += rest * (7 / 16)
      nextErrors[column] += rest * (3 / 16)
      nextErrors[column + 1] += rest * (5 / 16)
      nextErrors[column + 2] += rest * (1 / 16)
      return place
    }
  }

  /// The upper of the two glyphs about `value`, 0…1, where its share of the way between them is above the threshold.
  private func place(_ value: Float, threshold: () -> Float) -> Int {
    var lower = places[Int(value * 1023 + 0.5)]
    if levels[lower] > value { lower -= 1 }
    guard lower < levels.count - 1 else { return lower }
    let share = (value - levels[lower]) / (levels[lower + 1] - levels[lower])
    return share > threshold() ? lower + 1 : lower
  }
}
