import SceneLang
import Testing

@testable import Renderer

@Suite struct SchedulePlanTests {
  private let shared = [ClipRecipe.Part(.engine, .hash(ContentHash(high: 1, low: 2)))]
  private let features = ContentHash(high: 3, low: 4)

  private func clips(_ graph: RenderGraph, range: Range<Int>? = nil) -> [Clip] {
    ClipPlan(graph, range: range, shared: shared, features: features).clips
  }

  /// Lengths of the clips for segments of these lengths, in seconds.
  private func cut(_ seconds: [Double], fps: FrameRate = FrameRate(24)) -> [Double] {
    var start = 0
    let ranges = seconds.map { length in
      let frames = Int((length * fps.value).rounded())
      defer { start += frames }
      return start..<start + frames
    }
    let clips = ClipPlan.cut(ranges, fps)
    let flat = clips.flatMap { $0 }.map(\.frames)
    for (a, b) in zip(flat, flat.dropFirst()) { #expect(a.upperBound == b.lowerBound) }
    #expect(flat.first?.lowerBound == 0 && flat.last?.upperBound == start)
    return clips.map { clip in Double(clip.reduce(0) { $0 + $1.frames.count }) / fps.value }
  }

  @Test func segmentsUpToEightSecondsStayWhole() {
    #expect(cut([8, 4, 5.5]) == [8, 4, 5.5])
  }

  @Test func longSegmentsAreSplitIntoEqualParts() {
    #expect(cut([10]) == [5, 5])
    #expect(cut([16]) == [8, 8])
    #expect(cut([21]) == [10.5, 10.5])
    #expect(cut([24]) == [12, 12])
    #expect(cut([26]) == [6.5, 6.5, 6.5, 6.5])
    #expect(cut([32]) == [8, 8, 8, 8])
    #expect(cut([60]).count == 8)
    #expect(cut([65]).count == 8)
  }

  @Test func aSegmentWithFeedbackIsRunsOfShortClips() {
    var graph = Toy.graph([1440, 480])
    #expect(clips(graph).count == 10)
    graph.segments[0].feedback = Toy.feedback
    let cut = clips(graph)
    // The last of twenty parts is divided.
    #expect(cut.prefix(21).map(\.frames.count) == Array(repeating: 72, count: 19) + [54, 18])
    #expect(cut.prefix(21).allSatisfy { $0.isSequential })
    #expect(cut.dropFirst(21).map(\.frames) == [1440..<1680, 1680..<1920])
    #expect(ClipRun.all(cut).map(\.frames) == [0..<1440, 1440..<1680, 1680..<1920])
    // What is missing in between divides a run.
    let missing = cut.filter { $0.index != 3 }
    #expect(ClipRun.all(missing).map { $0.clips.count } == [3, 17, 1, 1])
  }

  @Test func shortNeighboursAreMergedUpToEightSeconds() {
    #expect(cut([3, 3, 2, 1, 3]) == [8, 4])
    #expect(cut([3, 3, 3]) == [6, 3])
  }

  @Test func aSegmentOfFourSecondsEndsARun() {
    #expect(cut([1, 1, 4, 1, 1]) == [2, 4, 2])
  }

  @Test func lengthsAreComparedExactlyAtFractionalRates() {
    // 192 frames at 24000/1001 last 8.008 s, 191 frames 7.966 s.
    let fps = FrameRate(24000, 1001)
    #expect(ClipPlan.cut([0..<192], fps).count == 2)
    #expect(ClipPlan.cut([0..<191], fps).count == 1)
  }

  @Test func anEditMovesBoundariesOnlyInItsRun() {
    let before = cut([2, 2, 5, 3, 3, 3, 20])
    let after = cut([2, 3, 5, 3, 3, 3, 20])
    #expect(before.dropFirst() == after.dropFirst())
    #expect(before[0] != after[0])
  }

  @Test func nameAndPlaceAreNoPartOfAKey() {
    let a = Toy.graph([100, 120], values: [1, 7])
    let b = Toy.graph([150, 120], values: [2, 7])
    var renamed = b
    renamed.segments[1].name = "another"
    #expect(clips(a)[1].key == clips(b)[1].key)
    #expect(clips(renamed)[1].key == clips(b)[1].key)
    #expect(clips(a)[0].key != clips(b)[0].key)
  }

  @Test(arguments: [Input.timeline, .feature(.bass)])
  func thePlaceCountsForGraphsThatReadIt(input: Input) {
    let keys = [100, 150].map { start in
      var graph = Toy.graph([start, 120])
      graph.segments[1].nodes.append(Node(.input(input), rate: .frame))
      return clips(graph)[1].key
    }
    #expect(keys[0] != keys[1])
  }

  @Test func theSoundCountsOnlyForGraphsThatReadIt() {
    var graph = Toy.graph([100, 120])
    graph.segments[1].nodes.append(Node(.input(.feature(.rms)), rate: .frame))
    let other = ClipPlan(graph, shared: shared, features: ContentHash(high: 9, low: 9)).clips
    #expect(clips(graph)[0].key == other[0].key)
    #expect(clips(graph)[1].key != other[1].key)
  }

  @Test func everyChangeOfASegmentChangesItsKey() {
    let base = Toy.segment("s", 0..<120, [.number(1), .number(2)])
    func feedback(_ change: @escaping (inout Feedback) -> Void = { _ in }) -> (inout SegmentGraph) -> Void {
      var feedback = Feedback(
        decay: NodeID(0), motion: .none, amount: NodeID(0), hueShift: NodeID(0), blend: "screen", opacity: NodeID(0))
      change(&feedback)
      return { [feedback] in $0.feedback = feedback }
    }
    var changes: [(inout SegmentGraph) -> Void] = [
      { $0.frames = 0..<121 }, { $0.nodes[0].kind = .number(-0.0) }, { $0.nodes[0].kind = .number(0.0) },
      { $0.nodes[1].rate = .frame }, { $0.tone.gamma = 0.5 },
      { $0.tone.curve = .aces }, { $0.tone.black = 3 }, { $0.tone.white = 250 },
      { $0.tone.exposure = .frame }, { $0.nodes[1].kind = .unary(.sin, NodeID(0)) },
      { $0.nodes[1].kind = .unary(.cos, NodeID(0)) }, { $0.nodes[1].kind = .binary(.add, NodeID(0), NodeID(0)) },
      { $0.nodes[1].kind = .random(key: 1, NodeID(0)) }, { $0.nodes[1].kind = .random(key: 2, NodeID(0)) },
      { $0.nodes[1].kind = .native(op: "noise", arguments: [NodeID(0)], seed: 1) },
      { $0.nodes[1].kind = .native(op: "fbm", arguments: [NodeID(0)], seed: 1) },
      { $0.nodes[1].kind = .native(op: "noise", arguments: [NodeID(0)], seed: 2) },
      { $0.nodes[1].kind = Self.simulation("game_of_life", seed: 1, NodeID(0), NodeID(0)) },
      { $0.nodes[1].kind = Self.simulation("game_of_life", seed: 2, NodeID(0), NodeID(0)) },
      { $0.nodes[1].kind = Self.simulation("attractor", seed: 1, NodeID(0), NodeID(0)) },
      { $0.shaders = [.call(ShaderCall(op: "grain", arguments: [.number(NodeID(0))], seed: 1))] },
      { $0.shaders = [.call(ShaderCall(op: "grain", arguments: [.number(NodeID(1))], seed: 1))] },
      { $0.shaders = [.call(ShaderCall(op: "grain", arguments: [.choice("a")], seed: 1))] },
      { $0.shaders = [.call(ShaderCall(op: "grain", arguments: [.choice("a")], mix: NodeID(0), seed: 1))] },
      { $0.shaders = [.call(ShaderCall(op: "grain", arguments: [.choice("a")], when: NodeID(0), seed: 1))] },
      { $0.shaders = [.tables([ShaderCall(op: "grain", arguments: [.choice("a")], seed: 1)])] },
      { $0.shaders = [.pixel(PixelShader(name: "a", red: NodeID(0), green: NodeID(0), blue: NodeID(0)))] },
      { $0.shaders = [.pixel(PixelShader(name: "a", red: NodeID(1), green: NodeID(0), blue: NodeID(0)))] },
      { $0.shaders = [.pixel(PixelShader(name: "a", red: NodeID(0), green: NodeID(1), blue: NodeID(0)))] },
      { $0.shaders = [.pixel(PixelShader(name: "a", red: NodeID(0), green: NodeID(0), blue: NodeID(1)))] },
      {
        $0.shaders = [
          .pixel(PixelShader(name: "a", red: NodeID(0), green: NodeID(0), blue: NodeID(0), when: NodeID(0)))
        ]
      },
      {
        $0.shaders = [
          .pixel(PixelShader(name: "a", red: NodeID(0), green: NodeID(0), blue: NodeID(0), mix: NodeID(0)))
        ]
      },
      { $0.nodes[1] = Node(.input(.pixel(.red)), rate: .frame) },
      { $0.nodes[1] = Node(.input(.pixel(.green)), rate: .frame) },
      { $0.nodes[1] = Node(.sample(.red, x: NodeID(0), y: NodeID(0)), rate: .frame) },
      { $0.nodes[1] = Node(.sample(.blue, x: NodeID(0), y: NodeID(0)), rate: .frame) },
      { $0.overlay = $0.layers }, { $0.overlay = $0.layers + $0.layers }, { $0.layers = [] },
      { $0.layers.append($0.layers[0]) },
    ]
    changes += [
      feedback(), feedback { $0.motion = .zoom }, feedback { $0.blend = "add" },
      feedback { $0.decay = NodeID(1) }, feedback { $0.amount = NodeID(1) }, feedback { $0.hueShift = NodeID(1) },
      feedback { $0.opacity = NodeID(1) },
    ]
    var layered: [(inout Layer) -> Void] = [
      { $0.grid.fontSize = 9 }, { $0.grid.face = .bold }, { $0.palette.characters.append("x") },
      { $0.palette.gamma = 2 },
      { $0.palette.match = .index }, { $0.palette.order = .asWritten }, { $0.palette.jitter = 1 },
      { $0.palette.dither = .ordered }, { $0.palette.dither = .diffusion },
      { $0.palette.stretch = 2 }, { $0.palette.hysteresis = 0.1 }, { $0.palette.thresholds = [0.5] },
      { $0.palette.edges = Palette.Edges(characters: ["/"], above: 0.1) },
      { $0.palette.edges = Palette.Edges(characters: ["/"], above: 0.2) },
      { $0.palette.edges = Palette.Edges(characters: ["|"], above: 0.1) }, { $0.paint.brightness = NodeID(1) },
      { $0.paint.base = .hue(NodeID(0), saturation: NodeID(1)) },
      { $0.paint.base = .rgb(NodeID(0), NodeID(0), NodeID(1)) },
      { $0.direction = NodeID(0) }, { $0.direction = NodeID(1) },
      { $0.wash = NodeID(1) }, { $0.blend = "add" }, { $0.blendLight = .linear }, { $0.opacity = NodeID(1) },
      { $0.isOpaque = true },
      { $0.mask = NodeID(0) }, { $0.when = NodeID(0) }, { $0.hasBackdrop = true }, { $0.seed = 5 },
      { $0.source = .effect(NativeCall(op: "fire", arguments: [.number(NodeID(0))])) },
      { $0.source = .effect(NativeCall(op: "fire", arguments: [.field(NodeID(0))])) },
      { $0.source = .effect(NativeCall(op: "fire", arguments: [.field(NodeID(1))])) },
      { $0.source = .effect(NativeCall(op: "fire", arguments: [.word("a")])) },
      { $0.source = .effect(NativeCall(op: "ice", arguments: [.word("a")])) },
      { $0.source = .text(TextBlock(text: "a", alignment: .left, u: NodeID(0), v: NodeID(0), wrap: nil)) },
      { $0.source = .text(TextBlock(text: "a", alignment: .left, u: NodeID(0), v: NodeID(0), wrap: 3)) },
      { $0.source = .text(TextBlock(text: "b", alignment: .left, u: NodeID(0), v: NodeID(0), wrap: nil)) },
      { $0.source = .text(Self.moving("wave", elapsed: 0, remaining: 0)) },
      { $0.source = .text(Self.moving("flash", elapsed: 0, remaining: 0)) },
      { $0.source = .text(Self.moving("wave", elapsed: 1, remaining: 0)) },
      { $0.source = .text(Self.moving("wave", elapsed: 0, remaining: 1)) },
    ]
    layered.append {
      $0.paint.base = .gradients(
        [Gradient(stops: [.init(position: 0, color: RGB(1, 2, 3))], space: .oklab)], at: NodeID(0))
    }
    layered.append {
      $0.paint.base = .gradients(
        [Gradient(stops: [.init(position: 0, color: RGB(1, 2, 4))], space: .oklab)], at: NodeID(0))
    }
    var keys: Set<ContentHash> = [key(base)]
    for change in changes {
      var segment = base
      change(&segment)
      #expect(keys.insert(key(segment)).inserted, "no new key for \(segment)")
    }
    for change in layered {
      var segment = base
      var layer = Toy.layer(NodeID(0), NodeID(0))
      change(&layer)
      segment.layers = [layer]
      #expect(keys.insert(key(segment)).inserted, "no new key for \(layer)")
    }
  }

  @Test func nodesCountByWhatTheyComputeAndNotByTheirPlace() {
    let base = Toy.segment("s", 0..<120, [.number(1), .unary(.sin, NodeID(0))])
    var longer = Toy.segment("s", 0..<120, [.number(9), .number(1), .unary(.sin, NodeID(1))])
    longer.layers = [Toy.layer(NodeID(2), NodeID(1))]
    #expect(key(base) == key(longer))
    longer.layers = [Toy.layer(NodeID(2), NodeID(0))]
    #expect(key(base) != key(longer))
  }

  /// A stored property that the hash does not know would let an edit show an old picture: whoever adds one extends
  /// `GraphHashing.swift`, the test above, and this list.
  @Test func everyStoredPropertyOfTheGraphIsKnown() {
    func properties(_ value: Any) -> [String] { Mirror(reflecting: value).children.compactMap(\.label) }
    let segment = Toy.segment("s", 0..<120, [.number(1)])
    let layer = segment.layers[0]
    let text = TextBlock(text: "a", alignment: .left, u: NodeID(0), v: NodeID(0), wrap: nil)
    let feedback = Feedback(
      decay: NodeID(0), motion: .none, amount: NodeID(0), hueShift: NodeID(0), blend: "screen", opacity: NodeID(0))
    let stop = Gradient.Stop(position: 0, color: RGB(1, 2, 3))
    let graph = RenderGraph(format: Toy.format(), audio: nil, tempo: 120, segments: [])
    for (value, known) in [
      (graph, "format audio sound tempo segments"), (graph.format, "width height fps"),
      (segment, "name frames nodes layers tone feedback shaders overlay transition"), (segment.nodes[0], "kind rate"),
      (feedback, "decay motion amount hueShift blend opacity"),
      (segment.tone, "exposure gamma curve window black white"),
      (
        layer,
        "name source grid palette direction paint wash blend blendLight opacity isOpaque mask maskPlace effects when hasBackdrop seed"
      ), (layer.grid, "fontSize face"),
      (layer.palette, "characters match order gamma jitter stretch hysteresis thresholds dither edges"),
      (layer.paint, "base brightness"), (text, "text alignment u v wrap motion lyrics"),
      (Self.moving("wave", elapsed: 0, remaining: 0).motion!, "styles elapsed remaining"), (stop, "position color"),
      (Gradient(stops: [stop], space: .rgb), "stops space huePath"), (stop.color, "red green blue"),
      (ShaderCall(op: "", arguments: [], seed: 0), "op arguments when mix seed"),
      (NativeCall(op: "", arguments: []), "op arguments"),
      (Self.transition(), "call frameCount progress"),
    ] as [(Any, String)] {
      #expect(properties(value) == known.split(separator: " ").map(String.init), "\(type(of: value))")
    }
  }

  @Test func formatAndEngineArePartOfEveryKey() {
    let graph = Toy.graph([100])
    var wider = graph
    wider.format.width += 2
    var faster = graph
    faster.format.fps = FrameRate(25)
    let newer = [ClipRecipe.Part(.engine, .hash(ContentHash(high: 1, low: 3)))]
    let other = ClipPlan(graph, shared: newer, features: features).clips[0].key
    #expect(Set([clips(graph)[0].key, clips(wider)[0].key, clips(faster)[0].key, other]).count == 4)
  }

  @Test func aRangeCutsOnlyTheClipsAtItsEdges() {
    let graph = Toy.graph([240, 100, 240])
    let (all, some) = (clips(graph), clips(graph, range: 50..<400))
    #expect(some.map(\.frames) == [50..<120, 120..<240, 240..<340, 340..<400])
    #expect(some[1].key == all[1].key && some[2].key == all[2].key)
    #expect(some[0].key != all[0].key)
    #expect(some.map(\.index) == [0, 1, 2, 3])
  }

  @Test func theHashIsXXH3() {
    // The reference implementation's value for no input (seed 0, 128 bits).
    #expect(ContentHash(of: []).description == "99aa06d3014798d86001c324468d497f")
    var hasher = ContentHasher()
    hasher.feed("ab")
    hasher.feed("c")
    var other = ContentHasher()
    other.feed("a")
    other.feed("bc")
    let (one, two) = (hasher.finish(), other.finish())
    #expect(one != two)
  }

  private static func moving(_ style: String, elapsed: Int, remaining: Int) -> TextBlock {
    TextBlock(
      text: "a", alignment: .left, u: NodeID(0), v: NodeID(0), wrap: nil,
      motion: TextMotion(
        styles: [NativeCall(op: style, arguments: [])], elapsed: NodeID(elapsed), remaining: NodeID(remaining)))
  }

  private static func simulation(_ op: String, seed: UInt64, _ x: NodeID, _ y: NodeID) -> Node.Kind {
    .simulation(NativeCall(op: op, arguments: [.word("md")]), seed: seed, x: x, y: y)
  }

  private static func transition(frames: Int = 12) -> Transition {
    Transition(
      call: ShaderCall(op: "crossfade", arguments: [.number(NodeID(0))], seed: 1), frameCount: frames,
      progress: NodeID(0))
  }

  @Test func aTransitionBindsOnlyTheClipThatShowsItToTheSegmentBefore() {
    var graph = Toy.graph([100, 480, 100])
    graph.segments[1].transition = Self.transition()
    let before = clips(graph)
    #expect(before.map(\.frames.count) == [100, 240, 240, 100])
    graph.segments[0].nodes[0].kind = .number(99)
    let after = clips(graph)
    #expect(zip(before, after).map { $0.key == $1.key } == [false, false, true, true])
    #expect(
      after[1].recipe.changes(since: before[1].recipe) == [
        "the segment before `s1`, which goes over into it, changed"
      ])
    graph.segments[1].transition = Self.transition(frames: 13)
    #expect(clips(graph)[1].recipe.changes(since: after[1].recipe) == ["transition of `s1` changed"])
    graph.segments[1].transition?.call.op = "wipe"
    #expect(clips(graph)[1].key != after[1].key)
    graph.segments[1].transition = nil
    #expect(clips(graph)[1].recipe.changes(since: after[1].recipe).count == 2)
  }

  @Test func renamingTheSegmentBeforeATransitionRendersNothing() {
    var graph = Toy.graph([100, 120])
    graph.segments[1].transition = Self.transition()
    let before = clips(graph)
    graph.segments[0].name = "another"
    #expect(clips(graph).map(\.key) == before.map(\.key))
  }

  private func key(_ segment: SegmentGraph) -> ContentHash {
    clips(RenderGraph(format: Toy.format(), audio: nil, tempo: 120, segments: [segment]))[0].key
  }
}
