extension Analyzer {
  /// A palette slot: a name, `{chars: "·•"}` or `{ramp: dense, gamma: 0.8, …}`.
  func palette(_ node: YAMLNode, in scope: Scope) -> CheckedPalette? {
    if case .mapping = node.content { return palette(block: node, in: scope) }
    if case .scalar(let scalar) = node.content, Self.isNoName(scalar) {
      report(.charactersAsName(scalar.text, node.span))
      return nil
    }
    return named(node, as: "a palette", in: scope) { palette($0, in: scope) }
  }

  /// Whether it holds characters for a palette in place of its name, as in `"@#."`.
  private static func isNoName(_ scalar: YAMLScalar) -> Bool {
    if scalar.text.unicodeScalars.contains(where: { !$0.isASCII }) { return true }
    return scalar.style != .plain && scalar.text.first.map { !$0.isLetter && $0 != "_" } ?? false
  }

  private func palette(_ path: [Name], in scope: Scope) -> CheckedPalette? {
    guard let module = module(of: path, in: scope), let name = path.last else { return nil }
    if path.count == 1, case .palette(let given) = scope.find(name.key) { return given }
    if let own = module.palettes[name.key] {
      module.used.insert(own.keySpan)
      return palette(named: own, in: module)
    }
    if path.count == 1, let known = catalog.palettes[name.key] { return CheckedPalette(glyphs: known) }
    // A name that holds a mistake, which was reported.
    if path.count == 1, case .binding(let id) = scope.find(name.key), binding(id) == nil { return nil }
    let names = module.palettes.values.map(\.key) + (path.count == 1 ? catalog.names(.palette) : [])
    report(.unknownPalette(name, names, isGradient: path.count == 1 && catalog.gradients[name.key] != nil))
    return nil
  }

  /// An entry of `palettes:`, which is read once.
  func palette(named own: YAMLEntry, in module: Module) -> CheckedPalette? {
    if let known = readPalettes[own.keySpan] { return known }
    guard openPalettes.insert(own.keySpan).inserted else {
      report(.paletteCycle(own))
      return nil
    }
    defer { openPalettes.remove(own.keySpan) }
    let palette = deeper(at: own.keySpan) { self.palette(block: own.value, in: module.scope) }
    readPalettes[own.keySpan] = .some(palette)
    return palette
  }

  /// `chars:` are characters; `ramp:` is the name of a palette or characters in quotes.
  func palette(source: YAMLEntry, in file: Scope) -> CheckedPalette? {
    guard let scalar = scalar(source.value, as: "characters") else { return nil }
    let isName = source.key == "ramp" && scalar.style == .plain
    return isName
      ? palette(called: scalar, at: source.value.span, in: file) : palette(characters: scalar, at: source.value.span)
  }

  /// A palette of the file or of the catalogue by its name.
  func palette(called scalar: YAMLScalar, at span: Span, in file: Scope) -> CheckedPalette? {
    let name = Name(scalar.text, span: span)
    if let known = catalog.palettes[name.key] { return CheckedPalette(glyphs: known) }
    let palettes = file.module.palettes
    if let own = palettes[name.key] {
      file.module.used.insert(own.keySpan)
      return palette(named: own, in: file.module)
    }
    let names = palettes.values.map(\.key) + catalog.names(.palette)
    report(.unknownPalette(name, names, isGradient: catalog.gradients[name.key] != nil))
    return nil
  }

  func palette(characters source: YAMLScalar, at span: Span) -> CheckedPalette? {
    var characters: [Unicode.Scalar] = [" "]
    var offset = 0
    for character in source.text {
      let place = source.span(offset..<offset + character.utf8.count)
      guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first,
        scalar.properties.generalCategory != .control
      else {
        report(.badCharacter(character, place))
        return nil
      }
      if scalar != " " { characters.append(scalar) }
      offset += character.utf8.count
    }
    guard characters.count >= 2 else {
      report(.noCharacters(span))
      return nil
    }
    shownCharacters[span] = .palette(characters)
    return CheckedPalette(
      glyphs: Palette(characters: characters, match: .ink, order: .measured, gamma: 1, jitter: 0, stretch: 1))
  }
}

extension Diagnostic {
  fileprivate static func unknownPalette(_ name: Name, _ names: [String], isGradient: Bool) -> Diagnostic {
    Diagnostic(
      "unknown_palette", "no palette is called `\(name.text)`", at: name.span,
      caret: isGradient ? "" : didYouMean(name.text, among: names),
      help: isGradient
        ? "it is a gradient, of colours: `color: \(name.text)`; a palette has characters"
        : "characters of your own are written {chars: \"·•\"}",
      edit: isGradient ? nil : replacement(name.text, among: names, at: name.span))
  }

  fileprivate static func paletteCycle(_ palette: YAMLEntry) -> Diagnostic {
    Diagnostic("cyclic_definition", "`\(palette.key)` is defined by itself", at: palette.keySpan)
  }

  fileprivate static func charactersAsName(_ text: String, _ span: Span) -> Diagnostic {
    let block = "{chars: \(quotedForYAML(text))}"
    return Diagnostic(
      "unknown_palette", "no palette is called `\(text)`", at: span, caret: "write `\(block)`",
      help: "a plain word is the name of a palette", edit: Edit(span, replacement: block, isSafe: true))
  }

  static func noCharacters(_ span: Span) -> Diagnostic {
    Diagnostic(
      "missing_value", "a palette needs one visible character or more", at: span, help: "as in {chars: \"·•\"}")
  }

  fileprivate static func badCharacter(_ character: Character, _ span: Span) -> Diagnostic {
    let count = character.unicodeScalars.count
    return Diagnostic(
      "bad_character",
      count > 1
        ? "`\(character)` is \(count) code points, and a glyph is one" : "a control character has no glyph", at: span)
  }
}
