import SceneLang
import Testing

@testable import Renderer

/// What moves out of a declared range while frames are rendered, where analysis cannot see it.
@Suite struct ShaderRangeTests {
  /// A frame of the scene whose shader or transition has one argument.
  private static func hash(_ op: OpDeclaration, _ parameter: String, _ value: String) throws -> String {
    let required = op.parameters.filter { $0.default == nil }.map { "\($0.name): x, " }.joined()
    let call = "\(op.name): {\(required)\(parameter): \"\(value)\"}"
    let (look, transition) = op.kind == .shader ? ("[\(call)]", "cut") : ("none", "{\(call)}")
    let text = """
      ascii-scene: 1
      segments:
        - {duration: 1s, look: \(look), layers: [{field: 0.5 + 0.4 * sin(9 * x + 5 * y)}]}
        - {duration: 1s, look: none, transition: \(transition), layers: [{field: u, hue: v}]}
      """
    var overrides = SceneOverrides()
    overrides.shorterSide = 72
    let compilation = check(
      path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin, overrides: overrides)
    let graph = try compilation.graph
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    try SceneRenderer(graph: graph, kernels: .best).render(frame: op.kind == .shader ? 7 : 30, into: picture)
    return picture.hash
  }

  @Test(arguments: (Shaders.all.map(\.declaration) + Transitions.all.map(\.declaration)).map(\.name))
  func whatLeavesTheRangeOfAParameterIsTakenAsItsNearestEnd(_ name: String) throws {
    let op = try #require(
      Catalog.builtin.entry(.shader, name) ?? Catalog.builtin.entry(.transition, name))
    for parameter in op.parameters where parameter.rate == .frame && parameter.type != .color {
      guard let range = parameter.range else { continue }
      for (far, end) in [("exp(80 + t)", range.upperBound), ("-exp(80 + t)", range.lowerBound)] {
        let value = parameter.type == .integer ? "round(\(far))" : far
        #expect(
          try Self.hash(op, parameter.name, value) == Self.hash(op, parameter.name, "\(end)"),
          "`\(parameter.name)` at \(value)")
      }
    }
  }
}
