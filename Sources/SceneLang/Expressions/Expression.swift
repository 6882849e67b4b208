/// A parsed expression of the scene language (grammar in docs/language), before names are looked up.
public struct Expression: Sendable, Hashable {
  public indirect enum Kind: Sendable, Hashable {
    case number(Double, unit: Unit?)
    /// A quoted string inside an expression, such as a colour.
    case string(String)
    /// A text slot: an argument in map form for a parameter of type text.
    case text([TextPiece])
    /// Keyframes: an argument in map form.
    case keyframes(YAMLNode)
    /// A list of colors or a mapping of one, such as `{oklch: [a, b]}`: a gradient that has no name.
    case gradient(YAMLNode)
    case reference([Name])
    case call(callee: [Name], arguments: [Argument])
    case loop(Reduction, index: Name, from: Expression, to: Expression, body: Expression)
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// Already reported.
    case invalid
  }

  public var kind: Kind
  public var span: Span

  public init(_ kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// A name as written (`text`) and as it is looked up (`key`: `-` as `_`, lower case, American spelling).
public struct Name: Sendable, Hashable {
  public var text: String
  public var key: String
  public var span: Span

  public init(_ text: String, span: Span) {
    self.text = text
    self.key = Name.folded(text)
    self.span = span
  }
}

public struct Argument: Sendable, Hashable {
  /// Nil for a positional argument; named ones come last.
  public var name: Name?
  public var value: Expression

  public init(name: Name?, value: Expression) {
    self.name = name
    self.value = value
  }
}

public enum UnaryOperator: String, Sendable, Hashable { case negate = "-", not }

public enum BinaryOperator: String, Sendable, Hashable {
  case add = "+", subtract = "-", multiply = "*", divide = "/", power = "^"
  case less = "<", greater = ">", lessOrEqual = "<=", greaterOrEqual = ">=", equal = "==", notEqual = "!="
  case and, or
}

/// What a loop does with the values of its body: `sum(i in 0..n, …)`. Empty sums are 0, empty products 1, empty
/// extrema and means 0.
public enum Reduction: String, Sendable, Hashable, CaseIterable { case sum, product, min, max, mean }

/// A unit that touches its number. `base` says what one of it is in the base of its dimension.
public enum Unit: String, Sendable, Hashable, CaseIterable {
  case s, ms, f, beats, bars, deg, rad, turn, cells, px, chars, hertz = "Hz", percent = "%"

  /// Every spelling: the singular ones (`beat`, `cell`, …) and `frames` for `f`.
  public init?(spelling: String) {
    switch spelling {
    case "frame", "frames": self = .f
    case "beat": self = .beats
    case "bar": self = .bars
    case "cell": self = .cells
    case "char": self = .chars
    default: self.init(rawValue: spelling)
    }
  }
}
