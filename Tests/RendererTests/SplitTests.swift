import Foundation
import SceneLang
import Testing

@testable import Renderer

/// Frames of the scenes that keep a state from frame to frame, or have several of them in a segment, do not depend on where
/// a clip begins: a renderer that starts in the middle of a segment shows what one shows that began with it, on any
/// kernels. (`EffectLawTests` and `SimulationTests` hold each effect and simulation to this by itself.)
struct SplitTests {
  private static let scenes = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../scenes")
  private static let names = [
    "gallery/groups", "look/flow", "showcase/coral", "showcase/flock", "showcase/garden", "showcase/life",
  ]

  private func graph(_ name: String) throws -> RenderGraph {
    let file = Self.scenes.appending(path: "\(name).yaml")
    var overrides = SceneOverrides()
    overrides.shorterSide = 180
    let result = check(
      path: name, name: name, bytes: [UInt8](try Data(contentsOf: file)), using: .builtin, overrides: overrides,
      importer: { path in
        (try? Data(contentsOf: file.deletingLastPathComponent().appending(path: path))).map { .success([UInt8]($0)) }
          ?? .failure(ImportFailure(reason: "it cannot be read"))
      })
    return try #require(result.scene).renderGraph(using: .builtin)
  }

  @Test(arguments: names) func whereAClipBeginsDoesNotShow(_ name: String) throws {
    var graph = try graph(name)
    // The curve of a tone is an analysis of its own, and takes more frames than this.
    for index in graph.segments.indices { graph.segments[index].tone.exposure = .none }
    for segment in graph.segments.prefix(2) {
      let first = segment.frames.lowerBound
      let whole = hashes(graph, frames: [first, first + 5, first + 12])
      #expect(Set(whole).count == 3 && hashes(graph, frames: [first + 12]) == [whole[2]], "\(name) \(segment.name)")
      #expect(
        hashes(graph, frames: [first + 12, first], kernels: .baseline) == [whole[2], whole[0]],
        "\(name) \(segment.name) on the baseline")
    }
  }
}
