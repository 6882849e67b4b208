/// The leaves of expressions: numbers with their units, colours, texts, and what names stand for.
extension Analyzer {
  func number(_ value: Double, _ unit: Unit?, _ span: Span) -> TypedExpression {
    switch unit {
    case nil, .chars: return .number(value, span: span)
    case .percent: return .number(value / 100, span: span)
    case .s: return .number(value, .time, span: span)
    case .ms: return .number(value / 1000, .time, span: span)
    case .f: return .number(value / ownRate.value, .time, span: span)
    case .beats, .bars:
      guard let seconds = seconds(ofBeats: value * (unit == .bars ? beatsPerBar : 1)) else {
        report(.beatsWithoutTempo(span, isHeard: sound != nil))
        return .invalid(span)
      }
      return .number(seconds, .time, span: span)
    case .deg: return .number(value * .pi / 180, .angle, span: span)
    case .rad: return .number(value, .angle, span: span)
    case .turn: return .number(value * 2 * .pi, .angle, span: span)
    case .px: return .number(value / 1080, .length, span: span)
    case .cells:
      if value == 0 { return .number(0, .length, span: span) }
      let count = TypedExpression.number(value, span: span)
      let width = TypedExpression(.input(.cellWidth), rate: .constant, span: span)
      return TypedExpression(.binary(.multiply, count, width), .length, rate: .constant, span: span)
    case .hertz: return .number(value, .frequency, span: span)
    }
  }

  func string(_ text: String, _ span: Span) -> TypedExpression {
    guard text.hasPrefix("#") else {
      return TypedExpression(.text(text), type: .text, rate: .constant, span: span)
    }
    guard let color = RGB(hex: text) else {
      report(.badColor(text, span))
      return .invalid(span)
    }
    return self.color(color, span)
  }

  func color(_ color: RGB, _ span: Span) -> TypedExpression {
    let channels = [color.red, color.green, color.blue].map { TypedExpression.number(Double($0) / 255, span: span) }
    return TypedExpression(.rgb(channels[0], channels[1], channels[2]), type: .color, rate: .constant, span: span)
  }

  func reference(_ path: [Name], _ span: Span, in scope: Scope) -> TypedExpression {
    guard path.count == 1, let name = path.first else {
      if isInput(path, in: scope) { return inputMember(path, span) }
      if path[0].key == "audio", scope.module.imports["audio"] == nil { return soundMember(path, span) }
      guard let symbol = symbol(path, in: scope), let last = path.last else { return .invalid(span) }
      return value(of: symbol, last, span, in: scope)
    }
    if name.text == LanguageNames.timeline {
      return TypedExpression(.input(.timeline), rate: .frame, span: span)
    }
    if let symbol = scope.find(name.key) { return value(of: symbol, name, span, in: scope) }
    if let input = LanguageNames.inputs[name.key] {
      if (input == .value || input == .energy) && !scope.hasValue {
        report(.valueOutsideColors(name))
        return .invalid(span)
      }
      let type: ValueType = input == .feature(.beat) ? .boolean : .number
      return TypedExpression(.input(input), type: type, rate: input.rate, span: span)
    }
    if Self.pixelNames.contains(name.key) { return pixel(name, span, in: scope) }
    if let polar = LanguageNames.polar[name.key] {
      return TypedExpression(.polar(polar), rate: .cell, span: span)
    }
    if let constant = LanguageNames.constants[name.key] {
      let isBoolean = name.key == "true" || name.key == "false"
      return TypedExpression(.number(constant), type: isBoolean ? .boolean : .number, rate: .constant, span: span)
    }
    if isInput(path, in: scope) { return inputMember(path, span) }
    switch name.key {
    case "fps": return .number(fps.value, span: span)
    case "cell_aspect":
      let (height, width) = (Input.cellHeight, Input.cellWidth)
      return make(
        .divide, TypedExpression(.input(height), rate: .constant, span: span),
        TypedExpression(.input(width), rate: .constant, span: span), span)
    case "portrait", "landscape":
      let holds = name.key == "portrait" ? format.height > format.width : format.width > format.height
      let value = TypedExpression(.number(holds ? 1 : 0), type: .boolean, rate: .constant, span: span)
      return setting(name, value, in: scope)
    default: return call(path, [], span, in: scope)
    }
  }

  private func value(of symbol: Scope.Symbol, _ name: Name, _ span: Span, in scope: Scope) -> TypedExpression {
    switch symbol {
    case .binding(let id):
      guard let bound = binding(id, from: span), admit(levels: bindings[id.index].levels, at: span) else {
        return .invalid(span)
      }
      return TypedExpression(.binding(id), type: bound.type, bound.dimension, rate: bound.rate, span: span)
    case .parameter(let place, let parameter):
      let type: ValueType = [.field, .integer, .distance].contains(parameter.type) ? .number : parameter.type
      return TypedExpression(.parameter(place), type: type, parameter.dimension, rate: parameter.rate, span: span)
    case .index(let slot, _):
      return TypedExpression(.index(slot), rate: .constant, span: span)
    case .gradient(let gradient):
      return TypedExpression(.gradient(gradient, at: nil), type: .gradient, rate: .cell, span: span)
    case .definition(let id):
      return callField(id, name, [], span, in: scope)
    case .palette, .look, .layers:
      report(.notAValue(name))
      return .invalid(span)
    }
  }
}

extension RGB {
  /// `#rgb` or `#rrggbb`.
  init?(hex: String) {
    let digits = hex.dropFirst().map { $0 }
    guard hex.hasPrefix("#"), digits.count == 3 || digits.count == 6 else { return nil }
    let values = digits.compactMap { $0.isASCII ? $0.hexDigitValue : nil }
    guard values.count == digits.count else { return nil }
    func channel(_ index: Int) -> UInt8 {
      digits.count == 3 ? UInt8(values[index] * 17) : UInt8(values[2 * index] * 16 + values[2 * index + 1])
    }
    self.init(channel(0), channel(1), channel(2))
  }
}

extension Diagnostic {
  fileprivate static func beatsWithoutTempo(_ span: Span, isHeard: Bool) -> Diagnostic {
    Diagnostic(
      "beats_without_tempo",
      isHeard ? "no beat is heard in the track, so beats have no length" : "beats and bars have no length here",
      at: span,
      help: "give the scene a tempo, such as `tempo: 120`")
  }

  fileprivate static func badColor(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "bad_color", "`\(text)` is not a colour", at: span,
      help: "write three or six hexadecimal digits, such as \"#ff5f6d\"")
  }

  static func notAValue(_ name: Name) -> Diagnostic {
    Diagnostic("wrong_type", "`\(name.text)` is no value of an expression", at: name.span)
  }

  fileprivate static func valueOutsideColors(_ name: Name) -> Diagnostic {
    Diagnostic(
      "value_outside_layer", "`\(name.text)` belongs to a layer's cells: only its colours and its wash can read it",
      at: name.span)
  }
}
