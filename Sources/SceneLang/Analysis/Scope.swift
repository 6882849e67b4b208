/// Names that an expression can see, innermost first.
final class Scope {
  enum Symbol {
    case binding(BindingID)
    /// A parameter of the definition being checked.
    case parameter(Int, CheckedParameter)
    case index(Int, ClosedRange<Double>)
    case definition(DefinitionID)
    case gradient(Gradient)
    /// What a template was given for its parameters of these types.
    case palette(CheckedPalette)
    case look(YAMLNode, Scope)
    case layers([YAMLNode], Scope)
  }

  struct Entry {
    var symbol: Symbol
    var span: Span
    /// Whether anything looked the name up.
    var isUsed = false
  }

  let id: ScopeID
  let parent: Scope?
  /// The file that the names stand in. The analyzer keeps all modules.
  unowned let module: Module
  /// Whether `value`, the layer's own value, has a meaning here.
  let hasValue: Bool
  /// Whether the channels of a pixel have a meaning here: in a pixel shader.
  let hasPixel: Bool
  /// The templates whose writing this is, by the place of their name.
  let templates: Set<Span>
  private(set) var entries: [String: Entry] = [:]

  /// - Parameter templates: those of the parent unless given.
  init(id: ScopeID, parent: Scope, hasValue: Bool = false, hasPixel: Bool = false, templates: Set<Span>? = nil) {
    self.id = id
    self.parent = parent
    self.templates = templates ?? parent.templates
    module = parent.module
    self.hasValue = hasValue || parent.hasValue
    self.hasPixel = hasPixel || parent.hasPixel
  }

  /// The scope of a file.
  init(id: ScopeID, module: Module) {
    self.id = id
    parent = nil
    self.module = module
    hasValue = false
    hasPixel = false
    templates = []
  }

  /// The names that another has so far.
  init(id: ScopeID, copying other: Scope) {
    self.id = id
    (parent, module, hasValue, hasPixel) = (other.parent, other.module, other.hasValue, other.hasPixel)
    (templates, entries) = (other.templates, other.entries)
  }

  /// Adds a name; gives the span of an earlier one of the same key in this very scope, which stays.
  func define(_ key: String, _ symbol: Symbol, at span: Span) -> Span? {
    if let earlier = entries[key] { return earlier.span }
    entries[key] = Entry(symbol: symbol, span: span)
    return nil
  }

  func find(_ key: String) -> Symbol? {
    guard let entry = entries[key] else { return parent?.find(key) }
    if !entry.isUsed { entries[key]?.isUsed = true }
    return entry.symbol
  }

  /// Every visible name, for "did you mean".
  var visibleNames: [String] { Array(entries.keys) + (parent?.visibleNames ?? []) }
}
