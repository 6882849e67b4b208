/// A source line, cut to a window where it is long, and the rows of markers under it.
struct MarkedLine {
  static let longestLine = 160

  /// The visible text of the line, without trailing blanks.
  let source: String
  private let markers: [Marker]

  private struct Marker {
    /// Cells in the window; never empty.
    var columns: Range<Int>
    var continues: Bool
    var message: String
    var role: Painter.Role
    var mark: Character
  }

  /// - Parameter places: on this line; the first is the primary one, and in view.
  init(_ line: DisplayLine, places: [Snippet.Place]) {
    let focus = line.column(of: places[0].start)
    var window = 0..<line.width
    var shift = 0
    if line.width > MarkedLine.longestLine {
      // Two cells are for the ellipses; a third of the window is context before the place.
      let size = MarkedLine.longestLine - 2
      let start = max(0, min(focus - size / 3, line.width - size))
      window = start..<min(line.width, start + size)
      shift = start > 0 ? start - 1 : 0
    }
    var text = line.text(window)
    if window.lowerBound > 0 { text = "…" + text }
    if window.upperBound < line.width { text += "…" }
    while text.last == " " { text.removeLast() }
    source = text

    markers = places.compactMap { place in
      let start = line.column(of: place.start)
      guard (window.lowerBound...window.upperBound).contains(start) else { return nil }
      let end = min(line.column(of: place.end), window.upperBound)
      return Marker(
        columns: start - shift..<max(end, start + 1) - shift, continues: place.continues, message: place.message,
        role: place.role, mark: place.mark)
    }
  }

  /// The row of marks, with the message of the rightmost, then the other messages below, from right to left, hung on
  /// bars.
  func markerRows(painter: Painter) -> [String] {
    // The primary marker is painted last, over labels that overlap it.
    var marks = Row()
    for marker in markers.reversed() { marks.fill(marker.columns, with: marker.mark, marker.role) }
    let rightmost = markers.max { $0.columns.upperBound < $1.columns.upperBound }
    if let last = rightmost, last.continues { marks.append("…", last.role) }

    var waiting = markers.filter { !$0.message.isEmpty }.sorted { $0.columns.lowerBound < $1.columns.lowerBound }
    if let last = waiting.last, markers.allSatisfy({ $0.columns.lowerBound <= last.columns.lowerBound }) {
      marks.append(" " + last.message, last.role)
      waiting.removeLast()
    }
    var rows = [marks]
    if !waiting.isEmpty { rows.append(bars(under: waiting)) }
    while let last = waiting.popLast() {
      var row = bars(under: waiting.filter { $0.columns.lowerBound < last.columns.lowerBound })
      row.pad(to: last.columns.lowerBound)
      row.append(last.message, last.role)
      rows.append(row)
    }
    return rows.map { $0.text(painter: painter) }
  }

  private func bars(under markers: [Marker]) -> Row {
    var row = Row()
    for marker in markers {
      row.fill(marker.columns.lowerBound..<marker.columns.lowerBound + 1, with: "|", marker.role)
    }
    return row
  }

  /// Cells, each with its paint.
  private struct Row {
    private var cells: [(character: Character, role: Painter.Role?)] = []

    mutating func pad(to column: Int) {
      while cells.count < column { cells.append((" ", nil)) }
    }

    mutating func fill(_ columns: Range<Int>, with character: Character, _ role: Painter.Role) {
      pad(to: columns.upperBound)
      for column in columns { cells[column] = (character, role) }
    }

    mutating func append(_ text: String, _ role: Painter.Role) {
      for character in text { cells.append((character, role)) }
    }

    /// Neighbours of one paint share one colour sequence.
    func text(painter: Painter) -> String {
      var text = ""
      var run = ""
      var role: Painter.Role?
      func finished() -> String { role.map { painter.paint(run, $0) } ?? run }
      for cell in cells {
        if cell.role != role {
          text += finished()
          run = ""
          role = cell.role
        }
        run.append(cell.character)
      }
      return text + finished()
    }
  }
}
