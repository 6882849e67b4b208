import SceneLang
import Testing

@Suite struct ExpressionTests {
  private func parse(_ text: String) -> (expression: Expression, ids: [String]) {
    var bag = DiagnosticBag()
    let scalar = YAMLScalar(text: text, style: .plain, pieces: [.init(text: 0, source: 0)], file: FileID(0))
    return (parseExpression(scalar, reporting: &bag), bag.all.map(\.id))
  }

  /// The tree with every operation in parentheses.
  private func shape(_ text: String) -> String {
    let (expression, ids) = parse(text)
    return ids.isEmpty ? shape(expression) : ids.joined(separator: " ")
  }

  private func shape(_ expression: Expression) -> String {
    switch expression.kind {
    case .number(let value, let unit): "\(value)\(unit?.rawValue ?? "")"
    case .string(let text): "'\(text)'"
    case .text(let pieces): "\(pieces)"
    case .keyframes(let node), .gradient(let node): "\(node)"
    case .reference(let path): path.map(\.key).joined(separator: ".")
    case .call(let callee, let arguments):
      callee.map(\.key).joined(separator: ".") + "("
        + arguments.map { ($0.name.map { "\($0.key)=" } ?? "") + shape($0.value) }.joined(separator: ",") + ")"
    case .loop(let reduction, let index, let from, let to, let body):
      "\(reduction.rawValue)[\(index.key) \(shape(from))..\(shape(to)) \(shape(body))]"
    case .unary(let operation, let operand): "(\(operation.rawValue) \(shape(operand)))"
    case .binary(let operation, let left, let right): "(\(shape(left))\(operation.rawValue)\(shape(right)))"
    case .invalid: "invalid"
    }
  }

  @Test(arguments: [
    ("a + b * c", "(a+(b*c))"), ("a - b - c", "((a-b)-c)"), ("a / b * c", "((a/b)*c)"),
    ("-x^2", "(- (x^2.0))"), ("2^-x", "(2.0^(- x))"), ("a^b^c", "(a^(b^c))"), ("-a * b", "((- a)*b)"),
    ("not a and b or c", "(((not a)andb)orc)"), ("not a < b", "(not (a<b))"), ("a < b + 1", "(a<(b+1.0))"),
    ("a == b and c != d", "((a==b)and(c!=d))"), ("(a + b) * c", "((a+b)*c)"), ("a or b and c", "(aor(bandc))"),
  ])
  func operatorsBindAsInTheGrammar(_ text: String, _ expected: String) {
    #expect(shape(text) == expected)
  }

  @Test(arguments: [
    ("8s", "8.0s"), ("2beats", "2.0beats"), ("1 beat", "detached_unit"), ("1cell", "1.0cells"), ("12frames", "12.0f"),
    ("50%", "50.0%"), ("1.5e-3Hz", "0.0015Hz"), ("2e3", "2000.0"), ("3.", "bad_number"), ("1e400", "number_too_large"),
    ("'#fff'", "'#fff'"), ("#fff", "'#fff'"), ("Soft.Colour", "soft.color"),
    ("f()", "f()"), ("a.b(x, y=2)", "a.b(x,y=2.0)"), ("max(a, b)", "max(a,b)"),
    ("max(k in 0..3, k)", "max[k 0.0..3.0 k]"), ("sum(i in 0..n + 1, i^2)", "sum[i 0.0..(n+1.0) (i^2.0)]"),
    ("f(a == b)", "f((a==b))"), ("f(x=a == b)", "f(x=(a==b))"),
  ])
  func atomsCallsAndLoops(_ text: String, _ expected: String) {
    #expect(shape(text) == expected)
  }

  @Test(arguments: [
    "", "1 +", "f(", "f(a,)", "a b", "a = b", "a < b < c", ")", "a ? b : c", "((", "sum(i in 0..3)", "é",
  ])
  func oneMistakeGivesOneErrorAndAnInvalidExpression(_ text: String) {
    let (expression, ids) = parse(text)
    #expect(ids.count == 1)
    #expect(expression.kind == .invalid)
  }

  @Test func spansCoverTheirText() throws {
    let text = "a + f(x, y=-2s)"
    guard case .binary(_, let left, let right) = parse(text).expression.kind,
      case .call(let callee, let arguments) = right.kind
    else { throw TestFailure("not a sum with a call") }
    func source(_ span: Span) -> String { String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self) }
    #expect(source(left.span) == "a")
    #expect(source(right.span) == "f(x, y=-2s)")
    #expect(source(callee[0].span) == "f")
    #expect(arguments.map { source($0.value.span) } == ["x", "-2s"])
    #expect(arguments[1].name.map { source($0.span) } == "y")
  }

  @Test func spansOfFoldedTextLieInTheFile() throws {
    let text = "a: >-\n  sin(x)\n    + cos(y)\n  * tan(z)\n"
    let (sources, file) = sourceMap(text)
    var bag = DiagnosticBag()
    guard case .mapping(let entries)? = parseYAML(file, in: sources, reporting: &bag)?.content,
      case .scalar(let scalar) = entries[0].value.content,
      case .binary(.add, _, let product) = parseExpression(scalar, reporting: &bag).kind
    else { throw TestFailure("not a sum") }
    #expect(
      String(decoding: Array(text.utf8)[product.span.start..<product.span.end], as: UTF8.self) == "cos(y)\n  * tan(z)")
    #expect(bag.all == [])
  }

  @Test func depthIsBounded() {
    func nested(_ count: Int) -> String {
      String(repeating: "(", count: count) + "x" + String(repeating: ")", count: count)
    }
    #expect(parse(nested(100)).ids == [])
    #expect(parse(nested(101)).ids == ["expression_too_deep"])
    #expect(parse(nested(1_000_000)).ids == ["expression_too_deep"])
    for prefix in ["-", "not ", "f(", "2^", "sum(i in 0..2, "] {
      #expect(parse(String(repeating: prefix, count: 100_000) + "x").ids == ["expression_too_deep"])
    }
    #expect(parse("x" + String(repeating: " + x", count: 99)).ids == [])
  }

  /// Chains that would be too deep grouped from the left are halved, which changes no value that is exact.
  @Test(arguments: [["+", "-"], ["*", "/"]]) func longChainsAreNotDeep(_ operators: [String]) throws {
    func value(_ expression: Expression) -> Double {
      switch expression.kind {
      case .number(let number, nil): return number
      case .binary(.add, let a, let b): return value(a) + value(b)
      case .binary(.subtract, let a, let b): return value(a) - value(b)
      case .binary(.multiply, let a, let b): return value(a) * value(b)
      case .binary(.divide, let a, let b): return value(a) / value(b)
      default: return .nan
      }
    }
    func height(_ expression: Expression) -> Int {
      if case .binary(_, let a, let b) = expression.kind { return 1 + max(height(a), height(b)) }
      return 1
    }
    let isSum = operators[0] == "+"
    for count in [1, 2, 99, 100, 101, 257, 4000] {
      var text = "8"
      var expected = 8.0
      for index in 0..<count {
        // Sums of small integers and products of powers of two are exact however they are grouped.
        let number = isSum ? Double(index * 7 % 31) : [0.5, 1, 2, 4][index * 7 % 4]
        let isInverse = index * index % 5 < 2
        text += " \(operators[isInverse ? 1 : 0]) \(number)"
        expected = isSum ? expected + (isInverse ? -number : number) : isInverse ? expected / number : expected * number
        if expected > 1e9 || expected < 1e-9 { break }
      }
      let result = parse(text)
      #expect(result.ids == [] && value(result.expression) == expected && height(result.expression) <= 100, "\(count)")
    }
    #expect(parse("x" + String(repeating: " or x and y", count: 2000)).ids == [])
    // The height counts: each of these terms is four levels high.
    #expect(parse("x" + String(repeating: " + 2 * sin(x)", count: 98)).ids == [])
    #expect(parse("x" + String(repeating: " + x", count: 5000)).ids == ["expression_too_large"])
  }

  @Test func sizeIsBounded() {
    #expect(parse("f(" + String(repeating: "x, ", count: 9_998) + "x)").ids == [])
    #expect(parse("f(" + String(repeating: "x, ", count: 9_999) + "x)").ids == ["expression_too_large"])
  }

  // MARK: Text slots

  private func pieces(_ text: String) -> [String] {
    var bag = DiagnosticBag()
    let scalar = YAMLScalar(text: text, style: .plain, pieces: [.init(text: 0, source: 0)], file: FileID(0))
    return parseTextTemplate(scalar, reporting: &bag).map { piece in
      switch piece {
      case .literal(let text): "\"\(text)\""
      case .expression(let expression, let format): shape(expression) + (format.map { ":\($0)" } ?? "")
      }
    } + bag.all.map(\.id)
  }

  @Test func textSlotsHoldExpressions() {
    #expect(pieces("plain") == ["\"plain\""])
    #expect(pieces("") == [])
    #expect(pieces("Take {n:02d}/{max(a, b)} {{é}}") == ["\"Take \"", "n:02d", "\"/\"", "max(a,b)", "\" {é}\""])
    #expect(pieces("{a +}!") == ["invalid", "\"!\"", "value_expected"])
    #expect(pieces("{f('}')}") == ["f('}')"])
    #expect(pieces("x {a") == ["\"x \"", "invalid", "unclosed_slot"])
  }
}
