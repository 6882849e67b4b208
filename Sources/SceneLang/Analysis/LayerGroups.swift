/// Groups: layers on a canvas of their own, or in cells that they share, with their own look, mask and blend.
extension Analyzer {
  /// A canvas takes 8 to 15 MB at 1080p.
  private static let mostGroups = 16

  func checkGroupCount(in layers: [CheckedLayer]) {
    let groups = layers.flatMap(\.parts).filter {
      if case .group(let group) = $0.source { !group.sharesCells } else { false }
    }
    if groups.count > Self.mostGroups { report(.tooManyGroups(groups[Self.mostGroups].span, Self.mostGroups)) }
  }

  /// Precondition: `keys` has `layers`.
  func group(
    _ keys: LayerKeys, isFirst: Bool, at span: Span, ordinals: inout [String: Int]
  ) -> CheckedLayer? {
    guard let entry = keys.own["layers"], let items = sequence(entry.value, as: "a list of layers") else { return nil }
    let sharesCells = keys.own["cells"].flatMap { boolean($0.value, as: "true or false") } ?? false
    let allowed = KeyTable.groupKeys + (sharesCells ? ["cells", "effects"] : ["cells"])
    var isRight = true
    for misplaced in inOrder(keys.own, where: { !allowed.contains($0) }) {
      report(.notOfGroups(misplaced))
      isRight = false
    }
    if sharesCells, keys.own["grid"] == nil {
      report(.noSharedGrid(span))
      isRight = false
    }
    if isRight { reviewGroup(keys.own, sharesCells: sharesCells) }
    let seed = self.seed(keys.own, of: "group", ordinals: &ordinals)
    sharedGrid = sharesCells ? keys.own["grid"] : nil
    budget.groupsAround += 1
    defer { budget.groupsAround -= 1 }
    // One in another, none of them finished: they are not yet counted.
    guard budget.groupsAround <= Self.mostGroups else {
      if budget.exceeded.insert("groups").inserted { report(.tooManyGroups(span, Self.mostGroups)) }
      return nil
    }
    let layers = readLayers(items, at: entry.value.span, ordinals: &ordinals, in: entry.scope)
    sharedGrid = nil
    openLayerKey = [sceneSeed, openSegmentSeed, seed]
    let mask = keys.own["mask"].map { self.mask($0) }
    let maskPlace = maskPlace(keys)
    let look = sharesCells ? [] : keys.own["look"].map { self.look($0.value, in: $0.scope) } ?? []
    let effects = keys.own["effects"].map { cellEffects($0) } ?? []
    let grid = grid(keys)
    let (named, light) = blend(keys)
    let blend = named ?? (isFirst || mask != nil ? "normal" : "screen")
    let opacity = number("opacity", of: keys, default: 1, Slot("opacity", of: .layer))
    let when = time(keys, at: span)
    guard isRight, let grid, let palette = catalog.palettes[catalog.defaults.palette] else { return nil }
    let none = TypedExpression.number(0, span: span)
    let layer = CheckedLayer(
      name: seed, span: span, source: .group(CheckedGroup(layers: layers, look: look, sharesCells: sharesCells)),
      grid: grid, palette: CheckedPalette(glyphs: palette),
      paint: .color(color(RGB(0, 0, 0), span)), brightness: none, wash: none, blend: blend, blendLight: light,
      opacity: opacity,
      isOpaque: false, mask: mask, maskPlace: maskPlace, effects: effects, when: when, hasBackdrop: false,
      blendSpan: keys.own["blend"]?.value.span ?? span)
    return sharesCells ? keys.own["look"].map { shaded(layer, by: $0) } ?? layer : layer
  }

  /// A group has no cells of its own, and no value in it is random, unless another key brings them.
  private func reviewGroup(_ keys: [String: ScopedEntry], sharesCells: Bool) {
    if let grid = keys["grid"], keys["mask"] == nil, !sharesCells { report(.gridWithoutMask(grid.entry)) }
    let plain: Set<String> = ["layers", "seed", "name", "grid", "cells"]
    if let seed = keys["seed"], plain.isSuperset(of: keys.keys) { report(.seedOfNothing(seed.entry)) }
  }

  /// A layer in the cells of its group has the group's grid and is not blended.
  /// False after a report.
  func share(_ grid: ScopedEntry, with keys: inout LayerKeys) -> Bool {
    let misplaced = inOrder(keys.own, where: KeyTable.unsharedKeys.contains)
    for entry in misplaced { report(.notOfSharedCells(entry)) }
    keys.own["grid"] = grid
    return misplaced.isEmpty
  }

  private func inOrder(_ keys: [String: ScopedEntry], where isMeant: (String) -> Bool) -> [YAMLEntry] {
    keys.filter { isMeant($0.key) }.map(\.value.entry).sorted { $0.keySpan.start < $1.keySpan.start }
  }

  /// A layer with a look of its own is a group of one.
  func shaded(_ layer: CheckedLayer, by look: ScopedEntry) -> CheckedLayer {
    var inner = layer
    inner.blend = "normal"
    inner.mask = nil
    inner.maskPlace = .cells
    inner.when = nil
    inner.opacity = .number(1, span: layer.span)
    var group = layer
    group.effects = []
    group.source = .group(CheckedGroup(layers: [inner], look: self.look(look.value, in: look.scope)))
    return group
  }
}

extension CheckedLayer {
  /// The layer and, in order, those of the groups in it.
  public var parts: [CheckedLayer] {
    if case .group(let group) = source { [self] + group.layers.flatMap(\.parts) } else { [self] }
  }

  /// The looks of the group and of the groups in it.
  var looks: [[CheckedShader]] {
    parts.compactMap { if case .group(let group) = $0.source { group.look } else { nil } }
  }
}

extension Diagnostic {
  fileprivate static func tooManyGroups(_ span: Span, _ most: Int) -> Diagnostic {
    Diagnostic(
      "too_many_groups", "a segment has at most \(most) groups, since each is a picture to draw", at: span,
      help: "a `look:` on a single layer makes a group of it, too")
  }

  fileprivate static func gridWithoutMask(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "no_effect", .warning, "`grid` changes nothing: a group has cells for its `mask:` alone", at: entry.keySpan,
      help: "give it to the layers of the group, or let them share their cells by `cells: true`")
  }

  fileprivate static func seedOfNothing(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "no_effect", .warning, "`seed` changes nothing: this group has no value of its own", at: entry.keySpan,
      help: "give it to the layers of the group")
  }

  fileprivate static func notOfGroups(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "unknown_key", "`\(entry.key)` is no key of a group", at: entry.keySpan,
      help: entry.key == "effects"
        ? "with `cells: true` the layers of a group share their cells" : "give it to the layers of the group")
  }

  static func cellsOfNoGroup(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "unknown_key", "`cells` is a key of groups", at: entry.keySpan,
      help: "a group has `layers:`, which share the cells of its grid")
  }

  fileprivate static func noSharedGrid(_ span: Span) -> Diagnostic {
    Diagnostic(
      "missing_key", "a group with `cells: true` needs a `grid`", at: span,
      help: "its layers share the cells of that grid, as with `grid: md`")
  }

  fileprivate static func notOfSharedCells(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "unknown_key", "`\(entry.key)` is no key of a layer that shares its cells", at: entry.keySpan,
      help: "the group has the grid, and is masked at pixels, shaded and blended as one")
  }
}
