import SceneLang
import Testing

@testable import Renderer

/// Frames of the scenes that keep a state from frame to frame, or have several of them in a segment, do not depend on where
/// a clip begins: a renderer that starts in the middle of a segment shows what one shows that began with it, on any
/// kernels. (`EffectLawTests` and `SimulationTests` hold each effect and simulation to this by itself.)
struct SplitTests {
  private static let names = [
    "gallery/groups", "look/flow", "showcase/coral", "showcase/fireworks", "showcase/flock", "showcase/garden",
    "showcase/life",
  ]

  @Test(arguments: names) func whereAClipBeginsDoesNotShow(_ name: String) throws {
    var graph = try SceneFiles.graph(name, shorterSide: 180)
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

  /// All effects, particle systems, simulations and text styles of the catalogue: a segment rendered from its beginning, a
  /// frame of it alone on the baseline, and shared among workers.
  @Test(arguments: ["gallery/effects", "gallery/particles", "gallery/simulations", "gallery/text"])
  func nothingThatTicksShowsWhereItWasCut(_ name: String) throws {
    var graph = try SceneFiles.graph(name, shorterSide: 90)
    for index in graph.segments.indices { graph.segments[index].tone.exposure = .none }
    for segment in graph.segments {
      let first = segment.frames.lowerBound
      let whole = hashes(graph, frames: [first, first + 7, first + 16])
      let alone = hashes(graph, frames: [first + 16, first], kernels: .baseline)
      #expect(alone == [whole[2], whole[0]], "\(name) \(segment.name)")
    }
    let border = graph.segments[1].frames.lowerBound
    let range = border - 4..<border + 8
    let one = try FrameHashes(graph: graph, kernels: .best).of(range, workers: 1)
    #expect(try FrameHashes(graph: graph, kernels: .best).of(range, workers: 3) == one, "\(name) by three workers")
  }

  /// All shaders, transitions and blends of the catalogue: frames are the same in the order of the video, in the other, each
  /// by a renderer of its own, on every instruction set, by several workers and in bands of any height.
  @Test(arguments: ["gallery/blends", "gallery/filters", "gallery/transitions"])
  func noneOfTheCatalogueShowsHowItWasRendered(_ name: String) throws {
    var graph = try SceneFiles.graph(name, shorterSide: 90)
    for index in graph.segments.indices { graph.segments[index].tone.exposure = .none }
    let frames = graph.segments.flatMap { [$0.frames.lowerBound + 1, $0.frames.lowerBound + 20] }
    let forth = hashes(graph, frames: frames)
    #expect(hashes(graph, frames: frames.reversed()) == forth.reversed(), "\(name) backwards")
    for level in KernelLevel.allCases where level.isSupported {
      #expect(hashes(graph, frames: frames, kernels: level) == forth, "\(name) on \(level)")
    }
    for (index, frame) in frames.enumerated() where index % 2 == 1 {
      #expect(hashes(graph, frames: [frame]) == [forth[index]], "\(name), frame \(frame) alone")
    }
    let border = graph.segments[1].frames.lowerBound
    let range = border - 4..<border + 8
    let alone = try FrameHashes(graph: graph, kernels: .best).of(range, workers: 1)
    #expect(try FrameHashes(graph: graph, kernels: .best).of(range, workers: 3) == alone, "\(name) by three workers")
    try expectNoBands(graph, name)
  }

  /// The frame in the middle of every segment, drawn in bands of several heights.
  private func expectNoBands(_ graph: RenderGraph, _ name: String) throws {
    for (index, segment) in graph.segments.enumerated() {
      let context = graph.context(segment: index, frame: segment.frames.count / 2)
      let hashes = [2, 18, graph.format.height].map { height in
        let renderer = FrameRenderer(
          format: graph.format, segment: segment,
          assets: SegmentAssets(segment, format: graph.format, faces: FaceLibrary()), kernels: KernelSet(.best),
          bandHeight: height, frames: { graph.context(segment: index, frame: $0) })
        let picture = Picture(width: graph.format.width, height: graph.format.height)
        renderer.picture(context, into: picture)
        return picture.hash
      }
      #expect(Set(hashes).count == 1, "\(name) \(segment.name)")
    }
  }
}
