import SceneLang
import Testing

@testable import Renderer

/// Every cell effect does to a numbered grid what its rules say (CATALOGUE 1.10), written a second time cell by cell.
struct CellEffectFormulaTests {
  private static let (columns, rows) = (40, 12)
  private static let seed: UInt64 = 9
  private static let time = 0.7

  /// An atlas in which the glyph of a character is its code point.
  private static let atlas = GlyphAtlas(
    cellWidth: 1, cellHeight: 1, rowStride: 16, ink: [0],
    glyphs: Dictionary(
      uniqueKeysWithValues: (0x20..<0x2600).compactMap { Unicode.Scalar(UInt32($0)) }.map { ($0, Int($0.value)) }),
    storage: [UInt8](repeating: 0, count: 16 + 64))

  /// The number that cell (column, row) has at first; no code point of an effect.
  private static func number(_ column: Int, _ row: Int) -> Int { 0x4000 + 100 * row + column }

  /// The cells after an effect whose parameters are these, else their defaults, else 0.
  private func cells(_ effect: any CellEffectOp.Type, _ numbers: [String: Double]) -> [[Int]] {
    let grid = CellGrid(columns: Self.columns, rows: Self.rows)
    for row in 0..<Self.rows {
      for column in 0..<Self.columns { grid.glyphs(row)[column] = UInt16(Self.number(column, row)) }
    }
    grid.summarize()
    let parameters = effect.declaration.parameters
    let arguments = CallArguments(
      parameters,
      parameters.map { parameter in
        if parameter.type == .choice { return .word(parameter.default!) }
        let own = parameter.name == "time" ? Self.time : numbers[parameter.name]
        return .number(own ?? parameter.default.flatMap(Double.init) ?? 0)
      })
    effect.apply(arguments, to: CellSurface(grid, atlas: Self.atlas, seed: Self.seed, opacity: 1))
    return (0..<Self.rows).map { row in (0..<Self.columns).map { Int(grid.glyphs(row)[$0]) } }
  }

  private func random(_ role: Int, _ index: Int, turn: Int) -> Double {
    CellHash.unit(
      seed: Self.seed &+ UInt64(bitPattern: Int64(role)) &* 0x9E37_79B9_7F4A_7C15, column: index, row: turn)
  }

  /// The grid as it was, with what `write` puts into it.
  private func written(_ write: (_ put: (_ character: Int, _ column: Int, _ row: Int) -> Void) -> Void) -> [[Int]] {
    var cells = (0..<Self.rows).map { row in (0..<Self.columns).map { Self.number($0, row) } }
    write { character, column, row in
      if (0..<Self.columns).contains(column), (0..<Self.rows).contains(row) { cells[row][column] = character }
    }
    return cells
  }

  @Test func shakingTurnsTheWholeGrid() {
    let turn = Int(Self.time * 24)
    let x = Int(((2 * random(1, 0, turn: turn) - 1) * 9).rounded())
    let y = Int(((2 * random(2, 0, turn: turn) - 1) * 5).rounded())
    #expect((x, y) != (0, 0))
    let expected = (0..<Self.rows).map { row in
      (0..<Self.columns).map {
        Self.number(($0 - x + Self.columns) % Self.columns, (row - y + Self.rows) % Self.rows)
      }
    }
    #expect(cells(Shake.self, ["x": 9, "y": 5]) == expected)
  }

  @Test func bandsSlipSidewards() {
    let turn = Int(Self.time * 12)
    var expected = written { _ in }
    for band in 0..<6 {
      let first = Int(random(1, band, turn: turn) * Double(Self.rows))
      let way = Int(((2 * random(3, band, turn: turn) - 1) * 8).rounded())
      for row in first..<min(first + 1 + Int(random(2, band, turn: turn) * 3), Self.rows) {
        let old = expected[row]
        for column in 0..<Self.columns { expected[row][column] = old[(column - way + Self.columns) % Self.columns] }
      }
    }
    #expect(cells(GlitchDisplace.self, ["amount": 1.5, "count": 4, "height": 3, "shift": 8]) == expected)
    #expect(expected != written { _ in })
  }

  @Test func blocksAreOneCharacterEach() {
    let turn = Int(Self.time * 8)
    let expected = written { put in
      for block in 0..<7 {
        func share(_ role: Int) -> Double { random(role, block, turn: turn) }
        let (left, top) = (Int(share(1) * Double(Self.columns)), Int(share(2) * Double(Self.rows)))
        let characters = BlockCorrupt.ownCharacters
        let character = Int(characters[Int(share(5) * Double(characters.count))].value)
        for row in top..<top + 1 + Int(share(4) * 4) {
          for column in left..<left + 2 + Int(share(3) * 5) { put(character, column, row) }
        }
      }
    }
    #expect(cells(BlockCorrupt.self, ["count": 7, "width": 6, "height": 4]) == expected)
  }

  @Test func barsScanFromTopToBottom() {
    let expected = written { put in
      for bar in 0..<5 {
        let way = random(1, bar, turn: 0) + Self.time * 0.26 * (1 + 0.3 * Double(bar))
        let column = Int((way - way.rounded(.down)) * Double(Self.columns))
        for row in 0..<Self.rows { put(0x2502, column, row) }
      }
    }
    #expect(cells(ScanBars.self, ["count": 5, "speed": 0.26]) == expected)
  }

  @Test func streamsAreEightToTwentyDigits() {
    let turn = Int(Self.time * 6)
    let expected = written { put in
      for stream in 0..<4 {
        let left = Int(random(1, stream, turn: turn) * Double(Self.columns))
        let row = Int(random(2, stream, turn: turn) * Double(Self.rows))
        for place in 0..<8 + Int(13 * random(3, stream, turn: turn)) {
          let digit = Int(random(4 + place, stream, turn: turn) * 16)
          put(Int(Array("0123456789ABCDEF".unicodeScalars)[digit].value), left + place, row)
        }
      }
    }
    #expect(cells(HexStream.self, ["count": 4]) == expected)
  }

  @Test func wordsAreOfTheVocabularyAndWhole() {
    let shown = cells(ErrorWords.self, ["count": 3])
    let stamped = shown.joined().filter { $0 < 0x4000 }
    let text = String(String.UnicodeScalarView(stamped.compactMap { Unicode.Scalar(UInt32($0)) }))
    let letters = Set(ErrorWords.ownCharacters)
    #expect(text.count >= 3 && text.unicodeScalars.allSatisfy(letters.contains))
    // What is not stamped stays.
    for (row, line) in shown.enumerated() {
      for (column, cell) in line.enumerated() where cell >= 0x4000 { #expect(cell == Self.number(column, row)) }
    }
  }
}
