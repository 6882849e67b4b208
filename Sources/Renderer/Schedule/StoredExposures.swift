import SceneLang

extension SharedExposures {
  /// Exposures that are kept in `store`: a segment is measured once for as long as its layers stay as they are, whatever
  /// becomes of its shaders and its tone's gamma.
  convenience init(_ graph: RenderGraph, _ plan: ClipPlan, engine: ContentHash, _ store: ClipStore) {
    let keys = plan.segments.map { $0.exposureKey(engine, graph.format) }
    self.init(
      find: { store.text(keys[$0], .exposure).flatMap { Exposure(text: $0) } },
      keep: { segment, exposure in
        // An exposure that cannot be kept is measured again by the next build.
        try? store.keep(exposure.text, keys[segment], .exposure)
      })
  }
}

extension Exposure {
  /// `<black> <white>`.
  var text: String { "\(black) \(white)\n" }

  init?(text: String) {
    let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    guard numbers.count == 2, numbers[0] >= 0, numbers[0] < numbers[1] else { return nil }
    self.init(black: numbers[0], white: numbers[1])
  }
}
