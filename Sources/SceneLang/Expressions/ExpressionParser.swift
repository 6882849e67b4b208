/// Parses the expression that a scalar holds. A mistake is reported once and gives `.invalid`; a text that begins with
/// `#` is a colour, as a string.
///
/// Bounded by 10 000 nodes and 100 levels, so that no later walk of the tree can exhaust a stack; long chains of operators
/// are grouped so that they are not deep. Grammar: docs/language.
public func parseExpression(_ scalar: YAMLScalar, reporting bag: inout DiagnosticBag) -> Expression {
  parseExpression(scalar, in: 0..<scalar.text.utf8.count, reporting: &bag)
}

/// The same for a part of the text, in UTF-8 offsets.
func parseExpression(
  _ scalar: YAMLScalar, in range: Range<Int>, reporting bag: inout DiagnosticBag
) -> Expression {
  let whole = scalar.span(range)
  if range.lowerBound == 0, scalar.text.utf8.first == UInt8(ascii: "#") {
    return Expression(.string(scalar.text), span: whole)
  }
  do {
    var parser = try ExpressionParser(ExpressionLexer(scalar, in: range))
    let expression = try parser.parseAll()
    for finding in parser.lexer.findings { bag.report(finding) }
    return expression
  } catch {
    bag.report(error.diagnostic)
    return Expression(.invalid, span: whole)
  }
}

/// Recursive descent with one token of lookahead; a method for each rule of the grammar.
struct ExpressionParser {
  static let mostNodes = 10_000
  static let mostLevels = 100

  /// A finished part of the tree and its height.
  struct Part {
    var expression: Expression
    var height: Int

    var span: Span { expression.span }
  }

  fileprivate var lexer: ExpressionLexer
  private var token: ExpressionLexer.Token
  /// The token before `token`.
  private var previous: ExpressionLexer.Token?
  private var nodes = 0
  private var nesting = 0

  init(_ lexer: ExpressionLexer) throws(ExpressionError) {
    self.lexer = lexer
    token = try self.lexer.next()
  }

  mutating func parseAll() throws(ExpressionError) -> Expression {
    if token.kind == .end { throw .emptyExpression(at: lexer.span(token.range)) }
    let part = try parseOr()
    if token.kind != .end { throw unexpected() }
    return part.expression
  }

  // MARK: Tokens

  mutating func advance() throws(ExpressionError) {
    previous = token
    token = try lexer.next()
  }

  func isAt(_ symbol: String) -> Bool { token.kind == .symbol(symbol) }

  private mutating func accept(_ symbol: String) throws(ExpressionError) -> Bool {
    guard isAt(symbol) else { return false }
    try advance()
    return true
  }

  private mutating func close(_ open: Span) throws(ExpressionError) -> Span {
    guard isAt(")") else {
      if token.kind == .end { throw .missingParenthesis(at: lexer.span(token.range), open: open) }
      throw unexpected()
    }
    let span = lexer.span(token.range)
    try advance()
    return span
  }

  private mutating func node(
    _ kind: Expression.Kind, _ span: Span, over children: [Part] = []
  ) throws(ExpressionError) -> Part {
    nodes += 1
    if nodes > Self.mostNodes { throw .tooManyNodes(at: span) }
    let height = 1 + (children.map(\.height).max() ?? 0)
    if height > Self.mostLevels { throw .tooDeep(at: span) }
    return Part(expression: Expression(kind, span: span), height: height)
  }

  /// Runs a rule that contains itself.
  private mutating func nested(
    _ rule: (inout ExpressionParser) throws(ExpressionError) -> Part
  ) throws(ExpressionError) -> Part {
    nesting += 1
    if nesting > Self.mostLevels { throw .tooDeep(at: lexer.span(token.range)) }
    let part = try rule(&self)
    nesting -= 1
    return part
  }

  // MARK: Operators

  private mutating func parseOr() throws(ExpressionError) -> Part {
    try parseChain(of: Self.or) { (parser) throws(ExpressionError) in try parser.parseAnd() }
  }

  private mutating func parseAnd() throws(ExpressionError) -> Part {
    try parseChain(of: Self.and) { (parser) throws(ExpressionError) in try parser.parseNot() }
  }

  private mutating func parseNot() throws(ExpressionError) -> Part {
    guard isAt("not") else { return try parseComparison() }
    let start = lexer.span(token.range)
    try advance()
    let operand = try nested { (parser) throws(ExpressionError) in try parser.parseNot() }
    return try node(.unary(.not, operand.expression), start.joined(with: operand.span), over: [operand])
  }

  private mutating func parseComparison() throws(ExpressionError) -> Part {
    let left = try parseSum()
    guard let comparison = comparison() else { return left }
    try advance()
    let right = try parseSum()
    if self.comparison() != nil {
      let pair = left.span.joined(with: right.span)
      throw .chainedComparison(at: lexer.span(token.range), first: pair)
    }
    return try binary(comparison, left, right)
  }

  private func comparison() -> BinaryOperator? {
    switch token.kind {
    case .symbol("<"): .less
    case .symbol(">"): .greater
    case .symbol("<="): .lessOrEqual
    case .symbol(">="): .greaterOrEqual
    case .symbol("=="): .equal
    case .symbol("!="): .notEqual
    default: nil
    }
  }

  private mutating func parseSum() throws(ExpressionError) -> Part {
    try parseChain(of: Self.sums) { (parser) throws(ExpressionError) in try parser.parseProduct() }
  }

  private mutating func parseProduct() throws(ExpressionError) -> Part {
    try parseChain(of: Self.products) { (parser) throws(ExpressionError) in try parser.parseUnary() }
  }

  private mutating func parseUnary() throws(ExpressionError) -> Part {
    guard isAt("-") else { return try parsePower() }
    let start = lexer.span(token.range)
    try advance()
    let operand = try nested { (parser) throws(ExpressionError) in try parser.parseUnary() }
    return try node(.unary(.negate, operand.expression), start.joined(with: operand.span), over: [operand])
  }

  /// Binds tighter than the sign on its left and looser than the one on its right, and groups from the right.
  private mutating func parsePower() throws(ExpressionError) -> Part {
    let base = try parseAtom()
    guard try accept("^") else { return base }
    let exponent = try nested { (parser) throws(ExpressionError) in try parser.parseUnary() }
    return try binary(.power, base, exponent)
  }

  mutating func binary(
    _ kind: BinaryOperator, _ left: Part, _ right: Part
  ) throws(ExpressionError) -> Part {
    try node(
      .binary(kind, left.expression, right.expression), left.span.joined(with: right.span), over: [left, right])
  }

  // MARK: Atoms

  private mutating func parseAtom() throws(ExpressionError) -> Part {
    let span = lexer.span(token.range)
    switch token.kind {
    case .number(let value, let unit):
      try advance()
      return try node(.number(value, unit: unit), span)
    case .string(let text):
      try advance()
      return try node(.string(text), span)
    case .name: return try parseReference()
    case .symbol("("):
      try advance()
      var inner = try nested { (parser) throws(ExpressionError) in try parser.parseOr() }
      // The parentheses belong to the place of the expression, so that carets under it are whole.
      inner.expression.span = span.joined(with: try close(span))
      return inner
    case .symbol, .end: throw missingValue()
    }
  }

  private mutating func parseName() throws(ExpressionError) -> Name {
    guard case .name(let text) = token.kind else {
      throw .expectedName(at: lexer.span(token.range))
    }
    let name = Name(text, span: lexer.span(token.range))
    try advance()
    return name
  }

  private mutating func parseReference() throws(ExpressionError) -> Part {
    var path = [try parseName()]
    while try accept(".") { path.append(try parseName()) }
    let start = path[0].span
    guard isAt("(") else { return try node(.reference(path), start.joined(with: path[path.count - 1].span)) }
    let open = lexer.span(token.range)
    try advance()
    if path.count == 1, let reduction = Reduction(rawValue: path[0].key), try isAtLoopIndex() {
      return try nested { (parser) throws(ExpressionError) in
        try parser.parseLoop(reduction, from: start, open: open)
      }
    }
    return try nested { (parser) throws(ExpressionError) in try parser.parseCall(path, open: open) }
  }

  // MARK: Calls and loops

  private mutating func parseCall(_ callee: [Name], open: Span) throws(ExpressionError) -> Part {
    var arguments: [Argument] = []
    var parts: [Part] = []
    while !isAt(")") || !arguments.isEmpty {
      let name = try isAtArgumentName() ? parseName() : nil
      if name != nil { try advance() }
      let start = lexer.span(token.range)
      if isAt(",") || isAt(")") { throw .missingArgument(at: start) }
      let value = try parseOr()
      if name == nil, let named = arguments.last?.name {
        throw .positionalAfterNamed(at: value.span, named: named)
      }
      arguments.append(Argument(name: name, value: value.expression))
      parts.append(value)
      let comma = lexer.span(token.range)
      guard try accept(",") else { break }
      if isAt(")") { throw .trailingComma(at: comma) }
    }
    let end = try close(open)
    return try node(.call(callee: callee, arguments: arguments), callee[0].span.joined(with: end), over: parts)
  }

  /// Whether `name =` comes next.
  private func isAtArgumentName() throws(ExpressionError) -> Bool {
    guard case .name = token.kind else { return false }
    var ahead = lexer
    return try ahead.next().kind == .symbol("=")
  }

  /// Whether `name in` comes next.
  private func isAtLoopIndex() throws(ExpressionError) -> Bool {
    guard case .name = token.kind else { return false }
    var ahead = lexer
    return try ahead.next().kind == .name("in")
  }

  private mutating func parseLoop(
    _ reduction: Reduction, from start: Span, open: Span
  ) throws(ExpressionError) -> Part {
    let index = try parseName()
    try advance()
    let from = try parseSum()
    guard try accept("..") else {
      throw .incompleteLoop(reduction, index, at: lexer.span(token.range))
    }
    let to = try parseSum()
    guard try accept(",") else {
      throw .incompleteLoop(reduction, index, at: lexer.span(token.range))
    }
    let body = try parseOr()
    let end = try close(open)
    return try node(
      .loop(reduction, index: index, from: from.expression, to: to.expression, body: body.expression),
      start.joined(with: end), over: [from, to, body])
  }

  // MARK: Mistakes

  /// Where a value must begin, there is none.
  private func missingValue() -> ExpressionError {
    let span = lexer.span(token.range)
    guard case .symbol(let symbol) = token.kind else { return .valueExpected(before: nil, at: span) }
    return .valueExpected(before: symbol, at: span)
  }

  /// `0,5`.
  private func decimalComma() -> ExpressionError? {
    guard isAt(","), let previous, case .number(_, unit: nil) = previous.kind,
      previous.range.upperBound == token.range.lowerBound
    else { return nil }
    var ahead = lexer
    guard let next = try? ahead.next(), case .number = next.kind, next.range.lowerBound == token.range.upperBound else {
      return nil
    }
    let whole = previous.range.lowerBound..<next.range.upperBound
    return .decimalComma(lexer.text(previous.range) + "." + lexer.text(next.range), at: lexer.span(whole))
  }

  /// A value is complete, and something follows that cannot.
  private func unexpected() -> ExpressionError {
    let span = lexer.span(token.range)
    let text = lexer.text(token.range)
    if let decimal = decimalComma() { return decimal }
    switch token.kind {
    case .symbol("="): return .assignment(at: span)
    case .symbol(")"): return .strayParenthesis(at: span)
    case .symbol(let symbol): return .unexpectedSymbol(symbol, at: span)
    case .name:
      if let previous, case .number(let number, unit: nil) = previous.kind {
        let both = previous.range.lowerBound..<token.range.upperBound
        if Unit(spelling: text) != nil {
          return .detachedUnit(lexer.text(previous.range), text, at: lexer.span(both))
        }
        if let foreign = ForeignUnit(text) {
          return ExpressionError(.foreignUnit(foreign, number, at: lexer.span(both)))
        }
      }
    case .number, .string, .end: break
    }
    if let previous, case .number(_, unit: .percent) = previous.kind {
      return .percentOperator(at: lexer.span(previous.range).joined(with: span))
    }
    return .missingOperator(text, at: span)
  }
}
