import SceneLang
import Testing

@testable import Renderer

/// `particle_caps:` of a scene, `cap:` of a layer, and the scale of the quality (CATALOGUE S-32, S-33).
struct ParticleCapTests {
  /// The caps of the layers in the graph.
  private func caps(_ header: String, _ layers: [String], scale: Double = 1) throws -> [Int] {
    let text = """
      ascii-scene: 1
      \(header)
      segments:
        - name: a
          duration: 4s
          layers:
      \(layers.map { "      - \($0)" }.joined(separator: "\n"))
      """
    var overrides = SceneOverrides()
    overrides.particleScale = scale
    let result = check(path: "a.yaml", name: "a", bytes: Array(text.utf8), using: .builtin, overrides: overrides)
    let scene = try #require(
      result.scene, "\(DiagnosticRenderer(sources: result.sources).render(result.diagnostics))")
    let segment = scene.renderGraph(using: .builtin).segments[0]
    return segment.layers.map { layer in
      guard case .effect(let call) = layer.source,
        let place = EffectOps.named(call.op).declaration.parameters.firstIndex(where: { $0.name == "cap" }),
        case .number(let node) = call.arguments[place], case .number(let value) = segment[node].kind
      else { return -1 }
      return Int(value)
    }
  }

  @Test func theNearestWordCounts() throws {
    let layers = [
      "particles: embers", "particles: sparks(cap=70)", "{particles: embers(cap=70), cap: 60}", "particles: orbit",
    ]
    #expect(try caps("", layers) == [1500, 70, 60, 1200])
    #expect(try caps("particle_caps: {sparks: 400}", layers) == [400, 70, 60, 1200])
  }

  @Test func theQualityScalesThem() throws {
    let layers = ["particles: embers", "{particles: boids, cap: 90}"]
    #expect(try caps("", layers, scale: QualitySettings.draft.particleScale) == [500, 30])
    #expect(try caps("", layers, scale: QualitySettings.preview.particleScale) == [1500, 90])
    #expect(try caps("", layers, scale: QualitySettings.max.particleScale) == [3375, 203])
  }

  @Test func layersShareTheTotal() throws {
    let layers = ["{particles: embers, cap: 900}", "{particles: boids, cap: 300}"]
    #expect(try caps("particle_caps: {total: 2000}", layers) == [900, 300])
    #expect(try caps("particle_caps: {total: 600}", layers) == [450, 150])
    #expect(try caps("particle_caps: {total: 600}", layers, scale: 0.5) == [225, 75])
  }

  @Test func mistakesStandAtTheirKeys() {
    func findings(_ header: String, _ layer: String) -> [String] {
      let text = "ascii-scene: 1\n\(header)\nsegments:\n  - {name: a, duration: 4s, layers: [\(layer)]}\n"
      return check(path: "a.yaml", name: "a", bytes: Array(text.utf8), using: .builtin).diagnostics.map(\.id)
    }
    #expect(findings("particle_caps: {ember: 4}", "field: plasma") == ["unknown_effect"])
    #expect(findings("particle_caps: {total: 1e6}", "field: plasma") == ["out_of_range"])
    #expect(findings("", "{field: plasma, cap: 9}") == ["unknown_key"])
    #expect(findings("", "{text: A, cap: 9}") == ["unknown_key"])
  }
}
