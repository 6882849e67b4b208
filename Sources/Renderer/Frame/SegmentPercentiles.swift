import SceneLang

/// Percentiles of values over a segment, measured before its first frame: with them in the place of the nodes that ask for
/// them, a segment is like any other.
extension SegmentGraph {
  var hasPercentiles: Bool { nodes.contains { $0.kind.isPercentile } }

  /// One number for each percentile, in the order of the nodes: over the cells of `grid` in the frames that also decide
  /// the exposure, the smallest of their values that at least the share of all does not exceed.
  ///
  /// `context`: what nodes read in a frame of the segment, counted from 0.
  func percentiles(
    format: PictureFormat, kernels: KernelSet, pictures: PictureLibrary, context: (Int) -> FrameContext
  ) -> [Double] {
    let frames = Exposure.sampledFrames(count: self.frames.count, fps: format.fps)
    var found: [Double] = []
    for (index, node) in nodes.enumerated() {
      guard case .percentile(let value, let share) = node.kind else { continue }
      // Of what comes before, whose own percentiles are known.
      var before = self
      (before.layers, before.overlay, before.shaders, before.feedback, before.transition) = ([], [], [], nil, nil)
      before.nodes = Array(nodes.prefix(index))
      let values = before.withPercentiles(found).values(
        of: value, in: frames.map(context), format: format, kernels: kernels, pictures: pictures)
      let rank = Int(ScalarMath.ceil(share * Double(values.count)))
      found.append(Double(values[min(max(rank - 1, 0), values.count - 1)]))
    }
    return found
  }

  /// The segment with these numbers in the place of its percentiles.
  func withPercentiles(_ numbers: [Double]) -> SegmentGraph {
    var result = self
    var numbers = numbers.makeIterator()
    for index in nodes.indices where nodes[index].kind.isPercentile {
      guard let number = numbers.next() else { preconditionFailure("a number for each percentile") }
      result.nodes[index].kind = .number(number)
    }
    return result
  }

  /// What a node has in all cells of some frames, ascending.
  private func values(
    of node: NodeID, in frames: [FrameContext], format: PictureFormat, kernels: KernelSet, pictures: PictureLibrary
  ) -> [Float] {
    let grid = GridGeometry(measuring: format)
    let planes = SimulationPlanes(self, format: format, pictures: pictures, kernels: kernels)
    let evaluator = LayerEvaluator(
      segment: self, value: nil, outputs: [node], geometry: grid, sources: LayerSources(simulations: planes),
      kernels: kernels.field)
    var values: [Float] = []
    values.reserveCapacity(frames.count * grid.columns * grid.rows)
    for frame in frames {
      evaluator.begin(frame)
      for row in 0..<grid.rows {
        let cells = evaluator.row(row)
        for column in 0..<grid.columns { values.append(cells[0][column]) }
      }
    }
    return values.sorted()
  }
}

extension GridGeometry {
  /// 72 square cells along the shorter side, whatever the size of the picture.
  fileprivate init(measuring format: PictureFormat) {
    let shorter = Double(min(format.width, format.height))
    let (width, height) = (Double(format.width) / shorter, Double(format.height) / shorter)
    let (columns, rows) = (Int((72 * width).rounded()), Int((72 * height).rounded()))
    self.init(
      columns: columns, rows: rows, cellWidth: 1, cellHeight: 1, originX: 0, originY: 0,
      cellWidthShare: width / Double(columns), cellHeightShare: height / Double(rows))
  }
}

extension Node.Kind {
  fileprivate var isPercentile: Bool { if case .percentile = self { true } else { false } }
}
