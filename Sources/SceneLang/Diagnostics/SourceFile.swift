/// One source text with the way from its UTF-8 offsets to lines and columns.
public struct SourceFile: Sendable {
  /// How messages name the file.
  public let path: String
  public let bytes: [UInt8]
  public let origin: Origin
  /// The offset at which each line begins. The first is 0; a text that ends in a line break has an empty last line.
  public let lineStarts: [Int]
  private var marks = LineMarks()

  /// A line and a column, both from 1.
  public struct Position: Hashable, Sendable {
    public var line: Int
    public var column: Int

    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// Where a text stands.
  public enum Origin: Sendable {
    case file
    /// An option such as `--set`; it stands in no file.
    case commandLine
    /// Part of the program, such as a file of the prelude: no author can change it.
    case program
  }

  public init(path: String, bytes: [UInt8], origin: Origin = .file) {
    self.path = path
    self.origin = origin
    self.bytes = bytes
    lineStarts = SourceFile.findLineStarts(bytes)
    for (index, start) in lineStarts.enumerated() {
      let end = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
      if end - start >= LineMarks.longLine { marks.add(bytes, in: lineRange(index + 1)) }
    }
  }

  var isBuiltin: Bool { origin == .program }

  /// Where the text begins: 3 behind a byte order mark, else 0.
  public var contentStart: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// The line, from 1, that holds a UTF-8 offset in `0...bytes.count`.
  public func line(at offset: Int) -> Int {
    precondition(bytes.indices.contains(offset) || offset == bytes.count, "offset \(offset) is not in \(path)")
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The bytes of a line (from 1) without its line break and without a byte order mark.
  public func lineRange(_ line: Int) -> Range<Int> {
    let start = max(lineStarts[line - 1], line == 1 ? contentStart : 0)
    var end = line < lineStarts.count ? lineStarts[line] : bytes.count
    while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// Whether a line begins with the key that every scene and every library has.
  public var isScene: Bool {
    let starts = ["ascii-scene", "ascii_scene"].flatMap { key in
      ["\(key):", "\"\(key)\":", "'\(key)':"].map { Array($0.utf8) }
    }
    return lineStarts.indices.contains { index in
      let line = bytes[lineRange(index + 1)]
      return starts.contains { line.starts(with: $0) }
    }
  }

  /// Line and column in code points, as editors and JSON count them.
  public func codePointPosition(at offset: Int) -> Position {
    let line = line(at: offset)
    let start = lineRange(line).lowerBound
    let mark =
      marks.marks(ofLineAt: start).last { $0.offset <= offset } ?? .init(offset: start, codePoints: 0, cells: 0)
    let before = bytes[mark.offset..<max(mark.offset, offset)]
    return Position(line: line, column: 1 + mark.codePoints + LineMarks.codePoints(before))
  }

  /// Line and column in terminal cells, as the drawn line shows them.
  public func displayPosition(at offset: Int) -> Position {
    let line = line(at: offset)
    return Position(line: line, column: 1 + displayLine(line).column(of: offset))
  }

  /// A line (from 1) as a terminal shows it.
  func displayLine(_ line: Int) -> DisplayLine {
    let range = lineRange(line)
    return DisplayLine(bytes: bytes, in: range, marks: marks.marks(ofLineAt: range.lowerBound))
  }

  /// LF, CRLF and a lone CR end a line, as in YAML.
  private static func findLineStarts(_ bytes: [UInt8]) -> [Int] {
    var starts = [0]
    bytes.withUnsafeBufferPointer { bytes in
      for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        let isFirstOfTwo =
          byte == UInt8(ascii: "\r") && offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n")
        if !isFirstOfTwo { starts.append(offset + 1) }
      }
    }
    return starts
  }
}
