/// What the cells of a layer are: their grid, their glyphs, how they lie over what is below.
extension Analyzer {
  /// `size`: the font size where nothing says one; that of the catalogue's default if nil.
  func grid(_ keys: LayerKeys, size: Double? = nil) -> Grid? {
    var face = Grid.Face.bold
    if let entry = keys.find("face") {
      face = choice(entry.value, as: "a face", among: choices(Grid.Face.self), in: entry.scope) ?? face
    }
    guard let entry = keys.find("grid") else {
      return (size ?? catalog.grids[catalog.defaults.grid]).map { Grid(fontSize: $0, face: face) }
    }
    if case .mapping = entry.value.content {
      guard let block = read(entry.value, as: "a grid", keys: KeyTable.grid.names, required: ["size"]),
        let size = block["size"]
      else {
        return nil
      }
      // A length in shares of the shorter side; fonts have the size that they have at 1080.
      let length = value(size, in: Slot("size", of: .grid), scope: entry.scope)
      if let shares = constant(length) { return Grid(fontSize: shares * 1080, face: face) }
      if !length.isInvalid { report(.gridOfItsCells(size.value.span)) }
      return nil
    }
    return plainlyNamed(entry.value, as: "a grid", in: entry.scope) { name in
      if let size = catalog.grids[name.key] { return Grid(fontSize: size, face: face) }
      report(.unknownGrid(name, catalog.names(.grid)))
      return nil
    }
  }

  func palette(_ keys: LayerKeys) -> CheckedPalette? {
    guard let entry = keys.find("palette") else {
      return catalog.palettes[catalog.defaults.palette].map { CheckedPalette(glyphs: $0) }
    }
    return palette(entry.value, in: entry.scope)
  }

  /// `blend: screen` or `{mode: screen, light: linear}`; nil for a name that is missing or wrong.
  func blend(_ keys: LayerKeys) -> (name: String?, light: Layer.BlendLight) {
    guard let entry = keys.own["blend"] ?? keys.defaults["blend"] else { return (nil, .encoded) }
    guard case .mapping = entry.value.content else { return (blend(entry.value, in: entry.scope), .encoded) }
    guard let block = read(entry.value, as: "a blend", keys: KeyTable.blendMode.names, required: ["mode"]) else {
      return (nil, .encoded)
    }
    let light = block["light"].flatMap {
      choice($0.value, as: "a light", among: choices(Layer.BlendLight.self), in: entry.scope)
    }
    return (block["mode"].flatMap { blend($0.value, in: entry.scope) }, light ?? .encoded)
  }

  private func blend(_ node: YAMLNode, in scope: Scope) -> String? {
    plainlyNamed(node, as: "a blend", in: scope) { name in
      if let known = catalog.entry(.blend, name.key) { return known.name }
      report(.unknownBlend(name, catalog.names(.blend)))
      return nil
    }
  }

  func number(_ key: String, of keys: LayerKeys, default value: Double, _ slot: Slot) -> TypedExpression {
    guard let found = keys.find(key) else { return .number(value, span: keys.scope.anySpan) }
    return self.value(found.entry, in: slot, scope: makeScope(parent: found.scope, hasValue: slot.rate == .cell))
  }
}

extension Diagnostic {
  fileprivate static func gridOfItsCells(_ span: Span) -> Diagnostic {
    Diagnostic(
      "cyclic_definition", "the size of a grid must be known before there are cells", at: span,
      help: "give it in px, or as a share of the shorter side")
  }

  fileprivate static func unknownGrid(_ name: Name, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_grid", "no grid is called `\(name.text)`", at: name.span, caret: didYouMean(name.text, among: names),
      help: "the grids are \(list(names.sorted())); another size is written {size: 120px}",
      edit: replacement(name.text, among: names, at: name.span))
  }

  fileprivate static func unknownBlend(_ name: Name, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_blend", "no blend is called `\(name.text)`", at: name.span, caret: didYouMean(name.text, among: names),
      help: "`ascii-scene list blend` prints the blends",
      edit: replacement(name.text, among: names, at: name.span))
  }
}
