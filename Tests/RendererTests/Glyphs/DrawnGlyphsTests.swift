import SceneLang
import Testing

@testable import Renderer

@Suite struct DrawnGlyphsTests {
  private static let sizes = [(5, 10), (6, 13), (10, 19), (12, 24), (14, 29), (24, 48), (3, 5), (7, 14)]

  private func cell(_ character: Unicode.Scalar, _ size: (Int, Int), face: Grid.Face = .regular) throws -> CellBitmap {
    try #require(DrawnGlyphs.coverage(of: character, face: face, width: size.0, height: size.1))
  }

  @Test(arguments: sizes) func complementaryBlocksFillTheCellWithoutSeamOrOverlap(size: (Int, Int)) throws {
    let pairs: [(Unicode.Scalar, Unicode.Scalar)] = [
      ("▀", "▄"), ("▌", "▐"), ("▘", "▟"), ("▝", "▙"), ("▖", "▜"), ("▗", "▛"), ("▚", "▞"), ("▔", "▇"), ("▉", "▕"),
    ]
    for (one, other) in pairs {
      let (a, b) = (try cell(one, size).coverage, try cell(other, size).coverage)
      #expect(zip(a, b).allSatisfy { ($0 == 0) != ($1 == 0) && max($0, $1) == 255 }, "\(one) and \(other)")
    }
  }

  @Test(arguments: sizes) func barsRiseByEighthsAndShadesAreEven(size: (Int, Int)) throws {
    let bars = try "▁▂▃▄▅▆▇█".unicodeScalars.map { try cell($0, size).ink }
    #expect(zip(bars, bars.dropFirst()).allSatisfy { $0 <= $1 } && bars.last == 1)
    for (shade, value) in zip("░▒▓".unicodeScalars, [64, 128, 191]) {
      #expect(try cell(shade, size).coverage.allSatisfy { $0 == value })
    }
  }

  // Below five pixels three lines fill the cell.
  @Test(arguments: sizes.filter { $0.0 >= 5 }, Grid.Face.allCases)
  func linesMeetThoseOfTheNeighbours(size: (Int, Int), face: Grid.Face) throws {
    func edges(_ character: Unicode.Scalar) throws -> (left: [UInt8], right: [UInt8], top: [UInt8], bottom: [UInt8]) {
      let bitmap = try cell(character, size, face: face)
      let columns = (0..<size.1).map { bitmap.coverage[$0 * size.0] }
      let last = (0..<size.1).map { bitmap.coverage[$0 * size.0 + size.0 - 1] }
      return (columns, last, Array(bitmap.coverage.prefix(size.0)), Array(bitmap.coverage.suffix(size.0)))
    }
    for (horizontal, vertical, set) in [
      ("─", "│", "┌┐└┘├┤┬┴┼╭╮╯╰"), ("━", "┃", "┏┓┗┛┣┫┳┻╋"), ("═", "║", "╔╗╚╝╠╣╦╩╬"),
    ] as [(Unicode.Scalar, Unicode.Scalar, String)] {
      let (across, down) = (try edges(horizontal), try edges(vertical))
      #expect(across.left == across.right && down.top == down.bottom)
      for character in set.unicodeScalars {
        let sides = try edges(character)
        if "┌└├┬┴┼╭╰┏┗┣┳┻╋╔╚╠╦╩╬".unicodeScalars.contains(character) { #expect(sides.right == across.right) }
        if "┐┘┤┬┴┼╮╯┓┛┫┳┻╋╗╝╣╦╩╬".unicodeScalars.contains(character) { #expect(sides.left == across.left) }
        if "┌┐├┤┬┼╭╮┏┓┣┫┳╋╔╗╠╣╦╬".unicodeScalars.contains(character) { #expect(sides.bottom == down.bottom) }
        if "└┘├┤┴┼╯╰┗┛┣┫┻╋╚╝╠╣╩╬".unicodeScalars.contains(character) { #expect(sides.top == down.top) }
      }
    }
  }

  @Test func doubleLinesTurnAroundTheirCorners() throws {
    func picture(_ character: Unicode.Scalar) throws -> [String] {
      let bitmap = try cell(character, (7, 7))
      return (0..<7).map { row in
        String((0..<7).map { bitmap.coverage[row * 7 + $0] == 255 ? "#" : "." as Character })
      }
    }
    #expect(
      try picture("╔") == [
        ".......", ".......", "..#####", "..#....", "..#.###", "..#.#..", "..#.#..",
      ])
    #expect(
      try picture("╬") == [
        "..#.#..", "..#.#..", "###.###", ".......", "###.###", "..#.#..", "..#.#..",
      ])
    #expect(
      try picture("╟") == [
        "..#.#..", "..#.#..", "..#.#..", "..#.###", "..#.#..", "..#.#..", "..#.#..",
      ])
    #expect(
      try picture("╒") == [
        ".......", ".......", "...####", "...#...", "...####", "...#...", "...#...",
      ])
  }

  @Test(arguments: sizes.prefix(6)) func everyDrawnCharacterHasInk(size: (Int, Int)) throws {
    for code in [0x2500...0x259F, 0x2801...0x28FF].joined() {
      #expect(try !cell(Unicode.Scalar(UInt32(code))!, size).isBlank, "U+\(String(code, radix: 16))")
    }
  }

  @Test func brailleDotsAreAlikeAndCountedByBits() throws {
    let one = try cell("⠁", (10, 20)).ink
    #expect(abs(try cell("⠿", (10, 20)).ink - 6 * one) < 1e-12)
    #expect(abs(try cell("⣿", (10, 20)).ink - 8 * one) < 1e-12)
    // Dot 4 is in the right column of the first row.
    let dot = try cell("⠈", (10, 20))
    #expect(dot.coverage[2 * 10 + 7] > 200 && dot.coverage[2 * 10 + 2] == 0)
  }
}
