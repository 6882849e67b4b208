import SceneLang

/// What a frame looks like on its way, so that the first step that differs can be told.
public struct FrameStages: Sendable, Hashable {
  public struct Stage: Sendable, Hashable {
    /// `layer NAME`: the canvas with that layer on it; `exposure`: what the segment's tone is found from; `picture`: the
    /// finished frame.
    public var name: String
    /// 32 hexadecimal digits.
    public var hash: String
  }

  /// In the order of the work; the last is the picture.
  public var stages: [Stage]

  /// The first stage that is not as in `other`; nil for equal pictures, however they were made.
  public func firstDifference(from other: FrameStages) -> String? {
    guard stages.last != other.stages.last else { return nil }
    let earlier = Dictionary(other.stages.map { ($0.name, $0.hash) }) { first, _ in first }
    return stages.first { earlier[$0.name] != $0.hash }?.name
  }
}

extension SceneRenderer {
  /// Renders a frame into `picture` and tells its stages. In a transition, layers are those of the incoming segment.
  func stages(of frame: Int, into picture: Picture) throws(BuildFailure) -> FrameStages {
    let (renderer, context) = prepare(frame)
    var stages = renderer.layerHashes(context, into: picture).map { name, hash in
      FrameStages.Stage(name: "layer \(name)", hash: hash)
    }
    if let exposure = renderer.exposure {
      stages.append(.init(name: "exposure", hash: "\(ContentHash(of: exposure.text.utf8))"))
    }
    try render(frame: frame, into: picture)
    return FrameStages(stages: stages + [.init(name: "picture", hash: picture.hash)])
  }
}

extension FrameRenderer {
  /// Hashes of the canvas with the first layer, the first two and so on; `canvas` is scratch of the format's size.
  fileprivate func layerHashes(_ context: FrameContext, into canvas: Picture) -> [(name: String, hash: String)] {
    layers.keepsGroups = true
    fillCells(context, clock: nil)
    layers.keepsGroups = false
    let isVisible = stack.elements.map(\.isVisible)
    defer { for index in isVisible.indices { stack.elements[index].isVisible = isVisible[index] } }
    let rows = RowPairBuffer(width: format.width)
    return stack.elements.indices.map { last in
      for index in isVisible.indices { stack.elements[index].isVisible = isVisible[index] && index <= last }
      for y in 0..<format.height {
        canvas.pixelRow(y).copy(from: stack.draw(row: y, with: rows.pair, clock: nil), count: format.width)
      }
      return (stack.elements[last].name, canvas.hash)
    }
  }
}
