import SceneLang

extension FaceLibrary {
  /// An error for every place that writes characters which no face draws: they would leave holes. A warning for glyphs
  /// that are too small in a cell.
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
        let missing = missing(in: TextLayout.wrap(text, width: .max).joined())
        return missing.isEmpty ? nil : .notDrawn(missing, shown.span, help: nil)
      }
    }
  }
}

extension Unicode.Scalar {
  /// Hiragana and katakana, which are drawn taller than other wide characters.
  fileprivate var isKana: Bool { (0x3041...0x30FF).contains(value) }
}

extension Diagnostic {
  fileprivate static func wide(_ characters: [Unicode.Scalar], _ span: Span) -> Diagnostic {
    let names = characters.prefix(6).map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      "wide_glyph", .warning, "\(names) \(characters.count == 1 ? "is" : "are") two cells wide, and drawn at half size",
      at: span, help: "take narrow characters")
  }

  fileprivate static func notDrawn(_ characters: [Unicode.Scalar], _ span: Span, help: String?) -> Diagnostic {
    let names = characters.prefix(6).map { "`\($0)` (U+\(String($0.value, radix: 16, uppercase: true)))" }
    let rest = characters.count > names.count ? " and \(characters.count - names.count) more" : ""
    return Diagnostic("not_drawn", "no face draws \(names.joined(separator: ", "))\(rest)", at: span, help: help)
  }
}
