import SceneLang

extension FaceLibrary {
  /// A warning for every text that its grid breaks within a word, or has too few rows for.
  public func fit(_ scene: CheckedScene) -> [Diagnostic] {
    var metrics: [Grid: GridGeometry] = [:]
    return (scene.segments.flatMap(\.layers) + scene.overlay.layers).flatMap(\.parts).compactMap { layer in
      guard case .text(let text) = layer.source else { return nil }
      let geometry = metrics[layer.grid] ?? GridGeometry(grid: layer.grid, format: scene.format, faces: self)
      metrics[layer.grid] = geometry
      if text.cues.isEmpty { return misfit(of: text.text, text, geometry) }
      return text.cues.lazy.compactMap { self.misfit(of: $0.text, text, geometry) }.first
    }
  }

  private func misfit(of words: String, _ text: CheckedText, _ grid: GridGeometry) -> Diagnostic? {
    if let wrap = text.wrap, wrap > grid.columns { return .longLines(wrap, grid.columns, text.span) }
    let width = TextLayout.width(wrap: text.wrap, styles: text.motion?.styles.map(\.op) ?? [], grid: grid)
    let parts = TextLayout.wrap(words, width: .max).flatMap { $0.split(separator: " ") }
    if let longest = parts.max(by: { $0.count < $1.count }), longest.count > width {
      return .brokenWord(String(String.UnicodeScalarView(longest)), width, text.span)
    }
    let lines = TextLayout.wrap(words, width: width).count
    return lines > grid.rows ? .manyLines(lines, grid.rows, text.span) : nil
  }
}

extension Diagnostic {
  fileprivate static func longLines(_ wrap: Int, _ columns: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      "text_too_large", .warning, "lines of \(wrap) characters do not fit: the grid has \(columns) columns", at: span,
      help: "take a finer grid, or a smaller `wrap`")
  }

  fileprivate static func brokenWord(_ word: String, _ width: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      "text_too_large", .warning,
      "`\(word)` has \(word.unicodeScalars.count) characters and is broken: a line has \(width) here", at: span,
      help: "take a finer grid, or say where it may break")
  }

  fileprivate static func manyLines(_ lines: Int, _ rows: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      "text_too_large", .warning, "\(lines) lines do not fit: the grid has \(rows) rows", at: span,
      help: "take a finer grid, or a shorter text")
  }
}
