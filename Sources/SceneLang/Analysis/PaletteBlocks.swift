extension Analyzer {
  /// What stands under `palettes:` or in a slot: characters, or a mapping.
  func palette(block node: YAMLNode, in file: Scope) -> CheckedPalette? {
    if case .scalar(let scalar) = node.content {
      // What looks like a name is one, so that a typo is never a palette.
      let isName =
        scalar.style == .plain && scalar.text.first?.isLetter == true
        && scalar.text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
      return isName ? palette(called: scalar, at: node.span, in: file) : palette(characters: scalar, at: node.span)
    }
    guard let keys = read(node, as: "a palette", keys: KeyTable.palette.names) else { return nil }
    if let chars = keys["chars"], let ramp = keys["ramp"] { report(.charactersTwice(ramp, chars)) }
    guard let source = keys["chars"] ?? keys["ramp"] else {
      report(.noCharacters(node.span))
      return nil
    }
    guard let given = palette(source: source, in: file) else { return nil }
    var palette = given.glyphs
    func number(_ key: String) -> Double? {
      keys[key].flatMap { settled(value($0, in: Slot(key, of: .palette), scope: file)) }
    }
    if let gamma = number("gamma") { palette.gamma = gamma }
    if let jitter = number("jitter") { palette.jitter = jitter }
    if let stretch = number("stretch") { palette.stretch = stretch }
    if let match = keys["match"] {
      // Patterns are a matter of whole sets, which the catalogue has.
      let known = choices(Palette.Match.self).filter { $0.value != .pattern || palette.match == .pattern }
      palette.match = choice(match.value, as: "a match", among: known, in: file) ?? palette.match
    }
    if let order = keys["order"] {
      palette.order = choice(order.value, as: "an order", among: choices(Palette.Order.self), in: file) ?? palette.order
    }
    if let hysteresis = number("hysteresis") { palette.hysteresis = hysteresis }
    if let entry = keys["thresholds"] { read(thresholds: entry, beside: keys, into: &palette) }
    if let entry = keys["dither"] { read(dither: entry, beside: keys, into: &palette, in: file) }
    if let entry = keys["edges"] { palette.edges = edges(entry.value, in: file) }
    if palette.match == .pattern {
      for key in ["hysteresis", "edges", "jitter", "direction"] {
        if let entry = keys[key] { report(.patternsHaveNoValues(entry)) }
      }
      if let entry = keys["stretch"] { report(.patternsFillCells(entry)) }
    }
    let lines = keys["direction"].map { self.direction($0, beside: keys, in: file) } ?? given.direction
    return CheckedPalette(glyphs: palette, direction: lines)
  }

  /// Which way a line runs in each cell, which then chooses the glyph.
  private func direction(_ entry: YAMLEntry, beside keys: [String: YAMLEntry], in file: Scope) -> TypedExpression {
    for key in ["match", "order", "gamma", "jitter", "thresholds"] {
      if let other = keys[key] { report(.directionDecides(other, entry)) }
    }
    let direction = value(entry.value, in: makeScope(parent: file, hasValue: true))
    let dimension: Dimension = direction.dimension == .angle ? .angle : .plain
    return accept(direction, in: Slot("`direction`", .number, dimension, rate: .cell))
  }

  /// Tones are made of the glyphs of a ramp.
  private func read(
    dither entry: YAMLEntry, beside keys: [String: YAMLEntry], into palette: inout Palette, in file: Scope
  ) {
    guard let dither = choice(entry.value, as: "a dither", among: choices(Palette.Dither.self), in: file) else {
      return
    }
    if dither != .none {
      if palette.match != .ink, palette.match != .index { return report(.ditherNeedsRamp(entry)) }
      if let jitter = keys["jitter"] { return report(.ditherDecides(jitter, entry)) }
    }
    palette.dither = dither
  }

  /// Where each character begins: they are then taken as written, and by these steps.
  private func read(thresholds entry: YAMLEntry, beside keys: [String: YAMLEntry], into palette: inout Palette) {
    if let other = keys["match"] ?? keys["order"] { return report(.thresholdsDecide(other)) }
    guard let items = sequence(entry.value, as: "a list of numbers") else { return }
    let (scope, slot) = (makeBareScope(), Slot("thresholds", of: .palette, as: "a threshold"))
    let thresholds = items.compactMap { settled(accept(value($0, in: scope), in: slot)) }
    guard thresholds.count == items.count else { return }
    let visible = palette.characters.count - 1
    guard thresholds.count == visible else { return report(.thresholdCount(thresholds.count, of: visible, entry)) }
    guard thresholds == thresholds.sorted() else { return report(.thresholdsDescend(entry)) }
    (palette.match, palette.order, palette.thresholds) = (.index, .asWritten, thresholds)
  }

  /// `edges: {palette: lines, above: 0.15}`.
  private func edges(_ node: YAMLNode, in file: Scope) -> Palette.Edges? {
    guard let keys = read(node, as: "edges of a palette", keys: KeyTable.paletteEdges.names, required: ["palette"]),
      let source = keys["palette"], let palette = palette(source.value, in: file)
    else { return nil }
    var edges = Palette.Edges(characters: palette.glyphs.characters.filter { $0 != " " }, above: 0.15)
    if let entry = keys["above"] {
      guard let above = number(entry, in: Slot(entry, of: .paletteEdges)) else { return nil }
      edges.above = above
    }
    return edges
  }
}

extension Diagnostic {
  fileprivate static func patternsHaveNoValues(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "patterns take a field at several places of a cell, and `\(entry.key)` needs one value",
      at: entry.keySpan, help: "take a ramp, with `match: ink` or `match: coverage`")
  }

  fileprivate static func patternsFillCells(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic("conflicting_keys", "patterns fill their cells, whatever the `stretch`", at: entry.keySpan)
  }

  fileprivate static func charactersTwice(_ ramp: YAMLEntry, _ chars: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "a palette has `chars` or `ramp`, not both", at: ramp.keySpan,
      labels: [.init(chars.keySpan, "its characters are given here")])
  }

  fileprivate static func directionDecides(_ other: YAMLEntry, _ direction: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "`direction` chooses the characters as written, and `\(other.key)` would choose otherwise",
      at: other.keySpan, labels: [.init(direction.keySpan, "chosen here")], help: "remove one of them")
  }

  fileprivate static func thresholdsDecide(_ other: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "`thresholds` choose the characters as written, and `\(other.key)` would choose otherwise",
      at: other.keySpan, help: "remove one of them")
  }

  fileprivate static func ditherNeedsRamp(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "`dither` chooses between the glyphs of a ramp, which this palette does not go by",
      at: entry.keySpan, help: "take a ramp, with `match: ink` or `match: index`")
  }

  fileprivate static func ditherDecides(_ jitter: YAMLEntry, _ dither: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "`dither` takes the place of `jitter`", at: jitter.keySpan,
      labels: [.init(dither.keySpan, "it is given here")])
  }

  fileprivate static func thresholdCount(_ count: Int, of characters: Int, _ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "\(count) thresholds for \(characters) characters", at: entry.value.span,
      help: "each character but the blank has one: the value at which it begins")
  }

  fileprivate static func thresholdsDescend(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "out_of_range", "thresholds ascend, as the characters do", at: entry.value.span,
      help: "write them from the lowest to the highest")
  }
}
