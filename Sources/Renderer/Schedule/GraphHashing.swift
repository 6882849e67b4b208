import SceneLang

// What a segment's graph means, as content: everything that its pictures depend on and nothing else. A new stored
// property of a graph type has to be fed here; `RenderGraph` is hashed by no other code.

extension SegmentGraph {
  /// Whether its pictures depend on where on the timeline it stands: it reads the video's clock or the sound.
  var readsTimeline: Bool {
    nodes.contains {
      switch $0.kind {
      case .input(.timeline), .input(.feature): true
      default: false
      }
    }
  }

  /// Whether its pictures depend on the sound.
  var readsFeatures: Bool {
    nodes.contains {
      if case .input(.feature) = $0.kind { true } else { false }
    }
  }

  /// Feeds the pictures' meaning: not the segment's name, and its place only where it is read.
  func feed(into hasher: inout ContentHasher) {
    hasher.feed(frames.count)
    hasher.feed(readsTimeline ? frames.lowerBound : 0)
    hasher.feed(nodes) { $1.feed(into: &$0) }
    hasher.feed(layers) { $1.feed(into: &$0) }
    hasher.feed(tone.exposure)
    hasher.feed(tone.gamma)
    hasher.feed(shaders) { $1.feed(into: &$0) }
    hasher.feed(overlay) { $1.feed(into: &$0) }
    hasher.feed(transition) {
      ShaderStage.call($1.call).feed(into: &$0)
      $0.feed($1.frameCount)
      $0.feed($1.progress.index)
    }
  }
}

extension Node {
  fileprivate func feed(into hasher: inout ContentHasher) {
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
      call.feed(into: &hasher)
      hasher.feed(seed)
    case .native(let op, _, let seed):
      hasher.feed("native")
      hasher.feed(op)
      hasher.feed(seed)
    case .promote: hasher.feed("promote")
    }
    hasher.feed(operands) { $0.feed($1.index) }
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
    }
  }
}

extension Layer {
  /// The name is left out: where it matters, it is in the seed.
  fileprivate func feed(into hasher: inout ContentHasher) {
    switch source {
    case .field(let node):
      hasher.feed("field")
      hasher.feed(node.index)
    case .effect(let call):
      hasher.feed("effect")
      call.feed(into: &hasher)
    case .text(let block):
      hasher.feed("text")
      block.feed(into: &hasher)
    }
    hasher.feed(grid.fontSize)
    hasher.feed(grid.face)
    palette.feed(into: &hasher)
    paint.feed(into: &hasher)
    hasher.feed(wash.index)
    hasher.feed(blend)
    hasher.feed(opacity.index)
    hasher.feed(isOpaque)
    hasher.feed(mask) { $0.feed($1.index) }
    hasher.feed(when) { $0.feed($1.index) }
    hasher.feed(hasBackdrop)
    hasher.feed(seed)
  }
}

extension NativeCall {
  fileprivate func feed(into hasher: inout ContentHasher) {
    hasher.feed(op)
    hasher.feed(arguments) { hasher, argument in
      switch argument {
      case .number(let node):
        hasher.feed("number")
        hasher.feed(node.index)
      case .field(let node):
        hasher.feed("field")
        hasher.feed(node.index)
      case .word(let word):
        hasher.feed("word")
        hasher.feed(word)
      }
    }
  }
}

extension TextBlock {
  fileprivate func feed(into hasher: inout ContentHasher) {
    hasher.feed(text)
    hasher.feed(alignment)
    hasher.feed(u.index)
    hasher.feed(v.index)
    hasher.feed(wrap) { $0.feed($1) }
  }
}

extension Palette {
  fileprivate func feed(into hasher: inout ContentHasher) {
    hasher.feed(characters) { $0.feed(Int($1.value)) }
    hasher.feed(match)
    hasher.feed(order)
    hasher.feed(gamma)
    hasher.feed(jitter)
    hasher.feed(stretch)
  }
}

extension Paint {
  fileprivate func feed(into hasher: inout ContentHasher) {
    switch base {
    case .gradient(let gradient, let at):
      hasher.feed("gradient")
      hasher.feed(gradient.stops) {
        $0.feed($1.position)
        $0.feed(Int($1.color.red) << 16 | Int($1.color.green) << 8 | Int($1.color.blue))
      }
      hasher.feed(gradient.space)
      hasher.feed(gradient.huePath)
      hasher.feed(at.index)
    case .hue(let hue, let saturation):
      hasher.feed("hue")
      hasher.feed(hue.index)
      hasher.feed(saturation.index)
    case .rgb(let red, let green, let blue):
      hasher.feed("rgb")
      for node in [red, green, blue] { hasher.feed(node.index) }
    }
    hasher.feed(brightness.index)
  }
}

extension ShaderStage {
  fileprivate func feed(into hasher: inout ContentHasher) {
    switch self {
    case .call(let call):
      hasher.feed("call")
      call.feed(into: &hasher)
    case .tables(let calls):
      hasher.feed("tables")
      hasher.feed(calls) { $1.feed(into: &$0) }
    }
  }
}

extension ShaderCall {
  fileprivate func feed(into hasher: inout ContentHasher) {
    hasher.feed(op)
    hasher.feed(arguments) { hasher, argument in
      switch argument {
      case .number(let node):
        hasher.feed("number")
        hasher.feed(node.index)
      case .choice(let word):
        hasher.feed("choice")
        hasher.feed(word)
      case .color(let red, let green, let blue):
        hasher.feed("color")
        for node in [red, green, blue] { hasher.feed(node.index) }
      }
    }
    hasher.feed(when) { $0.feed($1.index) }
    hasher.feed(mix) { $0.feed($1.index) }
    hasher.feed(seed)
  }
}
