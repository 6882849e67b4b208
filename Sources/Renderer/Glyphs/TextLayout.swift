import CUTF8Proc
import Glibc

/// Breaks text into lines of cells, one character each.
public enum TextLayout {
  /// The lines of a text, each at most `width` characters long; no lines for a text of white space.
  ///
  /// Line breaks of the text are kept, a paragraph is filled word by word, and a word longer than the line is broken.
  /// Spaces around a break vanish, those inside a line stay. Empty lines before the first and after the last word are
  /// dropped, so that a YAML block does not move its text. Composed characters are used where Unicode has them (NFC);
  /// other marks have no cell of their own and are left out. Precondition: `width` is at least 1.
  public static func wrap(_ text: String, width: Int) -> [[Unicode.Scalar]] {
    precondition(width >= 1, "lines of \(width) characters")
    // By scalars, since Swift takes a carriage return and a line feed for one character.
    let lines = composed(text).unicodeScalars
      .split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { fill(paragraph: $0.compactMap(cell), width: width) }
    guard let first = lines.firstIndex(where: { !$0.isEmpty }), let last = lines.lastIndex(where: { !$0.isEmpty })
    else { return [] }
    return Array(lines[first...last])
  }

  /// The longest line where the scene does not say: the grid's width less two columns, in portrait at most 25 characters,
  /// so that lines stack in the middle of the picture (CATALOGUE T-7). Styles that run along lines keep them whole.
  static func width(wrap: Int?, styles: [String], grid: GridGeometry) -> Int {
    if let wrap { return wrap }
    if styles.contains(where: { TextStyles.named($0).keepsLines }) { return .max }
    let isPortrait = Double(grid.rows) * grid.cellHeightShare > Double(grid.columns) * grid.cellWidthShare
    return max(1, min(grid.columns - 2, isPortrait ? 25 : .max))
  }

  /// What stands in a cell for a character of the text: tabs become spaces; nil for what has no cell.
  private static func cell(_ character: Unicode.Scalar) -> Unicode.Scalar? {
    if character == "\t" { return " " }
    return character.terminalWidth > 0 ? character : nil
  }

  private static func fill(paragraph: [Unicode.Scalar], width: Int) -> [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = []
    var line: [Unicode.Scalar] = []
    var spaces: [Unicode.Scalar] = []
    var rest = paragraph[...]
    while !rest.isEmpty {
      spaces = Array(rest.prefix { $0 == " " })
      rest = rest.dropFirst(spaces.count)
      var word = rest.prefix { $0 != " " }
      rest = rest.dropFirst(word.count)
      guard !word.isEmpty else { break }
      if line.count + spaces.count + word.count <= width {
        line += spaces + word
        continue
      }
      if !line.isEmpty { lines.append(line) }
      while word.count > width {
        lines.append(Array(word.prefix(width)))
        word = word.dropFirst(width)
      }
      line = Array(word)
    }
    return lines + [line]
  }

  private static func composed(_ text: String) -> String {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var result: UnsafeMutablePointer<utf8proc_uint8_t>?
      let options = utf8proc_option_t(UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue)
      let count = utf8proc_map(bytes.baseAddress, bytes.count, &result, options)
      guard count >= 0, let result else { preconditionFailure("utf8proc cannot compose a Swift string: \(count)") }
      defer { free(result) }
      return String(decoding: UnsafeBufferPointer(start: result, count: count), as: UTF8.self)
    }
  }
}
