import Testing

@testable import SceneLang

@Suite struct SourceTests {
  @Test func linesEndAtLineFeedsAtPairsAndAtLoneCarriageReturns() {
    let file = SourceFile(path: "a", bytes: Array("a\nb\r\nc\rd".utf8))
    #expect(file.lineStarts == [0, 2, 5, 7])
    #expect((0...8).map { file.line(at: $0) } == [1, 1, 2, 2, 2, 3, 3, 4, 4])
    #expect(file.lineRange(2) == 2..<3)
  }

  @Test func theByteOrderMarkHasNoColumn() {
    let file = SourceFile(path: "a", bytes: [0xEF, 0xBB, 0xBF] + Array("ab".utf8))
    #expect(file.codePointPosition(at: 3) == .init(line: 1, column: 1))
    #expect(file.displayPosition(at: 4) == .init(line: 1, column: 2))
    #expect(file.codePointPosition(at: 0) == .init(line: 1, column: 1))
  }

  @Test func displayColumnsCountCellsAndCodePointColumnsCharacters() {
    // A tab to the next multiple of four, a wide character, a letter with a combining accent.
    let file = SourceFile(path: "a", bytes: Array("x\t中e\u{301}!".utf8))
    let end = file.bytes.count - 1
    #expect(file.codePointPosition(at: end) == .init(line: 1, column: 6))
    #expect(file.displayPosition(at: end) == .init(line: 1, column: 8))
  }

  /// Columns of a long line are counted from marks on the way; those of the same places beside each other tell what they are.
  @Test func columnsOfALongLineAreThoseCountedFromItsStart() {
    let piece = "x\t中e\u{301}\u{1b}é!"
    let text = "a\n" + String(repeating: piece, count: 2000) + "\nb"
    let file = SourceFile(path: "a", bytes: Array(text.utf8))
    var (codePoints, offset) = (0, 2)
    let plain = DisplayLine(bytes: file.bytes, in: file.lineRange(2))
    for scalar in String(repeating: piece, count: 2000).unicodeScalars {
      #expect(file.codePointPosition(at: offset) == .init(line: 2, column: 1 + codePoints))
      if codePoints % 97 == 0 { #expect(file.displayPosition(at: offset).column == 1 + plain.column(of: offset)) }
      codePoints += 1
      offset += String(scalar).utf8.count
    }
    let long = file.displayLine(2)
    #expect(long.width == plain.width)
    for start in [0, 1, 1023, 5000, 20_000, plain.width - 50] {
      #expect(long.text(start..<start + 100) == plain.text(start..<start + 100))
    }
  }

  @Test func theEndOfTheFileIsAPlace() {
    let file = SourceFile(path: "a", bytes: Array("a\n".utf8))
    #expect(file.codePointPosition(at: 2) == .init(line: 2, column: 1))
    #expect(SourceFile(path: "a", bytes: []).displayPosition(at: 0) == .init(line: 1, column: 1))
  }

  @Test func theBagSortsByFileAndPlaceAndDropsCopies() {
    let (a, b) = (FileID(0), FileID(1))
    func diagnostic(_ id: String, _ file: FileID, _ start: Int) -> Diagnostic {
      Diagnostic(id, "m", at: Span(file: file, start: start, end: start))
    }
    var bag = DiagnosticBag()
    for found in [diagnostic("1", b, 0), diagnostic("2", a, 9), diagnostic("3", a, 2), diagnostic("2", a, 9)] {
      bag.report(found)
    }
    #expect(bag.sorted().map(\.id) == ["3", "2", "1"])
    #expect(bag.hasErrors)
  }

  @Test(arguments: [
    ("blom", "bloom"), ("Blom", "bloom"), ("colour-key", "color_key"), ("plsama", "plasma"), ("vignete", "vignette"),
  ])
  func theNearestNameIsFound(_ name: String, _ expected: String) {
    let names = ["bloom", "plasma", "vignette", "color_key", "grain", "x", "y"]
    #expect(nearestName(to: name, among: names) == expected)
  }

  @Test func farAndShortNamesHaveNoNeighbour() {
    #expect(nearestName(to: "q", among: ["x", "y"]) == nil)
    #expect(nearestName(to: "waterfall", among: ["bloom", "plasma"]) == nil)
  }

  @Test func tiesDoNotDependOnTheOrderOfTheNames() {
    #expect(nearestName(to: "mix", among: ["six", "min", "max"]) == "max")
    #expect(nearestName(to: "mix", among: ["max", "min", "six"]) == "max")
  }
}
