/// The keys of one kind of mapping: what the checker accepts there, and what schema and reference say of each.
public struct KeyTable: Sendable {
  /// In one or two words, such as `layer`.
  public let name: String
  /// One sentence, ended by a full stop.
  public let summary: String
  public let keys: [KeyDeclaration]
  /// Of these, one is given and no more.
  public let oneOf: [String]
  /// What else the keys ask of one another.
  public let rules: [KeyRule]
  /// Whether `use:` and `with:` may stand beside the keys.
  public let takesTemplates: Bool

  init(
    _ name: String, _ summary: String, oneOf: [String] = [], rules: [KeyRule] = [],
    takesTemplates: Bool = false, _ keys: [KeyDeclaration]
  ) {
    self.name = name
    self.summary = summary
    self.keys = keys
    self.oneOf = oneOf
    self.rules = rules
    self.takesTemplates = takesTemplates
    names = Set(keys.map(\.name))
  }

  /// In folded form, as the checker looks them up.
  let names: Set<String>

  /// All of them, those of the scene first.
  public static let all: [KeyTable] = sceneTables + segmentTables + layerTables + definitionTables

  static func named(_ name: String) -> KeyTable {
    guard let table = index[name] else { preconditionFailure("no key table is called `\(name)`") }
    return table
  }

  private static let index = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// What the keys of a mapping ask of one another, as far as their presence tells. The checker finds what breaks it, too.
public enum KeyRule: Sendable {
  /// One of these is given, or more.
  case someOf([String])
  /// The key has a meaning only beside one of these; if `beside` is given, that is asked only beside it.
  case needs(String, oneOf: [String], beside: String? = nil)
  /// Beside the key none of these has a meaning.
  case excludes(String, [String])
  /// Where the flag is true, `needed` stands beside it, and no item of the list `items` has one of `without`.
  case whereTrue(String, needed: String, items: String, without: [String])
  /// Every item of the list has one of these keys; a single one need not, if the mapping has `alone`.
  case itemsNeed(String, oneOf: [String], alone: String)
}

/// One key of a mapping.
public struct KeyDeclaration: Sendable {
  /// In folded form: `ascii_scene` is written `ascii-scene`.
  public let name: String
  public let shape: KeyShape
  public let isRequired: Bool
  /// One sentence, ended by a full stop.
  public let doc: String

  init(_ name: String, _ shape: KeyShape, required: Bool = false, _ doc: String) {
    self.name = name
    self.shape = shape
    isRequired = required
    self.doc = doc
  }

  /// `let`, whose values follow at most `rate`.
  static func bindings(rate: Rate) -> KeyDeclaration {
    KeyDeclaration(
      "let", .named(.either([.value(.number, rate: rate), .colors])),
      "Names for values, in any order, each computed once.")
  }

  /// As authors write it.
  public var spelling: String { name == "ascii_scene" ? "ascii-scene" : name }
}

/// What may stand behind a key.
public indirect enum KeyShape: Sendable {
  /// Text as it is written.
  case text
  /// Text with `{expressions}`.
  case template
  /// One of a few words.
  case words([String])
  /// `true` or `false`, settled before rendering.
  case flag
  /// An expression of that type; a number may also be keyframes.
  case value(ValueType, Dimension = .plain, in: ClosedRange<Double>? = nil, rate: Rate)
  /// The name of an entry of the catalogue, or, if `own`, of one that the scene defines.
  case name(OpKind, own: Bool)
  /// A call of an entry of the catalogue, by its name or with arguments.
  case call(OpKind)
  /// A look: a chain of shaders and looks.
  case look
  /// A mapping with the keys of a table.
  case table(String)
  case list(KeyShape)
  /// A mapping whose keys are the author's own names.
  case named(KeyShape)
  case either([KeyShape])
}

extension KeyShape {
  /// A gradient as a list of its colors.
  static let colors = KeyShape.list(.either([.value(.color, rate: .constant), .table("color stop")]))
}
