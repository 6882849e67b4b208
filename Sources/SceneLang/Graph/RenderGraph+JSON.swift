extension RenderGraph {
  /// The graph for programs: per segment its nodes (kind, rate, operands by index), layers and shaders, with their notes
  /// (one for each segment).
  public func json(_ notes: [SegmentNotes]) -> JSONValue {
    .object([
      ("width", .int(format.width)), ("height", .int(format.height)), ("fps", .string(format.fps.description)),
      ("frames", .int(frameCount)), ("segments", .array(zip(segments, notes).map { $0.json($1) })),
    ])
  }
}

extension SegmentGraph {
  fileprivate func json(_ notes: SegmentNotes) -> JSONValue {
    let nodes = zip(self.nodes, notes.nodes).map { node, note in
      JSONValue.object(
        [
          ("node", .string(node.label)), ("rate", .string(node.rate.rawValue)),
          ("operands", .array(node.operands.map { .int($0.index) })),
        ] + note.members)
    }
    let shaders = zip(self.shaders, notes.shaders).map { stage, note in
      JSONValue.object(
        [("shaders", .array(stage.names.map { .string($0) })), Self.reads(stage.roots)] + note.members)
    }
    let feedback = self.feedback.map { feedback in
      JSONValue.object(
        [
          ("motion", .string(feedback.motion.rawValue)), ("blend", .string(feedback.blend)),
          Self.reads(feedback.roots),
        ] + (notes.feedback?.members ?? []))
    }
    let transition = self.transition.map { transition in
      JSONValue.object(
        [
          ("transition", .string(transition.call.op)), ("frames", .int(transition.frameCount)),
          Self.reads(ShaderStage.call(transition.call).roots + [transition.progress]),
        ] + (notes.transition?.members ?? []))
    }
    return .object([
      ("name", .string(name)), ("start", .int(frames.lowerBound)), ("end", .int(frames.upperBound)),
      ("operations", SegmentNotes.json(notes.operations)), ("nodes", .array(nodes)),
      ("layers", Self.json(layers, notes.layers[...])), ("feedback", feedback ?? .null), ("shaders", .array(shaders)),
      ("overlay", Self.json(overlay, notes.overlay[...])), ("transition", transition ?? .null),
    ])
  }

  /// `notes` of the layers, each before those in its group.
  private static func json(_ layers: [Layer], _ notes: ArraySlice<SegmentNotes.Part>) -> JSONValue {
    var rest = notes
    return .array(
      layers.map { layer in
        let own = rest.prefix(layer.parts.count)
        rest = rest.dropFirst(layer.parts.count)
        var members: [(key: String, value: JSONValue)] =
          [
            ("name", .string(layer.name)), ("blend", .string(layer.blend)), ("fontSize", .number(layer.grid.fontSize)),
            reads(layer.roots),
          ] + own[own.startIndex].members
        if case .group(let group) = layer.source {
          members.append(("layers", json(group.layers, own.dropFirst())))
        }
        return .object(members)
      })
  }

  private static func reads(_ roots: [NodeID]) -> (key: String, value: JSONValue) {
    ("reads", .array(Set(roots).sorted().map { .int($0.index) }))
  }
}
