// The wording for `ExpressionParser`.

extension ExpressionError {
  static func emptyExpression(at span: Span) -> ExpressionError {
    ExpressionError(
      "empty_expression", "expected an expression", at: span, help: "give a value, or remove the key")
  }

  static func valueExpected(before symbol: String?, at span: Span) -> ExpressionError {
    switch symbol {
    case nil: ExpressionError("value_expected", "the expression ends where a value is expected", at: span)
    case "+":
      ExpressionError(
        "value_expected", "expected a value before `+`", at: span, help: "a number takes no plus sign",
        edit: .init(span, replacement: "", isSafe: true))
    case "not":
      ExpressionError(
        "value_expected", "`not` cannot stand here", at: span, help: "put it and its operand in parentheses")
    case let symbol?: ExpressionError("value_expected", "expected a value before `\(symbol)`", at: span)
    }
  }

  static func missingParenthesis(at span: Span, open: Span) -> ExpressionError {
    ExpressionError(
      "missing_parenthesis", "expected `)`", at: span, caret: "before the end of the expression",
      labels: [.init(open, "opened here")])
  }

  static func strayParenthesis(at span: Span) -> ExpressionError {
    ExpressionError(
      "stray_parenthesis", "`)` closes nothing", at: span, help: "delete it, or open a parenthesis before")
  }

  static func assignment(at span: Span) -> ExpressionError {
    ExpressionError(
      "assignment", "`=` only names arguments; equality is `==`", at: span, caret: "write `==`",
      edit: .init(span, replacement: "==", isSafe: true))
  }

  static func decimalComma(_ number: String, at span: Span) -> ExpressionError {
    ExpressionError(
      "bad_number", "a decimal point is a point", at: span, caret: "write `\(number)`",
      edit: .init(span, replacement: number))
  }

  static func unexpectedSymbol(_ symbol: String, at span: Span) -> ExpressionError {
    let help: String? =
      switch symbol {
      case ",": "a list of values is written `[a, b]`"
      case "..": "ranges only occur in loops such as `sum(i in 0..4, i)`"
      case ".": "`.` joins names, as in `neon.melt`"
      default: nil
      }
    return ExpressionError("unexpected_symbol", "`\(symbol)` cannot stand here", at: span, help: help)
  }

  static func missingOperator(_ text: String, at span: Span) -> ExpressionError {
    let help =
      switch text.lowercased() {
      case "mod": "write `mod(a, b)`"
      case "xor": "write `!=`"
      case "if", "then", "else": "write `if(condition, a, b)`"
      default: "a product needs its `*`"
      }
    return ExpressionError("missing_operator", "expected an operator before `\(text)`", at: span, help: help)
  }

  static func detachedUnit(_ number: String, _ unit: String, at span: Span) -> ExpressionError {
    ExpressionError(
      "detached_unit", "a unit touches its number", at: span, caret: "write `\(number)\(unit)`",
      edit: .init(span, replacement: number + unit, isSafe: true))
  }

  static func percentOperator(at span: Span) -> ExpressionError {
    ExpressionError("unknown_operator", "`%` is the unit percent, not an operator", at: span, help: "write `mod(a, b)`")
  }

  static func chainedComparison(at span: Span, first: Span) -> ExpressionError {
    ExpressionError(
      "chained_comparison", "comparisons cannot be chained", at: span,
      labels: [.init(first, "is already true or false")], help: "write `a < b and b < c`")
  }

  static func expectedName(at span: Span) -> ExpressionError {
    ExpressionError("name_expected", "expected a name behind the point", at: span)
  }

  static func missingArgument(at span: Span) -> ExpressionError {
    ExpressionError("missing_argument", "expected an argument here", at: span)
  }

  static func trailingComma(at span: Span) -> ExpressionError {
    ExpressionError(
      "trailing_comma", "no argument follows this comma", at: span, help: "delete it",
      edit: .init(span, replacement: "", isSafe: true))
  }

  static func positionalAfterNamed(at span: Span, named: Name) -> ExpressionError {
    ExpressionError(
      "positional_after_named", "an argument without a name stands behind one with a name", at: span,
      labels: [.init(named.span, "the named ones begin here")], help: "named arguments come last; equality is `==`")
  }

  static func incompleteLoop(_ reduction: Reduction, _ index: Name, at span: Span) -> ExpressionError {
    ExpressionError(
      "incomplete_loop", "a loop has a range and a body", at: span,
      help: "write `\(reduction.rawValue)(\(index.text) in 0..n, …)`")
  }

  static func tooManyNodes(at span: Span) -> ExpressionError {
    ExpressionError(
      "expression_too_large", "the expression has more than \(ExpressionParser.mostNodes) parts", at: span,
      help: "name parts of it under `let:`")
  }

  static func tooDeep(at span: Span) -> ExpressionError {
    ExpressionError(
      "expression_too_deep", "the expression is nested more than \(ExpressionParser.mostLevels) levels deep", at: span,
      help: "name parts of it under `let:`")
  }
}
