/// Cuts an expression into tokens. Ranges are UTF-8 offsets of the scalar's text.
struct ExpressionLexer {
  struct Token {
    enum Kind: Equatable {
      case number(Double, unit: Unit?)
      case string(String)
      case name(String)
      /// An operator or a mark, among them the words `and`, `or` and `not`.
      case symbol(String)
      case end
    }

    var kind: Kind
    var range: Range<Int>
  }

  let scalar: YAMLScalar
  /// What is no mistake but should be said. Tokens that were only looked ahead at leave nothing here.
  private(set) var findings: [Diagnostic] = []
  let bytes: [UInt8]
  private let end: Int
  private var offset: Int

  init(_ scalar: YAMLScalar, in range: Range<Int>) {
    self.scalar = scalar
    bytes = Array(scalar.text.utf8)
    offset = range.lowerBound
    end = range.upperBound
  }

  func span(_ range: Range<Int>) -> Span { scalar.span(range) }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  mutating func next() throws(ExpressionError) -> Token {
    while offset < end, isBlank(bytes[offset]) || isBreak(bytes[offset]) { offset += 1 }
    let start = offset
    guard start < end else { return Token(kind: .end, range: end..<end) }
    switch bytes[start] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case let byte where isLetter(byte):
      offset = word(from: start)
      let name = text(start..<offset)
      let isOperator = ["and", "or", "not"].contains(name.lowercased())
      return Token(kind: isOperator ? .symbol(name.lowercased()) : .name(name), range: start..<offset)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return try string()
    default: return try symbol()
    }
  }

  // MARK: Tokens

  private mutating func number() throws(ExpressionError) -> Token {
    let start = offset
    skipDigits()
    if let foreign = foreignNumber(start..<offset) { throw ExpressionError(foreign) }
    if offset > start + 1, bytes[start] == UInt8(ascii: "0") {
      findings.append(.leadingZero(text(start..<offset), at: span(start..<offset)))
    }
    if byte(at: offset) == UInt8(ascii: "."), byte(at: offset + 1) != UInt8(ascii: ".") {
      guard isDigit(byte(at: offset + 1)) else {
        throw ExpressionError(.pointWithoutDigits(text(start..<offset), at: span(start..<offset + 1)))
      }
      offset += 1
      skipDigits()
      if byte(at: offset) == UInt8(ascii: "."), isDigit(byte(at: offset + 1)) {
        throw ExpressionError(.secondPoint(at: span(start..<offset + 1)))
      }
    }
    if byte(at: offset) == UInt8(ascii: "e") || byte(at: offset) == UInt8(ascii: "E") {
      let sign = byte(at: offset + 1) == UInt8(ascii: "+") || byte(at: offset + 1) == UInt8(ascii: "-") ? 1 : 0
      if isDigit(byte(at: offset + 1 + sign)) {
        offset += 1 + sign
        skipDigits()
      }
    }
    let digits = text(start..<offset)
    guard let value = Double(digits), value.isFinite else {
      throw ExpressionError(.numberTooLarge(digits, at: span(start..<offset)))
    }
    let unitStart = offset
    offset = byte(at: offset) == UInt8(ascii: "%") ? offset + 1 : word(from: offset)
    guard offset > unitStart else { return Token(kind: .number(value, unit: nil), range: start..<offset) }
    let spelling = text(unitStart..<offset)
    guard let unit = Unit(spelling: spelling) else {
      if let foreign = ForeignUnit(spelling) {
        throw ExpressionError(.foreignUnit(foreign, value, at: span(start..<offset)))
      }
      throw ExpressionError(.unknownUnit(spelling, of: digits, at: span(unitStart..<offset)))
    }
    return Token(kind: .number(value, unit: unit), range: start..<offset)
  }

  private mutating func string() throws(ExpressionError) -> Token {
    let start = offset
    var close = start + 1
    while close < end, bytes[close] != bytes[start] { close += 1 }
    guard close < end else { throw ExpressionError(.unclosedString(at: span(start..<end))) }
    offset = close + 1
    return Token(kind: .string(text(start + 1..<close)), range: start..<offset)
  }

  private mutating func symbol() throws(ExpressionError) -> Token {
    let rest = bytes[offset..<end]
    for symbol in ["<=", ">=", "==", "!=", "..", "+", "-", "*", "/", "^", "<", ">", "=", ",", "(", ")", "."]
    where rest.starts(with: symbol.utf8) && !rest.starts(with: "**".utf8) && !rest.starts(with: "//".utf8) {
      let range = offset..<offset + symbol.utf8.count
      if symbol == "..", byte(at: range.upperBound) == UInt8(ascii: ".") {
        throw ExpressionError(.closedRange(at: span(range.lowerBound..<range.upperBound + 1)))
      }
      if symbol == ".", isDigit(byte(at: offset + 1)) { throw ExpressionError(.bareFraction(at: span(range))) }
      if symbol == ".", let foreign = foreignConstant(at: range) { throw ExpressionError(foreign) }
      offset = range.upperBound
      return Token(kind: .symbol(symbol), range: range)
    }
    throw ExpressionError(foreignSymbol())
  }

  /// What other languages and keyboards write, with what is written here.
  private func foreignSymbol() -> Diagnostic {
    let rest = bytes[offset..<end]
    let known: [(String, String?)] = [
      ("&&", "and"), ("&", "and"), ("||", "or"), ("|", "or"), ("!", "not"), ("**", "^"), ("//", "/"), ("×", "*"),
      ("·", "*"), ("÷", "/"), ("−", "-"), ("–", "-"), ("≤", "<="), ("≥", ">="), ("≠", "!="), ("%", nil), ("?", nil),
      (":", nil), ("[", nil), ("]", nil), ("{", nil), ("}", nil),
    ]
    for (symbol, replacement) in known where rest.starts(with: symbol.utf8) {
      let range = offset..<offset + symbol.utf8.count
      return replacement.map { .foreignOperator(symbol, $0, at: span(range)) }
        ?? .notAnOperator(symbol, at: span(range))
    }
    // The text of a scalar is valid UTF-8: continuation bytes belong to the same character.
    var stop = offset + 1
    while stop < end, bytes[stop] & 0xC0 == 0x80 { stop += 1 }
    return .unexpectedCharacter(text(offset..<stop), at: span(offset..<stop))
  }

  // MARK: Bytes

  func byte(at offset: Int) -> UInt8 { offset < end ? bytes[offset] : 0 }

  func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: false
    }
  }

  private mutating func skipDigits() {
    while isDigit(byte(at: offset)) { offset += 1 }
  }

  /// The end of the letters and digits from `start` on.
  func word(from start: Int) -> Int {
    var offset = start
    while isLetter(byte(at: offset)) || isDigit(byte(at: offset)) { offset += 1 }
    return offset
  }
}

extension Diagnostic {
  fileprivate static func pointWithoutDigits(_ digits: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "bad_number", "expected digits behind the decimal point", at: span, caret: "write `\(digits)`",
      edit: Edit(span, replacement: digits, isSafe: true))
  }

  fileprivate static func bareFraction(at span: Span) -> Diagnostic {
    Diagnostic(
      "bad_number", "expected a digit before the decimal point", at: span, caret: "write `0.`",
      edit: Edit(span, replacement: "0.", isSafe: true))
  }

  fileprivate static func closedRange(at span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_operator", "a range is written with two points", at: span,
      help: "`0..3` is 0, 1 and 2: its end is the first number that is not in it")
  }

  fileprivate static func numberTooLarge(_ digits: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "number_too_large", "`\(terminalSafe(digits, limit: 40))` is larger than any number here", at: span,
      help: "numbers go up to 1.7e308")
  }

  fileprivate static func unknownUnit(_ spelling: String, of digits: String, at span: Span) -> Diagnostic {
    let nearest = nearestName(to: spelling, among: Unit.allCases.map(\.rawValue))
    return Diagnostic(
      "unknown_unit", "`\(spelling)` is not a unit", at: span, caret: nearest.map { "did you mean `\($0)`?" } ?? "",
      help: nearest == nil ? "a product is written `\(digits) * \(spelling)`" : nil)
  }

  fileprivate static func unclosedString(at span: Span) -> Diagnostic {
    Diagnostic("unclosed_quote", "the quoted text has no end", at: span, help: "close the quote")
  }

  fileprivate static func foreignOperator(_ symbol: String, _ replacement: String, at span: Span) -> Diagnostic {
    let isWord = replacement.utf8.allSatisfy { $0 >= UInt8(ascii: "a") }
    return Diagnostic(
      "unknown_operator", "`\(symbol)` is not an operator", at: span, caret: "write `\(replacement)`",
      edit: Edit(span, replacement: isWord ? " \(replacement) " : replacement, isSafe: true))
  }

  fileprivate static func notAnOperator(_ symbol: String, at span: Span) -> Diagnostic {
    let help =
      switch symbol {
      case "%": "the remainder is `mod(a, b)`; a percent sign touches its number"
      case "?": "write `if(condition, a, b)`"
      case ":": "named arguments are `name=value`; a choice is `if(condition, a, b)`"
      default: "lists and maps are written in YAML, not in an expression"
      }
    return Diagnostic("unknown_operator", "`\(symbol)` does not occur in expressions", at: span, help: help)
  }

  fileprivate static func unexpectedCharacter(_ character: String, at span: Span) -> Diagnostic {
    Diagnostic("unexpected_character", "`\(character)` does not occur in expressions", at: span)
  }
}
