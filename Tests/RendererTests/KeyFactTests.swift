import SceneLang
import Testing

@testable import Renderer

/// The fact `readsKey` is a law: an op that does not declare it shows the same whatever its key.
struct KeyFactTests {
  private static let width = 96
  private static let height = 54

  /// A picture with edges, flat parts and every level, drawn by the shader with its default arguments, or with the table
  /// that it needs.
  private func hash(_ op: ShaderOp, seed: UInt64) throws -> String {
    let needsTable = op.declaration.parameters.contains { $0.type == .lut }
    let look = needsTable ? "{\(op.declaration.name): teal}" : op.declaration.name
    let scene = """
      ascii-scene: 1
      inputs: {teal: {lut: teal.cube}}
      segments: [{duration: 1s, layers: [{field: plasma, palette: {ramp: binary}}], look: [\(look)]}]
      """
    let compilation = check(
      path: "s.yaml", name: "s", bytes: Array(scene.utf8), using: .builtin,
      importer: { _ in .success(Array("LUT_1D_SIZE 2\n0 0.1 0\n0.9 1 1\n".utf8)) })
    var graph = try #require(compilation.scene, "\(op.declaration.name): \(compilation.diagnostics)")
      .renderGraph(using: .builtin)
    graph.format.width = Self.width
    graph.format.height = Self.height
    graph.segments[0].shaders = graph.segments[0].shaders.map { stage in
      switch stage {
      case .call(var call):
        call.seed = seed
        return .call(call)
      case .tables, .pixel: return stage
      }
    }
    let picture = Picture(width: Self.width, height: Self.height)
    // Just after a beat, when what follows the beat shows.
    try SceneRenderer(graph: graph, kernels: .baseline).render(frame: 1, into: picture)
    return picture.hash
  }

  @Test(arguments: Shaders.all.map(\.declaration.name))
  func onlyDeclaredShadersReadTheirKey(name: String) throws {
    let op = Shaders.op(name)
    #expect((try hash(op, seed: 1) != hash(op, seed: 2)) == op.declaration.facts.readsKey)
  }
}
