import SceneLang

// What the parts of a segment mean, as content: everything that its pictures depend on and nothing else. A new stored
// property of a graph type has to be fed here; `RenderGraph` is hashed by no other code.

/// Hashes of a segment's layers, look, overlay and transition. A node counts by what it computes, not by its place among
/// the nodes: each hash holds those of its operands.
struct SegmentHashes {
  /// In the order of the segment's nodes.
  let nodes: [ContentHash]
  /// In the order of the segment's layers.
  let layers: [ContentHash]
  /// Nil without feedback.
  let feedback: ContentHash?
  /// All shaders.
  let look: ContentHash
  /// In the order of the segment's overlay.
  let overlay: [ContentHash]
  /// How the segment before goes over into this one, without what that shows.
  let transition: ContentHash?

  init(_ segment: SegmentGraph) {
    var nodes: [ContentHash] = []
    nodes.reserveCapacity(segment.nodes.count)
    for node in segment.nodes {
      var hasher = ContentHasher()
      node.feed(into: &hasher, operands: nodes)
      nodes.append(hasher.finish())
    }
    self.nodes = nodes
    let all = NodeHashes(hashes: nodes)
    func hash(_ layer: Layer) -> ContentHash {
      var hasher = ContentHasher()
      layer.feed(into: &hasher, all)
      return hasher.finish()
    }
    feedback = segment.feedback.map { feedback in
      var hasher = ContentHasher()
      feedback.feed(into: &hasher, all)
      return hasher.finish()
    }
    layers = segment.layers.map(hash)
    overlay = segment.overlay.map(hash)
    var hasher = ContentHasher()
    hasher.feed(segment.shaders) { $1.feed(into: &$0, all) }
    look = hasher.finish()
    transition = segment.transition.map { transition in
      var hasher = ContentHasher()
      transition.call.feed(into: &hasher, all)
      hasher.feed(transition.frameCount)
      hasher.feed(all[transition.progress])
      return hasher.finish()
    }
  }
}

/// What each node of a segment computes.
private struct NodeHashes {
  let hashes: [ContentHash]

  subscript(id: NodeID) -> ContentHash { hashes[id.index] }
}

extension SegmentGraph {
  /// Whether its pictures depend on where on the timeline it stands: it reads the video's clock or the sound.
  var readsTimeline: Bool {
    nodes.contains {
      if case .input(.timeline) = $0.kind { true } else { $0.readsSound }
    }
  }

  /// Whether its pictures depend on the sound.
  var readsFeatures: Bool {
    nodes.contains { $0.readsSound }
  }
}

extension Node {
  fileprivate var readsSound: Bool {
    switch kind {
    case .input(.feature), .heard: true
    case .native(let op, _, _): FieldOps.table(of: op) != nil
    default: false
    }
  }
}

extension Node {
  /// `operands`: the hashes of all nodes before this one.
  fileprivate func feed(into hasher: inout ContentHasher, operands hashes: [ContentHash]) {
    hasher.feed(rate)
    switch kind {
    case .number(let value):
      hasher.feed("number")
      hasher.feed(value)
    case .input(let input):
      hasher.feed("input")
      hasher.feed(input.contentName)
    case .unary(let function, _):
      hasher.feed("unary")
      hasher.feed(function)
    case .binary(let function, _, _):
      hasher.feed("binary")
      hasher.feed(function)
    case .select: hasher.feed("select")
    case .loop(let reduction, let loop, _, _, let limit, _):
      hasher.feed("loop")
      hasher.feed(reduction)
      hasher.feed(loop.index)
      hasher.feed(limit)
    case .index(let loop):
      hasher.feed("index")
      hasher.feed(loop.index)
    case .random(let key, _):
      hasher.feed("random")
      hasher.feed(key)
    case .simulation(let call, let seed, _, _):
      hasher.feed("simulation")
      call.feed(into: &hasher, NodeHashes(hashes: hashes))
      hasher.feed(seed)
    case .sample(let channel, _, _):
      hasher.feed("sample")
      hasher.feed(channel.rawValue)
    case .native(let op, _, let seed):
      hasher.feed("native")
      hasher.feed(op)
      hasher.feed(seed)
    case .picture(let input, let channel, _, _, _):
      hasher.feed("picture")
      hasher.feed(ContentHash(high: input.content.high, low: input.content.low))
      hasher.feed(input.fit)
      hasher.feed(input.width)
      hasher.feed(input.height)
      // Of pictures that show nothing of it, it counts for nothing.
      if channel == .subject {
        hasher.feed(input.subject) { hasher, mask in
          hasher.feed(mask.columns)
          hasher.feed(mask.levels) { $0.feed(Int($1)) }
        }
      }
      hasher.feed(channel)
    case .heard(let feature, _):
      hasher.feed("heard")
      hasher.feed(feature)
    case .curve(let curve, _):
      hasher.feed("curve")
      hasher.feed(curve.times) { $0.feed($1) }
      hasher.feed(curve.values) { $0.feed(Double($1)) }
    case .gradient(let gradient, let channel, _):
      hasher.feed("gradient")
      gradient.feed(into: &hasher)
      hasher.feed(channel.rawValue)
    case .percentile(_, let share):
      hasher.feed("percentile")
      hasher.feed(share)
    case .promote: hasher.feed("promote")
    }
    hasher.feed(operands) { $0.feed(hashes[$1.index]) }
  }
}

extension Input {
  fileprivate var contentName: String {
    switch self {
    case .x: "x"
    case .u: "u"
    case .column: "column"
    case .y: "y"
    case .v: "v"
    case .row: "row"
    case .columns: "columns"
    case .rows: "rows"
    case .cellWidth: "cellWidth"
    case .cellHeight: "cellHeight"
    case .value: "value"
    case .energy: "energy"
    case .time: "time"
    case .timeline: "timeline"
    case .progress: "progress"
    case .frame: "frame"
    case .feature(let feature): "feature.\(feature.rawValue)"
    case .pixel(let channel): "pixel.\(channel.rawValue)"
    }
  }
}

extension Layer {
  /// The name is left out: where it matters, it is in the seed.
  fileprivate func feed(into hasher: inout ContentHasher, _ nodes: NodeHashes) {
    switch source {
    case .field(let node):
      hasher.feed("field")
      hasher.feed(nodes[node])
    case .effect(let call):
      hasher.feed("effect")
      call.feed(into: &hasher, nodes)
    case .text(let block):
      hasher.feed("text")
      block.feed(into: &hasher, nodes)
    case .group(let group):
      hasher.feed("group")
      hasher.feed(group.layers) { $1.feed(into: &$0, nodes) }
      hasher.feed(group.shaders) { $1.feed(into: &$0, nodes) }
      hasher.feed(group.sharesCells)
    }
    hasher.feed(grid.fontSize)
    hasher.feed(grid.face)
    palette.feed(into: &hasher)
    hasher.feed(direction) { $0.feed(nodes[$1]) }
    paint.feed(into: &hasher, nodes)
    hasher.feed(nodes[wash])
    hasher.feed(blend)
    hasher.feed(blendLight)
    hasher.feed(nodes[opacity])
    hasher.feed(isOpaque)
    hasher.feed(mask) { $0.feed(nodes[$1]) }
    hasher.feed(maskPlace)
    hasher.feed(effects) { $1.feed(into: &$0, nodes) }
    hasher.feed(when) { $0.feed(nodes[$1]) }
    hasher.feed(hasBackdrop)
    hasher.feed(seed)
  }
}

extension NativeCall {
  fileprivate func feed(into hasher: inout ContentHasher, _ nodes: NodeHashes) {
    hasher.feed(op)
    hasher.feed(arguments) { hasher, argument in
      switch argument {
      case .number(let node):
        hasher.feed("number")
        hasher.feed(nodes[node])
      case .field(let node):
        hasher.feed("field")
        hasher.feed(nodes[node])
      case .word(let word):
        hasher.feed("word")
        hasher.feed(word)
      }
    }
  }
}

extension TextBlock {
  fileprivate func feed(into hasher: inout ContentHasher, _ nodes: NodeHashes) {
    hasher.feed(text)
    hasher.feed(alignment)
    hasher.feed(nodes[u])
    hasher.feed(nodes[v])
    hasher.feed(wrap) { $0.feed($1) }
    hasher.feed(motion) { hasher, motion in
      hasher.feed(motion.styles) { $1.feed(into: &$0, nodes) }
      hasher.feed(nodes[motion.elapsed])
      hasher.feed(nodes[motion.remaining])
    }
    hasher.feed(lyrics) { hasher, lyrics in
      hasher.feed(nodes[lyrics.clock])
      hasher.feed(lyrics.cues) { hasher, cue in
        hasher.feed(cue.text)
        hasher.feed(cue.start)
        hasher.feed(cue.end)
        hasher.feed(cue.wordTimes) { $0.feed($1) }
      }
    }
  }
}

extension Palette {
  fileprivate func feed(into hasher: inout ContentHasher) {
    hasher.feed(characters) { $0.feed(Int($1.value)) }
    hasher.feed(match)
    hasher.feed(order)
    hasher.feed(gamma)
    hasher.feed(jitter)
    hasher.feed(dither)
    hasher.feed(hysteresis)
    hasher.feed(stretch)
    hasher.feed(thresholds) { $0.feed($1) }
    hasher.feed(edges) {
      $0.feed($1.characters) { $0.feed(Int($1.value)) }
      $0.feed($1.above)
    }
  }
}

extension Paint {
  fileprivate func feed(into hasher: inout ContentHasher, _ nodes: NodeHashes) {
    switch base {
    case .gradients(let gradients, let at):
      hasher.feed("gradients")
      hasher.feed(gradients) { $1.feed(into: &$0) }
      hasher.feed(nodes[at])
    case .hue(let hue, let saturation):
      hasher.feed("hue")
      hasher.feed(nodes[hue])
      hasher.feed(nodes[saturation])
    case .rgb(let red, let green, let blue):
      hasher.feed("rgb")
      for node in [red, green, blue] { hasher.feed(nodes[node]) }
    }
    hasher.feed(nodes[brightness])
  }
}

extension Feedback {
  fileprivate func feed(into hasher: inout ContentHasher, _ nodes: NodeHashes) {
    hasher.feed(motion)
    hasher.feed(blend)
    for node in roots { hasher.feed(nodes[node]) }
  }
}

extension Gradient {
  fileprivate func feed(into hasher: inout ContentHasher) {
    hasher.feed(stops) {
      $0.feed($1.position)
      $0.feed(Int($1.color.red) << 16 | Int($1.color.green) << 8 | Int($1.color.blue))
    }
    hasher.feed(space)
    hasher.feed(huePath)
  }
}

extension ShaderStage {
  fileprivate func feed(into hasher: inout ContentHasher, _ nodes: NodeHashes) {
    switch self {
    case .call(let call):
      hasher.feed("call")
      call.feed(into: &hasher, nodes)
    case .tables(let calls):
      hasher.feed("tables")
      hasher.feed(calls) { $1.feed(into: &$0, nodes) }
    case .pixel(let shader):
      hasher.feed("pixel")
      shader.feed(into: &hasher, nodes)
    }
  }
}

extension PixelShader {
  /// The name is left out: it shows nowhere.
  fileprivate func feed(into hasher: inout ContentHasher, _ nodes: NodeHashes) {
    for channel in channels { hasher.feed(nodes[channel]) }
    hasher.feed(when) { $0.feed(nodes[$1]) }
    hasher.feed(mix) { $0.feed(nodes[$1]) }
  }
}

extension ShaderCall {
  fileprivate func feed(into hasher: inout ContentHasher, _ nodes: NodeHashes) {
    hasher.feed(op)
    hasher.feed(arguments) { hasher, argument in
      switch argument {
      case .number(let node):
        hasher.feed("number")
        hasher.feed(nodes[node])
      case .field(let node):
        hasher.feed("field")
        hasher.feed(nodes[node])
      case .choice(let word):
        hasher.feed("choice")
        hasher.feed(word)
      case .color(let red, let green, let blue):
        hasher.feed("color")
        for node in [red, green, blue] { hasher.feed(nodes[node]) }
      case .gradient(let gradient):
        hasher.feed("gradient")
        gradient.feed(into: &hasher)
      case .lookup(let table):
        hasher.feed("table")
        hasher.feed(ContentHash(high: table.digest.high, low: table.digest.low))
      }
    }
    hasher.feed(when) { $0.feed(nodes[$1]) }
    hasher.feed(mix) { $0.feed(nodes[$1]) }
    hasher.feed(seed)
  }
}
