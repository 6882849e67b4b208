import SceneLang
import Testing

@Suite struct DiagnosticRendererTests {
  private func draw(
    _ text: String, _ range: Range<Int>, caret: String = "", labels: [(Range<Int>, String)] = [], help: String? = nil,
    style: DiagnosticRenderer.Style = .plain
  ) -> String {
    let (sources, file) = sourceMap(text)
    func span(_ range: Range<Int>) -> Span { Span(file: file, start: range.lowerBound, end: range.upperBound) }
    let diagnostic = Diagnostic(
      "test", "a message", at: span(range), caret: caret, labels: labels.map { .init(span($0.0), $0.1) }, help: help)
    return DiagnosticRenderer(sources: sources, style: style).render([diagnostic])
  }

  /// The drawing without its heading.
  private func body(_ drawing: String) -> [String] {
    drawing.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().dropLast().map(String.init)
  }

  @Test func aPlaceIsDrawnWithItsLineAndItsHelp() {
    #expect(
      draw("a: 1\nb: blom\n", 8..<12, caret: "did you mean `bloom`?", help: "type it") == """
        error[test]: a message
         --> scene.yaml:2:4
        2 | b: blom
          |    ^^^^ did you mean `bloom`?
          = help: type it

        """)
  }

  @Test func tabsAndWideAndCombiningCharactersKeepTheCaretUnderItsText() {
    #expect(
      body(draw("\t中e\u{301}x", 7..<8)) == [" --> scene.yaml:1:5", "1 |     中e\u{301}x", "  |        ^"])
    #expect(body(draw("中文", 0..<6)) == [" --> scene.yaml:1:1", "1 | 中文", "  | ^^^^"])
  }

  @Test func emptySpansAndTheEndOfTheFileGetOneCaret() {
    #expect(body(draw("ab", 1..<1)) == [" --> scene.yaml:1:2", "1 | ab", "  |  ^"])
    #expect(body(draw("ab", 2..<2)) == [" --> scene.yaml:1:3", "1 | ab", "  |   ^"])
    #expect(body(draw("ab\n", 3..<3)) == [" --> scene.yaml:2:1", "2 |", "  | ^"])
    #expect(body(draw("", 0..<0)) == [" --> scene.yaml:1:1", "1 |", "  | ^"])
  }

  @Test func windowsLineEndsAreNotDrawn() {
    #expect(body(draw("ab\r\ncd\r\n", 0..<2)) == [" --> scene.yaml:1:1", "1 | ab", "  | ^^"])
  }

  @Test func ofSpansOverSeveralLinesTheFirstIsDrawn() {
    #expect(body(draw("ab\ncd", 1..<5)) == [" --> scene.yaml:1:2", "1 | ab", "  |  ^…"])
  }

  @Test func twoLabelsOnALineHangOnBars() {
    #expect(
      body(draw("a b c", 4..<5, caret: "third", labels: [(0..<1, "first"), (2..<3, "second")])) == [
        " --> scene.yaml:1:5", "1 | a b c", "  | - - ^ third", "  | | |", "  | | second", "  | first",
      ])
  }

  @Test func labelsOnOtherLinesAreDrawnInTheirOrder() {
    let text = (1...12).map { "line \($0)\n" }.joined()
    let end = text.utf8.count - 1
    #expect(
      body(draw(text, end - 2..<end, labels: [(0..<4, "here")])) == [
        "  --> scene.yaml:12:6", " 1 | line 1", "   | ---- here", "...", "12 | line 12", "   |      ^^",
      ])
  }

  @Test func longLinesAreCutToAWindowAroundThePlace() {
    let text = String(repeating: "x", count: 400) + "HERE" + String(repeating: "y", count: 400)
    let lines = body(draw(text, 400..<404))
    #expect(lines[0] == " --> scene.yaml:1:401")
    #expect(lines[1].count == 164)
    let caret = lines[2].distance(from: lines[2].startIndex, to: lines[2].firstIndex(of: "^") ?? lines[2].startIndex)
    #expect(String(Array(lines[1])[caret..<caret + 4]) == "HERE")
    #expect(lines[1].hasSuffix("…") && lines[1].hasPrefix("1 | …"))
  }

  @Test func nothingSteersTheTerminal() {
    let drawing = draw("a\u{1B}[31m\u{202E}b", 0..<1, caret: "\u{1B}]0;x\u{07}", help: "\u{2066}\n")
    #expect(!drawing.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E || $0.value == 0x2066 })
    #expect(drawing.contains("1 | a\\u{1b}[31m\\u{202e}b"))
    #expect(drawing.contains("help: \\u{2066}\\u{0a}"))
  }

  @Test func coloursChangeNothingButTheColours() {
    let colored = draw("a b", 0..<1, caret: "c", labels: [(2..<3, "l")], help: "h", style: .color)
    #expect(colored.contains("\u{1B}[1;31merror[test]"))
    let stripped = colored.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(stripped == draw("a b", 0..<1, caret: "c", labels: [(2..<3, "l")], help: "h"))
  }

  @Test func theShortStyleHasALineForEach() {
    #expect(draw("中x", 3..<4, style: .short) == "scene.yaml:1:2: error[test]: a message\n")
  }

  @Test func jsonCountsCodePoints() {
    #expect(
      draw("中\nx", 0..<5, caret: "c", labels: [(4..<5, "l\u{1B}\"")], style: .json) == """
        [{"id":"test","severity":"error","message":"a message","file":"scene.yaml","line":1,"column":1,"endLine":2,\
        "endColumn":2,"offset":0,"endOffset":5,"displayColumn":1,"endDisplayColumn":2,"caret":"c","help":null,\
        "labels":[{"message":"l\\u001b\\"","file":"scene.yaml","line":2,"column":1,"endLine":2,"endColumn":2,\
        "offset":4,"endOffset":5,"displayColumn":1,"endDisplayColumn":2}]}]

        """)
    let (sources, _) = sourceMap("")
    #expect(DiagnosticRenderer(sources: sources, style: .json).render([]) == "[]\n")
  }

  @Test func jsonValuesAreCompact() {
    let value: JSONValue = ["a": [1, 2.5, true, nil], "b\n": .number(.infinity)]
    #expect(value.text == #"{"a":[1,2.5,true,null],"b\n":null}"#)
  }
}
