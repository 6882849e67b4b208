/// What a place in a scene accepts: a key of a layer, a parameter of a field or a shader.
struct Slot {
  /// In words for messages, such as "`opacity`".
  var what: String
  var type: ValueType = .number
  var dimension: Dimension = .plain
  /// The finest rate accepted.
  var rate: Rate = .frame
  var range: ClosedRange<Double>?

  /// What a whole number may be where nothing narrower is declared.
  static let integers: ClosedRange<Double> = -2_147_483_648...2_147_483_647

  init(
    _ what: String, _ type: ValueType = .number, _ dimension: Dimension = .plain, rate: Rate,
    in range: ClosedRange<Double>? = nil
  ) {
    self.what = what
    self.type = type
    self.dimension = dimension
    self.rate = rate
    self.range = range
  }

  /// What a key of a table takes, as the table declares it; `what` is the key in words unless given.
  ///
  /// Precondition: the table has the key, and it takes a value, or several as a list or by name.
  init(_ key: String, of table: KeyTable, as what: String? = nil) {
    guard let slot = table.keys.first(where: { $0.name == key })?.shape.slot(what ?? "`\(key)`") else {
      preconditionFailure("`\(key)` is no value of a \(table.name)")
    }
    self = slot
  }

  /// What the key of an entry takes, called as it is written.
  init(_ entry: YAMLEntry, of table: KeyTable) {
    self.init(Name.folded(entry.key), of: table, as: "`\(entry.key)`")
  }

  init(_ parameter: CheckedParameter, of owner: String) {
    self.init(
      "`\(parameter.name)` of `\(owner)`", parameter.type, parameter.dimension, rate: parameter.rate,
      in: parameter.range)
  }
}

extension KeyShape {
  /// The slot of the value, or of each of those in a list or a mapping; nil for any other shape.
  fileprivate func slot(_ what: String) -> Slot? {
    switch self {
    case .value(let type, let dimension, let range, let rate): Slot(what, type, dimension, rate: rate, in: range)
    case .list(let shape), .named(let shape): shape.slot(what)
    default: nil
    }
  }
}

extension Analyzer {
  /// Checks a value against its slot; what does not fit is reported and becomes `.invalid`.
  func accept(_ value: TypedExpression, in slot: Slot) -> TypedExpression {
    if value.isInvalid { return value }
    if slot.type == .color, value.type == .gradient, let color = color(of: value) { return accept(color, in: slot) }
    if slot.dimension == .pitch && value.dimension == .frequency { return pitch(of: value) }
    guard hasType(value, of: slot), hasDimension(value, of: slot) else { return .invalid(value.span) }
    guard value.rate.isAccepted(by: slot.rate) else {
      report(.tooFine(value, slot))
      return .invalid(value.span)
    }
    if let number = constant(value), slot.type == .number || slot.type == .integer {
      guard number.isFinite else {
        report(.notFinite(value, slot))
        return .invalid(value.span)
      }
      let range = slot.range ?? (slot.type == .integer ? Slot.integers : nil)
      if let range, !range.contains(number) {
        report(.outOfRange(number, value, slot, range))
        return .invalid(value.span)
      }
      if slot.type == .integer, number != number.rounded() {
        report(.notInteger(number, value, slot))
        return .invalid(value.span)
      }
    } else if let range = slot.range, let bounds = ValueBounds(analyzer: self).of(value), !bounds.overlaps(range) {
      report(.neverInRange(bounds, value, slot, range))
      return .invalid(value.span)
    }
    return areKeysInRange(of: value, slot) ? value : .invalid(value.span)
  }

  /// Whether keyframes stay in the range of their slot; false after a report.
  private func areKeysInRange(of value: TypedExpression, _ slot: Slot) -> Bool {
    guard let range = slot.range else { return true }
    var isNamed = false
    if case .binding = value.kind { isNamed = true }
    let outside = keyValues(of: value).compactMap { key in
      constant(key).flatMap { range.contains($0) ? nil : (number: $0, key: key) }
    }
    if isNamed, let (number, key) = outside.first {
      report(.keyOutOfRange(number, key, of: value, slot, range))
    } else {
      for (number, key) in outside { report(.outOfRange(number, key, slot, range)) }
    }
    return outside.isEmpty
  }

  /// The values at the keys of keyframes, under whatever name; none for any other value.
  private func keyValues(of value: TypedExpression) -> [TypedExpression] {
    if case .binding(let id) = value.kind { return binding(id).map { keyValues(of: $0) } ?? [] }
    return keyValues[value.span] ?? []
  }

  /// The place of a frequency in the spectrum: log(f / 20 Hz) / log(16 kHz / 20 Hz).
  private func pitch(of frequency: TypedExpression) -> TypedExpression {
    let span = frequency.span
    let interval = make(.divide, frequency, .number(20, .frequency, span: span), span)
    let height = TypedExpression(.unary(.log, interval), rate: frequency.rate, span: span)
    return make(.divide, height, .number(ScalarMath.log(800), span: span), span)
  }

  /// Whether a number is written in percent.
  func isShare(_ value: TypedExpression) -> Bool {
    guard case .number = value.kind else { return false }
    return sources[value.span.file].bytes[value.span.start..<value.span.end].last == UInt8(ascii: "%")
  }

  private func hasType(_ value: TypedExpression, of slot: Slot) -> Bool {
    let fits: Bool
    switch slot.type {
    case .number, .integer, .field, .distance: fits = value.type == .number || value.type == .integer
    case .color: fits = value.type == .color
    default: fits = value.type == slot.type
    }
    if !fits { report(.wrongType(value, slot)) }
    return fits
  }

  private func hasDimension(_ value: TypedExpression, of slot: Slot) -> Bool {
    if value.dimension == slot.dimension { return true }
    let takesDistance = slot.dimension == .distance || (slot.type == .field && slot.dimension == .length)
    if takesDistance && value.dimension == .plain { return areLengths([value], for: slot.what) }
    // A plain number is a length in shares of the shorter side; times and angles must say their unit.
    if slot.dimension == .length && value.dimension == .plain { return true }
    if slot.dimension == .pitch && value.dimension == .plain { return true }
    // A field may be a distance, and a distance a length that is written by hand.
    if slot.type == .field && value.isShape { return true }
    if slot.dimension == .distance && value.isShape { return true }
    if value.dimension == .distance && slot.dimension == .plain {
      report(.distanceAsNumber(value, for: slot.what))
      return false
    }
    guard value.dimension == .plain else {
      report(.wrongUnit(value, slot))
      return false
    }
    report(.missingUnit(value, slot, isShare: isShare(value)))
    return false
  }
}

extension Diagnostic {
  fileprivate static func wrongType(_ value: TypedExpression, _ slot: Slot) -> Diagnostic {
    let help: String? =
      switch (slot.type, value.type) {
      case (.boolean, .number): "compare it: `… > 0.3`"
      case (.number, .boolean), (.field, .boolean): "choose numbers by it: `if(…, 1, 0)`"
      case (.lut, _): "tables are named at the top: `inputs: {teal: {lut: teal.cube}}`"
      default: nil
      }
    return Diagnostic(
      "wrong_type", "\(slot.what) takes \(slot.type.described), found \(value.type.described)", at: value.span,
      help: help)
  }

  fileprivate static func wrongUnit(_ value: TypedExpression, _ slot: Slot) -> Diagnostic {
    Diagnostic(
      "wrong_unit", "\(slot.what) takes \(slot.dimension.described), found \(value.dimension.described)",
      at: value.span,
      help: slot.dimension == .plain && value.dimension == .angle
        ? "an angle divided by an angle is a plain number: `120deg / 1turn`, or `/ 1rad`" : nil)
  }

  fileprivate static func missingUnit(_ value: TypedExpression, _ slot: Slot, isShare: Bool) -> Diagnostic {
    var diagnostic = Diagnostic(
      "missing_unit", "\(slot.what) takes \(slot.dimension.described), found a plain number", at: value.span)
    if isShare {
      diagnostic.help =
        "a share of the segment is `p` in expressions and `50%` among keys; a time is `2s` or `4beats`"
      return diagnostic
    }
    guard case .number(let number) = value.kind else {
      diagnostic.help = "multiply by a unit, as in `0.2\(slot.dimension.usualUnit) * t`"
      return diagnostic
    }
    // More than a whole turn was meant in degrees.
    let isDegrees = slot.dimension == .angle && abs(number) > 2 * .pi
    let text = plain(number) + (isDegrees ? "deg" : slot.dimension.usualUnit)
    diagnostic.caret = "write `\(text)`"
    diagnostic.edit = Edit(value.span, replacement: text, isSafe: slot.dimension == .time)
    return diagnostic
  }

  fileprivate static func neverInRange(
    _ bounds: ClosedRange<Double>, _ value: TypedExpression, _ slot: Slot, _ range: ClosedRange<Double>
  ) -> Diagnostic {
    Diagnostic(
      "out_of_range", "\(slot.what) \(described(range)), and this never does", at: value.span,
      caret: "from \(plain(bounds.lowerBound)) to \(plain(bounds.upperBound))")
  }

  fileprivate static func tooFine(_ value: TypedExpression, _ slot: Slot) -> Diagnostic {
    if slot.rate == .constant {
      let help =
        slot.type == .field
        ? "name it under `fields:`; parameters of fields and templates may be fields, too"
        : "use numbers, `params:` and what does not change, such as `portrait`"
      return Diagnostic(
        "wrong_rate", "\(slot.what) is settled before rendering, but this changes per \(value.rate.rawValue)",
        at: value.span, help: help)
    }
    return Diagnostic(
      "wrong_rate",
      "\(slot.what) may change once per \(slot.rate.rawValue), but this changes per \(value.rate.rawValue)",
      at: value.span,
      help: slot.rate == .frame
        ? "one value for the whole frame comes from `t`, `p`, keyframes or a feature such as `bass`" : nil)
  }

  fileprivate static func outOfRange(
    _ number: Double, _ value: TypedExpression, _ slot: Slot, _ range: ClosedRange<Double>
  ) -> Diagnostic {
    var diagnostic = Diagnostic(
      "out_of_range",
      "\(slot.what) \(described(range)), found \(plain(number))",
      at: value.span)
    if range == 0...1, slot.dimension == .plain, number >= 4, number <= 255 {
      let level = plain((number / 255 * 100).rounded() / 100)
      diagnostic.caret = "levels are 0…1: write `\(level)`"
      diagnostic.edit = Edit(value.span, replacement: level)
    } else if slot.dimension == .length, value.dimension == .plain, number > 1, range.upperBound <= 1 {
      diagnostic.caret = "a number is a share of the shorter side; pixels are `\(plain(number))px`"
    }
    return diagnostic
  }

  private static func described(_ range: ClosedRange<Double>) -> String {
    if range.upperBound == .greatestFiniteMagnitude { return "is at least \(plain(range.lowerBound))" }
    if range.lowerBound == -.greatestFiniteMagnitude { return "is at most \(plain(range.upperBound))" }
    return "lies between \(plain(range.lowerBound)) and \(plain(range.upperBound))"
  }

  /// Of keyframes that stand elsewhere, under a name.
  fileprivate static func keyOutOfRange(
    _ number: Double, _ key: TypedExpression, of value: TypedExpression, _ slot: Slot, _ range: ClosedRange<Double>
  ) -> Diagnostic {
    var diagnostic = outOfRange(number, value, slot, range)
    (diagnostic.caret, diagnostic.edit) = ("", nil)
    diagnostic.labels = [.init(key.span, "at this key")]
    return diagnostic
  }

  fileprivate static func notFinite(_ value: TypedExpression, _ slot: Slot) -> Diagnostic {
    Diagnostic("number_too_large", "\(slot.what) is larger than any number here", at: value.span)
  }

  fileprivate static func notInteger(_ number: Double, _ value: TypedExpression, _ slot: Slot) -> Diagnostic {
    Diagnostic("wrong_type", "\(slot.what) takes a whole number, found \(plain(number))", at: value.span)
  }

  /// A number as an author would write it.
  static func plain(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    guard abs(number) < 1e12 else { return "\(number)" }
    let thousandths = (number * 1000).rounded() / 1000
    // A number beside a bound is not told as the bound.
    return thousandths == thousandths.rounded() ? "\(number)" : "\(thousandths)"
  }
}

extension Dimension {
  /// What a number of it is mostly written with.
  fileprivate var usualUnit: String {
    switch self {
    case .time: "s"
    case .angle: "rad"
    case .frequency: "Hz"
    case .length, .distance: "px"
    case .plain, .pitch: ""
    }
  }
}
