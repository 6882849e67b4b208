extension RenderGraph {
  /// The graph as text: a line per node, layer and shader, operands as `%n`, each with its notes (one for each segment).
  public func text(_ notes: [SegmentNotes]) -> String {
    var lines = ["video \(format.width)x\(format.height) at \(format.fps) fps, \(frameCount) frames"]
    for (segment, notes) in zip(segments, notes) { lines += [""] + segment.lines(notes) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The graph in the language of Graphviz: boxes for layers and shaders, ovals for nodes.
  public func dot(_ notes: [SegmentNotes]) -> String {
    var lines = ["digraph scene {", "  rankdir=BT;"]
    for (place, (segment, notes)) in zip(segments, notes).enumerated() {
      func name(_ id: NodeID) -> String { "s\(place)n\(id.index)" }
      lines.append("  subgraph cluster\(place) { label=\(quoted(segment.name));")
      for (index, (node, note)) in zip(segment.nodes, notes.nodes).enumerated() {
        lines.append("    s\(place)n\(index) [label=\(quoted(node.label + "\n" + node.rate.rawValue + note.lines))];")
        lines += node.operands.map { "    \(name($0)) -> s\(place)n\(index);" }
      }
      func box(_ id: String, _ label: String, _ note: SegmentNotes.Part?, _ roots: [NodeID]) {
        lines.append("    s\(place)\(id) [shape=box, label=\(quoted(label + (note?.lines ?? "")))];")
        lines += Set(roots).sorted().map { "    \(name($0)) -> s\(place)\(id);" }
      }
      var part = 0
      for (index, layer) in segment.layers.enumerated() {
        box("l\(index)", "layer " + layer.name, notes.layers[part], layer.roots)
        part += layer.parts.count
      }
      if let feedback = segment.feedback {
        box("f", "feedback " + feedback.motion.rawValue, notes.feedback, feedback.roots)
      }
      for (index, (stage, note)) in zip(segment.shaders, notes.shaders).enumerated() {
        box("p\(index)", stage.names.joined(separator: " + "), note, stage.roots)
      }
      lines.append("  }")
    }
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }

  private func quoted(_ text: String) -> String {
    let escaped = text.map { character -> String in
      switch character {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      default: String(character)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}

extension SegmentGraph {
  fileprivate func lines(_ notes: SegmentNotes) -> [String] {
    var lines = [
      "segment \(name) frames \(frames.lowerBound)..\(frames.upperBound), "
        + "\(SegmentNotes.count(notes.operations)) operations a frame"
    ]
    for (index, (node, note)) in zip(nodes, notes.nodes).enumerated() {
      lines.append("  %\(index) = \(node.text)  : \(node.rate.rawValue)\(note.text)")
    }
    lines += zip(layers.flatMap(\.parts), notes.layers).map { "  layer \($0.text)\($1.text)" }
    lines.append("  tone \(tone.text)")
    if let feedback { lines.append("  feedback \(feedback.text)\(notes.feedback?.text ?? "")") }
    lines += zip(shaders, notes.shaders).map { "  shader \($0.text)\($1.text)" }
    lines += zip(overlay.flatMap(\.parts), notes.overlay).map { "  overlay \($0.text)\($1.text)" }
    if let transition {
      let call = ShaderStage.call(transition.call).text
      lines.append(
        "  transition \(call) progress=%\(transition.progress.index) frames=\(transition.frameCount)"
          + (notes.transition?.text ?? ""))
    }
    return lines
  }
}

extension Node {
  /// The node without its operands.
  var label: String {
    switch kind {
    case .number(let value): "\(value)"
    case .input(.feature(let feature)): feature.rawValue
    case .input(.pixel(let channel)): "\(channel)"
    case .input(let input): "\(input)"
    case .unary(let function, _): function.rawValue
    case .binary(let function, _, _): function.rawValue
    case .select: "select"
    case .loop(let reduction, let loop, _, _, let limit, _): "\(reduction.rawValue) loop\(loop.index) limit=\(limit)"
    case .index(let loop): "index loop\(loop.index)"
    case .random(let key, _): "random key=\(String(key, radix: 16))"
    case .native(let op, _, _): op
    case .heard(let feature, _): "heard \(feature.rawValue)"
    case .simulation(let call, _, _, _): ([call.op] + call.words).joined(separator: " ")
    case .picture(let input, let channel, _, _, _):
      "picture \(String(input.content.high, radix: 16)) \(channel.rawValue) \(input.fit.rawValue)"
    case .sample(let channel, _, _): "sample \(channel)"
    case .curve(let curve, _): "curve of \(curve.values.count)"
    case .gradient(let gradient, let channel, _): "gradient of \(gradient.stops.count) \(channel)"
    case .percentile(_, let share): "percentile \(share)"
    case .promote: "promote"
    }
  }

  fileprivate var text: String { ([label] + operands.map { "%\($0.index)" }).joined(separator: " ") }
}

extension Layer {
  fileprivate var text: String {
    let what =
      switch source {
      case .field(let node): "field %\(node.index)"
      case .effect(let call): call.text
      case .text(let block):
        (["text \"\(block.text)\" u=%\(block.u.index) v=%\(block.v.index)"] + (block.motion?.styles.map(\.text) ?? []))
          .joined(separator: " ")
      case .group(let group):
        "group of \(group.layers.count)\(group.sharesCells ? " sharing cells" : "")"
          + group.shaders.map { ", shader \($0.text)" }.joined()
      }
    let paint =
      switch self.paint.base {
      case .gradients(_, let place): "gradient %\(place.index)"
      case .hue(let hue, let saturation): "hue %\(hue.index) saturation %\(saturation.index)"
      case .rgb(let r, let g, let b): "rgb %\(r.index) %\(g.index) %\(b.index)"
      }
    var parts = [
      "\(name): \(what)", "grid \(grid.fontSize)px \(grid.face.rawValue)", paint,
      "brightness %\(self.paint.brightness.index)",
      "wash %\(wash.index)", "blend \(blend)\(blendLight == .linear ? " in linear light" : "")",
      "opacity %\(opacity.index)",
    ]
    parts += effects.map(\.text)
    if let mask { parts.append("mask %\(mask.index)" + (maskPlace == .pixels ? " at pixels" : "")) }
    if let when { parts.append("when %\(when.index)") }
    return parts.joined(separator: ", ")
  }
}

extension Feedback {
  fileprivate var text: String {
    "\(motion.rawValue) %\(amount.index), decay %\(decay.index), hue %\(hueShift.index), blend \(blend), "
      + "opacity %\(opacity.index)"
  }
}

extension NativeCall {
  fileprivate var text: String {
    let arguments = self.arguments.map { argument in
      switch argument {
      case .number(let node), .field(let node): "%\(node.index)"
      case .word(let word): word
      }
    }
    return ([op] + arguments).joined(separator: " ")
  }
}

extension ShaderStage {
  /// What its shaders are called, in order.
  public var names: [String] {
    if case .pixel(let shader) = self { [shader.name] } else { calls.map(\.op) }
  }

  fileprivate var text: String {
    if case .pixel(let shader) = self {
      let channels = shader.channels.map { "%\($0.index)" }.joined(separator: " ")
      return "\(shader.name) (\(channels))" + Self.condition(shader.when, shader.mix)
    }
    return calls.map { call in
      let arguments = call.arguments.map { argument in
        switch argument {
        case .number(let node), .field(let node): "%\(node.index)"
        case .choice(let word): word
        case .gradient(let gradient): "gradient of \(gradient.stops.count)"
        case .lookup(let table): "table of \(table.extent)"
        case .color(let r, let g, let b): "(%\(r.index) %\(g.index) %\(b.index))"
        }
      }
      return ([call.op] + arguments).joined(separator: " ") + Self.condition(call.when, call.mix)
    }.joined(separator: " + ")
  }

  private static func condition(_ when: NodeID?, _ mix: NodeID?) -> String {
    (when.map { " when %\($0.index)" } ?? "") + (mix.map { " mix %\($0.index)" } ?? "")
  }
}
