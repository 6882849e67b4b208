extension Node {
  /// The node with other operands.
  func mapOperands(_ map: (NodeID) -> NodeID) -> Node {
    var result = self
    switch kind {
    case .number, .input, .index: break
    case .unary(let function, let a): result.kind = .unary(function, map(a))
    case .binary(let function, let a, let b): result.kind = .binary(function, map(a), map(b))
    case .select(let condition, let then, let otherwise):
      result.kind = .select(condition: map(condition), then: map(then), otherwise: map(otherwise))
    case .loop(let reduction, let loop, let from, let to, let limit, let body):
      result.kind = .loop(reduction, loop, from: map(from), to: map(to), limit: limit, body: map(body))
    case .curve(let curve, let time): result.kind = .curve(curve, at: map(time))
    case .gradient(let gradient, let channel, let place): result.kind = .gradient(gradient, channel, at: map(place))
    case .heard(let feature, let time): result.kind = .heard(feature, at: map(time))
    case .percentile(let a, let share): result.kind = .percentile(of: map(a), share: share)
    case .random(let key, let a): result.kind = .random(key: key, map(a))
    case .native(let op, let arguments, let seed):
      result.kind = .native(op: op, arguments: arguments.map(map), seed: seed)
    case .simulation(let call, let seed, let x, let y):
      result.kind = .simulation(call.mapNodes(map), seed: seed, x: map(x), y: map(y))
    case .picture(let input, let channel, let x, let y, let time):
      result.kind = .picture(input, channel, x: map(x), y: map(y), time: map(time))
    case .sample(let channel, let x, let y): result.kind = .sample(channel, x: map(x), y: map(y))
    case .promote(let a): result.kind = .promote(map(a))
    }
    return result
  }
}

extension SegmentGraph {
  /// Every node that a layer or a shader reads, in a fixed order.
  public var roots: [NodeID] {
    layers.flatMap(\.roots) + (feedback?.roots ?? []) + shaders.flatMap(\.roots) + overlay.flatMap(\.roots)
      + (transition?.roots ?? [])
  }

  /// The segment with its references to nodes replaced.
  func mapRoots(_ map: (NodeID) -> NodeID) -> SegmentGraph {
    var result = self
    result.layers = layers.map { $0.mapNodes(map) }
    result.feedback = feedback?.mapNodes(map)
    result.shaders = shaders.map { $0.mapNodes(map) }
    result.overlay = overlay.map { $0.mapNodes(map) }
    result.transition = transition?.mapNodes(map)
    return result
  }
}

extension Layer {
  /// The layer and, in order, those of the groups in it.
  public var parts: [Layer] {
    if case .group(let group) = source { [self] + group.layers.flatMap(\.parts) } else { [self] }
  }

  /// The shaders of the group; none for other layers.
  public var shaders: [ShaderStage] { if case .group(let group) = source { group.shaders } else { [] } }

  /// The layer with its group, if it is one, replaced.
  func mapGroup(_ map: (LayerGroup) -> LayerGroup) -> Layer {
    guard case .group(let group) = source else { return self }
    var result = self
    result.source = .group(map(group))
    return result
  }

  /// The nodes the layer reads.
  public var roots: [NodeID] {
    var ids: [NodeID] = []
    _ = mapNodes {
      ids.append($0)
      return $0
    }
    return ids
  }

  func mapNodes(_ map: (NodeID) -> NodeID) -> Layer {
    var result = self
    switch source {
    case .field(let node): result.source = .field(map(node))
    case .effect(let call): result.source = .effect(call.mapNodes(map))
    case .text(var text):
      text.u = map(text.u)
      text.v = map(text.v)
      text.motion = text.motion?.mapNodes(map)
      if let clock = text.lyrics?.clock { text.lyrics?.clock = map(clock) }
      result.source = .text(text)
    case .group(let group):
      result.source = .group(
        group.map({ $0.map { $0.mapNodes(map) } }, { $0.map { $0.mapNodes(map) } }))
    }
    switch paint.base {
    case .gradients(let gradients, let place): result.paint.base = .gradients(gradients, at: map(place))
    case .hue(let hue, let saturation): result.paint.base = .hue(map(hue), saturation: map(saturation))
    case .rgb(let r, let g, let b): result.paint.base = .rgb(map(r), map(g), map(b))
    }
    result.paint.brightness = map(paint.brightness)
    result.direction = direction.map(map)
    result.wash = map(wash)
    result.opacity = map(opacity)
    result.mask = mask.map(map)
    result.effects = effects.map { $0.mapNodes(map) }
    result.when = when.map(map)
    return result
  }
}

extension ShaderCall {
  func mapNodes(_ map: (NodeID) -> NodeID) -> ShaderCall {
    var result = self
    result.arguments = arguments.map {
      switch $0 {
      case .number(let node): .number(map(node))
      case .field(let node): .field(map(node))
      case .choice, .gradient, .lookup: $0
      case .color(let r, let g, let b): .color(map(r), map(g), map(b))
      }
    }
    result.when = when.map(map)
    result.mix = mix.map(map)
    return result
  }
}

extension Transition {
  fileprivate var roots: [NodeID] { ShaderStage.call(call).roots + [progress] }

  fileprivate func mapNodes(_ map: (NodeID) -> NodeID) -> Transition {
    Transition(call: call.mapNodes(map), frameCount: frameCount, progress: map(progress))
  }
}

extension ShaderStage {
  /// The calls of shaders of the catalogue, in order.
  public var calls: [ShaderCall] {
    switch self {
    case .call(let call): [call]
    case .tables(let calls): calls
    case .pixel: []
    }
  }

  public var roots: [NodeID] {
    var ids: [NodeID] = []
    _ = mapNodes {
      ids.append($0)
      return $0
    }
    return ids
  }

  func mapNodes(_ map: (NodeID) -> NodeID) -> ShaderStage {
    switch self {
    case .call(let call): .call(call.mapNodes(map))
    case .tables(let calls): .tables(calls.map { $0.mapNodes(map) })
    case .pixel(let shader): .pixel(shader.mapNodes(map))
    }
  }
}
