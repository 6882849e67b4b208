import SceneLang
import Testing

@testable import Renderer

/// What random choices depend on.
struct SeedTests {
  private func hash(_ layer: String, _ seed: Int) throws -> String {
    let graph = compiledScene(layer, size: "160x96", header: "seed: \(seed)")
    let picture = Picture(width: 160, height: 96)
    try SceneRenderer(graph: graph, kernels: .best).render(frame: 0, into: picture)
    return picture.hash
  }

  @Test(arguments: [
    "{field: 0.5, palette: {chars: abcdefgh, match: random}}", "{field: u, palette: {chars: abcdefgh, jitter: 0.5}}",
    "{field: random(per=cell)}",
  ]) func anotherSeedGivesOtherRandomValues(layer: String) throws {
    #expect(try hash(layer, 1) == hash(layer, 1))
    #expect(try hash(layer, 1) != hash(layer, 2))
  }

  @Test func whatIsNotRandomHasNoSeed() throws {
    let layer = "{field: u, palette: {chars: abcdefgh, match: fixed}}"
    #expect(try hash(layer, 1) == hash(layer, 2))
  }
}
