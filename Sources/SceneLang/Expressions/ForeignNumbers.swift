// Numbers as other languages and clocks write them, each with what is written here.

extension ExpressionLexer {
  /// What is wrong with a number whose leading digits are `digits`; nil if it goes on as numbers here do.
  func foreignNumber(_ digits: Range<Int>) -> Diagnostic? {
    switch byte(at: digits.upperBound) {
    case UInt8(ascii: ":") where isDigit(byte(at: digits.upperBound + 1)): return clockTime(from: digits.lowerBound)
    case UInt8(ascii: "_") where isDigit(byte(at: digits.upperBound + 1)):
      let range = digits.lowerBound..<word(from: digits.upperBound)
      let plain = text(range).filter { $0 != "_" }
      return .foreignNumber("digits stand together", plain, at: span(range))
    case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"), UInt8(ascii: "O"), UInt8(ascii: "b"),
      UInt8(ascii: "B"):
      return otherRadix(digits)
    default: return nil
    }
  }

  /// `.inf` and `.nan`, the constants of YAML.
  func foreignConstant(at point: Range<Int>) -> Diagnostic? {
    let range = point.lowerBound..<word(from: point.upperBound)
    guard [".inf", ".nan"].contains(text(range).lowercased()) else { return nil }
    return .notFinite(text(range), at: span(range))
  }

  /// `1:30` and `1:02:30.5`.
  private func clockTime(from start: Int) -> Diagnostic {
    var end = start
    var seconds = 0.0
    var part = 0.0
    while isDigit(byte(at: end)) || (byte(at: end) == UInt8(ascii: ":") && isDigit(byte(at: end + 1))) {
      if byte(at: end) == UInt8(ascii: ":") {
        (seconds, part) = ((seconds + part) * 60, 0)
      } else {
        part = part * 10 + Double(bytes[end] - UInt8(ascii: "0"))
      }
      end += 1
    }
    if byte(at: end) == UInt8(ascii: "."), isDigit(byte(at: end + 1)) {
      let point = end
      end += 1
      while isDigit(byte(at: end)) { end += 1 }
      part += Double("0" + text(point..<end)) ?? 0
    }
    return .clockTime(text(start..<end), seconds: seconds + part, at: span(start..<end))
  }

  /// `0x1F`, `0o17`, `0b101`.
  private func otherRadix(_ digits: Range<Int>) -> Diagnostic? {
    guard text(digits) == "0" else { return nil }
    let range = digits.lowerBound..<word(from: digits.upperBound)
    let radix =
      switch byte(at: digits.upperBound) | 0x20 {
      case UInt8(ascii: "x"): 16
      case UInt8(ascii: "o"): 8
      default: 2
      }
    guard let value = Int(text(digits.upperBound + 1..<range.upperBound), radix: radix) else { return nil }
    return .foreignNumber("numbers are decimal", "\(value)", at: span(range))
  }
}

extension Diagnostic {
  /// YAML 1.1 reads `010` as eight, YAML 1.2 and this language as ten.
  static func leadingZero(_ digits: String, at span: Span) -> Diagnostic {
    let plain = String(digits.drop { $0 == "0" })
    let number = plain.isEmpty ? "0" : plain
    return Diagnostic(
      "leading_zero", .warning, "`\(digits)` is \(number), not an octal number", at: span, caret: "write `\(number)`",
      edit: Edit(span, replacement: number, isSafe: true))
  }

  fileprivate static func clockTime(_ text: String, seconds: Double, at span: Span) -> Diagnostic {
    let time = plain(seconds) + "s"
    return Diagnostic(
      "clock_time", "`\(text)` is not how a time is written", at: span, caret: "write `\(time)`",
      help: "times are in s, ms, f (frames), beats or bars", edit: Edit(span, replacement: time, isSafe: true))
  }

  fileprivate static func foreignNumber(_ rule: String, _ number: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "bad_number", rule, at: span, caret: "write `\(number)`",
      edit: Edit(span, replacement: number, isSafe: true))
  }

  fileprivate static func notFinite(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic("bad_number", "`\(text)` is not a number here: every number is finite", at: span)
  }

  static func secondPoint(at span: Span) -> Diagnostic {
    Diagnostic("bad_number", "a number has one decimal point", at: span)
  }
}

/// A unit that the language knows by another name, or as a multiple.
struct ForeignUnit {
  var unit: Unit
  /// How many of `unit` it is.
  var factor = 1.0

  init?(_ spelling: String) {
    switch spelling.lowercased() {
    case "sec", "secs", "second", "seconds": unit = .s
    case "m", "min", "mins", "minute", "minutes": (unit, factor) = (.s, 60)
    case "h", "hour", "hours": (unit, factor) = (.s, 3600)
    case "msec", "millis", "millisecond", "milliseconds": unit = .ms
    case "degree", "degrees": unit = .deg
    case "radian", "radians": unit = .rad
    case "turns", "rev": unit = .turn
    case "pixel", "pixels": unit = .px
    case "character", "characters": unit = .chars
    case "hz", "hertz": unit = .hertz
    case "khz": (unit, factor) = (.hertz, 1000)
    case "percent": unit = .percent
    default: return nil
    }
  }
}

extension Diagnostic {
  static func foreignUnit(_ foreign: ForeignUnit, _ number: Double, at span: Span) -> Diagnostic {
    let text = plain(number * foreign.factor) + foreign.unit.rawValue
    return Diagnostic(
      "unknown_unit", "that unit is written `\(foreign.unit.rawValue)` here", at: span, caret: "write `\(text)`",
      edit: Edit(span, replacement: text, isSafe: true))
  }
}
