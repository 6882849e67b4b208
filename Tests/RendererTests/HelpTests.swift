import SceneLang
import Testing

@testable import Renderer

/// What errors say of the catalogue that users have.
@Suite struct HelpTests {
  /// A field that lacks an argument, with how it is called.
  @Test(arguments: [
    ("field: waveform", "`effect: waveform` shows it; as a field it is `waveform(u)`"),
    ("field: spectrum", "`effect: spectrum` shows it; as a field it is `spectrum(u)`"),
    ("field: simplex", "as in `simplex(3 * x, 3 * y, z=0.2 * t)`"),
  ])
  func whatLacksAnArgumentIsShownWithIt(_ layer: String, _ help: String) {
    let found = SceneFiles.check(
      text: "ascii-scene: 1\nsegments: [{duration: 1s, layers: [{\(layer)}]}]\n"
    ).diagnostics
    #expect(found.map(\.id) == ["missing_argument"])
    #expect(found.first?.help == help)
  }

  @Test(arguments: ["waveform", "spectrum"])
  func anEffectAsAKeyIsToldAsOne(_ name: String) {
    let found = SceneFiles.check(
      text: "ascii-scene: 1\nsegments: [{duration: 1s, layers: [{\(name): {}}]}]\n"
    ).diagnostics
    #expect(found.map(\.id) == ["unknown_key"])
    #expect(found.first?.help == "write `effect: \(name)`")
  }
}
