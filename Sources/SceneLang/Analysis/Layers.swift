/// Layers: their keys, when they are seen, and what seeds their randomness.
extension Analyzer {
  /// A layer's keys: its own (or its template's), the file's `defaults:`, and the `show:` of its field.
  struct LayerKeys {
    var own: [String: ScopedEntry]
    var defaults: [String: ScopedEntry] = [:]
    var shown: [String: ScopedEntry] = [:]
    /// When it appears and when it is gone, in seconds of the segment; nil where it does not say.
    var from: TypedExpression?
    var to: TypedExpression?
    /// Whether its field shows itself by a gradient: it fills the frame, whatever colour the layer gives it.
    var isShownByGradient = false
    /// The colour of the picture that it shows, moved as its value is; nil for all other layers.
    var pictureColor: TypedExpression?
    /// How much of that picture is in a cell, where it may be none; nil for one that fills the frame.
    var pictureAlpha: TypedExpression?
    /// For values that stand nowhere in the source.
    var scope: Scope

    func find(_ key: String) -> ScopedEntry? { own[key] ?? defaults[key] ?? shown[key] }
  }

  func readLayers(_ node: YAMLNode, in segment: Scope) -> [CheckedLayer] {
    guard let items = sequence(node, as: "a list of layers") else { return [] }
    return readLayers(items, at: node.span, in: segment)
  }

  func readLayers(_ items: [YAMLNode], at span: Span, in segment: Scope) -> [CheckedLayer] {
    var ordinals: [String: Int] = [:]
    budget.layersInSegment = 0
    let layers = readLayers(items, at: span, ordinals: &ordinals, in: segment)
    checkGroupCount(in: layers)
    return layers
  }

  /// `ordinals` counts the layers of each op in the segment.
  func readLayers(
    _ items: [YAMLNode], at span: Span, ordinals: inout [String: Int], in segment: Scope
  ) -> [CheckedLayer] {
    if items.isEmpty { report(.noLayers(span)) }
    var result: [CheckedLayer] = []
    for (item, scope) in spliced(items, in: segment) {
      guard admitLayer(at: item.span) else { break }
      let layer = labelling(uses: item) { () -> CheckedLayer? in
        guard let keys = expand(item, .layer, as: "a layer", keys: KeyTable.layer.names, in: scope) else { return nil }
        return self.layer(keys, isFirst: result.isEmpty, at: item.span, ordinals: &ordinals, in: scope)
      }
      if let layer { result.append(layer) }
    }
    return withinTotal(result)
  }

  /// The layers with those that a template was given (`- layers: back`) put in their place.
  private func spliced(_ items: [YAMLNode], in scope: Scope) -> [(item: YAMLNode, scope: Scope)] {
    items.flatMap { item -> [(item: YAMLNode, scope: Scope)] in
      guard case .mapping(let entries) = item.content, entries.count == 1, entries[0].key == "layers",
        case .scalar(let scalar) = entries[0].value.content
      else { return [(item, scope)] }
      let name = Name(scalar.text, span: entries[0].value.span)
      guard case .layers(let given, let caller) = scope.find(name.key) else {
        report(.notLayers(name))
        return []
      }
      return spliced(given, in: caller)
    }
  }

  private func layer(
    _ entries: [String: ScopedEntry], isFirst: Bool, at span: Span, ordinals: inout [String: Int], in segment: Scope
  ) -> CheckedLayer? {
    var own = entries
    // The values beside a `let:` see its names.
    if let names = entries["let"] {
      let scope = makeScope(parent: names.scope)
      readLet(names.entry, into: scope, isInSight: true)
      for (key, entry) in own where entry.scope === names.scope { own[key]?.scope = scope }
    }
    var keys = LayerKeys(own: own, scope: segment)
    keys.defaults = segment.module.layerDefaults.mapValues { ScopedEntry(entry: $0, scope: segment.module.scope) }
    keepOneColor(own, &keys.defaults)
    if let sharedGrid, !share(sharedGrid, with: &keys) { return nil }
    let outerKey = openLayerKey
    openLayerKey = [sceneSeed, openSegmentSeed, ""]
    defer { openLayerKey = outerKey }
    keys.from = bound("from", of: keys)
    keys.to = bound("to", of: keys)
    if keys.own["layers"] != nil { return group(keys, isFirst: isFirst, at: span, ordinals: &ordinals) }
    if let entry = keys.own["cells"] { report(.cellsOfNoGroup(entry.entry)) }
    guard let source = source(&keys, at: span) else {
      checkCommonKeys(keys)
      return nil
    }
    let isText = if case .text = source { true } else { false }
    let seed = self.seed(own, of: opName(of: source), ordinals: &ordinals)
    openLayerKey = [sceneSeed, openSegmentSeed, seed]
    let mask = keys.own["mask"].map { self.mask($0) }
    let maskPlace = maskPlace(keys)
    let effects = keys.own["effects"].map { cellEffects($0) } ?? []
    let textSize: Double? = if case .text(let text) = source { usualSize(of: text, keys) } else { nil }
    let grid = grid(keys, size: textSize)
    var palette = palette(keys)
    if isText { palette?.glyphs.stretch = 1 }
    let (paint, isPlain) = paint(keys, isText: isText)
    let isGradient = if case .color(let color) = paint { readsGradient(color) } else { false }
    let isField = if case .field = source { true } else { false }
    let isSurface = isField && mask == nil && (isGradient || keys.isShownByGradient)
    let washByDefault = keys.pictureColor != nil ? 0.8 : isSurface ? 0.3 : 0
    let (named, light) = blend(keys)
    let blend = named ?? (isFirst || isText || mask != nil ? "normal" : "screen")
    let opacity = number("opacity", of: keys, default: 1, Slot("opacity", of: .layer))
    let wash =
      pictureWash(keys, washByDefault)
      ?? number("wash", of: keys, default: washByDefault, Slot("wash", of: .layer))
    let brightness = brightness(keys, isPlain: isPlain && !isText, at: span)
    let isOpaque = own["opaque"].flatMap { boolean($0.value, as: "true or false") } ?? false
    let standsOver =
      isText && blend == "normal" && mask == nil && (!isFirst || isOverlay) && sharedGrid == nil && !isDark(paint)
    let backdrop = own["backdrop"].map { boolean($0.value, as: "true or false") ?? false } ?? standsOver
    let when = time(keys, at: span)
    guard let grid, let palette else { return nil }
    let layer = CheckedLayer(
      name: seed, span: span, source: placed(source, keys, grid), grid: grid, palette: palette, paint: paint,
      brightness: brightness, wash: wash, blend: blend, blendLight: light, opacity: opacity, isOpaque: isOpaque,
      mask: mask,
      maskPlace: maskPlace, effects: effects, when: when, hasBackdrop: backdrop,
      blendSpan: keys.own["blend"]?.value.span ?? span)
    return keys.own["look"].map { shaded(layer, by: $0) } ?? layer
  }

  /// Whether everything is of one color that is darker than most grounds: below 0.2 in luma (BT.709, of sRGB levels), with no
  /// channel from 0.6 on. A shadow below it would hide it.
  private func isDark(_ paint: CheckedLayer.Paint) -> Bool {
    guard case .color(let color) = paint, let rgb = constantColor(color) else { return false }
    let level = 0.2126 * Double(rgb.red) + 0.7152 * Double(rgb.green) + 0.0722 * Double(rgb.blue)
    return level < 51 && max(rgb.red, rgb.green, rgb.blue) < 153
  }

  private func placed(_ source: CheckedLayer.Source, _ keys: LayerKeys, _ grid: Grid) -> CheckedLayer.Source {
    if case .text(let text) = source { .text(placed(text, keys, grid)) } else { source }
  }

  /// A layer gives its colour in one way: where the stronger keys say one, weaker ones leave the other out.
  func keepOneColor(_ strong: [String: ScopedEntry], _ weak: inout [String: ScopedEntry]) {
    let saysHue = strong["hue"] != nil || strong["saturation"] != nil
    if strong["color"] != nil || (saysHue && weak["color"] != nil) {
      for key in ["color", "hue", "saturation", "brightness"] { weak[key] = nil }
    }
  }

  /// What a field of the author's says of how it is drawn is checked even if every layer says otherwise.
  func checkShown(_ shown: [String: YAMLEntry], at span: Span, in scope: Scope) {
    if shown.isEmpty { return }
    let keys = LayerKeys(
      own: [:], shown: shown.mapValues { ScopedEntry(entry: $0, scope: scope) }, scope: scope)
    checkCommonKeys(keys)
    _ = number("wash", of: keys, default: 0, Slot("wash", of: .layer))
    _ = brightness(keys, isPlain: false, at: span)
  }

  /// A layer without a usable source still has its other keys checked.
  private func checkCommonKeys(_ keys: LayerKeys) {
    _ = grid(keys)
    _ = palette(keys)
    _ = blend(keys)
    _ = paint(keys, isText: false)
    _ = number("opacity", of: keys, default: 1, Slot("opacity", of: .layer))
  }

  /// `when`, `from` and `to` as one condition.
  func time(_ keys: LayerKeys, at span: Span) -> TypedExpression? {
    var conditions: [TypedExpression] = []
    if let entry = keys.own["when"] {
      conditions.append(value(entry.entry, in: Slot("when", of: .layer), scope: entry.scope))
    }
    let now = TypedExpression(.input(.time), .time, rate: .frame, span: span)
    if let from = keys.from, !from.isInvalid {
      conditions.append(make(.lessOrEqual, from, now, type: .boolean, .plain, span))
    }
    if let to = keys.to, !to.isInvalid {
      conditions.append(make(.less, now, to, type: .boolean, .plain, span))
    }
    return conditions.dropFirst().reduce(conditions.first) { all, next in
      all.map { make(.minimum, $0, next, type: .boolean, .plain, span) }
    }
  }

  /// `from` or `to` in seconds of the segment, a negative number counted from its end as in keyframes; nil if the layer has
  /// none.
  private func bound(_ key: String, of keys: LayerKeys) -> TypedExpression? {
    guard let entry = keys.own[key] else { return nil }
    // The overlay is on the clock of the video, as `until` is.
    let given = measuringBeats(isOverlay ? .position : beatMeasure) { value(entry.value, in: entry.scope) }
    var slot = Slot(key, of: .layer)
    let openDuration = isOverlay ? videoDuration : openDuration
    // A share of the segment, as among keys.
    if isShare(given), let share = constant(given), let duration = openDuration, duration > 0 {
      slot.range = 0...duration
      return accept(.number(duration * (share < 0 ? 1 + share : share), .time, span: given.span), in: slot)
    }
    let time = accept(given, in: slot)
    guard let seconds = constant(time), seconds < 0, let duration = openDuration, duration > 0 else { return time }
    guard duration + seconds >= 0 else {
      report(.beforeTheBeginning(key, of: isOverlay ? "video" : "segment", time.span))
      return .invalid(time.span)
    }
    return .number(duration + seconds, .time, span: time.span)
  }

  /// The layer's part of the randomness key: its seed or name, or else the op's name with its ordinal in the segment.
  func seed(_ keys: [String: ScopedEntry], of op: String, ordinals: inout [String: Int]) -> String {
    let name = keys["name"].flatMap { scalar($0.value, as: "a name")?.text }
    if let own = keys["seed"].flatMap({ scalar($0.value, as: "a seed")?.text }) ?? name { return own }
    ordinals[op, default: 0] += 1
    return "\(op) \(ordinals[op]!)"
  }

  private func opName(of source: CheckedLayer.Source) -> String {
    switch source {
    case .text: "text"
    case .effect(let call): call.op
    case .field(let field): firstName(field)
    case .group: "group"
    }
  }

  private func firstName(_ expression: TypedExpression) -> String {
    switch expression.kind {
    case .field(let id, _): definitions[id.index].name
    case .native(let op, _, _): op
    case .simulation(let call): call.op
    // By what it stands for: another name for a value is no other picture.
    case .binding(let id): fact(\.ops, of: id, none: "value") { firstName($0) }
    case .binary(_, let a, let b):
      [a, b].firstFact {
        let name = firstName($0)
        return name == "value" ? nil : name
      } ?? "value"
    case .unary(_, let a), .at(let a, _, _, _): firstName(a)
    case .select(_, let a, _): firstName(a)
    default: "value"
    }
  }
}

extension Scope {
  /// A place for values that stand nowhere in the source.
  var anySpan: Span { Span(file: FileID(0), start: 0, end: 0) }
}

extension Diagnostic {
  fileprivate static func beforeTheBeginning(_ key: String, of whole: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "out_of_range", "`\(key)` lies before the \(whole) begins", at: span,
      help: "a negative time counts from the end of the \(whole), which is shorter")
  }

  fileprivate static func noLayers(_ span: Span) -> Diagnostic {
    Diagnostic("missing_value", "a segment or group needs one layer or more", at: span)
  }

  fileprivate static func notLayers(_ name: Name) -> Diagnostic {
    Diagnostic(
      "unknown_name", "no layers were given as `\(name.text)`", at: name.span,
      help: "a template names them with `params: {\(name.text): {type: layers}}`")
  }
}
