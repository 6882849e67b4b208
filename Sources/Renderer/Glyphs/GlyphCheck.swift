import SceneLang

extension FaceLibrary {
  /// An error for every place that writes characters which no face draws: they would leave holes. A warning for glyphs
  /// that are too small in a cell, and for letters that run from right to left, which nothing here turns or joins.
  public func check(_ shown: [ShownCharacters]) -> [Diagnostic] {
    shown.compactMap { shown in
      switch shown.use {
      case .palette(let characters):
        let missing = missing(in: characters)
        if !missing.isEmpty {
          return .notDrawn(missing, shown.span, help: "`ascii-scene list palette` names others")
        }
        let wide = characters.filter { $0.terminalWidth == 2 && !$0.isKana }
        return wide.isEmpty ? nil : .wide(wide, shown.span)
      case .text(let text):
        let characters = cells(of: text)
        let missing = missing(in: characters)
        if !missing.isEmpty { return .notDrawn(missing, shown.span, help: Diagnostic.scripts) }
        return characters.contains(where: \.runsToTheLeft) ? .rightToLeft(shown.span) : nil
      case .cues(let cues):
        let missing = missing(in: cues.flatMap { cells(of: $0.text) })
        if let first = missing.first {
          let cue = cues.first { cells(of: $0.text).contains(first) }
          return .notDrawn(missing, in: cue, shown.span, help: Diagnostic.scripts)
        }
        let cue = cues.first { cells(of: $0.text).contains(where: \.runsToTheLeft) }
        return cue.map { Diagnostic.rightToLeft(in: $0, shown.span) }
      }
    }
  }

  /// What stands in the cells of a text, in order.
  private func cells(of text: String) -> [Unicode.Scalar] { Array(TextLayout.wrap(text, width: .max).joined()) }
}

extension Unicode.Scalar {
  /// Hiragana and katakana, which are drawn taller than other wide characters.
  fileprivate var isKana: Bool { (0x3041...0x30FF).contains(value) }

  /// Letters of Hebrew, Arabic and their neighbours; not the joined forms of these, which nobody writes by chance.
  fileprivate var runsToTheLeft: Bool { (0x0590...0x08FF).contains(value) && properties.isAlphabetic }
}

extension Diagnostic {
  fileprivate static func wide(_ characters: [Unicode.Scalar], _ span: Span) -> Diagnostic {
    let names = characters.prefix(6).map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      "wide_glyph", .warning, "\(names) \(characters.count == 1 ? "is" : "are") two cells wide, and drawn at half size",
      at: span, help: "take narrow characters")
  }

  /// What there is beside the palettes.
  fileprivate static let scripts =
    "there are Latin, Greek, Cyrillic, Armenian and Georgian letters, kana and many symbols, no Chinese and no emoji"

  fileprivate static func notDrawn(
    _ characters: [Unicode.Scalar], in cue: TextCue? = nil, _ span: Span, help: String?
  ) -> Diagnostic {
    let names = characters.prefix(6).map { "`\($0)` (U+\(String($0.value, radix: 16, uppercase: true)))" }
    let rest = characters.count > names.count ? " and \(characters.count - names.count) more" : ""
    return Diagnostic(
      "not_drawn", "no face draws \(names.joined(separator: ", "))\(rest)\(place(of: cue))", at: span, help: help)
  }

  fileprivate static func rightToLeft(in cue: TextCue? = nil, _ span: Span) -> Diagnostic {
    Diagnostic(
      "right_to_left", .warning,
      "letters that run from right to left are drawn from the left, and not joined\(place(of: cue))", at: span,
      help: "Arabic is read where it is written from its last letter to its first in joined forms, U+FB50 to U+FEFC")
  }

  /// When the words that are meant begin, and how.
  private static func place(of cue: TextCue?) -> String {
    guard let cue else { return "" }
    let words = cue.text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return ", first in the words at \(hundredths(cue.start))s, `\(words.prefix(24))\(words.count > 24 ? "…" : "")`"
  }
}
