/// Removes layers and shaders that are never seen: those whose opacity or share is constantly 0 or whose condition is
/// constantly false, as where a variant or an aspect leaves something out. Conditions that always hold are left off.
@Sendable func dropInvisible(_ graph: RenderGraph) -> RenderGraph {
  graph.mapSegments { segment in
    func constant(_ id: NodeID?) -> Double? {
      guard let id, case .number(let value) = segment[id].kind else { return nil }
      return value
    }
    /// Nil for a layer that is never seen.
    func seen(_ layer: Layer) -> Layer? {
      if constant(layer.opacity) == 0 || constant(layer.when) == 0 { return nil }
      var layer = layer
      if constant(layer.when) != nil { layer.when = nil }
      return layer.mapGroup { $0.map({ $0.compactMap(seen) }, seen) }
    }
    /// Nil for a shader that is never applied.
    func seen(_ call: ShaderCall) -> ShaderCall? {
      if constant(call.mix) == 0 || constant(call.when) == 0 { return nil }
      var call = call
      if constant(call.when) != nil { call.when = nil }
      return call
    }
    func seen(_ shader: PixelShader) -> PixelShader? {
      if constant(shader.mix) == 0 || constant(shader.when) == 0 { return nil }
      var shader = shader
      if constant(shader.when) != nil { shader.when = nil }
      return shader
    }
    func seen(_ shaders: [ShaderStage]) -> [ShaderStage] {
      shaders.flatMap { stage -> [ShaderStage] in
        if case .pixel(let shader) = stage { return seen(shader).map { [.pixel($0)] } ?? [] }
        return stage.calls.compactMap(seen).map { .call($0) }
      }
    }
    var result = segment
    result.layers = segment.layers.compactMap(seen)
    result.overlay = segment.overlay.compactMap(seen)
    result.shaders = seen(segment.shaders)
    return result
  }
}
