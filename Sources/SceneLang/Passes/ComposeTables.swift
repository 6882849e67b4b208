/// Joins neighbouring channelwise shaders into one stage: the renderer composes their tables and touches each pixel
/// once. Calls with `when` or `mix` stay alone.
@Sendable func composeTables(_ graph: RenderGraph, using catalog: Catalog) -> RenderGraph {
  graph.mapSegments { segment in
    var result = segment
    result.shaders = []
    var run: [ShaderCall] = []
    func flush() {
      if run.count == 1 { result.shaders.append(.call(run[0])) }
      if run.count > 1 { result.shaders.append(.tables(run)) }
      run = []
    }
    for stage in segment.shaders {
      if stage.calls.isEmpty {
        flush()
        result.shaders.append(stage)
      }
      for call in stage.calls {
        let isTable = catalog.entry(.shader, Name.folded(call.op))?.facts.access == .channelwise
        if isTable && call.when == nil && call.mix == nil {
          run.append(call)
        } else {
          flush()
          result.shaders.append(.call(call))
        }
      }
    }
    flush()
    return result
  }
}
