import CUTF8Proc
import Glibc
import SceneLang

/// Breaks text into lines of cells, one character each.
public enum TextLayout {
  /// The lines of a text as `LineBreaking` has them, each at most `width` characters long; no lines for a text of white
  /// space. A YAML block's empty lines at its ends do not move it.
  ///
  /// Composed characters are used where Unicode has them (NFC); other marks have no cell of their own and are left out.
  /// Precondition: `width` is at least 1.
  public static func wrap(_ text: String, width: Int) -> [[Unicode.Scalar]] {
    // By scalars, since Swift takes a carriage return and a line feed for one character.
    let characters = composed(text).unicodeScalars.compactMap { $0 == "\n" ? $0 : cell($0) }
    return LineBreaking.lines(of: characters, width: width)
  }

  /// The longest line: what the scene says, else what suits the grid. Styles that run along lines keep them whole.
  static func width(wrap: Int?, styles: [String], grid: GridGeometry) -> Int {
    if let wrap { return wrap }
    if styles.contains(where: { TextStyles.named($0).keepsLines }) { return .max }
    let isPortrait = Double(grid.rows) * grid.cellHeightShare > Double(grid.columns) * grid.cellWidthShare
    return LineBreaking.usualWidth(columns: grid.columns, isPortrait: isPortrait)
  }

  /// What stands in a cell for a character of the text: tabs become spaces; nil for what has no cell.
  private static func cell(_ character: Unicode.Scalar) -> Unicode.Scalar? {
    if character == "\t" { return " " }
    return character.terminalWidth > 0 ? character : nil
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
