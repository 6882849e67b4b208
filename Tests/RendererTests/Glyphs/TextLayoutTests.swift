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
