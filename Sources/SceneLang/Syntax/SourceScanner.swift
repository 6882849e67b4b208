/// Questions about the layout of a YAML text that can be answered even where YAML itself cannot be read.
struct SourceScanner {
  let source: SourceFile
  /// The text as libyaml sees it.
  let shadow: [UInt8]

  // MARK: Lines

  /// The line that holds an offset, without its line break.
  func line(at offset: Int) -> Range<Int> { source.lineRange(source.line(at: offset)) }

  func indentation(of line: Range<Int>) -> Int { shadow[line].prefix { $0 == UInt8(ascii: " ") }.count }

  /// Where the line's text begins; the end of the line if it is blank.
  func firstText(of line: Range<Int>) -> Int { line.lowerBound + shadow[line].prefix(while: isBlank).count }

  /// The end of the text that begins at `start`, on its line: a comment and blanks before it do not count.
  func contentEnd(from start: Int) -> Int {
    let line = line(at: start)
    var quote: UInt8?
    var end = start
    for offset in start..<max(start, line.upperBound) {
      let byte = shadow[offset]
      if quote == nil, byte == UInt8(ascii: "#"), offset == line.lowerBound || isBlank(shadow[offset - 1]) { break }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") {
        quote = byte
      }
      if !isBlank(byte) { end = offset + 1 }
    }
    return end
  }

  /// The end of the block that the line at `offset` opens: with all following lines that are indented deeper.
  func blockEnd(from offset: Int) -> Int {
    let first = source.line(at: offset)
    let indent = indentation(of: source.lineRange(first))
    var end = max(offset, contentEnd(from: offset))
    var line = first + 1
    while line <= source.lineStarts.count {
      let range = source.lineRange(line)
      let text = firstText(of: range)
      if text < range.upperBound {
        guard text - range.lowerBound > indent else { break }
        end = range.upperBound
      }
      line += 1
    }
    return end
  }

  /// The end of the lines below a value that are indented deeper than its key, as the rest of a long value is.
  func continuationEnd(of value: Range<Int>) -> Int {
    let first = source.line(at: value.upperBound)
    let line = source.lineRange(source.line(at: value.lowerBound))
    let column = keyStart(of: line) - line.lowerBound
    var end = source.lineRange(first).upperBound
    for number in first + 1..<max(first + 1, source.lineStarts.count + 1) {
      let next = source.lineRange(number)
      let text = firstText(of: next)
      if text == next.upperBound { continue }
      guard text - next.lowerBound > column else { break }
      end = next.upperBound
    }
    return end
  }

  /// The last line with text before the line at `offset`.
  func lineWithText(before offset: Int) -> Range<Int>? {
    var line = source.line(at: offset) - 1
    while line >= 1 {
      let range = source.lineRange(line)
      let text = firstText(of: range)
      if text < range.upperBound, shadow[text] != UInt8(ascii: "#") { return range }
      line -= 1
    }
    return nil
  }

  /// Where the line's key begins, behind the dashes of list items.
  func keyStart(of line: Range<Int>) -> Int {
    var offset = firstText(of: line)
    while offset + 1 < line.upperBound, shadow[offset] == UInt8(ascii: "-"), isBlank(shadow[offset + 1]) {
      offset += 1
      while offset < line.upperBound, isBlank(shadow[offset]) { offset += 1 }
    }
    return offset
  }

  /// Where the value of the line's first `key: value` begins, if it has one before `limit`.
  func valueStart(of line: Range<Int>, before limit: Int) -> Int? {
    var offset = keyStart(of: line)
    while offset + 1 < min(limit, line.upperBound) {
      if shadow[offset] == UInt8(ascii: ":"), isBlank(shadow[offset + 1]) {
        let value = offset + 1 + shadow[offset + 1..<line.upperBound].prefix(while: isBlank).count
        return value < line.upperBound ? value : nil
      }
      offset += 1
    }
    return nil
  }

  // MARK: Brackets

  enum Closing {
    case closed(Int)
    /// Another kind of bracket closes it, at this offset.
    case mismatch(Int)
    case open
  }

  /// The bracket that closes the one at `start`. A line that goes back to the indentation of the opening line and looks
  /// like a key or a list item ends the search: nobody writes a flow collection so, but many forget to close one.
  func closing(of start: Int) -> Closing {
    var open: [UInt8] = []
    let indent = indentation(of: line(at: start))
    var offset = start
    while offset < shadow.count {
      let byte = shadow[offset]
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        open.append(byte == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}"))
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard open.popLast() == byte else { return .mismatch(offset) }
        if open.isEmpty { return .closed(offset) }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        // A quote opens a string only where a value begins; elsewhere it is an apostrophe.
        if let before = shadow[start..<offset].last(where: { !isBlank($0) && !isBreak($0) }),
          [UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":")].contains(before)
        {
          offset = stringEnd(from: offset) - 1
        }
      case UInt8(ascii: "#") where isBlank(shadow[offset - 1]): offset = line(at: offset).upperBound - 1
      case _ where isBreak(byte):
        let next = line(at: offset + (offset + 1 < shadow.count ? 1 : 0))
        let text = firstText(of: next)
        let returns = text < next.upperBound && text - next.lowerBound <= indent
        let isItem = returns && shadow[text] == UInt8(ascii: "-")
        if returns, isItem || valueStart(of: next, before: next.upperBound) != nil || endsInColon(next) { return .open }
      default: break
      }
      offset += 1
    }
    return .open
  }

  private func endsInColon(_ line: Range<Int>) -> Bool {
    let end = contentEnd(from: firstText(of: line))
    return end > line.lowerBound && shadow[end - 1] == UInt8(ascii: ":")
  }

  /// The offset behind the string that opens at `start`; the end of the line if nothing closes it there.
  private func stringEnd(from start: Int) -> Int {
    let line = line(at: start)
    var offset = start + 1
    while offset < line.upperBound {
      if shadow[offset] == shadow[start] { return offset + 1 }
      offset += shadow[offset] == UInt8(ascii: "\\") && shadow[start] == UInt8(ascii: "\"") ? 2 : 1
    }
    return max(start + 1, line.upperBound)
  }

  /// The end of a value inside a flow collection as its author means it: up to the comma or closing bracket that is not
  /// inside brackets or strings of the value itself. Not balanced is a value with a bracket that nothing closes before.
  func flowValue(from start: Int) -> (range: Range<Int>, isBalanced: Bool) {
    var open: [UInt8] = []
    var offset = start
    var end = start
    scan: while offset < shadow.count {
      let byte = shadow[offset]
      switch byte {
      case UInt8(ascii: "("): open.append(UInt8(ascii: ")"))
      case UInt8(ascii: "["): open.append(UInt8(ascii: "]"))
      case UInt8(ascii: "{"): open.append(UInt8(ascii: "}"))
      case UInt8(ascii: ")") where open.isEmpty: break
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if open.last != byte { break scan }
        open.removeLast()
      case UInt8(ascii: ",") where open.isEmpty: break scan
      case UInt8(ascii: ":") where open.isEmpty && offset + 1 < shadow.count && isBlank(shadow[offset + 1]): break scan
      case UInt8(ascii: "\""): offset = stringEnd(from: offset) - 1
      case UInt8(ascii: "#") where offset > start && isBlank(shadow[offset - 1]): break scan
      case _ where isBreak(byte) && open.isEmpty: break scan
      default: break
      }
      if !isBlank(shadow[offset]), !isBreak(shadow[offset]) { end = offset + 1 }
      offset += 1
    }
    return (start..<end, open.isEmpty)
  }

  /// Whether more `(` than `)` stand in a range, strings aside.
  func opensParenthesis(_ range: Range<Int>) -> Bool {
    var depth = 0
    var inString = false
    for byte in shadow[range] {
      switch byte {
      case UInt8(ascii: "\""): inString.toggle()
      case UInt8(ascii: "(") where !inString: depth += 1
      case UInt8(ascii: ")") where !inString: depth -= 1
      default: break
      }
    }
    return depth > 0
  }

  /// The comment that begins at the first `#` after blanks at `offset`.
  func comment(at offset: Int) -> Range<Int>? {
    let line = line(at: offset)
    let start = offset + shadow[offset..<max(offset, line.upperBound)].prefix(while: isBlank).count
    guard start > offset, start < line.upperBound, shadow[start] == UInt8(ascii: "#") else { return nil }
    return start..<contentEndOfComment(start, line)
  }

  private func contentEndOfComment(_ start: Int, _ line: Range<Int>) -> Int {
    var end = line.upperBound
    while end > start, isBlank(shadow[end - 1]) { end -= 1 }
    return end
  }

  /// The `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa` that begins at `start`.
  func color(at start: Int) -> Range<Int>? {
    let digits = shadow[(start + 1)...].prefix { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        true
      default: false
      }
    }
    let end = digits.endIndex
    if end < shadow.count {
      let next = Unicode.Scalar(shadow[end])
      if next.properties.isAlphabetic || next == "_" { return nil }
    }
    return [3, 4, 6, 8].contains(digits.count) ? start..<end : nil
  }
}
