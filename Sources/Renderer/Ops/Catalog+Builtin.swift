import SceneLang

extension Catalog {
  /// Everything this program brings: native ops, palettes, grids, gradients, and the prelude.
  public static let builtin = Catalog(
    entries: FieldOps.all.map { $0.declaration } + SimulationOps.all.map { $0.declaration }
      + EffectOps.all.map { $0.declaration } + CellEffects.all.map { $0.declaration }
      + TextStyles.all.map { $0.declaration }
      + Shaders.all.map { $0.declaration } + Blends.all.map(\.declaration) + Transitions.all.map(\.declaration)
      + Feedbacks.all
      + BuiltinPalettes.all.map(\.declaration) + BuiltinGrids.all.map(\.declaration)
      + BuiltinGradients.all.map(\.declaration),
    prelude: PreludeFiles.sources,
    palettes: table(BuiltinPalettes.all.map { ($0.declaration, $0.palette) }),
    gradients: table(BuiltinGradients.all.map { ($0.declaration, $0.gradient) }),
    grids: table(BuiltinGrids.all.map { ($0.declaration, $0.fontSize) }),
    defaults: Defaults(grid: "md", palette: "ascii", gradient: "heliotrope", feedback: "trails"))

  /// Values by folded name and alias.
  private static func table<Value>(_ items: [(OpDeclaration, Value)]) -> [String: Value] {
    var table: [String: Value] = [:]
    for (declaration, value) in items {
      for name in [declaration.name] + declaration.aliases { table[Name.folded(name)] = value }
    }
    return table
  }
}
