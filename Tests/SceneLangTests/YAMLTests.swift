import SceneLang
import Testing

@Suite struct YAMLTests {
  private func parse(_ text: String) -> (root: YAMLNode?, ids: [String]) { parse(Array(text.utf8)) }

  private func parse(_ bytes: [UInt8]) -> (root: YAMLNode?, ids: [String]) {
    let (sources, file) = sourceMap(bytes)
    var bag = DiagnosticBag()
    let root = parseYAML(file, in: sources, reporting: &bag)
    return (root, bag.all.map(\.id))
  }

  private func value(_ key: String, of root: YAMLNode?) -> YAMLNode? {
    guard case .mapping(let entries)? = root?.content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  private func scalar(_ key: String, of root: YAMLNode?) throws -> YAMLScalar {
    guard case .scalar(let scalar)? = value(key, of: root)?.content else {
      throw TestFailure("`\(key)` is no scalar")
    }
    return scalar
  }

  /// The bytes in the file behind a piece of a scalar's text.
  private func source(of needle: String, in key: String, _ text: String) throws -> String {
    let scalar = try scalar(key, of: parse(text).root)
    let range = try #require(scalar.text.firstRange(of: needle), "\(scalar.text)")
    let start = scalar.text.utf8.distance(from: scalar.text.startIndex, to: range.lowerBound)
    let span = scalar.span(start..<start + needle.utf8.count)
    return String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self)
  }

  @Test func scalarsKnowTheirStyleTextAndPlace() throws {
    let text = "a: plain text # note\nb: 'it''s'\nc: \"x\\ty\"\nd: |\n  two\n  lines\ne: >-\n  two\n  lines\n"
    let root = parse(text).root
    #expect(try scalar("a", of: root).text == "plain text")
    #expect(try scalar("b", of: root).text == "it's")
    #expect(try scalar("c", of: root).text == "x\ty")
    #expect(try scalar("d", of: root).text == "two\nlines\n")
    #expect(try scalar("e", of: root).text == "two lines")
    #expect(
      try ["a", "b", "c", "d", "e"].map { try scalar($0, of: root).style } == [
        .plain, .singleQuoted, .doubleQuoted, .literal, .folded,
      ])
    let span = try #require(value("e", of: root)?.span)
    #expect(String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self) == ">-\n  two\n  lines")
  }

  @Test func piecesLeadBackToTheBytes() throws {
    #expect(try source(of: "中", in: "b", "a: ü\nb: é 中\n") == "中")
    #expect(try source(of: "three", in: "a", "a: one\n  two\n\n  three four\n") == "three")
    #expect(try source(of: "s x", in: "a", "a: 'it''s x'\n") == "s x")
    #expect(try source(of: "'", in: "a", "a: 'it''s x'\n") == "''")
    #expect(try source(of: "é", in: "a", #"a: "x\u00e9y""#) == "\\u00e9")
    #expect(try source(of: "y", in: "a", #"a: "x\u00e9y""#) == "y")
    #expect(try source(of: "tail", in: "a", "a: \"one \\\n   two\n   tail\"\n") == "tail")
    #expect(try source(of: "中 b", in: "a", "a: |\n\n   first\n     中 b\n") == "中 b")
    #expect(try source(of: "second", in: "a", "a: >\r\n  f\u{FC}rst\r\n  second\r\n\r\n  third\r\n") == "second")
    #expect(try source(of: "third", in: "a", "a: >\r\n  f\u{FC}rst\r\n  second\r\n\r\n  third\r\n") == "third")
    #expect(try source(of: " deep", in: "a", "a: >2\n   deep\n   still\n  flat\n") == " deep")
    #expect(try source(of: "flat", in: "a", "a: >2\n   deep\n   still\n  flat\n") == "flat")
  }

  @Test func theTextOfBlockScalarsFollowsYAML() throws {
    func text(_ yaml: String) throws -> String { try scalar("a", of: parse(yaml).root).text }
    #expect(
      try text("a: >\n  one\n  two\n\n  three\n    deep\n  four\n\n")
        == "one two\nthree\n  deep\nfour\n")
    #expect(try text("a: |+\n  x\n\n") == "x\n\n")
    #expect(try text("a: |-\n\n  ü\n   y\n") == "\nü\n y")
    #expect(try text("a: |\nb: 1\n") == "")
    #expect(try text("a: \"x  \\\n  \\  y\n\n  z\"") == "x    y\nz")
    #expect(try text("a: \"x\\\n\n  y\"") == "x\ny")
    #expect(try text("a: >2\n  \n    \n   b\nc: 1\n") == "\n  \n b\n")
    #expect(try text("a: >\n  b\n     \n  c\n") == "b\n   \nc\n")
    #expect(try text("a: 'x  \n\n\n  y'") == "x\n\ny")
  }

  @Test func spansOfCollectionsEndWithTheirLastValue() throws {
    let text = "a:\n  - x\n  - {b: 1}  # note\nc: [1, 2]\n"
    let root = parse(text).root
    func source(_ key: String) throws -> String {
      let span = try #require(value(key, of: root)?.span)
      return String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self)
    }
    #expect(try source("a") == "- x\n  - {b: 1}")
    #expect(try source("c") == "[1, 2]")
  }

  @Test func emptyValuesStandBehindTheirColon() throws {
    let root = parse("a:\nb: ~\n").root
    #expect(try scalar("a", of: root).isNull)
    #expect(try scalar("b", of: root).isNull)
    let span = try #require(value("a", of: root)?.span)
    #expect(span.start == 2 && span.end == 2)
  }

  @Test func theByteOrderMarkAndWindowsLinesAreFine() throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array("a: 1\r\nb: x\r\n".utf8)
    let (root, ids) = parse(bytes)
    #expect(ids == [])
    #expect(try scalar("b", of: root).text == "x")
    #expect(value("b", of: root)?.span.start == 12)
  }

  @Test func aliasesRepeatTheirNode() throws {
    let (root, ids) = parse("a: &x [1, 2]\nb: *x\nc: &y hi\nd: *y\n")
    #expect(ids == [])
    #expect(value("a", of: root)?.content == value("b", of: root)?.content)
    #expect(try scalar("d", of: root).text == "hi")
  }

  @Test func quotingTheExpressionThatWasNotQuotedKeepsItsText() throws {
    let (root, ids) = parse("a: {field: mix(a, b), hue: 1}\n")
    #expect(ids == ["unquoted_expression"])
    guard case .mapping(let entries)? = value("a", of: root)?.content else { throw TestFailure("no mapping") }
    #expect(entries.map(\.key) == ["field", "hue"])
    guard case .scalar(let field) = entries[0].value.content else { throw TestFailure("no scalar") }
    #expect(field.text == "mix(a, b)")
  }

  @Test func everyMistakeIsReportedOnceAndTheRestIsKept() {
    let (root, ids) = parse("a: @x\nb: 1\nc: \"open\nd: 2\ne: [1, 2\nf: 3\n")
    #expect(ids == ["reserved_character", "unclosed_quote", "unclosed_bracket"])
    for key in ["a", "c", "e"] { #expect(value(key, of: root)?.content == .invalid) }
    for key in ["b", "d", "f"] { #expect(value(key, of: root) != nil) }
  }

  /// libyaml reads what stands behind the end of a document before it tells that there is more.
  @Test(arguments: ["%TAG ! <x>", "%YAML 1.2\n%YAML 1.2", "%TAG ! x\n%TAG ! x", "%YAML 2.0"])
  func brokenDirectivesBehindTheEndAreToldAsSuch(_ directive: String) {
    #expect(parse("a: 1\n...\n\(directive)\n---\nb: 2\n").ids.first == "yaml_syntax")
  }

  @Test func theWordsOfOtherYAMLsAreText() throws {
    let (root, ids) = parse("a: no\nb: 010\nc: 1:30\nd: .nan\ne: 99999999999999999999\n")
    #expect(ids == [])
    #expect(
      try ["a", "b", "c", "d", "e"].map { try scalar($0, of: root).text } == [
        "no", "010", "1:30", ".nan", "99999999999999999999",
      ])
  }

  @Test func nestingIsBounded() {
    #expect(parse("a: " + String(repeating: "[", count: 63) + String(repeating: "]", count: 63)).ids == [])
    #expect(
      parse("a: " + String(repeating: "[", count: 64) + String(repeating: "]", count: 64)).ids == ["nesting_too_deep"])
    #expect(parse("a: " + String(repeating: "[", count: 100_000)).ids == ["nesting_too_deep", "unclosed_bracket"])
    let ladder = (0..<200).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(parse(ladder).ids == ["nesting_too_deep"])
  }

  @Test func aliasBombsAreDefused() {
    var bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = (0..<10).map { _ in "*l\(level - 1)" }.joined(separator: ", ")
      bomb += "l\(level): &l\(level) [\(aliases)]\n"
    }
    #expect(parse(bomb).ids == ["too_many_nodes"])
    let many = "a: &a x\nb: [" + String(repeating: "*a, ", count: 10_001) + "]"
    #expect(parse(many).ids == ["too_many_aliases"])
    var tower = "l0: &l0 [x]\n"
    for level in 1...70 { tower += "l\(level): &l\(level) [*l\(level - 1)]\n" }
    #expect(Set(parse(tower).ids) == ["nesting_too_deep"])
  }

  @Test func filesThatAreTooLargeOrNoTextAreRefused() {
    #expect(parse([UInt8](repeating: 0x20, count: 4 << 20 | 1)).ids == ["file_too_large"])
    #expect(parse([0xFE, 0xFF, 0, 0x61]).ids == ["not_utf8"])
    #expect(parse([UInt8](repeating: 0, count: 1001)).ids.last == "not_text")
    #expect(parse(Array("a: ".utf8) + [0xED, 0xA0, 0x80]).ids == ["not_utf8", "not_utf8", "not_utf8"])
  }

  @Test func keysOfAnyLengthEndInAMessage() {
    #expect(parse(String(repeating: "k", count: 2000) + ": 1\nb: 2\n").ids == ["long_key"])
  }

  @Test func errorsAreBounded() {
    let ids = parse(String(repeating: "- @x\n", count: 1000)).ids
    #expect(ids.count == 26 && ids.last == "too_many_errors")
    #expect(parse(String(repeating: "a: 1\n", count: 1000)).ids.count == 101)
  }
}

struct TestFailure: Error {
  let message: String
  init(_ message: String) { self.message = message }
}
