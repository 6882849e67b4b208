extension Analyzer {
  /// A palette slot: a name, `{chars: "·•"}` or `{ramp: dense, gamma: 0.8, …}`.
  func palette(_ node: YAMLNode, in scope: Scope) -> Palette? {
    if case .mapping = node.content { return palette(block: node, in: scope) }
    if case .scalar(let scalar) = node.content, scalar.text.unicodeScalars.contains(where: { !$0.isASCII }) {
      report(.charactersAsName(scalar.text, node.span))
      return nil
    }
    return named(node, as: "a palette", in: scope) { palette($0, in: scope) }
  }

  private func palette(_ path: [Name], in scope: Scope) -> Palette? {
    guard let module = module(of: path, in: scope), let name = path.last else { return nil }
    if path.count == 1, case .palette(let given) = scope.find(name.key) { return given }
    if let own = module.palettes[name.key] {
      module.used.insert(own.keySpan)
      return palette(block: own.value, in: module.scope)
    }
    if path.count == 1, let known = catalog.palettes[name.key] { return known }
    report(.unknownPalette(name, module.palettes.values.map(\.key) + (path.count == 1 ? catalog.names(.palette) : [])))
    return nil
  }

  /// What stands under `palettes:` or in a slot: characters, or a mapping.
  func palette(block node: YAMLNode, in file: Scope) -> Palette? {
    if case .scalar(let scalar) = node.content { return palette(characters: scalar, at: node.span) }
    guard let keys = read(node, as: "a palette", keys: KeyTable.palette.names) else { return nil }
    guard let source = keys["chars"] ?? keys["ramp"] else {
      report(.noCharacters(node.span))
      return nil
    }
    guard var palette = base(source, in: file) else { return nil }
    let scope = makeBareScope()
    func number(_ key: String, _ range: ClosedRange<Double>) -> Double? {
      keys[key].flatMap { constant(value($0, in: Slot("`\(key)`", rate: .constant, in: range), scope: scope)) }
    }
    if let gamma = number("gamma", 0.1...10) { palette.gamma = gamma }
    if let jitter = number("jitter", 0...1) { palette.jitter = jitter }
    if let stretch = number("stretch", 0.5...2) { palette.stretch = stretch }
    if let match = keys["match"] {
      // Patterns are a matter of whole sets, which the catalogue has.
      let known = choices(Palette.Match.self).filter { $0.value != .pattern || palette.match == .pattern }
      palette.match = choice(match.value, as: "a match", among: known) ?? palette.match
    }
    if let entry = keys["hysteresis"], let hysteresis = number("hysteresis", 0...0.5) {
      if palette.match == .pattern { report(.patternsAreNotHeld(entry)) }
      palette.hysteresis = hysteresis
    }
    if let order = keys["order"] {
      palette.order = choice(order.value, as: "an order", among: choices(Palette.Order.self)) ?? palette.order
    }
    return palette
  }

  /// `chars:` are characters; `ramp:` is the name of a palette or characters in quotes.
  private func base(_ source: YAMLEntry, in file: Scope) -> Palette? {
    guard let scalar = scalar(source.value, as: "characters") else { return nil }
    if source.key == "ramp" && scalar.style == .plain {
      let name = Name(scalar.text, span: source.value.span)
      if let known = catalog.palettes[name.key] { return known }
      let palettes = file.module.palettes
      if let own = palettes[name.key], own.value.span != source.value.span, openPalettes.insert(own.keySpan).inserted {
        defer { openPalettes.remove(own.keySpan) }
        file.module.used.insert(own.keySpan)
        return palette(block: own.value, in: file)
      }
      report(.unknownPalette(name, palettes.values.map(\.key) + catalog.names(.palette)))
      return nil
    }
    return palette(characters: scalar, at: source.value.span)
  }

  private func palette(characters source: YAMLScalar, at span: Span) -> Palette? {
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
    return Palette(characters: characters, match: .ink, order: .measured, gamma: 1, jitter: 0, stretch: 1)
  }
}

extension Diagnostic {
  fileprivate static func patternsAreNotHeld(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "patterns have no values of cells that could be held", at: entry.keySpan,
      help: "take `match: ink` with a ramp")
  }

  fileprivate static func unknownPalette(_ name: Name, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_palette", "no palette is called `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: names),
      help: "characters of your own are written {chars: \"·•\"}",
      edit: replacement(name.text, among: names, at: name.span))
  }

  fileprivate static func charactersAsName(_ text: String, _ span: Span) -> Diagnostic {
    let block = "{chars: \(quotedForYAML(text))}"
    return Diagnostic(
      "unknown_palette", "no palette is called `\(text)`", at: span, caret: "write `\(block)`",
      help: "a plain word is the name of a palette", edit: Edit(span, replacement: block, isSafe: true))
  }

  fileprivate static func noCharacters(_ span: Span) -> Diagnostic {
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
