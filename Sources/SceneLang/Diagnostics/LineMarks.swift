/// Places along the long lines of a text, from which a column is counted: a line of a megabyte with ten thousand findings
/// is not counted from its beginning for each of them.
struct LineMarks: Sendable {
  /// The start of a code point.
  struct Mark: Sendable {
    var offset: Int
    /// Code points and terminal cells of the line before it.
    var codePoints: Int
    var cells: Int
  }

  /// Bytes from which on a line has marks, and between two of them.
  static let longLine = 4096
  static let distance = 1024

  private var byLineStart: [Int: [Mark]] = [:]

  /// The marks of a line that begins at that offset; none for a short line.
  func marks(ofLineAt start: Int) -> [Mark] { byLineStart[start] ?? [] }

  /// - Parameter range: the bytes of a line without its line break.
  mutating func add(_ bytes: [UInt8], in range: Range<Int>) {
    var marks = [Mark(offset: range.lowerBound, codePoints: 0, cells: 0)]
    DisplayLine.walk(bytes, in: range, from: nil) { point, column, _ in
      let last = marks[marks.count - 1]
      if point.offset - last.offset >= LineMarks.distance {
        let between = LineMarks.codePoints(bytes[last.offset..<point.offset])
        marks.append(Mark(offset: point.offset, codePoints: last.codePoints + between, cells: column))
      }
      return true
    }
    byLineStart[range.lowerBound] = marks
  }

  /// Every byte but the continuation bytes 10xxxxxx begins a code point.
  static func codePoints(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }
}

extension [LineMarks.Mark] {
  /// The last of the marks, which ascend, for which `isBefore` holds; nil if there is none.
  func last(_ isBefore: (Element) -> Bool) -> Element? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? self[low - 1] : nil
  }
}
