import SceneLang
import Testing

@testable import Renderer

/// The hashes of cells, canvas and picture: each is changed by what comes before it, and by nothing after it.
@Suite struct HashStageTests {
  private static let layers = "{field: plasma, grid: xxl, color: ember}, {text: Hi, grid: xxl}"

  private func graph(_ layers: String = layers, _ rest: String = "") throws -> RenderGraph {
    let text = """
      ascii-scene: 1
      video: {size: 160x90, fps: 12}
      segments:
        - {name: a, duration: 1s, layers: [\(layers)]\(rest)}
      """
    let scene = try #require(check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin).scene)
    return scene.renderGraph(using: .builtin)
  }

  private func hashes(
    _ graph: RenderGraph, _ stage: HashStage, kernels: KernelLevel = .best, workers: Int = 1
  ) throws -> [String] {
    try FrameHashes(graph: graph, kernels: kernels, stage: stage).of(0..<graph.frameCount, workers: workers)
  }

  @Test func whatComesLaterChangesNoEarlierStage() throws {
    let (plain, posterized) = (try graph(), try graph(Self.layers, ", look: [posterize]"))
    #expect(try hashes(plain, .cells) == hashes(posterized, .cells))
    #expect(try hashes(plain, .canvas) == hashes(posterized, .canvas))
    #expect(try hashes(plain, .picture) != hashes(posterized, .picture))
  }

  @Test func theBlendIsOfTheCanvasAndTheColorOfTheCells() throws {
    let plain = try graph()
    let blended = try graph(Self.layers.replacing("text: Hi", with: "text: Hi, blend: add"))
    #expect(try hashes(plain, .cells) == hashes(blended, .cells))
    #expect(try hashes(plain, .canvas) != hashes(blended, .canvas))
    let colored = try graph(Self.layers.replacing("ember", with: "deep"))
    #expect(try zip(hashes(plain, .cells), hashes(colored, .cells)).allSatisfy { $0 != $1 })
  }

  @Test func withoutToneAndLookTheCanvasIsThePicture() throws {
    let bare = try graph(Self.layers, ", look: none, tone: none")
    #expect(try hashes(bare, .canvas) == hashes(bare, .picture))
    #expect(try Set(hashes(bare, .cells)).count == bare.frameCount)
  }

  /// Cells that nobody sees may be left of other frames, which differ by worker.
  @Test(arguments: ["golden/cells", "golden/pixels", "golden/feedback"], [HashStage.cells, .canvas])
  func stagesDoNotDependOnWorkersOrKernels(scene: String, stage: HashStage) throws {
    let graph = try GoldenTests.graph(scene)
    let frames = 18..<32
    let one = try FrameHashes(graph: graph, kernels: .best, stage: stage).of(frames, workers: 1)
    #expect(try FrameHashes(graph: graph, kernels: .best, stage: stage).of(frames, workers: 3) == one)
    #expect(try FrameHashes(graph: graph, kernels: .baseline, stage: stage).of(frames, workers: 2) == one)
    #expect(try FrameHashes(graph: graph, kernels: .best, stage: stage).of(25..<32, workers: 1) == Array(one[7...]))
  }

  @Test func groupsAndOverlaysAreCellsToo() throws {
    let groups = ["", ", cells: true, grid: xxl"].map {
      "{field: plasma, grid: xxl}, {layers: [{field: fbm\($0.isEmpty ? ", grid: xxl" : "")}, {text: Hi}]\($0)}"
    }
    for group in groups {
      let (plain, other) = (try graph(group), try graph(group.replacing("text: Hi", with: "text: Ho")))
      #expect(try zip(hashes(plain, .cells), hashes(other, .cells)).allSatisfy { $0 != $1 }, "\(group)")
    }
  }
}
