import SceneLang

/// A character of a text on its way to a cell.
struct StyledGlyph: Hashable {
  /// Its number in reading order, spaces included.
  let index: Int
  let line: Int
  /// Its number in the line, and that of its word in the text.
  let place: Int
  let word: Int
  /// Cells from the left and upper edge of the grid; whole at rest.
  var column: Double
  var row: Double
  /// Index in the layer's atlas; 0 for a space.
  var glyph: UInt16
  /// 0…1.
  var opacity = 1.0
  /// What colours read as `energy`, 0…1; nil for its place in the text.
  var tint: Double?
  /// Its number in its word.
  var placeInWord = 0
}

/// A text whose characters styles move about, hide and replace.
struct StyledText {
  var glyphs: [StyledGlyph]
  /// Where the lines are drawn: whole cells at rest, and what lies beside them.
  var stand: TextStand
  /// Characters of each line.
  let lines: [Int]
  let wordCount: Int
  /// Of the grid.
  let columns: Int
  let rows: Int
  private let seed: UInt64
  private let symbols: SymbolGlyphs
  private let own: [Unicode.Scalar]

  /// `own` are the characters that `symbols` has for the styles.
  init(
    _ glyphs: [StyledGlyph], at stand: TextStand, lines: [Int], columns: Int, rows: Int, seed: UInt64,
    symbols: SymbolGlyphs, own: [Unicode.Scalar]
  ) {
    self.glyphs = glyphs
    self.stand = stand
    self.lines = lines
    wordCount = (glyphs.last?.word ?? -1) + 1
    self.columns = columns
    self.rows = rows
    self.seed = seed
    self.symbols = symbols
    self.own = own
  }

  /// All characters, spaces included.
  var count: Int { lines.reduce(0, +) }

  /// Characters of each word.
  var wordLengths: [Int] {
    var lengths = [Int](repeating: 0, count: max(wordCount, 1))
    for glyph in glyphs where glyph.word < lengths.count {
      lengths[glyph.word] = max(lengths[glyph.word], glyph.placeInWord + 1)
    }
    return lengths
  }

  /// Uniform in [0, 1): one number for each index of each role and turn.
  func random(_ role: Int, _ index: Int, _ turn: Int = 0) -> Double {
    CellHash.unit(seed: seed &+ UInt64(bitPattern: Int64(role)) &* 0x9E37_79B9_7F4A_7C15, column: index, row: turn)
  }

  /// The glyph of one of the styles' own characters.
  func glyph(_ character: Unicode.Scalar) -> UInt16 {
    guard let index = own.firstIndex(of: character) else { preconditionFailure("no style writes \(character)") }
    return symbols.glyph(.own(index))
  }

  /// A visible character of the palette; the blank if it has none.
  func scramble(_ share: Double) -> UInt16 {
    let count = symbols.paletteCount
    return count == 0 ? 0 : symbols.glyph(.palette(min(count - 1, Int(share * Double(count)))))
  }

  /// How far a glyph is, 0…1, when all units together are at `progress`: they start one after another within the first
  /// half and each takes the other half.
  func share(_ progress: Double, of glyph: StyledGlyph, by unit: StyleUnit) -> Double {
    let (index, count) =
      switch unit {
      case .text: (0, 1)
      case .line: (glyph.line, lines.count)
      case .word: (glyph.word, wordCount)
      case .character: (glyph.index, self.count)
      }
    guard count > 1 else { return progress }
    return ScalarMath.clamp(2 * progress - Double(index) / Double(count - 1), 0, 1)
  }

  /// Calls `body` with every glyph and its share of `progress`.
  mutating func sweep(_ progress: Double, by unit: StyleUnit, _ body: (inout StyledGlyph, Double) -> Void) {
    for index in glyphs.indices {
      let share = share(progress, of: glyphs[index], by: unit)
      body(&glyphs[index], share)
    }
  }

  /// The middle column of a line, where its glyphs are now.
  func middle(ofLine line: Int) -> Double {
    let columns = glyphs.filter { $0.line == line }.map(\.column)
    guard let least = columns.min(), let most = columns.max() else { return Double(self.columns) / 2 }
    return (least + most) / 2
  }
}

/// The curves that styles move along.
enum StyleCurve {
  /// Fast, then slow: 1 − (1 − p)³.
  static func easeOut(_ p: Double) -> Double { 1 - (1 - p) * (1 - p) * (1 - p) }
  /// Slow, then fast: p³.
  static func easeIn(_ p: Double) -> Double { p * p * p }
  /// Slow at both ends: 3p² − 2p³.
  static func smooth(_ p: Double) -> Double { p * p * (3 - 2 * p) }

  /// Falls and bounces three times: parabolas, each a quarter as high as the one before. Source: Penner, "Motion,
  /// Tweening, and Easing" (2001).
  static func bounce(_ p: Double) -> Double {
    func arc(_ middle: Double, _ low: Double) -> Double { 7.5625 * (p - middle) * (p - middle) + low }
    if p < 1 / 2.75 { return arc(0, 0) }
    if p < 2 / 2.75 { return arc(1.5 / 2.75, 0.75) }
    if p < 2.5 / 2.75 { return arc(2.25 / 2.75, 0.9375) }
    return arc(2.625 / 2.75, 0.984375)
  }
}
