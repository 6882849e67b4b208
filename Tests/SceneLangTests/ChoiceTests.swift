import Testing

@testable import SceneLang

/// Choices in expressions, and names that are picked.
@Suite struct ChoiceTests {
  private func graph(_ text: String, set: [String: String] = [:]) throws -> RenderGraph {
    var overrides = SceneOverrides()
    overrides.parameters = set
    let result = TestCatalog.check("ascii-scene: 1\n" + text, overrides: overrides)
    #expect(result.diagnostics.allSatisfy { $0.severity != .error }, "\(TestCatalog.rendered(result))")
    return try #require(result.scene).renderGraph(using: TestCatalog.catalog)
  }

  private func layers(_ graph: RenderGraph) -> [Layer] { graph.segments.flatMap(\.layers) }

  /// What the field of a layer reads in the end.
  private func input(_ graph: RenderGraph, _ layer: Int) throws -> Input {
    let segment = graph.segments[0]
    guard case .field(var node) = segment.layers[layer].source else { throw TestFailure("no field") }
    while case .promote(let inner) = segment[node].kind { node = inner }
    guard case .input(let input) = segment[node].kind else { throw TestFailure("\(segment[node])") }
    return input
  }

  private static let fields = """
    fields:
      band: {params: {mode: {type: choice, choices: [across, down], default: across}}, value: "if(mode == across, u, v)"}
      other: {params: {mode: {type: choice, choices: [across, down], default: across}}, value: "if(down != mode, v, u)"}
      passed: {params: {mode: {type: choice, choices: [across, down], default: down}}, value: band(mode=mode)}

    """

  /// One mistake is told once: what asks for the choice still knows its words.
  @Test(arguments: [("across", ["mode": "up"]), ("up", [:])])
  func aWrongChoiceIsToldOnce(standard: String, set: [String: String]) {
    var overrides = SceneOverrides()
    overrides.parameters = set
    let text = """
      ascii-scene: 1
      params: {mode: {type: choice, choices: [across, down], default: \(standard)}}
      segments: [{duration: 1s, layers: [{field: "if(mode == down, u, v)"}, {field: "if(mode != across, u, v)"}]}]
      """
    let found = TestCatalog.check(text, overrides: overrides).diagnostics
    #expect(found.filter { $0.severity == .error }.map(\.id) == ["unknown_choice"])
  }

  @Test func aChoiceDecidesWhatAFieldIs() throws {
    let calls = ["band", "band(down)", "band(mode=across)", "{band: {mode: down}}"]
    let layers = calls.map { "      - field: \($0)\n" }.joined()
    let graph = try graph(Self.fields + "segments:\n  - duration: 1s\n    layers:\n" + layers)
    #expect(try (0..<4).map { try input(graph, $0) } == [.u, .v, .u, .v])
  }

  @Test func choicesAreComparedEitherWayRoundAndPassedOn() throws {
    let graph = try graph(
      Self.fields + "segments: [{duration: 1s, layers: [{field: other}, {field: passed}, {field: passed(across)}]}]\n")
    #expect(try (0..<3).map { try input(graph, $0) } == [.v, .v, .u])
  }

  @Test func aChoiceOfTheSceneIsKnownEverywhere() throws {
    let text =
      Self.fields + """
        params: {way: {type: choice, choices: [down, across], default: down}}
        looks: {glow: {params: {size: {type: choice, choices: [wide, small], default: small}}, chain: [bloom: {radius: size}]}}
        segments:
          - duration: 1s
            layers: [{field: band(mode=way), grid: "if(way == across, sm, xl)"}, {text: "{way}"}]
            look: [glow, glow: {size: wide}]
        """
    let (down, across) = (try graph(text), try graph(text, set: ["way": "across"]))
    #expect(try input(down, 0) == .v && input(across, 0) == .u)
    #expect(layers(down)[0].grid.fontSize > layers(across)[0].grid.fontSize)
    let sizes = down.segments[0].shaders.flatMap(\.calls).map { $0.arguments[1] }
    #expect(sizes == [.choice("small"), .choice("wide")])
  }

  // MARK: pick

  private func picked(seed: Int) throws -> [[Unicode.Scalar]] {
    let segments = (0..<12).map {
      "  - {name: s\($0), duration: 1s, layers: [{field: u, palette: \"pick(one, two)\"}]}\n"
    }
    return try layers(graph("seed: \(seed)\npalettes: {one: \".#\", two: \"·•\"}\nsegments:\n" + segments.joined()))
      .map(\.palette.characters)
  }

  @Test func pickedPalettesDifferBySegmentAndBySeedAndStay() throws {
    let first = try picked(seed: 1)
    #expect(Set(first).count == 2)
    #expect(try picked(seed: 1) == first)
    #expect(try picked(seed: 2) != first)
  }

  @Test func gridsAndBlendsCanBePickedToo() throws {
    let graph = try graph(
      "segments: [{duration: 1s, layers: [{field: u, grid: \"pick(sm, sm)\", blend: \"pick(add)\"}]}]")
    #expect(layers(graph)[0].blend == "add")
  }
}
