/// How a value 0…1 becomes a glyph.
public struct Palette: Hashable, Sendable {
  /// What decides. Where there is no field (effects, particles), `coverage` and `pattern` go by ink.
  public enum Match: String, Sendable, Hashable, CaseIterable {
    /// The glyph whose measured coverage is nearest to value × that of the densest.
    case ink
    /// Equal steps.
    case index
    /// The glyph whose coverage in each of 2 × 3 parts of the cell is nearest to the ink that stands for the field there, by
    /// equal steps from glyph to glyph.
    case coverage
    /// A character for each cell, by lot; the value only decides whether it shows.
    case random
    /// The characters as written, over and over, row after row; the value only decides whether they show.
    case fixed
    /// The field is read at several places of a cell, and the characters are all patterns of these, in the order of
    /// their bits: 4 for 1 × 2 places, 16 for 2 × 2, 64 for 2 × 3, 256 for 2 × 4.
    case pattern
  }

  /// `measured`: sorted by coverage at the real size, duplicates dropped.
  public enum Order: String, Sendable, Hashable, CaseIterable { case measured, asWritten = "as_written" }

  /// How cells between two glyphs of a ramp take one of them; in place of the nearest.
  public enum Dither: String, Sendable, Hashable, CaseIterable {
    case none
    /// By a matrix of 8 × 8 cells that stands still (Bayer, ICC 1973).
    case ordered
    /// What a cell lacks goes to its neighbours to the right and below (Floyd and Steinberg, 1976): 7, 3, 5 and 1
    /// sixteenths.
    case diffusion
  }

  /// Glyphs along the edges of a field, in place of those for its value.
  public struct Edges: Hashable, Sendable {
    /// Each stands for the direction in which its ink lies.
    public var characters: [Unicode.Scalar]
    /// 0…1: the least step of the field that counts, 1 from black to white.
    public var above: Double

    public init(characters: [Unicode.Scalar], above: Double) {
      self.characters = characters
      self.above = above
    }
  }

  /// In order, the blank first; one grapheme of one code point each.
  public var characters: [Unicode.Scalar]
  public var match: Match
  public var order: Order
  /// value^gamma before the ramp; below 1 is brighter.
  public var gamma: Double
  /// value + (hash(column, row) − 0.5) · jitter before the ramp, fixed per cell, faded out below 0.15.
  public var jitter: Double
  /// Glyphs are this much taller in their cell; 1 for text.
  public var stretch: Double
  /// 0…1: how far a value moves before its cell follows it; 0 for at once. A segment with it is rendered in one piece.
  public var hysteresis: Double
  /// Of `index`: where each visible character begins, ascending in 0…1; empty for equal steps.
  public var thresholds: [Double]
  /// Of `ink` and `index`, for fields; jitter then has no effect.
  public var dither: Dither
  /// Nil for none.
  public var edges: Edges?

  public init(
    characters: [Unicode.Scalar], match: Match, order: Order, gamma: Double, jitter: Double, stretch: Double,
    hysteresis: Double = 0, thresholds: [Double] = [], dither: Dither = .none, edges: Edges? = nil
  ) {
    self.characters = characters
    self.match = match
    self.order = order
    self.gamma = gamma
    self.jitter = jitter
    self.stretch = stretch
    self.hysteresis = hysteresis
    self.thresholds = thresholds
    self.dither = dither
    self.edges = edges
  }
}
