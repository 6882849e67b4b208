/// What a layer shows: a field with its transforms, a picture, an effect, a particle system or a text; and its mask.
extension Analyzer {
  func source(_ keys: inout LayerKeys, at span: Span) -> CheckedLayer.Source? {
    let sources = KeyTable.layer.oneOf.compactMap { keys.own[$0] }
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
    let kind = Name.folded(entry.key)
    if kind != "particles", let cap = keys.own["cap"] { report(.onlyForParticles(cap.entry)) }
    if kind == "text" || kind == "lyrics" { reviewText(keys) }
    if kind == "text" { return text(&keys, source).map { .text($0) } }
    if kind == "lyrics" { return lyrics(&keys, source).map { .text($0) } }
    for key in KeyTable.textKeys {
      if let misplaced = keys.own[key] { report(.onlyForText(misplaced.entry)) }
    }
    if kind == "image" || kind == "video" { return picture(source, &keys) }
    if kind != "field" {
      if let transform = keys.own["transform"] { report(.onlyForFields(transform.entry)) }
      guard let (call, op) = effect(entry, in: source.scope) else { return nil }
      show(shown(op), in: makeBareScope(), of: &keys)
      return .effect(capped(call, of: op, in: keys))
    }
    var field = accept(value(entry.value, in: source.scope), in: Slot("`field`", .field, rate: .cell))
    if let transform = keys.own["transform"] { field = transformed(field, by: transform.entry, in: transform.scope) }
    if field.isInvalid { return nil }
    field = filled(field, at: entry.value.span)
    if let (shown, scope) = firstShown(field) { show(shown, in: scope, of: &keys) }
    return .field(field)
  }

  /// `video: clip` shows the luma of an input in its own colours.
  private func picture(_ source: ScopedEntry, _ keys: inout LayerKeys) -> CheckedLayer.Source? {
    let node = source.value
    guard let name = scalar(node, as: "the name of an input").map({ Name($0.text, span: node.span) }) else {
      return nil
    }
    guard isInput([name], in: source.scope) else {
      report(.noInput(name, of: Name.folded(source.entry.key), Array(inputs.spans.keys)))
      return nil
    }
    func channel(_ channel: String) -> TypedExpression {
      let member = inputMember([name, Name(channel, span: node.span)], node.span)
      guard let transform = keys.own["transform"], !member.isInvalid else { return member }
      return transformed(member, by: transform.entry, in: transform.scope)
    }
    let channels = ["luma", "red", "green", "blue"].map { channel($0) }
    if channels.contains(where: \.isInvalid) { return nil }
    if let picture = inputs.pictures[name.key],
      picture.facts.hasAlpha || picture.input.fit == .contain || keys.own["transform"] != nil
    {
      keys.pictureAlpha = channel("alpha")
    }
    keys.pictureColor = TypedExpression(
      .rgb(channels[1], channels[2], channels[3]), type: .color, rate: .cell, span: node.span)
    let grid = YAMLScalar(
      text: "sm", style: .plain, pieces: [.init(text: 0, source: node.span.start)], file: node.span.file)
    show(
      ["grid": YAMLEntry(key: "grid", keySpan: node.span, value: YAMLNode(.scalar(grid), span: node.span))],
      in: source.scope, of: &keys)
    return .field(channels[0])
  }

  /// The wash of a picture: none where it is transparent, and beside it, so that what is below shows there; nil for a layer
  /// that says its own, and for pictures that fill the frame.
  func pictureWash(_ keys: LayerKeys, _ wash: Double) -> TypedExpression? {
    guard keys.find("wash") == nil, let alpha = keys.pictureAlpha, !alpha.isInvalid else { return nil }
    func number(_ value: Double) -> TypedExpression { .number(value, span: alpha.span) }
    let isThere = make(.less, number(0.5), alpha, type: .boolean, .plain, alpha.span)
    return TypedExpression(
      .select(isThere, then: number(wash), otherwise: number(0)), rate: alpha.rate, span: alpha.span)
  }

  /// Sets what the layer does not say itself.
  func show(_ shown: [String: YAMLEntry], in scope: Scope, of keys: inout LayerKeys) {
    keys.shown = shown.mapValues { ScopedEntry(entry: $0, scope: scope) }
    keys.isShownByGradient = shown["color"] != nil
    keepOneColor(keys.own.merging(keys.defaults) { own, _ in own }, &keys.shown)
  }

  /// A mask: a share per cell, a condition, or a distance, which is filled.
  func mask(_ entry: ScopedEntry) -> TypedExpression {
    let mask = value(entry.value, in: entry.scope)
    if mask.type == .boolean { return mask }
    return filled(accept(mask, in: Slot("`mask`", .field, rate: .cell)), at: entry.value.span)
  }

  func maskPlace(_ keys: LayerKeys) -> Layer.MaskPlace {
    guard let entry = keys.own["mask_at"] else { return .cells }
    if keys.own["mask"] == nil { report(.noMask(entry.entry)) }
    return choice(entry.value, as: "where a mask is read", among: choices(Layer.MaskPlace.self), in: entry.scope)
      ?? .cells
  }

  /// Where cells are drawn a distance becomes 1 inside and 0 outside: the prelude's `fill`.
  func filled(_ field: TypedExpression, at span: Span) -> TypedExpression {
    guard field.isShape, let fill = preludeDefinition(.fields, "fill") else { return field }
    let name = Name("fill", span: span)
    return callField(fill, name, [], span, in: makeBareScope(), leading: field)
  }

  /// `transform:` items in the order written, each a field whose first parameter is the field it moves.
  private func transformed(_ field: TypedExpression, by entry: YAMLEntry, in scope: Scope) -> TypedExpression {
    let items: [YAMLNode]
    if case .sequence(let list) = entry.value.content { items = list } else { items = [entry.value] }
    // Those after a wrong one move what it was to move, so that their mistakes are reported, too.
    var (moved, isWhole) = (field, !field.isInvalid)
    for item in items where !field.isInvalid {
      let next = transformed(moved, by: item, in: scope)
      if next.isInvalid { isWhole = false } else { moved = next }
    }
    return isWhole ? moved : .invalid(entry.value.span)
  }

  private func transformed(_ field: TypedExpression, by item: YAMLNode, in scope: Scope) -> TypedExpression {
    guard let expression = expression(item, in: scope) else { return .invalid(item.span) }
    switch withHyphens(expression).kind {
    case .call(let path, let arguments) where path.count == 1:
      return transform(field, by: path[0], arguments, expression.span, in: scope)
    case .reference(let path) where path.count == 1:
      return transform(field, by: path[0], [], expression.span, in: scope)
    case .invalid: return .invalid(item.span)
    default:
      report(.notATransform(item.span))
      return .invalid(item.span)
    }
  }

  private func transform(
    _ field: TypedExpression, by name: Name, _ arguments: [Argument], _ span: Span, in scope: Scope
  ) -> TypedExpression {
    var definition: DefinitionID?
    if case .definition(let id) = scope.find(name.key) { definition = id }
    if let id = definition ?? preludeDefinition(.fields, name.key), takesField(id, from: name.span) {
      return callField(id, name, arguments, span, in: scope, leading: field)
    }
    report(.unknownTransform(name, transformNames(in: scope)))
    checkArgumentsOfUnknown(arguments, in: scope)
    return .invalid(span)
  }

  /// Whether the first parameter of a definition is a field; true for one that holds a mistake, already reported.
  private func takesField(_ id: DefinitionID, from use: Span) -> Bool {
    guard let field = definition(id, from: use) else { return true }
    return field.parameters.first.map { $0.type == .field || $0.type == .distance } ?? false
  }

  /// The scene's transforms and those of the prelude.
  private func transformNames(in scope: Scope) -> [String] {
    let own = scope.visibleNames.filter { name in
      guard case .definition(let id) = scope.find(name) else { return false }
      return definitions[id.index].node.isTransform
    }
    return own + preludeNames(.fields).filter { preludeEntry(.fields, $0)?.item.value.isTransform == true }
  }

  /// The first field of the catalogue (or of the scene) in an expression that says how it likes to be drawn.
  private func firstShown(_ expression: TypedExpression) -> (show: [String: YAMLEntry], scope: Scope)? {
    switch expression.kind {
    case .field(let id, let arguments):
      let definition = definitions[id.index]
      if !definition.show.isEmpty { return (definition.show, makeScope(parent: definition.file)) }
      return arguments.firstFact { firstShown($0) }
    case .binding(let id): return fact(\.shown, of: id, none: nil) { firstShown($0) }
    case .unary(_, let a), .random(_, let a), .percentile(let a, _): return firstShown(a)
    case .binary(_, let a, let b): return firstShown(a) ?? firstShown(b)
    case .select(_, let a, let b): return firstShown(a) ?? firstShown(b)
    case .loop(_, _, _, _, _, let body): return firstShown(body)
    case .at(let field, _, _, _): return firstShown(field)
    case .native(_, let arguments, _): return arguments.firstFact { firstShown($0) }
    case .simulation(let call):
      return catalog.entry(.field, call.op).map { (shown($0), makeBareScope()) }
    case .number, .text, .choice, .rgb, .gradient, .gradientLevel, .input, .picture, .measured, .lookup, .polar,
      .parameter, .index, .invalid:
      return nil
    }
  }
}

extension YAMLNode {
  /// Whether the definition of a field takes another field, which is no shape, and needs nothing else.
  var isTransform: Bool {
    guard let first = parameters.first, case .scalar(let type)? = first.value(of: "type")?.content else { return false }
    return Name.folded(type.text) == "field" && first.value(of: "unit") == nil
      && parameters.dropFirst().allSatisfy(\.hasDefault)
  }

  /// Whether the definition of a field needs no arguments.
  var isWholeField: Bool { parameters.allSatisfy(\.hasDefault) }

  /// What stands behind the names of a definition's parameters.
  private var parameters: [YAMLNode] {
    if case .mapping(let entries)? = value(of: "params")?.content { entries.map(\.value) } else { [] }
  }

  private var hasDefault: Bool {
    if case .mapping = content { value(of: "default") != nil } else { true }
  }

  private func value(of key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { Name.folded($0.key) == key }?.value
  }
}

extension Diagnostic {
  fileprivate static func unknownTransform(_ name: Name, _ names: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_name", "no transform is called `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: names),
      help: "transforms are fields whose first parameter is a field, as \(list(names.sorted(), limit: 24))",
      edit: replacement(name.text, among: names, at: name.span))
  }

  fileprivate static func noSource(_ span: Span) -> Diagnostic {
    Diagnostic(
      "missing_key", "a layer needs a source", at: Span(file: span.file, start: span.start, end: span.start),
      help: "give it `field:`, `effect:`, `particles:`, `text:`, `lyrics:`, `image:`, `video:` or `layers:`")
  }

  /// `kind`: the key of the layer, `image` or `video`.
  fileprivate static func noInput(_ name: Name, of kind: String, _ known: [String]) -> Diagnostic {
    let (called, file) = kind == "image" ? ("photo", "photo.jpg") : ("clip", "clip.mp4")
    return Diagnostic(
      "unknown_name", "no input is called `\(name.text)`", at: name.span, caret: didYouMean(name.text, among: known),
      help: name.text.contains(".")
        ? "inputs are named at the top: `inputs: {\(called): {\(kind): \(name.text)}}`, `\(kind): \(called)`"
        : "inputs are named at the top: `inputs: {\(name.text): {\(kind): \(file)}}`",
      edit: replacement(name.text, among: known, at: name.span))
  }

  fileprivate static func twoSources(_ second: YAMLEntry, _ first: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "a layer has one source", at: second.keySpan,
      labels: [.init(first.keySpan, "the first is here")])
  }

  fileprivate static func onlyForText(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "unknown_key", "`\(entry.key)` is a key of text layers", at: entry.keySpan,
      help: Name.folded(entry.key) == "position"
        ? "a field or picture is moved by `transform: [shift: {dx: 0.2, dy: 0.1}]`" : nil)
  }

  static func onlyForFields(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic("unknown_key", "`\(entry.key)` is a key of field layers", at: entry.keySpan)
  }

  fileprivate static func noMask(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic("unknown_key", "`\(entry.key)` is a key of layers with a `mask:`", at: entry.keySpan)
  }

  fileprivate static func notATransform(_ span: Span) -> Diagnostic {
    Diagnostic("wrong_type", "expected a transform, such as `rotate: 10deg * t`", at: span)
  }
}
