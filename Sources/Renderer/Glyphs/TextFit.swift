import SceneLang

extension FaceLibrary {
  /// A warning for every text that its grid breaks within a word, has too few rows for, or that leaves the picture; of
  /// lyrics for the words that are shown, one where a layer stands in several segments.
  public func fit(_ scene: CheckedScene) -> [Diagnostic] {
    var metrics: [Grid: GridGeometry] = [:]
    var told: Set<Span> = []
    return scene.shownTexts.compactMap { shown in
      let (text, grid) = (shown.text, shown.grid)
      let geometry = metrics[grid] ?? GridGeometry(grid: grid, format: scene.format, faces: self)
      metrics[grid] = geometry
      let cues = shown.cues(at: scene.format.fps)
      let texts = text.cues.isEmpty ? [text.text] : cues.map(\.text)
      let finding =
        texts.lazy.compactMap {
          self.misfit(of: $0, text, geometry) ?? self.cut(of: $0, text, grid, geometry, scene.format)
        }.first ?? crowd(cues, text, geometry, scene.format.fps)
      if finding != nil, !text.cues.isEmpty, !told.insert(text.span).inserted { return nil }
      return finding
    }
  }

  /// Cues that are shown at once and have more lines than the grid has rows. Precondition: each has room alone.
  private func crowd(_ cues: [TextCue], _ text: CheckedText, _ grid: GridGeometry, _ fps: FrameRate) -> Diagnostic? {
    let width = TextLayout.width(wrap: text.wrap, styles: text.motion?.styles.map(\.op) ?? [], grid: grid)
    if text.shows({ $0.showsWords }) { return nil }
    var shown: [(end: Int, lines: Int)] = []
    for cue in cues {
      let frames = cue.frames(at: fps)
      let lines = TextLayout.wrap(cue.text, width: width).count
      if frames.isEmpty || lines == 0 { continue }
      shown.removeAll { $0.end <= frames.lowerBound }
      shown.append((frames.upperBound, lines))
      // So there are never more of them than rows.
      if CueStack.fitting(shown.map(\.lines), rows: grid.rows) < shown.count {
        return .crowdedCues(shown.reduce(0) { $0 + $1.lines }, grid.rows, cue.start, text.span)
      }
    }
    return nil
  }

  private func misfit(of words: String, _ text: CheckedText, _ grid: GridGeometry) -> Diagnostic? {
    // Of lyrics that are all left out, which has been said.
    if words.isEmpty { return nil }
    if let wrap = text.wrap, wrap > grid.columns { return .longLines(wrap, grid.columns, text.span) }
    let width = TextLayout.width(wrap: text.wrap, styles: text.motion?.styles.map(\.op) ?? [], grid: grid)
    let parts = TextLayout.wrap(words, width: .max).flatMap { $0.split(separator: " ") }
    if let longest = parts.max(by: { $0.count < $1.count }), longest.count > width {
      return .brokenWord(String(String.UnicodeScalarView(longest)), width, text.span)
    }
    let passes = text.shows { $0.showsWords || $0.showsLines }
    let lines = passes ? 1 : TextLayout.wrap(words, width: width).count
    return lines > grid.rows ? .manyLines(lines, grid.rows, text.span) : nil
  }

  /// A text that stands still, partly or wholly outside of the picture; styles move their letters where they like.
  private func cut(
    of words: String, _ text: CheckedText, _ grid: Grid, _ geometry: GridGeometry, _ format: PictureFormat
  ) -> Diagnostic? {
    guard text.motion == nil, let u = text.u.plainNumber, let v = text.v.plainNumber else { return nil }
    let lines = TextLayout.wrap(words, width: TextLayout.width(wrap: text.wrap, styles: [], grid: geometry))
      .map(\.count)
    let places = GridPlaces(geometry, grid: grid, format: format, faces: self)
    let metrics = CellMetrics(grid, faces: self)
    let stand = TextStand(
      lines, alignment: text.alignment, column: places.column(u: u), row: places.row(v: v) + metrics.capitalRise,
      columns: geometry.columns, rows: geometry.rows)
    let seen = zip(lines, stand.lefts).enumerated().reduce(0) { seen, line in
      let (count, left) = line.element
      let columns = (left..<left + count).clamped(to: 0..<geometry.columns)
      return seen + ((0..<geometry.rows).contains(stand.top + line.offset) ? columns.count : 0)
    }
    let all = lines.reduce(0, +)
    if seen < all { return .outside(all - seen, of: all, (u, v), text.span) }
    return stand.isCut(lines, by: places, metrics) ? .cutOff((u, v), text.span) : nil
  }
}

extension TextStand {
  /// Whether an edge of the picture goes through the lines, by more than a quarter of a cell's width or a tenth of the
  /// height of its capitals.
  fileprivate func isCut(_ counts: [Int], by places: GridPlaces, _ metrics: CellMetrics) -> Bool {
    let (tall, wide) = (0.1 * metrics.capitalHeight, 0.25)
    let first = Double(top) + down + 0.5 - metrics.capitalRise - metrics.capitalHeight / 2
    let last = first + Double(counts.count - 1) + metrics.capitalHeight
    if first < places.row(v: 0) - tall || last > places.row(v: 1) + tall { return true }
    return counts.indices.contains { line in
      let left = Double(lefts[line]) + across[line]
      return left < places.column(u: 0) - wide || left + Double(counts[line]) > places.column(u: 1) + wide
    }
  }
}

extension CheckedText {
  /// Whether one of its styles is said to show it so.
  fileprivate func shows(_ property: (any TextStyle.Type) -> Bool) -> Bool {
    motion?.styles.contains { property(TextStyles.named($0.op)) } ?? false
  }
}

extension Diagnostic {
  /// A place as an author would write it, with three decimals at most.
  private static func plain(_ place: (u: Double, v: Double)) -> String {
    "[\((place.u * 1000).rounded() / 1000), \((place.v * 1000).rounded() / 1000)]"
  }

  /// A time with two decimals.
  static func hundredths(_ time: Double) -> String {
    let all = Int((abs(time) * 100).rounded())
    return "\(time < 0 ? "-" : "")\(all / 100).\(all / 10 % 10)\(all % 10)"
  }

  fileprivate static func outside(_ hidden: Int, of all: Int, _ place: (u: Double, v: Double), _ span: Span)
    -> Diagnostic
  {
    let what = hidden == all ? "none of this text is seen" : "\(hidden) of \(all) characters are not seen"
    return Diagnostic(
      "text_outside", .warning, "\(what): at \(plain(place)) the text leaves the picture", at: span,
      help: "[0, 0] is the upper left corner of the picture and [1, 1] the lower right; `align` says what stands there")
  }

  fileprivate static func cutOff(_ place: (u: Double, v: Double), _ span: Span) -> Diagnostic {
    Diagnostic(
      "text_outside", .warning, "the edge of the picture cuts this text: it is too large at \(plain(place))",
      at: span, help: "move it further in, or take a finer grid")
  }

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

  fileprivate static func crowdedCues(_ lines: Int, _ rows: Int, _ time: Double, _ span: Span) -> Diagnostic {
    return Diagnostic(
      "text_too_large", .warning,
      "\(lines) lines do not fit, of cues that are shown at once at \(hundredths(time))s: the grid has \(rows) rows",
      at: span,
      help: "the earliest are left out; take a finer grid, or let them end sooner")
  }

  fileprivate static func manyLines(_ lines: Int, _ rows: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      "text_too_large", .warning, "\(lines) lines do not fit: the grid has \(rows) rows", at: span,
      help: "take a finer grid, or a shorter text")
  }
}
