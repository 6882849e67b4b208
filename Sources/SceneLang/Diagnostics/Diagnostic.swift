/// How much a diagnostic matters. Only an `error` keeps a scene from being rendered.
public enum Severity: String, Sendable, Hashable, CaseIterable {
  case error, warning, performance, note
}

/// One finding about a scene: a value that phases collect and one renderer draws.
///
/// Messages are one line, lower case, quote the author's text in backquotes and say what was expected; `help` says
/// what to type.
public struct Diagnostic: Hashable, Sendable {
  /// A second place that explains the first, drawn under the same or another line.
  public struct Label: Hashable, Sendable {
    public var span: Span
    public var message: String

    public init(_ span: Span, _ message: String) {
      self.span = span
      self.message = message
    }
  }

  /// A change of the source that would mend the mistake: `span` is replaced by `replacement`.
  public struct Edit: Hashable, Sendable {
    public var span: Span
    public var replacement: String
    /// The text can have meant nothing else, so that `check --fix` may apply the edit unasked. A guess is not safe.
    public var isSafe: Bool

    public init(_ span: Span, replacement: String, isSafe: Bool = false) {
      self.span = span
      self.replacement = replacement
      self.isSafe = isSafe
    }
  }

  /// A stable name in snake_case, such as `unknown_field`.
  public var id: String
  public var severity: Severity
  public var message: String
  public var span: Span
  /// Drawn beside the caret, such as "did you mean `bloom`?". May be empty.
  public var caret: String
  public var labels: [Label]
  public var help: String?
  public var edit: Edit?

  /// An error.
  public init(
    _ id: String, _ message: String, at span: Span, caret: String = "", labels: [Label] = [], help: String? = nil,
    edit: Edit? = nil
  ) {
    self.init(id, .error, message, at: span, caret: caret, labels: labels, help: help, edit: edit)
  }

  public init(
    _ id: String, _ severity: Severity, _ message: String, at span: Span, caret: String = "", labels: [Label] = [],
    help: String? = nil, edit: Edit? = nil
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    self.span = span
    self.caret = caret
    self.labels = labels
    self.help = help
    self.edit = edit
  }
}
