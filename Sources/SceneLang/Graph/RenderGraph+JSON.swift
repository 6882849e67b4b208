extension RenderGraph {
  /// The graph for programs: per segment its nodes (kind, rate, operands by index), layers and shaders.
  public var json: JSONValue {
    .object([
      ("width", .int(format.width)), ("height", .int(format.height)), ("fps", .string(format.fps.description)),
      ("frames", .int(frameCount)), ("segments", .array(segments.map(\.json))),
    ])
  }
}

extension SegmentGraph {
  fileprivate var json: JSONValue {
    let nodes = self.nodes.map { node -> JSONValue in
      .object([
        ("node", .string(node.label)), ("rate", .string(node.rate.rawValue)),
        ("operands", .array(node.operands.map { .int($0.index) })),
      ])
    }
    let layers = self.layers.map { layer -> JSONValue in
      .object([
        ("name", .string(layer.name)), ("blend", .string(layer.blend)), ("fontSize", .number(layer.grid.fontSize)),
        ("reads", .array(Set(layer.roots).sorted().map { .int($0.index) })),
      ])
    }
    let shaders = self.shaders.map { stage -> JSONValue in
      .object([
        ("shaders", .array(stage.names.map { .string($0) })),
        ("reads", .array(Set(stage.roots).sorted().map { .int($0.index) })),
      ])
    }
    let feedback = self.feedback.map { feedback -> JSONValue in
      .object([
        ("motion", .string(feedback.motion.rawValue)), ("blend", .string(feedback.blend)),
        ("reads", .array(Set(feedback.roots).sorted().map { .int($0.index) })),
      ])
    }
    return .object([
      ("name", .string(name)), ("start", .int(frames.lowerBound)), ("end", .int(frames.upperBound)),
      ("nodes", .array(nodes)), ("layers", .array(layers)), ("feedback", feedback ?? .null),
      ("shaders", .array(shaders)),
    ])
  }
}
