import SceneLang
import Testing

@testable import Renderer

/// Every field of the catalogue equals its formula (CATALOGUE 1.5 to 1.8, 1.12), written a second time in Double.
struct CatalogueFormulaTests {
  @Test(arguments: ValueFieldFormulas.all + MovedFieldFormulas.all + DistanceFormulas.fields)
  func aFieldIsItsFormula(_ formula: FieldFormula) throws { try formula.check() }

  /// A distance over the shorter side is a plain number.
  @Test(arguments: DistanceFormulas.all)
  func aDistanceIsItsFormula(_ formula: FieldFormula) throws {
    // A soft edge of 4 is linear up to a distance of 2.
    try formula.check(as: "4 * (0.5 - fill(\(formula.call), edge=4))")
  }

  /// What has a state or reads a sound is tested where it is: `SimulationTests`, `LettersTests`, `SoundTableTests`.
  private static let elsewhere = [
    "game_of_life", "letters", "reaction_diffusion", "spectrum", "strange_attractor", "waveform",
  ]

  @Test func everyFieldHasAFormula() {
    let all = ValueFieldFormulas.all + MovedFieldFormulas.all + DistanceFormulas.fields + DistanceFormulas.all
    let fields = Catalog.builtin.items().filter { $0.kind == "field" }.map(\.name)
    #expect(Set(all.map(\.name) + Self.elsewhere) == Set(fields))
  }
}
