import Testing

@testable import Renderer

@Suite struct TextLayoutTests {
  private func wrap(_ text: String, _ width: Int) -> [String] {
    TextLayout.wrap(text, width: width).map { String(String.UnicodeScalarView($0)) }
  }

  @Test func wordsFillTheLineAndSpacesAtBreaksVanish() {
    #expect(wrap("the quick brown fox", 9) == ["the quick", "brown fox"])
    #expect(wrap("the quick  brown fox ", 10) == ["the quick", "brown fox"])
    #expect(wrap("a  b", 10) == ["a  b"])
  }

  @Test func aWordThatFitsExactlyStays() {
    #expect(wrap("abc def", 7) == ["abc def"])
    #expect(wrap("abc def", 6) == ["abc", "def"])
  }

  @Test func aLongWordIsBrokenWithoutAnEmptyFirstLine() {
    #expect(wrap("abcdefgh", 3) == ["abc", "def", "gh"])
    #expect(wrap("a bcdefgh i", 3) == ["a", "bcd", "efg", "h i"])
    #expect(wrap("abcdef", 3) == ["abc", "def"])
  }

  @Test func linesOfAParagraphAreAboutEqual() {
    #expect(wrap("the quick brown fox jumps", 20) == ["the quick brown", "fox jumps"])
    #expect(wrap("one two three four five six", 24) == ["one two three", "four five six"])
    #expect(wrap("no word stands on its own at the end", 16) == ["no word stands", "on its own", "at the end"])
    // Each paragraph by itself.
    #expect(wrap("aaa bbb ccc d\nee ff", 12) == ["aaa bbb", "ccc d", "ee ff"])
  }

  /// As many lines as filling them one after another takes, with the same words, and none longer than that allows.
  @Test(arguments: [
    "You don't have to be great to start, but you have to start to be great.",
    "a bb ccc dddd eeeee ffff ggg hh i jj kkk llll mmmmm nnnn ooo pp q", "one  two   three four",
  ])
  func balancingTakesNoMoreLines(_ text: String) {
    let words = text.split(separator: " ")
    for width in words.map(\.count).max()!...text.count {
      var counts = [0]
      var last = text.startIndex
      for word in words {
        // With the spaces before it.
        let length = text.distance(from: last, to: word.endIndex)
        if counts[counts.count - 1] == 0 {
          counts[counts.count - 1] = word.count
        } else if counts[counts.count - 1] + length <= width {
          counts[counts.count - 1] += length
        } else {
          counts.append(word.count)
        }
        last = word.endIndex
      }
      let lines = wrap(text, width)
      #expect(lines.count == counts.count && lines.allSatisfy { $0.count <= width }, "\(width): \(lines)")
      #expect(lines.flatMap { $0.split(separator: " ") } == words, "\(width)")
      #expect(lines.map { $0.count * $0.count }.reduce(0, +) <= counts.map { $0 * $0 }.reduce(0, +), "\(width)")
    }
  }

  @Test func lineBreaksAreKeptAndOuterEmptyLinesDropped() {
    #expect(wrap("one\n\ntwo\r\nthree\n", 20) == ["one", "", "two", "three"])
    #expect(wrap("\n\n  \nx", 20) == ["x"])
    #expect(wrap("", 5) == [] && wrap(" \n ", 5) == [])
  }

  @Test func accentsAreComposedAndLeftoverMarksHaveNoCell() {
    #expect(TextLayout.wrap("e\u{301}x\u{301}", width: 9) == [["é", "x"]])
    #expect(wrap("a\tb", 9) == ["a b"])
    #expect(wrap("❄\u{FE0F}❄", 1) == ["❄", "❄"])
  }
}
