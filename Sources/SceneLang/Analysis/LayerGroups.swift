/// Groups: layers on a canvas of their own, which gets its own look, mask and blend.
extension Analyzer {
  /// The keys of a group; the grid is that of its mask.
  private static let groupKeys: Set<String> = [
    "layers", "look", "name", "blend", "opacity", "mask", "mask_at", "grid", "from", "to", "when", "seed", "let",
  ]

  /// A canvas takes 8 to 15 MB at 1080p.
  private static let mostGroups = 16

  func checkGroupCount(in layers: [CheckedLayer]) {
    let groups = layers.flatMap(\.parts).filter { if case .group = $0.source { true } else { false } }
    if groups.count > Self.mostGroups { report(.tooManyGroups(groups[Self.mostGroups].span, Self.mostGroups)) }
  }

  /// Precondition: `keys` has `layers`.
  func group(
    _ keys: LayerKeys, isFirst: Bool, at span: Span, ordinals: inout [String: Int]
  ) -> CheckedLayer? {
    guard let entry = keys.own["layers"], let items = sequence(entry.value, as: "a list of layers") else { return nil }
    var isRight = true
    for (key, misplaced) in keys.own.sorted(by: { $0.value.entry.keySpan.start < $1.value.entry.keySpan.start })
    where !Self.groupKeys.contains(key) {
      report(.notOfGroups(misplaced.entry))
      isRight = false
    }
    let seed = self.seed(keys.own, of: "group", ordinals: &ordinals)
    let layers = readLayers(items, at: entry.value.span, ordinals: &ordinals, in: entry.scope)
    openLayerKey = [sceneSeed, openSegmentSeed, seed]
    let mask = keys.own["mask"].map { self.mask($0) }
    let maskPlace = maskPlace(keys)
    let look = keys.own["look"].map { self.look($0.value, in: $0.scope) } ?? []
    let grid = grid(keys, default: catalog.defaults.grid)
    let (named, light) = blend(keys)
    let blend = named ?? (isFirst || mask != nil ? "normal" : "screen")
    let opacity = number("opacity", of: keys, default: 1, Slot("`opacity`", rate: .frame, in: 0...1))
    let when = time(keys, at: span)
    guard isRight, let grid, let palette = catalog.palettes[catalog.defaults.palette] else { return nil }
    let none = TypedExpression.number(0, span: span)
    return CheckedLayer(
      name: seed, span: span, source: .group(CheckedGroup(layers: layers, look: look)), grid: grid, palette: palette,
      paint: .color(color(RGB(0, 0, 0), span)), brightness: none, wash: none, blend: blend, blendLight: light,
      opacity: opacity,
      isOpaque: false, mask: mask, maskPlace: maskPlace, effects: [], when: when, hasBackdrop: false,
      blendSpan: keys.own["blend"]?.value.span ?? span)
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
      "too_many_groups", "a segment has at most \(most) groups, since each holds a picture", at: span,
      help: "a `look:` on a single layer makes a group of it, too")
  }

  fileprivate static func notOfGroups(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "unknown_key", "`\(entry.key)` is no key of a group", at: entry.keySpan,
      help: "give it to the layers of the group")
  }
}
