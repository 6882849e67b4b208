/// Explains an error of libyaml in the terms of scene files and says how to hide it from the next reading.
///
/// libyaml tells where it noticed; the layout of the text around tells what the author did.
struct YAMLRecovery {
  let file: FileID
  let scanner: SourceScanner
  /// The file, with its tabs and its characters above 127.
  let bytes: [UInt8]
  let lastScalar: (style: YAMLScalar.Style, range: Range<Int>)?
  /// Where the outermost flow collection begins that libyaml has told of and not ended.
  private let flowStart: Int?

  typealias Mistake = YAMLTreeBuilder.Mistake

  init(_ builder: YAMLTreeBuilder, originalBytes: [UInt8]) {
    file = builder.file
    scanner = builder.scanner
    bytes = originalBytes
    lastScalar = builder.lastScalar
    flowStart = builder.flowStarts.first
  }

  private var shadow: [UInt8] { scanner.shadow }

  func mistake(behind failure: YAMLEventReader.Failure) -> Mistake {
    let place = failure.place
    let line = scanner.line(at: place)
    if indentsByTab(line), !shadow[line].prefix(while: isBlank).contains(UInt8(ascii: "\t")) {
      // The tabs were reported, and now count as one blank: that the lines do not fit is no second mistake.
      return Mistake(diagnostic: nil, repair: blankingBlock(at: line.lowerBound))
    }
    // A colour that turned into a comment, and took the closing bracket with it, is noticed lines below.
    if let flowStart, flowStart < place, let color = swallowedColor(from: flowStart, to: place) {
      return commentOfColor(color)
    }
    switch (failure.context, failure.problem) {
    case (_, "found character that cannot start any token") where byte(at: place) == UInt8(ascii: "\t"),
      (_, "found a tab character that violates indentation"),
      (_, "found a tab character where an indentation space is expected"):
      return tab(on: line)
    case (_, "found character that cannot start any token"), (_, "mapping keys are not allowed in this context"),
      ("while scanning an alias", _), ("while scanning an anchor", _):
      return reservedCharacter(at: failure.context.isEmpty ? place : failure.contextPlace)
    case ("while parsing a flow mapping", _), ("while parsing a flow sequence", _):
      return flowCollection(from: failure.contextPlace, noticedAt: place)
    case (_, "mapping values are not allowed in this context"):
      return colon(at: place, on: line)
    case ("while scanning a simple key", _):
      return missingColon(at: failure.contextPlace)
    case ("while scanning a quoted scalar", _):
      return unclosedQuote(at: failure.contextPlace)
    case ("while parsing a quoted scalar", _):
      // libyaml points at the backslash or, if digits are wrong, at the first of them.
      let start = bytes[failure.contextPlace...min(place, bytes.count - 1)].lastIndex(of: UInt8(ascii: "\\")) ?? place
      return value(start..<min(start + 2, bytes.count)) { Self.badEscape(at: $0) }
    case (_, "block sequence entries are not allowed in this context"):
      let start = scanner.valueStart(of: line, before: place) ?? place
      return value(start..<scanner.contentEnd(from: start)) { Self.listInValue(at: $0) }
    case ("while scanning a block scalar", _):
      let start = scanner.valueStart(of: line, before: place) ?? failure.contextPlace
      let range = start..<max(start, scanner.contentEnd(from: start))
      return value(range) { Self.blockScalarHeader(source(range), at: $0) }
    case ("while scanning a directive", _), ("while scanning a %YAML directive", _),
      ("while scanning a %TAG directive", _):
      let text = line.lowerBound..<max(line.lowerBound, scanner.contentEnd(from: line.lowerBound))
      return Mistake(
        diagnostic: Self.lineOfPercent(at: span(text)), repair: .init(range: text, cover: .blanks, spoils: false))
    case ("while scanning a plain scalar", _):
      let start = failure.contextPlace
      let range = valueRange(from: start)
      return value(range) { Self.nestedColon(source(range), at: $0) }
    case ("while scanning a tag", _), ("while parsing a tag", _),
      ("while parsing a node", "found undefined tag handle"):
      let start = failure.contextPlace
      return value(valueRange(from: start)) { Self.badTag(at: $0) }
    case ("while parsing a block node", _), ("while parsing a flow node", _):
      return strayMark(at: place)
    case (_, "found duplicate %YAML directive"), (_, "found duplicate %TAG directive"),
      (_, "found incompatible YAML document"):
      return unknown(failure, on: line)
    case _ where place == scanner.firstText(of: line):
      return indentation(of: line)
    case ("while parsing a block mapping", _), ("while parsing a block collection", _),
      (_, "did not find expected <document start>"):
      return textAfterValue(at: place, on: line)
    default: return unknown(failure, on: line)
    }
  }

  private func unknown(_ failure: YAMLEventReader.Failure, on line: Range<Int>) -> Mistake {
    let range = failure.place..<max(failure.place, scanner.contentEnd(from: failure.place))
    return Mistake(
      diagnostic: Self.syntax(failure.problem, at: span(range)), repair: blankingBlock(at: line.lowerBound))
  }

  // MARK: Values

  /// A faulty value is hidden as one word.
  private func value(_ range: Range<Int>, _ diagnostic: (Span) -> Diagnostic) -> Mistake {
    Mistake(diagnostic: diagnostic(span(range)), repair: .init(range: range, cover: .word, spoils: true))
  }

  private func valueRange(from start: Int) -> Range<Int> {
    let isInFlow = outermostFlow(around: start) != nil
    let end = isInFlow ? scanner.flowValue(from: start).range.upperBound : scanner.contentEnd(from: start)
    return start..<max(end, min(start + 1, shadow.count))
  }

  /// Where the outermost flow collection around a place begins. libyaml reads ahead of what it tells, so the line itself
  /// is asked too.
  private func outermostFlow(around place: Int) -> Int? {
    let line = scanner.line(at: place)
    let key = scanner.keyStart(of: line)
    for start in [flowStart, scanner.valueStart(of: line, before: place), key] {
      guard let start, start < place, shadow[start] == UInt8(ascii: "[") || shadow[start] == UInt8(ascii: "{") else {
        continue
      }
      if case .closed(let end) = scanner.closing(of: start), end < place { continue }
      return start
    }
    return nil
  }

  private func reservedCharacter(at place: Int) -> Mistake {
    let line = scanner.line(at: place)
    if outermostFlow(around: place) == nil, let start = scanner.valueStart(of: line, before: place), start < place {
      return textAfterValue(at: place, on: line)
    }
    let range = valueRange(from: place)
    return value(range) { Self.reservedCharacter(source(place..<min(place + 1, shadow.count)), source(range), at: $0) }
  }

  /// `a: b: c`, or a key that is indented deeper than the value above it.
  private func colon(at place: Int, on line: Range<Int>) -> Mistake {
    if let start = scanner.valueStart(of: line, before: place) {
      let range = valueRange(from: start)
      return value(range) { Self.nestedColon(source(range), at: $0) }
    }
    if place - scanner.keyStart(of: line) > 1000 {
      let key = scanner.keyStart(of: line)..<place
      return Mistake(diagnostic: Self.longKey(at: span(key)), repair: blankingBlock(at: line.lowerBound))
    }
    return indentation(of: line)
  }

  private func missingColon(at place: Int) -> Mistake {
    let line = scanner.line(at: place)
    let text = place..<max(place, scanner.contentEnd(from: place))
    if text.count > 1000 {
      return Mistake(diagnostic: Self.longKey(at: span(text)), repair: blankingBlock(at: line.lowerBound))
    }
    return Mistake(
      diagnostic: Self.missingColon(source(text), at: span(text)), repair: blankingBlock(at: place))
  }

  private func textAfterValue(at place: Int, on line: Range<Int>) -> Mistake {
    if let lastScalar, lastScalar.style == .doubleQuoted || lastScalar.style == .singleQuoted,
      scanner.source.line(at: lastScalar.range.lowerBound) < scanner.source.line(at: place),
      scanner.line(at: lastScalar.range.upperBound) == line
    {
      // A quote that nobody closed ends at the next one, lines below.
      return unclosedQuote(at: lastScalar.range.lowerBound)
    }
    let start = scanner.valueStart(of: line, before: place) ?? scanner.keyStart(of: line)
    let whole = min(start, place)..<max(place, scanner.contentEnd(from: place))
    let rest = place..<whole.upperBound
    return Mistake(
      diagnostic: Self.textAfterValue(source(rest), whole: source(whole), at: span(rest)),
      repair: .init(range: whole, cover: .word, spoils: true))
  }

  private func unclosedQuote(at place: Int) -> Mistake {
    let end = scanner.line(at: place).upperBound
    let range = place..<place + shadow[place..<end].trimmedCount
    return Mistake(
      diagnostic: Self.unclosedQuote(source(place..<place + 1), at: span(range)),
      repair: .init(range: range, cover: .word, spoils: true))
  }

  private func strayMark(at place: Int) -> Mistake {
    guard place < shadow.count else {
      if let open = lastOpenBracket() { return unclosedBracket(at: open) }
      return Mistake(
        diagnostic: Self.syntax("the file ends too early", at: span(place..<place)),
        repair: blankingBlock(at: scanner.line(at: place).lowerBound))
    }
    let mark = place..<place + 1
    if outermostFlow(around: place) != nil, shadow[place] == UInt8(ascii: ",") {
      return Mistake(
        diagnostic: Self.missingItem(source(mark), at: span(mark)),
        repair: .init(range: mark, cover: .blanks, spoils: false))
    }
    return value(valueRange(from: place)) { Self.strayMark(source(mark), at: $0) }
  }

  // MARK: Flow collections

  private func flowCollection(from open: Int, noticedAt place: Int) -> Mistake {
    if let color = swallowedColor(from: open, to: place) { return commentOfColor(color) }
    if let lastScalar, lastScalar.style == .plain, lastScalar.range.upperBound == place, place < shadow.count,
      shadow[place] == UInt8(ascii: "[") || shadow[place] == UInt8(ascii: "{")
    {
      let whole = scanner.flowValue(from: lastScalar.range.lowerBound).range
      return YAMLTreeBuilder.unquotedExpression(source(whole), at: span(whole))
    }
    let opening = open..<open + 1
    switch scanner.closing(of: open) {
    case .closed(let end):
      var start = place
      // libyaml notices a missing comma only at the colon behind the next key.
      if byte(at: place) == UInt8(ascii: ":"), let lastScalar { start = lastScalar.range.lowerBound }
      let noticed = start..<max(place, min(end, scanner.flowValue(from: start).range.upperBound))
      return Mistake(
        diagnostic: Self.missingComma(at: span(noticed), opening: span(opening)),
        repair: .init(range: open..<end + 1, cover: .word, spoils: true))
    case .mismatch(let end):
      let closing = end..<end + 1
      return Mistake(
        diagnostic: Self.wrongBracket(source(opening), source(closing), at: span(closing), opening: span(opening)),
        repair: .init(range: open..<end + 1, cover: .word, spoils: true))
    case .open: return unclosedBracket(at: open)
    }
  }

  private func unclosedBracket(at open: Int) -> Mistake {
    let opening = open..<open + 1
    // Whatever lies around an open collection is open too.
    let outermost = min(open, flowStart ?? open)
    return Mistake(
      diagnostic: Self.unclosedBracket(source(opening), at: span(opening)),
      repair: .init(range: outermost..<scanner.blockEnd(from: outermost), cover: .word, spoils: true))
  }

  /// The bracket that the end of the file leaves open, where libyaml has not told of it.
  private func lastOpenBracket() -> Int? {
    if let flowStart { return flowStart }
    let last = shadow.lastIndex { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
    guard let last, case .open = scanner.closing(of: last) else { return nil }
    return last
  }

  private func commentOfColor(_ color: Range<Int>) -> Mistake {
    Mistake(
      diagnostic: YAMLTreeBuilder.colorIsComment(source(color), at: span(color)),
      repair: .init(range: color, cover: .word, spoils: true))
  }

  /// A colour without quotes whose comment took the rest of the line, and the closing bracket, away.
  private func swallowedColor(from open: Int, to place: Int) -> Range<Int>? {
    for offset in open + 1..<max(open + 1, place)
    where shadow[offset] == UInt8(ascii: "#") && isBlank(shadow[offset - 1]) {
      if let color = scanner.color(at: offset) { return color }
    }
    return nil
  }

  // MARK: Lines

  private func indentation(of line: Range<Int>) -> Mistake {
    let start = scanner.firstText(of: line)
    let text = start..<max(start, scanner.contentEnd(from: start))
    if byte(at: start) == UInt8(ascii: ":") {
      let colon = start..<start + 1
      return Mistake(diagnostic: Self.emptyKey(at: span(colon)), repair: blankingBlock(at: line.lowerBound))
    }
    let above = scanner.lineWithText(before: line.lowerBound)
    if let above, scanner.indentation(of: above) == scanner.indentation(of: line), isItem(above) != isItem(line) {
      let other = scanner.firstText(of: above)
      let mark = other..<(isItem(above) ? other + 1 : scanner.contentEnd(from: other))
      return Mistake(
        diagnostic: Self.mixedBlock(isItem: isItem(line), at: span(text), above: span(mark)),
        repair: blankingBlock(at: line.lowerBound))
    }
    let column = above.map { scanner.keyStart(of: $0) - $0.lowerBound + 1 }
    return Mistake(
      diagnostic: Self.badIndentation(at: span(text), column: start - line.lowerBound + 1, columnAbove: column),
      repair: blankingBlock(at: line.lowerBound))
  }

  private func isItem(_ line: Range<Int>) -> Bool { scanner.keyStart(of: line) > scanner.firstText(of: line) }

  private func tab(on line: Range<Int>) -> Mistake {
    let tab = bytes[line].firstIndex(of: UInt8(ascii: "\t")) ?? line.lowerBound
    let others = scanner.source.lineStarts.indices.count { index in
      let other = scanner.source.lineRange(index + 1)
      return other != line && indentsByTab(other)
    }
    return Mistake(
      diagnostic: Self.tabIndentation(at: span(tab..<tab + 1), others: others),
      repair: .init(range: 0..<shadow.count, cover: .indentingTabs, spoils: false, spoilsToo: mixedIndentations()))
  }

  /// The blocks below the keys of the scene in which some lines are indented by tabs and others by blanks alone: nobody
  /// can tell what belongs to what in them. What follows a block that may define names is none the wiser.
  private func mixedIndentations() -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var (start, key, byTab, byBlanks) = (0, "", false, false)
    func end(at end: Int) {
      guard byTab, byBlanks, start < end else { return }
      blocks.append(start..<(key == "segments" ? end : shadow.count))
    }
    for number in scanner.source.lineStarts.indices {
      let line = scanner.source.lineRange(number + 1)
      let text = scanner.firstText(of: line)
      guard text < line.upperBound, shadow[text] != UInt8(ascii: "#") else { continue }
      if text == line.lowerBound && !isItem(line) {
        end(at: line.lowerBound)
        (start, byTab, byBlanks) = (line.upperBound, false, false)
        key = source(text..<(shadow[line].firstIndex(of: UInt8(ascii: ":")) ?? line.upperBound))
      } else if indentsByTab(line) {
        byTab = true
      } else {
        byBlanks = true
      }
    }
    end(at: shadow.count)
    return blocks
  }

  private func indentsByTab(_ line: Range<Int>) -> Bool {
    bytes[line].prefix(while: isBlank).contains(UInt8(ascii: "\t"))
  }

  /// Leaves out the line from `place` and the lines that belong to it.
  private func blankingBlock(at place: Int) -> ShadowText.Repair {
    .init(range: place..<max(place, scanner.blockEnd(from: place)), cover: .blanks, spoils: false)
  }

  // MARK: Text

  private func byte(at place: Int) -> UInt8? { place < shadow.count ? shadow[place] : nil }

  private func span(_ range: Range<Int>) -> Span { Span(file: file, start: range.lowerBound, end: range.upperBound) }

  private func source(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension ArraySlice<UInt8> {
  /// The length without blanks at the end.
  fileprivate var trimmedCount: Int { count - reversed().prefix(while: isBlank).count }
}
