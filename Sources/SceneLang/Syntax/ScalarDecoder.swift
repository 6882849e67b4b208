/// Finds the text of a scalar in the file, and for each part of it the place where it stands.
///
/// The rules are those of YAML 1.2, chapters 5.7 (escapes), 6.5 (folding), 7.3 and 8.1; the reader has already checked
/// that the scalar is well-formed.
struct ScalarDecoder {
  private let bytes: [UInt8]
  private var text: [UInt8] = []
  private var pieces: [YAMLScalar.Piece] = []

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// - Parameters:
  ///   - bytes: the file, valid UTF-8.
  ///   - range: the scalar with its quotes or its block header, without anchor and tag.
  ///   - block: the text of a block scalar as libyaml read it from the shadow.
  static func decode(
    _ style: YAMLScalar.Style, _ bytes: [UInt8], in range: Range<Int>, block: [UInt8]?, file: FileID
  ) -> YAMLScalar {
    if style == .plain, !bytes[range].contains(where: isBreak) {
      return YAMLScalar(
        text: String(decoding: bytes[range], as: UTF8.self), style: style,
        pieces: [.init(text: 0, source: range.lowerBound)], file: file)
    }
    var decoder = ScalarDecoder(bytes)
    switch style {
    case .plain: decoder.decodeFlow(range, style)
    case .singleQuoted, .doubleQuoted:
      decoder.decodeFlow(range.lowerBound + 1..<max(range.lowerBound + 1, range.upperBound - 1), style)
    case .literal, .folded: decoder.decodeBlock(range, block ?? [])
    }
    return YAMLScalar(
      text: String(decoding: decoder.text, as: UTF8.self), style: style, pieces: decoder.pieces, file: file)
  }

  /// What comes next in `text` stands at `source`.
  private mutating func beginPiece(at source: Int) {
    if let last = pieces.last {
      if last.source - last.text == source - text.count { return }
      if last.text == text.count { pieces.removeLast() }
    }
    pieces.append(.init(text: text.count, source: source))
  }

  private mutating func decodeFlow(_ range: Range<Int>, _ style: YAMLScalar.Style) {
    var offset = range.lowerBound
    beginPiece(at: offset)
    // Blanks before a line break are dropped, but not those that were escaped.
    var keep = 0
    while offset < range.upperBound {
      let byte = bytes[offset]
      switch byte {
      case _ where isBreak(byte):
        text.removeSubrange(max(keep, trimmedCount())...)
        offset = fold(from: offset, to: range.upperBound)
        keep = text.count
      case UInt8(ascii: "'") where style == .singleQuoted:
        beginPiece(at: offset)
        text.append(byte)
        offset += 2
        beginPiece(at: offset)
      case UInt8(ascii: "\\") where style == .doubleQuoted && offset + 1 < range.upperBound:
        beginPiece(at: offset)
        offset = unescape(from: offset, to: range.upperBound)
        keep = text.count
        beginPiece(at: offset)
      default:
        text.append(byte)
        offset += 1
      }
    }
  }

  /// The length of `text` without blanks at its end.
  private func trimmedCount() -> Int {
    var count = text.count
    while count > 0, isBlank(text[count - 1]) { count -= 1 }
    return count
  }

  /// One line break becomes a blank, more of them one break less. Answers where the next line's text begins.
  private mutating func fold(from start: Int, to end: Int) -> Int {
    beginPiece(at: start)
    var (offset, breaks) = (start, 0)
    while offset < end, isBlank(bytes[offset]) || isBreak(bytes[offset]) {
      if isBreak(bytes[offset]) { breaks += 1 }
      offset += isCRLF(at: offset) ? 2 : 1
    }
    text += breaks == 1 ? [UInt8(ascii: " ")] : [UInt8](repeating: UInt8(ascii: "\n"), count: breaks - 1)
    beginPiece(at: offset)
    return offset
  }

  /// Appends the meaning of the escape at `start` and answers where it ends.
  private mutating func unescape(from start: Int, to end: Int) -> Int {
    let letter = bytes[start + 1]
    if isBreak(letter) {
      // An escaped break joins the lines without the indentation of the next; empty lines between them count.
      var offset = start + (isCRLF(at: start + 1) ? 3 : 2)
      while offset < end, isBlank(bytes[offset]) || isBreak(bytes[offset]) {
        if isBreak(bytes[offset]) { text.append(UInt8(ascii: "\n")) }
        offset += isCRLF(at: offset) ? 2 : 1
      }
      return offset
    }
    let digits: Int
    switch letter {
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default:
      text += Array(String(ScalarDecoder.escapes[letter] ?? Unicode.Scalar(letter)).utf8)
      return start + 2
    }
    let stop = min(end, start + 2 + digits)
    let value = UInt32(String(decoding: bytes[start + 2..<stop], as: UTF8.self), radix: 16)
    text += Array(String(value.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}").utf8)
    return stop
  }

  /// YAML 1.2, table 5.13; quotes, slashes and blanks stand for themselves.
  private static let escapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{07}", UInt8(ascii: "b"): "\u{08}", UInt8(ascii: "t"): "\t",
    UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{0B}", UInt8(ascii: "f"): "\u{0C}", UInt8(ascii: "r"): "\r",
    UInt8(ascii: "e"): "\u{1B}", UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}",
    UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
  ]

  /// Lays libyaml's text, which has indentation, chomping and folding already right, along the lines of the file, to
  /// learn where each line stands and what its characters above 127 are.
  private mutating func decodeBlock(_ range: Range<Int>, _ block: [UInt8]) {
    text = block
    var offset = range.lowerBound
    while offset < range.upperBound, !isBreak(bytes[offset]) { offset += 1 }
    pieces = [.init(text: 0, source: offset)]
    var position = 0
    var indentation: Int?
    var emptyLines = 0
    while offset < range.upperBound {
      offset += isCRLF(at: offset) ? 2 : 1
      let start = offset
      while offset < range.upperBound, !isBreak(bytes[offset]) { offset += 1 }
      let blanks = bytes[start..<offset].prefix { $0 == UInt8(ascii: " ") }.count
      // Breaks and empty lines have no text of their own; they belong to the piece before.
      while position < block.count, block[position] == UInt8(ascii: "\n") { position += 1 }
      let inText = block[position...].prefix { $0 == UInt8(ascii: " ") }.count
      if blanks == offset - start {
        // Blanks beyond the indentation are text. With an indentation indicator the first line may be such a one: behind
        // the empty lines, of which each has left a line break at the start.
        let isText = indentation.map { blanks > $0 } ?? (inText > 0 && emptyLines == position)
        emptyLines += 1
        guard isText else { continue }
      }
      let isFolded = indentation != nil && position > 0 && block[position - 1] != UInt8(ascii: "\n")
      if isFolded { position += 1 }
      let indent = indentation ?? max(0, blanks - inText)
      indentation = indent
      let content = min(start + indent, offset)..<offset
      guard position + content.count <= block.count else { return }
      text.replaceSubrange(position..<position + content.count, with: bytes[content])
      pieces.append(.init(text: position, source: content.lowerBound))
      position += content.count
    }
    if pieces.count > 1, pieces[1].text == 0 { pieces.removeFirst() }
  }

  private func isCRLF(at offset: Int) -> Bool {
    bytes[offset] == UInt8(ascii: "\r") && offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n")
  }
}

func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
