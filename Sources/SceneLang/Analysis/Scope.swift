/// Names that an expression can see, innermost first.
final class Scope {
  enum Symbol {
    case binding(BindingID)
    /// A parameter of the definition being checked.
    case parameter(Int, CheckedParameter)
    case index(Int, ClosedRange<Double>)
    case definition(DefinitionID)
    case gradient(Gradient)
  }

  struct Entry {
    var symbol: Symbol
    var span: Span
  }

  let id: ScopeID
  let parent: Scope?
  /// Whether `value`, the layer's own value, has a meaning here.
  let hasValue: Bool
  private(set) var entries: [String: Entry] = [:]

  init(id: ScopeID, parent: Scope?, hasValue: Bool = false) {
    self.id = id
    self.parent = parent
    self.hasValue = hasValue || (parent?.hasValue ?? false)
  }

  /// Adds a name; gives the span of an earlier one of the same key in this very scope, which stays.
  func define(_ key: String, _ symbol: Symbol, at span: Span) -> Span? {
    if let earlier = entries[key] { return earlier.span }
    entries[key] = Entry(symbol: symbol, span: span)
    return nil
  }

  func find(_ key: String) -> Symbol? { entries[key]?.symbol ?? parent?.find(key) }

  /// Every visible name, for "did you mean".
  var visibleNames: [String] { Array(entries.keys) + (parent?.visibleNames ?? []) }
}
