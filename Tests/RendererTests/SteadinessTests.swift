import SceneLang
import Testing

@testable import Renderer

/// A frame is the same whatever its renderer drew before.
@Suite struct SteadinessTests {
  private func graph(_ segment: String) throws -> RenderGraph {
    let text = "ascii-scene: 1\nvideo: {size: 320x180}\nsegments: [{duration: 3s, look: none, \(segment)}]\n"
    let compilation = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin)
    return try #require(compilation.scene, "\(compilation.diagnostics.map(\.message))").renderGraph(using: .builtin)
  }

  @Test(arguments: [
    "layers: [{cells: true, grid: md, layers: [{field: plasma}, {particles: starfield}]}]",
    "layers: [{cells: true, grid: md, layers: [{field: plasma}, {field: 'circle(radius=0.1 + 0.3 * p)', wash: 0}]}]",
    "layers: [{field: 'if(y < p - 0.5, 0, 1)', wash: 0.3 * value, effects: [block_corrupt, glitch_displace]}]",
    "tone: {exposure: frame, smooth: 2f}, layers: [{field: plasma(speed=9), palette: {ramp: ascii, hysteresis: 0.2}}]",
  ]) func framesDependOnNothingBefore(_ segment: String) throws {
    let graph = try graph(segment)
    let order = [0, 1, 2, 20, 21, 5, 40, 6]
    let renderer = SceneRenderer(graph: graph, kernels: .best)
    let picture = Picture(width: 320, height: 180)
    for frame in order {
      try renderer.render(frame: frame, into: picture)
      let alone = Picture(width: 320, height: 180)
      try SceneRenderer(graph: graph, kernels: .best).render(frame: frame, into: alone)
      #expect(picture.hash == alone.hash, "frame \(frame)")
    }
  }
}
