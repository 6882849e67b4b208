/// Sets randomness keys that nothing reads to 0: those of ops without the fact `readsKey`, and of layers whose palette has
/// no jitter (an effect always reads its own). Keys hold the names of segments and layers; where they do not show, renaming must not render anew.
@Sendable func dropUnreadKeys(_ graph: RenderGraph, using catalog: Catalog) -> RenderGraph {
  func readsKey(_ kind: OpKind, _ op: String) -> Bool {
    catalog.entry(kind, Name.folded(op))?.facts.readsKey ?? true
  }
  func dropped(_ call: ShaderCall) -> ShaderCall {
    var call = call
    if !readsKey(.shader, call.op) { call.seed = 0 }
    return call
  }
  return graph.mapSegments { segment in
    var result = segment
    for (index, node) in segment.nodes.enumerated() {
      if case .native(let op, let arguments, _) = node.kind, !readsKey(.field, op) {
        result.nodes[index].kind = .native(op: op, arguments: arguments, seed: 0)
      }
    }
    for (index, layer) in result.layers.enumerated() where layer.palette.jitter == 0 && !layer.isEffect {
      result.layers[index].seed = 0
    }
    result.shaders = segment.shaders.map { stage in
      switch stage {
      case .call(let call): .call(dropped(call))
      case .tables(let calls): .tables(calls.map(dropped))
      }
    }
    return result
  }
}

extension Layer {
  fileprivate var isEffect: Bool { if case .effect = source { true } else { false } }
}
