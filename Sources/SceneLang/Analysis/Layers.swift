extension Analyzer {
  private static let textOnly: Set<String> = ["align", "position", "wrap", "backdrop", "style"]

  /// A layer's keys: its own (or its template's), the file's `defaults:`, and the `show:` of its field.
  struct LayerKeys {
    var own: [String: ScopedEntry]
    var defaults: [String: ScopedEntry] = [:]
    var shown: [String: ScopedEntry] = [:]
    /// When it appears and when it is gone, in seconds of the segment; nil where it does not say.
    var from: TypedExpression?
    var to: TypedExpression?
    /// For values that stand nowhere in the source.
    var scope: Scope

    func find(_ key: String) -> ScopedEntry? { own[key] ?? defaults[key] ?? shown[key] }
  }

  func readLayers(_ node: YAMLNode, in segment: Scope) -> [CheckedLayer] {
    guard let items = sequence(node, as: "a list of layers") else { return [] }
    if items.isEmpty { report(.noLayers(node.span)) }
    return readLayers(items, in: segment)
  }

  func readLayers(_ items: [YAMLNode], in segment: Scope) -> [CheckedLayer] {
    var result: [CheckedLayer] = []
    var ordinals: [String: Int] = [:]
    for (item, scope) in spliced(items, in: segment) {
      let errors = bag.all.count
      guard let keys = expand(item, .layer, as: "a layer", keys: KeyTable.layer.names, in: scope) else { continue }
      hasUnknownKey = bag.all.count > errors
      if let layer = layer(keys, isFirst: result.isEmpty, at: item.span, ordinals: &ordinals, in: scope) {
        result.append(layer)
      }
    }
    return result
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
      readLet(names.entry, into: scope)
      for (key, entry) in own where entry.scope === names.scope { own[key]?.scope = scope }
    }
    var keys = LayerKeys(own: own, scope: segment)
    keys.defaults = segment.module.layerDefaults.mapValues { ScopedEntry(entry: $0, scope: segment.module.scope) }
    keepOneColor(own, &keys.defaults)
    openLayerKey = [sceneSeed, openSegmentSeed, ""]
    defer { openLayerKey = nil }
    keys.from = bound("from", of: keys)
    keys.to = bound("to", of: keys)
    guard let source = source(&keys, at: span) else {
      checkCommonKeys(keys)
      return nil
    }
    let isText = if case .text = source { true } else { false }
    let seed = self.seed(own, source: source, ordinals: &ordinals)
    openLayerKey = [sceneSeed, openSegmentSeed, seed]
    let mask = keys.own["mask"].map { self.mask($0) }
    let grid = grid(keys, default: isText ? "lg" : catalog.defaults.grid)
    var palette = palette(keys)
    if isText { palette?.stretch = 1 }
    let (paint, isPlain) = paint(keys, isText: isText)
    let isGradient = if case .color(let color) = paint { color.type == .gradient } else { false }
    let isField = if case .field = source { true } else { false }
    let washByDefault = isField && isGradient && mask == nil ? 0.3 : 0
    let blend = blend(keys) ?? (isFirst || isText || mask != nil ? "normal" : "screen")
    let opacity = number("opacity", of: keys, default: 1, Slot("`opacity`", rate: .frame, in: 0...1))
    let wash = number("wash", of: keys, default: washByDefault, Slot("`wash`", rate: .cell, in: 0...1))
    let brightness = brightness(keys, isPlain: isPlain && !isText, at: span)
    let isOpaque = own["opaque"].flatMap { boolean($0.value, as: "true or false") } ?? false
    let backdrop = own["backdrop"].flatMap { boolean($0.value, as: "true or false") } ?? false
    let when = time(keys, at: span)
    guard let grid, let palette else { return nil }
    return CheckedLayer(
      name: seed, span: span, source: source, grid: grid, palette: palette, paint: paint,
      brightness: brightness, wash: wash, blend: blend, opacity: opacity, isOpaque: isOpaque, mask: mask, when: when,
      hasBackdrop: backdrop, blendSpan: keys.own["blend"]?.value.span ?? span)
  }

  /// A layer gives its colour in one way: where the stronger keys say one, weaker ones leave the other out.
  private func keepOneColor(_ strong: [String: ScopedEntry], _ weak: inout [String: ScopedEntry]) {
    let saysHue = strong["hue"] != nil || strong["saturation"] != nil
    if strong["color"] != nil || (saysHue && weak["color"] != nil) {
      for key in ["color", "hue", "saturation", "brightness"] { weak[key] = nil }
    }
  }

  /// A layer without a usable source still has its other keys checked.
  private func checkCommonKeys(_ keys: LayerKeys) {
    _ = grid(keys, default: catalog.defaults.grid)
    _ = palette(keys)
    _ = blend(keys)
    _ = paint(keys, isText: false)
    _ = number("opacity", of: keys, default: 1, Slot("`opacity`", rate: .frame, in: 0...1))
  }

  // MARK: Source

  private func source(_ keys: inout LayerKeys, at span: Span) -> CheckedLayer.Source? {
    let sources = ["field", "effect", "particles", "text"].compactMap { keys.own[$0] }
    guard let source = sources.first, sources.count == 1 else {
      // The source may be the key that was misspelt.
      if !sources.isEmpty {
        report(.twoSources(sources[1].entry, sources[0].entry))
      } else if !hasUnknownKey {
        report(.noSource(span))
      }
      return nil
    }
    let entry = source.entry
    if Name.folded(entry.key) == "text" { return text(keys, source).map { .text($0) } }
    for key in Self.textOnly.sorted() {
      if let misplaced = keys.own[key] { report(.onlyForText(misplaced.entry)) }
    }
    if Name.folded(entry.key) != "field" {
      if let transform = keys.own["transform"] { report(.onlyForFields(transform.entry)) }
      guard let (call, op) = effect(entry, in: source.scope) else { return nil }
      show(shown(op), in: makeBareScope(), of: &keys)
      return .effect(call)
    }
    var field = accept(value(entry.value, in: source.scope), in: Slot("`field`", .field, rate: .cell))
    if let transform = keys.own["transform"] { field = transformed(field, by: transform.entry, in: transform.scope) }
    if field.isInvalid { return nil }
    field = filled(field, at: entry.value.span)
    if let (shown, scope) = firstShown(field) { show(shown, in: scope, of: &keys) }
    return .field(field)
  }

  /// Sets what the layer does not say itself.
  private func show(_ shown: [String: YAMLEntry], in scope: Scope, of keys: inout LayerKeys) {
    keys.shown = shown.mapValues { ScopedEntry(entry: $0, scope: scope) }
    keepOneColor(keys.own.merging(keys.defaults) { own, _ in own }, &keys.shown)
  }

  /// A mask: a share per cell, a condition, or a distance, which is filled.
  private func mask(_ entry: ScopedEntry) -> TypedExpression {
    let mask = value(entry.value, in: entry.scope)
    if mask.type == .boolean { return mask }
    return filled(accept(mask, in: Slot("`mask`", .field, rate: .cell)), at: entry.value.span)
  }

  /// Where cells are drawn a distance becomes 1 inside and 0 outside: the prelude's `fill`.
  func filled(_ field: TypedExpression, at span: Span) -> TypedExpression {
    guard field.dimension == .length, let fill = preludeDefinition(.fields, "fill") else { return field }
    let name = Name("fill", span: span)
    return callField(fill, name, [], span, in: makeBareScope(), leading: field)
  }

  /// `transform:` items in the order written, each a field of the prelude whose first parameter is the field it moves.
  private func transformed(_ field: TypedExpression, by entry: YAMLEntry, in scope: Scope) -> TypedExpression {
    let items: [YAMLNode]
    if case .sequence(let list) = entry.value.content { items = list } else { items = [entry.value] }
    return items.reduce(field) { moved, item in
      if moved.isInvalid { return moved }
      guard let expression = expression(item, isName: { self.isCallable($0, in: scope) }) else {
        return .invalid(item.span)
      }
      switch expression.kind {
      case .call(let path, let arguments) where path.count == 1:
        return transform(moved, by: path[0], arguments, expression.span, in: scope)
      case .reference(let path) where path.count == 1:
        return transform(moved, by: path[0], [], expression.span, in: scope)
      case .invalid: return .invalid(item.span)
      default:
        report(.notATransform(item.span))
        return .invalid(item.span)
      }
    }
  }

  private func transform(
    _ field: TypedExpression, by name: Name, _ arguments: [Argument], _ span: Span, in scope: Scope
  ) -> TypedExpression {
    if case .definition(let id) = scope.find(name.key) {
      return callField(id, name, arguments, span, in: scope, leading: field)
    }
    if let id = preludeDefinition(.fields, name.key) {
      return callField(id, name, arguments, span, in: scope, leading: field)
    }
    report(
      .unknownName(name, "no transform is called `\(name.text)`", among: scope.visibleNames + preludeNames(.fields)))
    return .invalid(span)
  }

  /// The first field of the catalogue (or of the scene) in an expression that says how it likes to be drawn.
  private func firstShown(_ expression: TypedExpression) -> (show: [String: YAMLEntry], scope: Scope)? {
    switch expression.kind {
    case .field(let id, let arguments):
      let definition = definitions[id.index]
      if !definition.show.isEmpty { return (definition.show, makeScope(parent: definition.file)) }
      return arguments.lazy.compactMap { self.firstShown($0) }.first
    case .binding(let id): return binding(id).flatMap { firstShown($0) }
    case .unary(_, let a), .random(_, let a): return firstShown(a)
    case .binary(_, let a, let b): return firstShown(a) ?? firstShown(b)
    case .select(_, let a, let b): return firstShown(a) ?? firstShown(b)
    case .loop(_, _, _, _, _, let body): return firstShown(body)
    case .at(let field, _, _, _): return firstShown(field)
    case .native(_, let arguments): return arguments.lazy.compactMap { self.firstShown($0) }.first
    case .simulation(let call):
      return catalog.entry(.field, call.op).map { (shown($0), makeBareScope()) }
    case .number, .text, .choice, .rgb, .gradient, .input, .polar, .parameter, .index, .invalid: return nil
    }
  }

  // MARK: Cells

  private func grid(_ keys: LayerKeys, default name: String) -> Grid? {
    var face = Grid.Face.bold
    if let entry = keys.find("face") {
      face = choice(entry.value, as: "a face", among: choices(Grid.Face.self)) ?? face
    }
    guard let entry = keys.find("grid") else {
      return catalog.grids[name].map { Grid(fontSize: $0, face: face) }
    }
    if case .mapping = entry.value.content {
      guard let block = read(entry.value, as: "a grid", keys: KeyTable.grid.names, required: ["size"]),
        let size = block["size"]
      else {
        return nil
      }
      // A length in shares of the shorter side: 4 px of 1080 to half the picture.
      let slot = Slot("`size`", .number, .length, rate: .constant, in: 4.0 / 1080...0.5)
      return constant(value(size, in: slot, scope: entry.scope)).map { Grid(fontSize: $0 * 1080, face: face) }
    }
    return plainlyNamed(entry.value, as: "a grid", in: entry.scope) { name in
      if let size = catalog.grids[name.key] { return Grid(fontSize: size, face: face) }
      report(.unknownGrid(name, catalog.names(.grid)))
      return nil
    }
  }

  private func palette(_ keys: LayerKeys) -> Palette? {
    guard let entry = keys.find("palette") else { return catalog.palettes[catalog.defaults.palette] }
    return palette(entry.value, in: entry.scope)
  }

  private func blend(_ keys: LayerKeys) -> String? {
    guard let entry = keys.own["blend"] ?? keys.defaults["blend"] else { return nil }
    return plainlyNamed(entry.value, as: "a blend", in: entry.scope) { name in
      if let known = catalog.entry(.blend, name.key) { return known.name }
      report(.unknownBlend(name, catalog.names(.blend)))
      return nil
    }
  }

  private func number(_ key: String, of keys: LayerKeys, default value: Double, _ slot: Slot) -> TypedExpression {
    guard let found = keys.find(key) else { return .number(value, span: keys.scope.anySpan) }
    return self.value(found.entry, in: slot, scope: makeScope(parent: found.scope, hasValue: slot.rate == .cell))
  }

  // MARK: Colour

  /// The paint, and whether it carries no lightness of its own (hues and plain colours).
  private func paint(_ keys: LayerKeys, isText: Bool) -> (CheckedLayer.Paint, isPlain: Bool) {
    let hue = keys.find("hue") ?? keys.find("saturation")
    if let own = keys.own["color"], let other = keys.own["hue"] ?? keys.own["saturation"] {
      report(.colorTwice(other.entry, own.entry))
    }
    if let found = keys.find("color"), keys.own["color"] != nil || hue == nil {
      let color = self.color(found.entry, in: makeScope(parent: found.scope, hasValue: true))
      return (.color(color), color.type == .color)
    }
    if hue != nil {
      let slot = Slot("`hue`", rate: .cell)
      let saturation = Slot("`saturation`", rate: .cell, in: 0...1)
      return (
        .hue(
          number("hue", of: keys, default: 0.6, slot),
          saturation: number("saturation", of: keys, default: 0.8, saturation)), true
      )
    }
    if isText { return (.color(color(RGB(255, 246, 226), keys.scope.anySpan)), true) }
    let gradient = catalog.gradients[catalog.defaults.gradient]
    precondition(gradient != nil, "the catalogue has no gradient \(catalog.defaults.gradient)")
    let span = keys.scope.anySpan
    return (.color(TypedExpression(.gradient(gradient!, at: nil), type: .gradient, rate: .cell, span: span)), false)
  }

  private func color(_ entry: YAMLEntry, in scope: Scope) -> TypedExpression {
    if case .mapping(let items) = entry.value.content,
      items.contains(where: { Gradient.Space(rawValue: Name.folded($0.key)) != nil })
    {
      guard let gradient = gradient(entry.value) else { return .invalid(entry.value.span) }
      return TypedExpression(.gradient(gradient, at: nil), type: .gradient, rate: .cell, span: entry.value.span)
    }
    let color = value(entry.value, in: scope)
    if color.isInvalid || color.type == .gradient || color.type == .color { return color }
    report(.notAColor(color))
    return .invalid(color.span)
  }

  /// 0.4 + 0.6 · value for hues and plain colours, whose glyphs carry the tone already; else 1.
  private func brightness(_ keys: LayerKeys, isPlain: Bool, at span: Span) -> TypedExpression {
    if keys.find("brightness") == nil && isPlain {
      let value = TypedExpression(.input(.value), rate: .cell, span: span)
      return make(
        .add, .number(0.4, span: span), make(.multiply, .number(0.6, span: span), value, span), span)
    }
    return number("brightness", of: keys, default: 1, Slot("`brightness`", rate: .cell, in: 0...4))
  }

  // MARK: Time and seed

  /// `when`, `from` and `to` as one condition.
  private func time(_ keys: LayerKeys, at span: Span) -> TypedExpression? {
    var conditions: [TypedExpression] = []
    if let entry = keys.own["when"] {
      conditions.append(value(entry.entry, in: Slot("`when`", .boolean, rate: .frame), scope: entry.scope))
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

  /// `from` or `to` in seconds of the segment; nil if the layer has none.
  private func bound(_ key: String, of keys: LayerKeys) -> TypedExpression? {
    keys.own[key].map { value($0.entry, in: Slot("`\(key)`", .number, .time, rate: .frame), scope: $0.scope) }
  }

  /// The layer's part of the randomness key: its seed or name, or else the op's name with its ordinal in the segment.
  private func seed(
    _ keys: [String: ScopedEntry], source: CheckedLayer.Source, ordinals: inout [String: Int]
  ) -> String {
    if let entry = keys["seed"] ?? keys["name"], let own = scalar(entry.value, as: "a name")?.text { return own }
    let op =
      switch source {
      case .text: "text"
      case .effect(let call): call.op
      case .field(let field): firstName(field)
      }
    ordinals[op, default: 0] += 1
    return "\(op) \(ordinals[op]!)"
  }

  private func firstName(_ expression: TypedExpression) -> String {
    switch expression.kind {
    case .field(let id, _): definitions[id.index].name
    case .native(let op, _): op
    case .simulation(let call): call.op
    // By what it stands for: another name for a value is no other picture.
    case .binding(let id): binding(id).map(firstName) ?? "value"
    case .binary(_, let a, let b): firstName(a) == "value" ? firstName(b) : firstName(a)
    case .unary(_, let a), .at(let a, _, _, _): firstName(a)
    case .select(_, let a, _): firstName(a)
    default: "value"
    }
  }
}

extension Scope {
  /// A place for values that stand nowhere in the source.
  fileprivate var anySpan: Span { Span(file: FileID(0), start: 0, end: 0) }
}

extension Diagnostic {
  fileprivate static func noLayers(_ span: Span) -> Diagnostic {
    Diagnostic("missing_value", "a segment needs one layer or more", at: span)
  }

  fileprivate static func notLayers(_ name: Name) -> Diagnostic {
    Diagnostic(
      "unknown_name", "no layers were given as `\(name.text)`", at: name.span,
      help: "a template names them with `params: {\(name.text): {type: layers}}`")
  }

  fileprivate static func noSource(_ span: Span) -> Diagnostic {
    Diagnostic(
      "missing_key", "a layer needs a source", at: Span(file: span.file, start: span.start, end: span.start),
      help: "give it `field:`, `effect:`, `particles:` or `text:`")
  }

  fileprivate static func twoSources(_ second: YAMLEntry, _ first: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "a layer has one source", at: second.keySpan,
      labels: [.init(first.keySpan, "the first is here")])
  }

  fileprivate static func onlyForText(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic("unknown_key", "`\(entry.key)` is a key of text layers", at: entry.keySpan)
  }

  fileprivate static func onlyForFields(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic("unknown_key", "`\(entry.key)` is a key of field layers", at: entry.keySpan)
  }

  fileprivate static func notATransform(_ span: Span) -> Diagnostic {
    Diagnostic("wrong_type", "expected a transform, such as `rotate: 10deg * t`", at: span)
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

  fileprivate static func colorTwice(_ hue: YAMLEntry, _ color: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "a layer gives either `color` or `hue` and `saturation`", at: hue.keySpan,
      labels: [.init(color.keySpan, "its colour is given here")])
  }

  fileprivate static func notAColor(_ value: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_type", "`color` takes a colour or a gradient, found \(value.type.described)", at: value.span,
      help: "colours are quoted, as in \"#ff5f6d\"")
  }
}
