/// The places of a diagnostic drawn as source lines with a gutter and markers below them.
struct Snippet {
  let text: String
  /// Blanks as wide as the line numbers, for whatever follows below.
  let margin: String

  init(of diagnostic: Diagnostic, in sources: SourceMap, painter: Painter) {
    let severity = Painter.Role.severity(diagnostic.severity)
    var places = [Place(diagnostic.span, diagnostic.caret, role: severity, mark: "^", in: sources)]
    places += diagnostic.labels.map { Place($0.span, $0.message, role: .label, mark: "-", in: sources) }
    let margin = String(repeating: " ", count: places.map { String($0.line).count }.max() ?? 1)

    // The file of the diagnostic comes first, then those of its labels.
    var files: [FileID] = []
    for place in places where !files.contains(place.file) { files.append(place.file) }
    var text = ""
    for file in files {
      let places = places.filter { $0.file == file }
      let first = places[0]
      let column = sources[file].codePointPosition(at: first.start).column
      let arrow = file == files[0] ? "-->" : ":::"
      text += margin + painter.paint(arrow, .gutter)
      text += " \(terminalSafe(sources[file].path)):\(first.line):\(column)\n"
      var lastLine: Int?
      for line in Set(places.map(\.line)).sorted() {
        if let lastLine, line > lastLine + 1 { text += painter.paint("...", .gutter) + "\n" }
        lastLine = line
        let source = sources[file]
        let drawing = MarkedLine(
          source.displayLine(line), places: places.filter { $0.line == line })
        let number = String(repeating: " ", count: margin.count - String(line).count) + String(line)
        text += Snippet.row(drawing.source, behind: number, painter: painter)
        for markers in drawing.markerRows(painter: painter) {
          text += Snippet.row(markers, behind: margin, painter: painter)
        }
      }
    }
    self.text = text
    self.margin = margin
  }

  private static func row(_ text: String, behind number: String, painter: Painter) -> String {
    painter.paint(number + " |", .gutter) + (text.isEmpty ? "" : " " + text) + "\n"
  }

  /// One marked place: the part of a span on its first line.
  struct Place {
    var file: FileID
    var line: Int
    var start: Int
    var end: Int
    /// The span goes on below its first line.
    var continues: Bool
    var message: String
    var role: Painter.Role
    var mark: Character

    init(_ span: Span, _ message: String, role: Painter.Role, mark: Character, in sources: SourceMap) {
      let source = sources[span.file]
      let range = source.lineRange(source.line(at: span.start))
      file = span.file
      line = source.line(at: span.start)
      start = span.start
      end = min(span.end, max(span.start, range.upperBound))
      continues = span.end > span.start && source.line(at: span.end - 1) > line
      self.message = terminalSafe(message)
      self.role = role
      self.mark = mark
    }
  }
}
