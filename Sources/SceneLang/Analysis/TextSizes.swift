/// How large a text is whose layer has no grid: as a title is, as long as it is short; smaller where it has more to say or
/// stands near an edge.
extension Analyzer {
  /// Sizes in pixels of a picture whose shorter side is 1080.
  private enum Size {
    static let title = 160.0
    /// Lyrics, and texts that look for a place beside what a picture shows.
    static let caption = 66.0
    static let least = 24.0
  }

  /// A line of lyrics at most, and what counts of a longer line of text: it is broken by the grid.
  static let lyricsWrap = 28
  /// The advance and the height of a cell, in font sizes.
  private static let cell = (width: 0.602, height: 1.17)
  /// The height of a capital, in font sizes.
  private static let capital = 0.73

  /// The font size at which the longest line takes 60 % of the width (80 % in a picture that is not wide), within the
  /// usual sizes and the picture.
  func usualSize(of text: CheckedText, _ keys: LayerKeys) -> Double {
    let scale = 1080 / Double(format.shorterSide)
    let (width, height) = (Double(format.width) * scale, Double(format.height) * scale)
    let lines = (text.cues.isEmpty ? [text.text] : text.cues.map(\.text)).flatMap {
      $0.split(separator: "\n", omittingEmptySubsequences: false)
    }
    let longest = min(lines.map(\.unicodeScalars.count).max() ?? 1, text.wrap ?? Self.lyricsWrap)
    let share = width > height ? 0.6 : 0.8
    let (across, down) = room(around: text)
    let isCaption = !text.cues.isEmpty || keys.own["keep_clear"] != nil || keys.own["prefer"] != nil
    let size = [
      share * width / (Double(max(longest, 1)) * Self.cell.width),
      across * width / (Double(max(longest, 1)) * Self.cell.width),
      Self.tallest(Double(text.cues.isEmpty ? lines.count : 2), of: height, room: down),
      isCaption ? Size.caption : Size.title,
    ].min()!
    return max(Size.least, size.rounded(.down))
  }

  /// The size at which so many lines fit into a picture and, of all but long texts, the capitals into the room around
  /// their place. Near an edge a text is not smaller than a caption.
  private static func tallest(_ lines: Double, of height: Double, room: Double) -> Double {
    let inkless = cell.height - capital
    return min(
      0.94 * height / (lines * cell.height), max(Size.caption, room * height / (lines * cell.height - inkless)))
  }

  /// The shares of the picture that a text may take around its place, a margin left; all of it for one that moves.
  private func room(around text: CheckedText) -> (across: Double, down: Double) {
    let margin = 0.03
    let (u, v) = (constant(text.u) ?? 0.5, constant(text.v) ?? 0.5)
    let across: Double =
      switch text.alignment {
      case .left: 1 - u
      case .center: 2 * min(u, 1 - u)
      case .right: u
      }
    return (across - margin, 2 * min(v, 1 - v) - margin)
  }
}
