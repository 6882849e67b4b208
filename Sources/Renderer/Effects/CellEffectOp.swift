import SceneLang

/// Something that happens to the finished cells of a layer before they become pixels: a function of the moment, without a
/// state.
protocol CellEffectOp: Sendable {
  /// Of kind `cell_effect`.
  static var declaration: OpDeclaration { get }
  /// Characters it writes beside those of the layer.
  static var ownCharacters: [Unicode.Scalar] { get }

  /// Changes what the effects before it left. All randomness is a hash of the layer's key.
  static func apply(_ arguments: CallArguments, to cells: CellSurface)
}

extension CellEffectOp {
  static var ownCharacters: [Unicode.Scalar] { [] }
}

/// The cell effects, by name.
enum CellEffects {
  /// Alphabetical.
  static let all: [any CellEffectOp.Type] = [
    BlockCorrupt.self,
    ErrorWords.self,
    GlitchDisplace.self,
    HexStream.self,
    ScanBars.self,
    Shake.self,
  ]

  /// Precondition: a cell effect has that name (analysis has seen to it).
  static func named(_ name: String) -> any CellEffectOp.Type {
    guard let op = all.first(where: { $0.declaration.name == name }) else {
      preconditionFailure("no cell effect is called `\(name)`")
    }
    return op
  }
}

extension ParameterDeclaration {
  /// How often a cell effect changes.
  static func changes(_ rate: Double) -> ParameterDeclaration {
    ParameterDeclaration("changes", default: "\(rate)", in: 0.01...240, "How often a second it changes.")
  }
}

extension CallArguments {
  /// Counts the changes so far.
  var turn: Int { Int(ScalarMath.floor(time * number("changes"))) }
}
