import SceneLang
import Testing

@testable import Renderer

/// A scene that draws fields of the prelude, each in a segment of 8 s with one layer, compiled once.
struct PreludeScene {
  let graph: RenderGraph
  private let calls: [String]
  private struct NoField: Error {}

  /// `calls`: expressions such as `plasma` or `fill(circle)`. `grid`: nil for that of each field.
  init(_ calls: [String], aspect: String = "landscape", grid: String? = nil) throws {
    var scene = "ascii-scene: 1\nvideo: {aspect: \(aspect)}\nsegments:\n"
    for call in calls {
      scene += "  - {duration: 8s, layers: [{field: \"\(call)\"\(grid.map { ", grid: \($0)" } ?? "")}]}\n"
    }
    let compilation = check(path: "prelude.yaml", name: "prelude", bytes: Array(scene.utf8), using: .builtin)
    let findings = DiagnosticRenderer(sources: compilation.sources).render(compilation.diagnostics)
    // Notes about speed are no mistakes.
    let errors = compilation.diagnostics.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(findings)")
    graph = try #require(compilation.scene).renderGraph(using: .builtin)
    self.calls = calls
  }

  /// The segment that draws `call`. Precondition: the scene has it.
  func segment(_ call: String) -> Int { calls.firstIndex(of: call)! }

  /// The grid of that segment's layer and its values, 0…1, row after row, for each of the contexts.
  func values(
    of call: String, contexts: [FrameContext] = [.test(0)]
  ) throws -> (geometry: GridGeometry, frames: [[Float]]) {
    let segment = graph.segments[segment(call)]
    guard case .field(let value) = segment.layers[0].source else { throw NoField() }
    let geometry = GridGeometry(grid: segment.layers[0].grid, format: graph.format, faces: FaceLibrary())
    let evaluator = LayerEvaluator(
      segment: segment, value: value, outputs: [], geometry: geometry, kernels: KernelSet(.best).field)
    let frames = contexts.map { context -> [Float] in
      evaluator.begin(context)
      var values: [Float] = []
      for row in 0..<geometry.rows {
        values += UnsafeBufferPointer(start: evaluator.row(row).value, count: geometry.columns)
      }
      return values
    }
    return (geometry, frames)
  }
}
