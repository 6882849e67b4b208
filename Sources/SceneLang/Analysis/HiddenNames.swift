/// Names of the author's that hide one which the language or the catalogue gives a meaning.
extension Analyzer {
  /// Reports such a name. What other files define is their own affair.
  func reviewHiding(by name: String, at span: Span, reach: HidingReach = .all) {
    let key = Name.folded(name)
    guard span.file == FileID(0), let meaning = languageMeaning(of: key) ?? catalogMeaning(of: key, reach) else {
      return
    }
    report(.shadowedName(name, meaning, span))
  }

  private func languageMeaning(of key: String) -> String? {
    if LanguageNames.all.contains(key) { return "a name of the language" }
    return Intrinsic.named(key) == nil ? nil : "a function of the language"
  }

  private func catalogMeaning(of key: String, _ reach: HidingReach) -> String? {
    if reach == .language { return nil }
    if preludeEntry(.fields, key) != nil || catalog.entry(.field, key) != nil { return "a built-in field" }
    return reach == .fields || catalog.gradients[key] == nil ? nil : "a built-in gradient"
  }
}

/// Which names it matters to hide.
enum HidingReach {
  case all
  /// Not those of gradients, in whose place a gradient stands on purpose.
  case fields
  /// Not those of the catalogue, in whose place something stands on purpose, or nothing that could be taken for them.
  case language

  /// A field that is written out, with its own words or parameters, is meant to take the place of the built-in one.
  init(ofField node: YAMLNode) {
    guard case .mapping(let entries) = node.content else {
      self = .all
      return
    }
    self = entries.contains { ["doc", "params"].contains(Name.folded($0.key)) } ? .language : .all
  }

  /// A text is read in texts only.
  init(of parameter: CheckedParameter?) { self = parameter?.type == .text ? .language : .all }
}

extension Diagnostic {
  fileprivate static func shadowedName(_ name: String, _ meaning: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "shadowed_name", .warning, "`\(name)` hides \(meaning)", at: span,
      help: "choose another name, so that both can be said")
  }
}
