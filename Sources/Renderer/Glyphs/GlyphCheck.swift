import SceneLang

extension FaceLibrary {
  /// An error for every place that writes characters which no face draws: they would leave holes.
  public func check(_ shown: [ShownCharacters]) -> [Diagnostic] {
    shown.compactMap { shown in
      switch shown.use {
      case .palette(let characters):
        let missing = missing(in: characters)
        return missing.isEmpty ? nil : .notDrawn(missing, shown.span, help: "`ascii-scene list palette` names others")
      case .text(let text):
        let missing = missing(in: TextLayout.wrap(text, width: .max).joined())
        return missing.isEmpty ? nil : .notDrawn(missing, shown.span, help: nil)
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func notDrawn(_ characters: [Unicode.Scalar], _ span: Span, help: String?) -> Diagnostic {
    let names = characters.prefix(6).map { "`\($0)` (U+\(String($0.value, radix: 16, uppercase: true)))" }
    let rest = characters.count > names.count ? " and \(characters.count - names.count) more" : ""
    return Diagnostic("not_drawn", "no face draws \(names.joined(separator: ", "))\(rest)", at: span, help: help)
  }
}
