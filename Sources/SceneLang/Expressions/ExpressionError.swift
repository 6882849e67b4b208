/// The first mistake of an expression. It ends the parse, for what follows would only be its echo.
struct ExpressionError: Error {
  let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

  init(
    _ id: String, _ message: String, at span: Span, caret: String = "", labels: [Diagnostic.Label] = [],
    help: String? = nil, edit: Diagnostic.Edit? = nil
  ) {
    diagnostic = Diagnostic(id, message, at: span, caret: caret, labels: labels, help: help, edit: edit)
  }
}
