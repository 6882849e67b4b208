/// Joins neighbouring channelwise shaders into one stage: the renderer composes their tables and touches each pixel
/// once. Calls with `when` or `mix` stay alone.
@Sendable func composeTables(_ graph: RenderGraph, using catalog: Catalog) -> RenderGraph {
  func composed(_ shaders: [ShaderStage]) -> [ShaderStage] {
    var result: [ShaderStage] = []
    var run: [ShaderCall] = []
    func flush() {
      if run.count == 1 { result.append(.call(run[0])) }
      if run.count > 1 { result.append(.tables(run)) }
      run = []
    }
    for stage in shaders {
      if stage.calls.isEmpty {
        flush()
        result.append(stage)
      }
      for call in stage.calls {
        let isTable = catalog.entry(.shader, Name.folded(call.op))?.facts.access == .channelwise
        if isTable && call.when == nil && call.mix == nil {
          run.append(call)
        } else {
          flush()
          result.append(.call(call))
        }
      }
    }
    flush()
    return result
  }
  func composed(_ layer: Layer) -> Layer {
    layer.mapGroup { $0.map({ $0.map(composed) }, composed) }
  }
  return graph.mapSegments { segment in
    var result = segment
    result.layers = segment.layers.map(composed)
    result.overlay = segment.overlay.map(composed)
    result.shaders = composed(segment.shaders)
    return result
  }
}
