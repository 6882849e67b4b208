/// How many particles there may be at once. A call's `cap` is that of its system, unless the call itself, `cap:` of its
/// layer or `particle_caps:` of the scene say otherwise; the quality scales all of them, and the particle layers of a
/// segment share `total`. Over a cap the oldest go.
struct ParticleCaps {
  /// By the folded name of a system.
  fileprivate var systems: [String: TypedExpression] = [:]
  /// Of all layers of a segment together; nil for any number.
  fileprivate var total: Double?
}

extension Analyzer {
  /// `particle_caps: {total: 1200, embers: 800}`.
  func readParticleCaps(_ entry: YAMLEntry?, in scope: Scope) -> ParticleCaps {
    var caps = ParticleCaps()
    guard let entry, let items = mapping(entry.value, as: "caps by the names of particle systems") else { return caps }
    for item in items {
      let value = self.value(item, in: Slot("particle_caps", of: .scene, as: "`\(item.key)`"), scope: scope)
      let name = Name(item.key, span: item.keySpan)
      if name.key == "total" {
        caps.total = settled(value)
      } else if let op = catalog.entry(.particles, name.key) {
        caps.systems[Name.folded(op.name)] = value
      } else {
        report(.unknownEffect(.particles, name, catalog.names(.particles) + ["total"]))
      }
    }
    return caps
  }

  /// A call that does not give its cap, under those of the scene.
  func capped(_ call: CheckedCall, of op: OpDeclaration) -> CheckedCall {
    guard let cap = particleCaps.systems[Name.folded(op.name)], let place = capPlace(op) else { return call }
    var call = call
    call.arguments[place] = .number(cap)
    return call
  }

  /// A particle layer's call under `cap:` of the layer and the quality.
  func capped(_ call: CheckedCall, of op: OpDeclaration, in keys: LayerKeys) -> CheckedCall {
    var call = call
    if let own = keys.own["cap"], let place = capPlace(op) {
      call.arguments[place] = .number(value(own.entry, in: Slot("cap", of: .layer), scope: own.scope))
    }
    return scaled(call, of: op, by: overrides.particleScale)
  }

  /// The layers of a segment within the total.
  func withinTotal(_ layers: [CheckedLayer]) -> [CheckedLayer] {
    guard let total = particleCaps.total else { return layers }
    let wanted = layers.reduce(0) { sum, layer in
      guard let (call, op) = particles(of: layer), let place = capPlace(op),
        case .number(let cap) = call.arguments[place]
      else { return sum }
      return sum + (constant(cap) ?? 0)
    }
    let share = total * overrides.particleScale / max(wanted, 1)
    guard share < 1 else { return layers }
    tellShare(share, of: total, layers)
    return layers.map { layer in
      guard let (call, op) = particles(of: layer) else { return layer }
      var layer = layer
      layer.source = .effect(scaled(call, of: op, by: share))
      return layer
    }
  }

  private func scaled(_ call: CheckedCall, of op: OpDeclaration, by scale: Double) -> CheckedCall {
    guard scale != 1, let place = capPlace(op), case .number(let cap) = call.arguments[place], !cap.isInvalid else {
      return call
    }
    var call = call
    if let number = constant(cap) {
      call.arguments[place] = .number(.number((number * scale).rounded(), span: cap.span))
    } else {
      call.arguments[place] = .number(make(.multiply, cap, .number(scale, span: cap.span), cap.span))
    }
    return call
  }

  func particles(of layer: CheckedLayer) -> (CheckedCall, OpDeclaration)? {
    guard case .effect(let call) = layer.source, let op = catalog.entry(.particles, Name.folded(call.op)) else {
      return nil
    }
    return (call, op)
  }

  private func capPlace(_ op: OpDeclaration) -> Int? {
    op.kind == .particles ? op.parameters.firstIndex { $0.name == "cap" } : nil
  }
}

extension Diagnostic {
  static func onlyForParticles(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic("unknown_key", "`\(entry.key)` is a key of particle layers", at: entry.keySpan)
  }
}
