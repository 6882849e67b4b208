/// What decides how the arguments of a call in map form are read: the parameters of what is called, in order.
struct Callee {
  /// Places and names of the parameters that take text.
  private var texts: Set<Int> = []
  private var names: Set<String> = []
  /// Whether a gradient comes first.
  private(set) var takesGradient = false

  /// Whether it takes as many values as it is given, which may stand in a list.
  var isVariadic = false

  /// Of what takes no text.
  init(isVariadic: Bool = false) { self.isVariadic = isVariadic }

  init(_ op: OpDeclaration) { self.init(op.parameters.map { ([$0.name] + $0.aliases, $0.type) }) }

  init(_ parameters: [CheckedParameter]) { self.init(parameters.map { ($0.keys, $0.type) }) }

  private init(_ parameters: [(names: [String], type: ValueType)]) {
    texts = Set(parameters.indices.filter { parameters[$0].type == .text })
    names = Set(texts.flatMap { parameters[$0].names.map(Name.folded) })
    takesGradient = parameters.first?.type == .gradient
  }

  func takesText(at place: Int) -> Bool { texts.contains(place) }

  func takesText(as name: String) -> Bool { names.contains(Name.folded(name)) }
}

/// From YAML nodes to values: an expression in a scalar, a call in map form, keyframes or a gradient.
extension Analyzer {
  /// The value of a node in an expression slot.
  func value(_ node: YAMLNode, in scope: Scope) -> TypedExpression {
    guard let expression = expression(node, in: scope) else { return .invalid(node.span) }
    return check(expression, in: scope)
  }

  /// A value that must fit a slot.
  func value(_ entry: YAMLEntry, in slot: Slot, scope: Scope) -> TypedExpression {
    accept(value(entry.value, in: scope), in: slot)
  }

  /// A node where any value may stand; see `expression(_:in:callee:)`.
  func expression(_ node: YAMLNode, in scope: Scope) -> Expression? {
    expression(node, in: scope) { self.callee($0, in: scope) }
  }

  /// `{tunnel: {speed: 4}}` is `tunnel(speed=4)`, `{tunnel: 4}` is `tunnel(4)`; keyframes and gradients are values, too.
  /// Nil after a report. `callee` knows what can be called here; the arguments of anything else are left alone: its name
  /// is the mistake.
  func expression(_ node: YAMLNode, in scope: Scope, callee: (Name) -> Callee?) -> Expression? {
    if isKeyframes(node) { return Expression(.keyframes(node), span: node.span) }
    if isGradient(node) { return Expression(.gradient(node), span: node.span) }
    switch node.content {
    case .scalar(let scalar):
      if scalar.isNull {
        report(.noValue(node.span))
        return nil
      }
      return parse(scalar)
    case .invalid: return nil
    case .sequence:
      report(.listAsValue(node.span))
      return nil
    case .mapping(let entries):
      guard entries.count == 1, let entry = entries.first else {
        report(.mappingAsValue(node.span))
        return nil
      }
      return call(entry, callee(Name(entry.key, span: entry.keySpan)), in: scope)
    }
  }

  private func call(_ entry: YAMLEntry, _ callee: Callee?, in scope: Scope) -> Expression? {
    var arguments: [Argument] = []
    switch entry.value.content {
    case .mapping where isKeyframes(entry.value) || isGradient(entry.value),
      .sequence where callee?.takesGradient == true && isGradient(entry.value):
      guard let value = argument(entry.value, isText: false, in: scope) else { return nil }
      arguments = [Argument(name: nil, value: value)]
    case .mapping(let items):
      guard let callee else { break }
      for item in items {
        // A list is several positional arguments: `sequence: {fields: [a, b], each: 5s}`.
        if callee.isVariadic, ["fields", "values"].contains(Name.folded(item.key)),
          case .sequence(let elements) = item.value.content
        {
          for element in elements.reversed() {
            guard let value = argument(element, isText: false, in: scope) else { return nil }
            arguments.insert(Argument(name: nil, value: value), at: 0)
          }
          continue
        }
        guard let value = argument(item.value, isText: callee.takesText(as: item.key), in: scope) else { return nil }
        arguments.append(Argument(name: Name(item.key, span: item.keySpan), value: value))
      }
    case .sequence(let items):
      guard let callee else { break }
      for (place, item) in items.enumerated() {
        guard let value = argument(item, isText: callee.takesText(at: place), in: scope) else { return nil }
        arguments.append(Argument(name: nil, value: value))
      }
    case .scalar(let scalar):
      if !scalar.isNull {
        guard let value = argument(entry.value, isText: callee?.takesText(at: 0) == true, in: scope) else { return nil }
        arguments = [Argument(name: nil, value: value)]
      }
    case .invalid: return nil
    }
    let path = entry.key.split(separator: ".", omittingEmptySubsequences: false).map {
      Name(String($0), span: entry.keySpan)
    }
    let span = entry.keySpan.joined(with: entry.value.span)
    return Expression(.call(callee: path, arguments: arguments), span: span)
  }

  private func isKeyframes(_ node: YAMLNode) -> Bool {
    guard case .mapping(let entries) = node.content else { return false }
    return entries.contains { $0.key == "keys" }
  }

  /// An argument in map form. What a parameter of type text takes is a text slot, as `text:` of a layer is.
  private func argument(_ node: YAMLNode, isText: Bool, in scope: Scope) -> Expression? {
    guard isText else {
      return expression(node, in: scope)
    }
    guard let scalar = scalar(node, as: "text") else { return nil }
    return Expression(.text(template(scalar)), span: node.span)
  }

  private func template(_ scalar: YAMLScalar) -> [TextPiece] {
    var pieces: [TextPiece] = []
    report { pieces = parseTextTemplate(scalar, reporting: &$0) }
    return pieces
  }

  /// Text with constant `{expressions}` filled in; nil after a report.
  func text(_ node: YAMLNode, in scope: Scope) -> String? {
    guard let scalar = scalar(node, as: "text"), let text = text(template(scalar), in: scope) else { return nil }
    return admitText(text, at: node.span) ? text : nil
  }

  func text(_ pieces: [TextPiece], in scope: Scope) -> String? {
    // All of them, so that each mistake is reported.
    let texts = pieces.map { text($0, in: scope) }
    return texts.contains(nil) ? nil : texts.compactMap { $0 }.joined()
  }

  private func text(_ piece: TextPiece, in scope: Scope) -> String? {
    switch piece {
    case .literal(let literal): return literal
    case .expression(let expression, let format):
      let value = check(expression, in: scope)
      if value.isInvalid { return nil }
      if let text = constantText(value) {
        if let format { report(.formatOfText(format, expression.span)) }
        return format == nil ? text : nil
      }
      guard let number = constant(value) else {
        report(value.rate == .constant ? .notSettled(value) : .varyingText(value))
        return nil
      }
      guard abs(number) < Self.longestWritten else {
        report(.tooLongToWrite(expression.span))
        return nil
      }
      guard let text = Self.format(number, format) else {
        report(.badFormat(format ?? "", expression.span))
        return nil
      }
      return text
    }
  }

  /// Numbers from here on have no place in a text, and no exact digits.
  private static let longestWritten = 1e9

  /// `02d` pads with zeros to two digits, `d` rounds, `.1f` gives one digit after the point.
  private static func format(_ number: Double, _ format: String?) -> String? {
    guard let format, !format.isEmpty else { return Diagnostic.plain(number) }
    if format.hasSuffix("d") {
      let spec = format.dropLast()
      let digits = String(Int(number.rounded()))
      guard !spec.isEmpty else { return digits }
      guard let width = Int(spec), width <= 32 else { return nil }
      let pad = String(repeating: spec.hasPrefix("0") ? "0" : " ", count: max(0, width - digits.count))
      return digits.hasPrefix("-") && spec.hasPrefix("0") ? "-" + pad + digits.dropFirst() : pad + digits
    }
    if format.hasPrefix("."), format.hasSuffix("f"), let places = Int(format.dropFirst().dropLast()), places <= 9 {
      var scale = 1.0
      for _ in 0..<places { scale *= 10 }
      let scaled = Int((abs(number) * scale).rounded())
      let whole = scaled / Int(scale)
      let rest = String(scaled % Int(scale))
      let fraction = places == 0 ? "" : "." + String(repeating: "0", count: places - rest.count) + rest
      return (number < 0 && scaled != 0 ? "-" : "") + "\(whole)" + fraction
    }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func noValue(_ span: Span) -> Diagnostic {
    Diagnostic(
      "missing_value", "expected a value, found nothing", at: span,
      help: "give a value after the colon, or remove the key")
  }

  fileprivate static func listAsValue(_ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_type", "expected a value, found a list", at: span,
      help: "a list is only a value where it is one of quoted colors, as in `[\"#1b1030\", \"#ff5f6d\"]`")
  }

  fileprivate static func mappingAsValue(_ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_type", "expected a value, found a mapping of several keys", at: span,
      help: "a mapping as a value is one call, `{plasma: {…}}`, or keyframes, `{keys: {…}}`")
  }

  fileprivate static func badFormat(_ format: String, _ span: Span) -> Diagnostic {
    Diagnostic("bad_format", "`\(format)` is no number format", at: span, help: "as in `{n:02d}` or `{x:.1f}`")
  }

  fileprivate static func formatOfText(_ format: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "bad_format", "`\(format)` formats numbers, and this is a text", at: span, help: "leave the colon and it out")
  }

  fileprivate static func tooLongToWrite(_ span: Span) -> Diagnostic {
    Diagnostic("out_of_range", "numbers in a text lie between −1e9 and 1e9", at: span)
  }

  fileprivate static func varyingText(_ value: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_rate", "text is settled before rendering, but this changes per \(value.rate.rawValue)", at: value.span,
      help: "texts that follow one another are layers with a `from:` and a `to:`")
  }
}
