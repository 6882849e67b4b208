/// The sections of a scene that stand beside its segments: `defaults:`, `overlay:`, `variants:`.
extension Analyzer {
  /// `defaults: {layers: {grid: sm}, segments: {look: tape}}`: what layers and segments have that do not say.
  func readDefaults(_ entry: YAMLEntry?, into module: Module) {
    guard let entry, let keys = read(entry.value, as: "`defaults`", keys: KeyTable.defaults.names) else { return }
    module.layerDefaults =
      keys["layers"].flatMap { read($0.value, as: "defaults of layers", keys: KeyTable.layerDefaults.names) } ?? [:]
    module.segmentDefaults =
      keys["segments"].flatMap {
        read($0.value, as: "defaults of segments", keys: KeyTable.segmentDefaults.names)
      } ?? [:]
  }

  /// `overlay:`: a list of layers, or `{layers, under: look}` to put them below the looks.
  func readOverlay(_ entry: YAMLEntry?, in scope: Scope) -> CheckedOverlay {
    guard let entry else { return CheckedOverlay() }
    var overlay = CheckedOverlay()
    var node = entry.value
    if case .mapping = entry.value.content {
      guard let keys = read(entry.value, as: "an overlay", keys: KeyTable.overlay.names, required: ["layers"]),
        let layers = keys["layers"]
      else { return overlay }
      node = layers.value
      if let under = keys["under"] {
        overlay.isUnderLook = choice(under.value, as: "a place below", among: ["look": true]) ?? false
      }
    }
    guard let items = sequence(node, as: "a list of layers") else { return overlay }
    isOverlay = true
    overlay.layers = readLayers(items, at: node.span, in: scope)
    isOverlay = false
    return overlay
  }

  /// `variants: {portrait: {video: …, set: …}}`: gives the names, and puts what the chosen one says in place.
  func readVariants(_ entry: YAMLEntry?, video: inout YAMLEntry?) -> [String] {
    guard let entry, let items = mapping(entry.value, as: "variants") else {
      if let name = overrides.variant, entry == nil { reportUnknownVariant(name, []) }
      return []
    }
    guard admitVariants(items.count, at: entry.keySpan) else { return [] }
    for item in items {
      guard let keys = read(item.value, as: "a variant", keys: KeyTable.variant.names) else { continue }
      guard item.key == overrides.variant else { continue }
      if let own = keys["video"] { video = own }
      for value in keys["set"].flatMap({ mapping($0.value, as: "`set`") }) ?? [] {
        variantValues[Name.folded(value.key)] = value
      }
    }
    let names = items.map(\.key)
    if let name = overrides.variant, !names.contains(name) { reportUnknownVariant(name, names) }
    return names
  }

  private func reportUnknownVariant(_ name: String, _ known: [String]) {
    let file = sources.add(path: "--variant", bytes: Array(name.utf8), origin: .commandLine)
    report(.unknownVariant(name, known, Span(file: file, start: 0, end: name.utf8.count)))
  }
}

extension Diagnostic {
  fileprivate static func unknownVariant(_ name: String, _ known: [String], _ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_variant", "the scene has no variant `\(name)`", at: span, caret: didYouMean(name, among: known),
      help: known.isEmpty ? "it has no `variants:`" : "its variants are \(list(known))")
  }
}
