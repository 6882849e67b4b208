/// An expression whose names, types, units and rates are settled.
public struct TypedExpression: Sendable, Hashable {
  public indirect enum Kind: Sendable, Hashable {
    /// In base units: seconds, radians, shares of the shorter side. Booleans are 0 and 1.
    case number(Double)
    case text(String)
    /// A word of a closed set.
    case choice(String, of: [String])
    case rgb(TypedExpression, TypedExpression, TypedExpression)
    /// A gradient, read at the layer's value unless a position is given.
    case gradient(Gradient, at: TypedExpression?)
    /// A channel of a gradient's colour at a place, 0…1.
    case gradientLevel(Gradient, ColorChannel, at: TypedExpression)
    case input(Input)
    /// Derived from the coordinates, so that a transformed field sees transformed ones.
    case polar(PolarCoordinate)
    /// A parameter of the enclosing definition, by its place.
    case parameter(Int)
    case binding(BindingID)
    /// The variable of an enclosing loop of the same expression.
    case index(Int)
    case unary(UnaryFunction, TypedExpression)
    case binary(BinaryFunction, TypedExpression, TypedExpression)
    case select(TypedExpression, then: TypedExpression, otherwise: TypedExpression)
    case loop(
      Reduction, index: Int, from: TypedExpression, to: TypedExpression, limit: Int, body: TypedExpression)
    /// A field written in the language, with one argument per parameter.
    case field(DefinitionID, [TypedExpression])
    /// `hears`: whether it reads the sound.
    case native(op: String, [TypedExpression], hears: Bool)
    /// A field with a state.
    case simulation(CheckedCall)
    /// The field at other coordinates or another time; nil keeps one.
    case at(TypedExpression, x: TypedExpression?, y: TypedExpression?, time: TypedExpression?)
    /// Uniform in 0…1, keyed by the place in the scene, `salt` and the floor of the argument.
    case random(salt: Int, TypedExpression)
    /// The level below which this share of a value lies over the segment.
    case percentile(TypedExpression, share: Double)
    /// A picture under `inputs:`.
    case picture(CheckedPicture, PictureChannel)
    /// What was measured of each frame of a picture.
    case measured(CheckedPicture, SampledCurve)
    /// A table of colors under `inputs:`.
    case lookup(ColorLookup)
    /// Already reported; whatever reads it stays silent.
    case invalid
  }

  public enum PolarCoordinate: Sendable, Hashable { case distance, angle }

  public var kind: Kind
  public var type: ValueType
  public var dimension: Dimension
  public var rate: Rate
  public var span: Span
  /// How many expressions it is made of, itself included.
  public let size: Int

  public init(
    _ kind: Kind, type: ValueType = .number, _ dimension: Dimension = .plain, rate: Rate, span: Span
  ) {
    self.kind = kind
    self.type = type
    self.dimension = dimension
    self.rate = rate
    self.span = span
    size = kind.parts.reduce(1) { $0 + $1.size }
  }

  static func invalid(_ span: Span) -> TypedExpression { TypedExpression(.invalid, rate: .constant, span: span) }

  static func number(_ value: Double, _ dimension: Dimension = .plain, span: Span) -> TypedExpression {
    TypedExpression(.number(value), dimension, rate: .constant, span: span)
  }

  public var isInvalid: Bool { kind == .invalid }

  /// Whether it is drawn filled: a distance, or a length by which one is written.
  var isShape: Bool { dimension == .distance || dimension == .length }
}

extension TypedExpression.Kind {
  /// What it is made of, in order.
  var parts: [TypedExpression] {
    switch self {
    case .number, .text, .choice, .input, .polar, .parameter, .binding, .index, .picture, .measured, .lookup, .invalid:
      []
    case .rgb(let r, let g, let b): [r, g, b]
    case .gradient(_, let place): place.map { [$0] } ?? []
    case .unary(_, let a), .random(_, let a), .percentile(let a, _), .gradientLevel(_, _, let a): [a]
    case .binary(_, let a, let b): [a, b]
    case .select(let c, let a, let b): [c, a, b]
    case .loop(_, _, let from, let to, _, let body): [from, to, body]
    case .field(_, let arguments), .native(_, let arguments, _): arguments
    case .simulation(let call): call.expressions
    case .at(let field, let x, let y, let time): [field] + [x, y, time].compactMap { $0 }
    }
  }
}

/// Refers to a `let` of a checked scene.
public struct BindingID: Hashable, Sendable {
  public let index: Int

  init(_ index: Int) { self.index = index }
}

/// Refers to a field definition of a checked scene, the user's or one of the prelude.
public struct DefinitionID: Hashable, Sendable {
  public let index: Int

  init(_ index: Int) { self.index = index }
}

/// Refers to a scope: what `let` belongs to, and so how long one node of it is shared.
public struct ScopeID: Hashable, Sendable {
  public let index: Int

  init(_ index: Int) { self.index = index }
}
