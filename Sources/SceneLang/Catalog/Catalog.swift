/// What the language knows of the renderer: the declarations of its native ops and the prelude. SceneLang names no op
/// itself; the command line passes `Catalog.builtin`, tests pass a small one of their own.
public struct Catalog: Sendable {
  /// All native entries, sorted by kind and name.
  public var entries: [OpDeclaration]
  /// Prelude files by name: text in the scene language with `fields:`, `eases:`, `looks:` or `shaders:`.
  public var prelude: [String: String]
  /// What stands behind the palette, gradient and grid entries, by folded name or alias. A grid is a font size in pixels
  /// at the 1080-class reference.
  public var palettes: [String: Palette]
  public var gradients: [String: Gradient]
  public var grids: [String: Double]
  public var defaults: Defaults

  /// The names of what a layer uses when neither it nor its field says.
  public struct Defaults: Sendable {
    public var grid: String
    public var palette: String
    public var gradient: String
    /// What a `feedback:` of parameters alone changes.
    public var feedback: String

    public init(grid: String, palette: String, gradient: String, feedback: String) {
      self.grid = grid
      self.palette = palette
      self.gradient = gradient
      self.feedback = feedback
    }
  }

  private var index: [OpKind: [String: Int]]

  public init(
    entries: [OpDeclaration], prelude: [String: String] = [:], palettes: [String: Palette],
    gradients: [String: Gradient],
    grids: [String: Double], defaults: Defaults
  ) {
    self.entries = entries
    self.prelude = prelude
    self.palettes = palettes
    self.gradients = gradients
    self.grids = grids
    self.defaults = defaults
    var index: [OpKind: [String: Int]] = [:]
    for (position, entry) in entries.enumerated() {
      for name in [entry.name] + entry.aliases {
        let key = Name.folded(name)
        precondition(index[entry.kind]?[key] == nil, "two \(entry.kind) entries are called `\(name)`")
        index[entry.kind, default: [:]][key] = position
      }
    }
    self.index = index
  }

  /// The entry of that kind with that name or alias; `key` is folded (`Name.folded`).
  public func entry(_ kind: OpKind, _ key: String) -> OpDeclaration? {
    index[kind]?[key].map { entries[$0] }
  }

  /// Every name and alias of a kind, for "did you mean".
  public func names(_ kind: OpKind) -> [String] { index[kind].map { Array($0.keys) } ?? [] }
}

/// The kinds of things a catalogue entry can be; each is looked up in its own slots.
public enum OpKind: String, Sendable, Hashable, CaseIterable {
  case field, effect, particles, shader, blend, palette, grid, gradient, transition, style, feedback
  case cellEffect = "cell_effect"
}

/// One entry of the catalogue: what checker, lists, schema, reference page and renderer read of an op.
public struct OpDeclaration: Sendable {
  public var kind: OpKind
  public var name: String
  public var aliases: [String]
  /// One sentence, ended by a full stop.
  public var summary: String
  public var parameters: [ParameterDeclaration]
  public var facts: Facts
  public var cautions: Set<Caution>
  /// How a field or an effect likes to be drawn when the layer does not say: values of layer keys, written in the scene
  /// language.
  public var show: [String: String]
  /// An expression or YAML value that uses it.
  public var example: String

  public init(
    _ kind: OpKind, _ name: String, aliases: [String] = [], _ summary: String,
    parameters: [ParameterDeclaration] = [], facts: Facts = .init(), cautions: Set<Caution> = [],
    show: [String: String] = [:], example: String = ""
  ) {
    self.kind = kind
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.parameters = parameters
    self.facts = facts
    self.cautions = cautions
    self.show = show
    self.example = example
  }
}

/// What the passes and the scheduler may assume of an op. Each is a law that a test holds the op to.
public struct Facts: Sendable, Hashable {
  public enum Access: Sendable, Hashable {
    /// Each output pixel reads the same pixel only.
    case pointwise
    /// Pointwise, each channel by itself, by a table of 256 entries.
    case channelwise
    /// Reads pixels of the same row only.
    case row
    /// Reads pixels at most this many rows away.
    case stencil(radius: Int)
    /// Reads by a coordinate map.
    case warp
    /// Reads the whole picture.
    case global
  }

  public var access: Access
  /// The same inputs give the same output whatever came before.
  public var isStateless: Bool
  /// The output depends on the frame number even when the parameters do not (grain).
  public var variesByFrame: Bool
  /// The output depends on the randomness key of the call. Where it does not, the key is dropped, so that renaming a
  /// segment or a layer renders nothing.
  public var readsKey: Bool
  /// A blend that leaves black black, whatever the layer: over nothing it shows nothing.
  public var keepsBlack: Bool
  /// A field that reads the sound.
  public var hears: Bool

  public init(
    access: Access = .pointwise, isStateless: Bool = true, variesByFrame: Bool = false, readsKey: Bool = false,
    keepsBlack: Bool = false, hears: Bool = false
  ) {
    self.access = access
    self.isStateless = isStateless
    self.variesByFrame = variesByFrame
    self.readsKey = readsKey
    self.keepsBlack = keepsBlack
    self.hears = hears
  }
}

/// What an author should know before using an op: `check` warns where it matters.
public enum Caution: Sendable, Hashable {
  /// Moves the picture about, so that no text below it can be read.
  case scramblesText
  /// Leaves too little light unless the tone map's gamma is at most this (CATALOGUE B-2).
  case needsGamma(atMost: Double)
  /// A blend that never makes a level larger: as feedback it darkens every picture by those before.
  case darkensFeedback
  /// A blend that makes dark material darker still, whatever the layer (CATALOGUE 1.14: .12 overlay .12 is .03).
  case crushesDark
  /// Exchanges dark and light: going on and off, it flashes.
  case flipsLight
}

/// One parameter: the single declaration that checker, schema, reference and renderer read.
public struct ParameterDeclaration: Sendable, Hashable {
  public var name: String
  public var aliases: [String]
  public var type: ValueType
  /// Nil for a required parameter. Written in the scene language.
  public var `default`: String?
  public var range: ClosedRange<Double>?
  /// Beyond this, pictures usually suffer, and `check` says so.
  public var usual: ClosedRange<Double>?
  public var dimension: Dimension
  /// The finest rate the parameter accepts.
  public var rate: Rate
  public var choices: [String]
  public var doc: String

  public init(
    _ name: String, aliases: [String] = [], _ type: ValueType = .number, default: String?,
    in range: ClosedRange<Double>? = nil, usual: ClosedRange<Double>? = nil, _ dimension: Dimension = .plain,
    rate: Rate = .frame, choices: [String] = [], _ doc: String
  ) {
    self.name = name
    self.aliases = aliases
    self.type = type
    self.default = `default`
    self.range = range
    self.usual = usual
    self.dimension = dimension
    self.rate = rate
    self.choices = choices
    self.doc = doc
  }
}

extension ParameterDeclaration {
  /// The number of the declared range that is nearest; the number itself where no range is declared.
  public func limited(_ number: Double) -> Double {
    range.map { ScalarMath.clamp(number, $0.lowerBound, $0.upperBound) } ?? number
  }

  /// A parameter without a unit.
  public init(
    _ name: String, aliases: [String] = [], _ type: ValueType = .number, default: String?,
    in range: ClosedRange<Double>? = nil, usual: ClosedRange<Double>? = nil, rate: Rate = .frame,
    choices: [String] = [], _ doc: String
  ) {
    self.init(
      name, aliases: aliases, type, default: `default`, in: range, usual: usual, .plain, rate: rate, choices: choices,
      doc)
  }
}

/// The types of values that expressions and slots have.
public enum ValueType: String, Sendable, Hashable, CaseIterable {
  case number, integer, boolean, text, color, gradient, palette, field, distance, choice
  /// A table of colors.
  case lut

  /// Whether what is given for it is evaluated wherever it is read, at the coordinates there.
  public var isRead: Bool { self == .field || self == .distance }

  /// Whether it is a colour, or one wherever it is read.
  var isColored: Bool { self == .color || self == .gradient }
}

/// What a number measures: the tag that literals with a unit carry (LANGUAGE "soft units").
public enum Dimension: String, Sendable, Hashable {
  case plain, time, angle, length, frequency
  /// How far the border of a shape is, negative inside: it can be moved by a length, and joined by `min` and `max`.
  case distance
  /// Of parameters only: a place in the spectrum, 0…1 at equal steps of pitch from 20 Hz to 16 kHz, or a frequency.
  case pitch
}
