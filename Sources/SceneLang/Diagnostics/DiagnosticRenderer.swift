/// Turns diagnostics into text. Everything echoed from a scene is made harmless to a terminal.
///
/// A column is one thing in all styles and in SARIF: the number of the code point in its line, from 1, as editors count.
/// JSON gives byte offsets and the columns of a terminal, where some characters are two cells wide, besides.
public struct DiagnosticRenderer: Sendable {
  public enum Style: Sendable, Hashable, CaseIterable {
    /// Message, place, source lines with carets, help.
    case plain
    /// The same with ANSI colours.
    case color
    /// `file:line:column: error[id]: message`, a line each.
    case short
    /// A workflow command of GitHub Actions each, which annotates the line in a pull request.
    case github
    /// One JSON array.
    case json
  }

  public let sources: SourceMap
  public let style: Style

  public init(sources: SourceMap, style: Style = .plain) {
    self.sources = sources
    self.style = style
  }

  /// The text for a list of diagnostics, in their order, ending in a line break unless it is empty.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    switch style {
    case .plain: diagnostics.map { human($0, painter: Painter(colors: false)) }.joined(separator: "\n")
    case .color: diagnostics.map { human($0, painter: Painter(colors: true)) }.joined(separator: "\n")
    case .short: diagnostics.map(short).joined()
    case .github: diagnostics.map(github).joined()
    case .json: JSONValue.array(diagnostics.map(json)).text + "\n"
    }
  }

  private func short(_ diagnostic: Diagnostic) -> String {
    let file = sources[diagnostic.span.file]
    let place = file.codePointPosition(at: diagnostic.span.start)
    return "\(terminalSafe(file.path)):\(place.line):\(place.column): "
      + "\(diagnostic.severity.rawValue)[\(diagnostic.id)]: \(terminalSafe(diagnostic.message))\n"
  }

  /// Format: "Workflow commands for GitHub Actions", GitHub Docs.
  private func github(_ diagnostic: Diagnostic) -> String {
    let file = sources[diagnostic.span.file]
    let start = file.codePointPosition(at: diagnostic.span.start)
    let end = file.codePointPosition(at: diagnostic.span.end)
    let command =
      switch diagnostic.severity {
      case .error: "error"
      case .warning: "warning"
      case .performance, .note: "notice"
      }
    func escaped(_ text: String, _ more: String = "") -> String {
      terminalSafe(text).unicodeScalars.map { scalar in
        "%\(more)".unicodeScalars.contains(scalar)
          ? "%" + hexadecimal(scalar.value, digits: 2).uppercased() : String(scalar)
      }.joined()
    }
    var properties = [
      "file=\(escaped(file.path, ":,"))", "line=\(start.line)", "endLine=\(end.line)", "col=\(start.column)",
    ]
    // The last column, itself included.
    if end.line == start.line { properties.append("endColumn=\(max(start.column, end.column - 1))") }
    properties.append("title=\(diagnostic.id)")
    var message = diagnostic.message
    for part in [diagnostic.caret, diagnostic.help ?? ""] where !part.isEmpty { message += "; \(part)" }
    // Line breaks are escapes already.
    return "::\(command) \(properties.joined(separator: ","))::\(escaped(message))\n"
  }

  private func human(_ diagnostic: Diagnostic, painter: Painter) -> String {
    let severity = Painter.Role.severity(diagnostic.severity)
    let heading = painter.paint("\(diagnostic.severity.rawValue)[\(diagnostic.id)]", severity)
    var text = heading + painter.paint(": \(terminalSafe(diagnostic.message))", .emphasis) + "\n"
    let snippet = Snippet(of: diagnostic, in: sources, painter: painter)
    text += snippet.text
    if let help = diagnostic.help {
      text += snippet.margin + " " + painter.paint("=", .gutter) + " help: \(terminalSafe(help))\n"
    }
    return text
  }

  /// One diagnostic as an object, for callers that gather those of several files.
  public func json(_ diagnostic: Diagnostic) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("id", .string(diagnostic.id)),
      ("severity", .string(diagnostic.severity.rawValue)),
      ("message", .string(diagnostic.message)),
    ]
    members += place(diagnostic.span)
    members += [
      ("caret", .string(diagnostic.caret)),
      ("help", diagnostic.help.map { .string($0) } ?? .null),
      (
        "labels",
        .array(diagnostic.labels.map { .object([("message", .string($0.message))] + place($0.span)) })
      ),
    ]
    if let edit = diagnostic.edit {
      members.append(
        (
          "edit",
          .object([("replacement", .string(edit.replacement)), ("safe", .bool(edit.isSafe))] + place(edit.span))
        ))
    }
    return .object(members)
  }

  /// `endLine` and `endColumn` name the place behind the last character. `offset` and `endOffset` count bytes of the UTF-8
  /// text from 0, `displayColumn` and `endDisplayColumn` cells of a terminal from 1.
  private func place(_ span: Span) -> [(key: String, value: JSONValue)] {
    let file = sources[span.file]
    let start = file.codePointPosition(at: span.start)
    let end = file.codePointPosition(at: span.end)
    return [
      ("file", .string(file.path)), ("line", .int(start.line)), ("column", .int(start.column)),
      ("endLine", .int(end.line)), ("endColumn", .int(end.column)), ("offset", .int(span.start)),
      ("endOffset", .int(span.end)), ("displayColumn", .int(file.displayPosition(at: span.start).column)),
      ("endDisplayColumn", .int(file.displayPosition(at: span.end).column)),
    ]
  }
}
