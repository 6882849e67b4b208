import SceneLang
import Testing

@testable import Renderer

/// What the prelude promises: everything in it is documented and compiles, and a field that says how it likes to be drawn
/// (`show:`) uses the whole range from dark to light, whether there is sound or not.
struct PreludeTests {
  /// All definitions of the prelude.
  static let definitions = Catalog.builtin.items().filter { $0.source != nil }
  static let fields = definitions.filter { $0.kind == "field" }
  static let shown = fields.filter { $0.source!.contains("\n    show:") }.map(\.name)

  /// The graph of a scene that draws one field, 8 s long.
  private static func graph(drawing field: String) throws -> RenderGraph {
    let scene = "ascii-scene: 1\nsegments:\n  - duration: 8s\n    layers:\n      - field: \(field)\n"
    let compilation = check(path: "\(field).yaml", name: field, bytes: Array(scene.utf8), using: .builtin)
    #expect(compilation.diagnostics.isEmpty, "\(field): \(compilation.diagnostics.map(\.message))")
    return try #require(compilation.scene, "`\(field)` does not compile").renderGraph(using: .builtin)
  }

  /// The values of the only layer in the cells of its grid, frame after frame.
  private static func values(_ graph: RenderGraph, contexts: [FrameContext]) throws -> [Float] {
    let segment = graph.segments[0]
    guard case .field(let value) = segment.layers[0].source else { throw NoField() }
    let geometry = GridGeometry(grid: segment.layers[0].grid, format: graph.format, faces: FaceLibrary())
    let evaluator = LayerEvaluator(
      segment: segment, value: value, outputs: [], geometry: geometry, kernels: KernelSet(.best).field)
    return contexts.flatMap { context -> [Float] in
      evaluator.begin(context)
      return (0..<geometry.rows).flatMap { row in
        Array(UnsafeBufferPointer(start: evaluator.row(row).value, count: geometry.columns))
      }
    }
  }

  private struct NoField: Error {}

  /// The value that a share of all values does not exceed.
  private func percentile(_ share: Double, of sorted: [Float]) -> Float { sorted[Int(share * Double(sorted.count - 1))] }

  @Test func thereAreFieldsToSee() {
    #expect(Self.shown.contains("plasma") && Self.shown.count >= 20)
    #expect(!Self.shown.contains("circle"))
  }

  @Test(arguments: shown, [true, false])
  func aShownFieldGoesFromDarkToLight(_ field: String, withSound: Bool) throws {
    let graph = try Self.graph(drawing: field)
    let contexts = stride(from: 0, to: graph.frameCount, by: 24).map { frame in
      var context = graph.context(segment: 0, frame: frame)
      if !withSound { context.features = [Double](repeating: 0, count: context.features.count) }
      return context
    }
    let values = try Self.values(graph, contexts: contexts).sorted()
    #expect(values.allSatisfy { $0 >= 0 && $0 <= 1 }, "a NaN or a value out of range")
    #expect(percentile(0.02, of: values) <= 0.1)
    #expect(percentile(0.98, of: values) >= 0.85)
    // No large flat highlights: what is brightest stays rare.
    #expect(percentile(0.5, of: values) <= 0.62)
  }

  @Test(arguments: definitions.map(\.name)) func everyDefinitionIsDocumented(_ name: String) throws {
    let item = try #require(Self.definitions.first { $0.name == name })
    guard item.kind == "field" else { return }
    #expect(item.source!.contains("\n    doc: "), "`\(name)` has no doc")
    #expect(item.summary.hasSuffix(".") || item.summary.hasSuffix(")"), "the doc of `\(name)` is no sentence")
    for parameter in item.parameters {
      #expect(!parameter.doc.isEmpty, "`\(parameter.name)` of `\(name)` has no doc")
    }
  }

  /// A field that needs another one is called with `x` or a circle.
  @Test(arguments: fields.map(\.name)) func everyFieldCompilesInAScene(_ name: String) throws {
    let item = try #require(Self.fields.first { $0.name == name })
    let arguments = item.parameters.filter { $0.default == nil }.map { "\($0.name)=\($0.name == "f" ? "u" : "circle")" }
    let call = arguments.isEmpty ? name : "\(name)(\(arguments.joined(separator: ", ")))"
    let values = try Self.values(Self.graph(drawing: call), contexts: [.test(0), .test(50)])
    #expect(values.allSatisfy { $0 >= 0 && $0 <= 1 })
  }
}
