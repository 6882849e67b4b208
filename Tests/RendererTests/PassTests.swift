import Testing

@testable import Renderer
@testable import SceneLang

/// Passes change how a value is computed, never a bit of it.
struct PassTests {
  /// A segment whose one layer reads the given nodes.
  private func graph(_ builder: RendererTests.GraphBuilder, _ roots: [NodeID]) -> RenderGraph {
    var segment = builder.segment
    let one = NodeID(segment.nodes.count)
    segment.nodes.append(Node(.number(1), rate: .constant))
    segment.layers = [
      Layer(
        name: "test", source: .field(roots[0]), grid: Grid(fontSize: 16, face: .bold),
        palette: Palette(characters: [" ", "#"], match: .ink, order: .measured, gamma: 1, jitter: 0, stretch: 1),
        paint: Paint(base: .rgb(roots[1], roots[2], roots[3]), brightness: one), wash: one, blend: "normal",
        opacity: one,
        isOpaque: false, mask: nil, when: nil, hasBackdrop: false, seed: 1)
    ]
    return RenderGraph(
      format: PictureFormat(width: 320, height: 180, fps: FrameRate(24)), audio: nil, tempo: 120, segments: [segment])
  }

  /// The bits of everything the layer reads, in a few cells.
  private func bits(_ graph: RenderGraph) -> [UInt32] {
    let segment = graph.segments[0]
    guard case .field(let value) = segment.layers[0].source,
      case .rgb(let r, let g, let b) = segment.layers[0].paint.base
    else { return [] }
    let reference = FieldReference(
      segment: segment, geometry: .test(columns: 18, rows: 3), frame: .test(7), value: value)
    return [(0, 0), (5, 1), (17, 2)].flatMap { column, row in
      [r, g, b].map { reference.output($0, column: column, row: row).bitPattern }
        + [reference.layerValue(column: column, row: row).bitPattern]
    }
  }

  private static let passes = Pipeline.standard(.builtin).passes

  @Test(arguments: 0..<120)
  func everyPassKeepsEveryBit(_ seed: Int) {
    var random = SplitMix(state: UInt64(seed) &+ 1000)
    var builder = RendererTests.GraphBuilder()
    let roots = builder.addRandomNodes(count: 30, using: &random)
    var current = graph(builder, roots)
    let expected = bits(current)
    for pass in Self.passes {
      let next = pass.run(current)
      #expect(bits(next) == expected, "\(pass.name) changed bits of seed \(seed)")
      #expect(pass.run(next) == next || pass.name == "foldConstants", "\(pass.name) twice is not once, seed \(seed)")
      current = next
    }
  }

  @Test func constantsFold() {
    var builder = RendererTests.GraphBuilder()
    let sum = builder.binary(.add, builder.number(1), builder.number(2))
    let scaled = builder.binary(.multiply, builder.input(.x), sum)
    let folded = foldConstants(graph(builder, [scaled, scaled, scaled, scaled]))
    #expect(folded.segments[0].nodes[sum.index].kind == .number(3))
  }

  @Test func equalNodesAreComputedOnce() {
    var builder = RendererTests.GraphBuilder()
    let a = builder.unary(.sin, builder.input(.x))
    let b = builder.unary(.sin, builder.input(.x))
    let shared = shareSubexpressions(graph(builder, [a, b, a, b]))
    #expect(Set(shared.segments[0].layers[0].roots).count == 2)  // one sine, and the constant 1
  }

  @Test func randomNodesWithOtherKeysStayApart() {
    var builder = RendererTests.GraphBuilder()
    let a = builder.add(.random(key: 1, builder.input(.column)), .column)
    let b = builder.add(.random(key: 2, builder.input(.column)), .column)
    let shared = shareSubexpressions(graph(builder, [a, b, a, b]))
    #expect(Set(shared.segments[0].layers[0].roots).count == 3)
  }

  @Test func shortConstantLoopsAreWrittenOut() {
    var builder = RendererTests.GraphBuilder()
    let sum = builder.loop(.sum, from: builder.number(0), to: builder.number(3)) { graph, index in
      graph.binary(.multiply, index, graph.input(.x))
    }
    let unrolled = Pipeline.standard(.builtin).run(graph(builder, [sum, sum, sum, sum]))
    #expect(!unrolled.segments[0].nodes.contains { if case .loop = $0.kind { true } else { false } })
  }

  @Test func whatIsNeverSeenIsDropped() {
    var builder = RendererTests.GraphBuilder()
    let (zero, one, time) = (builder.number(0), builder.number(1), builder.input(.time))
    var scene = graph(builder, [time, time, time, time])
    let layer = scene.segments[0].layers[0]
    func with(opacity: NodeID, when: NodeID?) -> Layer {
      var copy = layer
      (copy.opacity, copy.when) = (opacity, when)
      return copy
    }
    scene.segments[0].layers = [
      with(opacity: zero, when: nil), with(opacity: one, when: zero), with(opacity: time, when: one),
      with(opacity: one, when: time),
    ]
    scene.segments[0].overlay = [with(opacity: zero, when: time)]
    func call(when: NodeID?, mix: NodeID?) -> ShaderStage {
      .call(ShaderCall(op: "invert", arguments: [], when: when, mix: mix, seed: 0))
    }
    scene.segments[0].shaders = [
      call(when: zero, mix: nil), call(when: one, mix: time), call(when: nil, mix: zero), call(when: time, mix: nil),
    ]
    let segment = dropInvisible(scene).segments[0]
    #expect(segment.layers == [with(opacity: time, when: nil), with(opacity: one, when: time)])
    #expect(segment.overlay.isEmpty)
    #expect(segment.shaders == [call(when: nil, mix: time), call(when: time, mix: nil)])
  }

  @Test func ratesAscendAfterHoisting() {
    var builder = RendererTests.GraphBuilder()
    let cell = builder.binary(.add, builder.input(.x), builder.input(.y))
    let late = builder.binary(.add, cell, builder.binary(.multiply, builder.input(.time), builder.number(2)))
    let rates = hoistByRate(graph(builder, [late, late, late, late])).segments[0].nodes.map(\.rate)
    #expect(rates == rates.sorted { Rate.allCases.firstIndex(of: $0)! < Rate.allCases.firstIndex(of: $1)! })
  }
}
