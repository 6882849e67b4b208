/// How deep the reading of a scene goes: levels of expressions, and of what the names in them stand for. The checker and
/// what comes after it go down level by level, so that depth is stack.
///
/// A value that is known counts as if it were read anew, so that the depth of a scene does not depend on which name was
/// needed first.
struct Depth {
  /// Of expressions and definitions together.
  static let most = 240

  /// Where the reading is.
  private(set) var level = 0
  /// The lowest level that what is being read has reached.
  private(set) var deepest = 0
  fileprivate var isReported = false

  /// False if there is no such level.
  fileprivate mutating func descend() -> Bool {
    guard level < Self.most else { return false }
    level += 1
    deepest = max(deepest, level)
    return true
  }

  fileprivate mutating func ascend() { level -= 1 }

  /// Counts the levels of what is known; false if these are too many here.
  fileprivate mutating func reach(below levels: Int) -> Bool {
    deepest = max(deepest, min(Self.most, level + levels))
    return level + levels <= Self.most
  }

  /// Begins to measure: gives what `end` needs.
  mutating func begin() -> Int {
    defer { deepest = level }
    return deepest
  }

  /// The levels that were gone down since `begin`, which gave `outer`.
  mutating func end(_ outer: Int) -> Int {
    defer { deepest = max(deepest, outer) }
    return deepest - level
  }
}

extension Analyzer {
  /// What `read` finds one level further down; nil after a report that there is none.
  func deeper<Value>(at span: Span, _ read: () -> Value?) -> Value? {
    guard depth.descend() else {
      reportDepth(at: span)
      return nil
    }
    defer { depth.ascend() }
    return read()
  }

  /// Whether something of so many levels may be named here; false after a report.
  func admit(levels: Int, at span: Span) -> Bool {
    if depth.reach(below: levels) { return true }
    reportDepth(at: span)
    return false
  }

  /// How many levels a value goes down that was read elsewhere, those of the names in it included.
  func levels(of value: TypedExpression) -> Int {
    let named =
      switch value.kind {
      case .binding(let id): bindings[id.index].levels
      case .field(let id, _): definitions[id.index].levels
      default: 0
      }
    return value.kind.parts.reduce(named) { max($0, levels(of: $1)) } + 1
  }

  /// Once: whatever is still deeper has the same cause.
  private func reportDepth(at span: Span) {
    if !depth.isReported { report(.tooDeep(span)) }
    depth.isReported = true
  }
}

extension Diagnostic {
  fileprivate static func tooDeep(_ span: Span) -> Diagnostic {
    Diagnostic(
      "definitions_too_deep",
      "names that stand for names, with the expressions between them, go down more than \(Depth.most) levels", at: span,
      help: "a loop such as `sum(i in 0..n, …)` is one level, however many turns it makes")
  }
}
