/// Sets randomness keys that nothing reads to 0: those of native fields and shaders without the fact `readsKey`, and of
/// fields and texts whose palette has no jitter and whose cell effects read none. Keys hold the names of segments and layers; where they do not show,
/// renaming must not render anew.
@Sendable func dropUnreadKeys(_ graph: RenderGraph, using catalog: Catalog) -> RenderGraph {
  func readsKey(_ kind: OpKind, _ op: String) -> Bool {
    catalog.entry(kind, Name.folded(op))?.facts.readsKey ?? true
  }
  func dropped(_ call: ShaderCall) -> ShaderCall {
    var call = call
    if !readsKey(.shader, call.op) { call.seed = 0 }
    return call
  }
  func dropped(_ stage: ShaderStage) -> ShaderStage {
    switch stage {
    case .call(let call): .call(dropped(call))
    case .tables(let calls): .tables(calls.map(dropped))
    case .pixel: stage
    }
  }
  func dropped(_ layer: Layer) -> Layer {
    var layer = layer.mapGroup { $0.map({ $0.map(dropped) }, { $0.map(dropped) }) }
    if case .effect = layer.source { return layer }
    if layer.effects.contains(where: { readsKey(.cellEffect, $0.op) }) { return layer }
    if case .text(let text) = layer.source, text.motion?.styles.contains(where: { readsKey(.style, $0.op) }) == true {
      return layer
    }
    if case .group = layer.source { layer.seed = 0 }
    if layer.palette.jitter == 0 && layer.palette.match != .random { layer.seed = 0 }
    return layer
  }
  return graph.mapSegments { segment in
    var result = segment
    for (index, node) in segment.nodes.enumerated() {
      if case .native(let op, let arguments, _) = node.kind, !readsKey(.field, op) {
        result.nodes[index].kind = .native(op: op, arguments: arguments, seed: 0)
      }
    }
    result.layers = segment.layers.map(dropped)
    result.overlay = segment.overlay.map(dropped)
    result.shaders = segment.shaders.map(dropped)
    return result
  }
}
