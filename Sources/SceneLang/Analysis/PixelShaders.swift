/// Shaders of the scene's own: `shaders: {name: {params, let, color}}`, used like those of the catalogue.
extension Analyzer {
  /// The channels of the pixel, and what follows from them.
  static let pixelNames: Set<String> = ["r", "g", "b", "luma", "color"]

  /// A use of a shader. Its color is checked anew for every use, in a scope in which the parameters are bound.
  func pixelShader(
    _ item: YAMLEntry, _ arguments: [Argument], _ span: Span, in caller: Scope, file: Scope
  ) -> CheckedShader? {
    guard
      let keys = read(item.value, as: "a shader", keys: KeyTable.pixelShader.names, required: ["color"]),
      let color = keys["color"]
    else { return nil }
    if let doc = keys["doc"] { _ = scalar(doc.value, as: "a description") }
    let scope = makeScope(parent: file, hasPixel: true)
    guard let parameters = self.parameters(keys["params"], finest: .frame, in: scope),
      let values = bind(arguments, to: parameters, of: Name(item.key, span: span), span, in: caller)
    else {
      return nil
    }
    for (parameter, value) in zip(parameters, values) {
      bindValue(value, to: parameter.name, at: parameter.span, in: scope)
    }
    readLet(keys["let"], into: scope)
    guard let checked = pixelColor(color.value, in: scope) else { return nil }
    return CheckedShader(op: item.key, arguments: [], color: checked, when: nil, mix: nil, span: span)
  }

  /// A color; a number is a grey.
  private func pixelColor(_ node: YAMLNode, in scope: Scope) -> TypedExpression? {
    var color = value(node, in: scope)
    if color.type == .gradient { color = asColor(color, in: scope) }
    switch color.type {
    case _ where color.isInvalid: return nil
    case .color: return color
    case .number, .integer:
      return TypedExpression(.rgb(color, color, color), type: .color, rate: color.rate, span: color.span)
    default:
      report(.notAPixel(color))
      return nil
    }
  }

  /// A shader that nothing used is checked with its defaults.
  func checkShaderDefinition(_ entry: YAMLEntry, in scope: Scope) {
    guard !usedLooks.contains(entry.keySpan) else { return }
    guard case .mapping(let entries) = entry.value.content,
      let params = entries.first(where: { Name.folded($0.key) == "params" })
    else {
      _ = pixelShader(entry, [], entry.keySpan, in: scope, file: scope)
      return
    }
    // Parameters without a default have no value to check the color with; the parameters themselves are checked.
    if let parameters = self.parameters(params, finest: .frame, in: scope),
      parameters.allSatisfy({ $0.default != nil })
    {
      _ = pixelShader(entry, [], entry.keySpan, in: scope, file: scope)
    }
  }

  /// `r`, `g`, `b`, `luma` (BT.709) or `color`. Precondition: `pixelNames` has the name.
  func pixel(_ name: Name, _ span: Span, in scope: Scope) -> TypedExpression {
    guard scope.hasPixel else {
      report(.pixelOutsideShader(name))
      return .invalid(span)
    }
    func channel(_ channel: ColorChannel) -> TypedExpression {
      TypedExpression(.input(.pixel(channel)), rate: .pixel, span: span)
    }
    let (r, g, b) = (channel(.red), channel(.green), channel(.blue))
    func share(_ weight: Double, _ channel: TypedExpression) -> TypedExpression {
      make(.multiply, .number(weight, span: span), channel, span)
    }
    switch name.key {
    case "r": return r
    case "g": return g
    case "b": return b
    case "luma": return make(.add, make(.add, share(0.2126, r), share(0.7152, g), span), share(0.0722, b), span)
    default: return TypedExpression(.rgb(r, g, b), type: .color, rate: .pixel, span: span)
    }
  }

  /// Whether an expression, or a name in it, reads the picture.
  func readsPicture(_ expression: TypedExpression) -> Bool {
    switch expression.kind {
    case .input(.pixel): true
    case .binding(let id): fact(\.readsPicture, of: id, none: false) { readsPicture($0) }
    default: expression.parts.contains { readsPicture($0) }
    }
  }
}

extension Diagnostic {
  fileprivate static func notAPixel(_ value: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_type", "the color of a shader is a colour or a number, found \(value.type.described)", at: value.span,
      help: "as in `color: mix(dark, light, luma)`")
  }

  fileprivate static func pixelOutsideShader(_ name: Name) -> Diagnostic {
    Diagnostic(
      "pixel_outside_shader", "`\(name.text)` is the picture, which only the color of a shader under `shaders:` reads",
      at: name.span)
  }

  static func pictureAtAnotherTime(_ span: Span) -> Diagnostic {
    Diagnostic(
      "state_at_time", "a shader sees the picture of its own frame, at no other time", at: span,
      help: "`feedback:` brings back the frames before")
  }
}
