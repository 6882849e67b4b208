/// Lowers a checked scene: fields are inlined at their calls, `let`s become shared nodes, transforms become other
/// coordinates. What comes out has nothing left to default or to look up.
public func lower(_ scene: CheckedScene) -> RenderGraph {
  RenderGraph(
    format: scene.format, audio: scene.audio, sound: scene.sound, tempo: scene.tempo,
    segments: scene.segments.map { segment in
      var lowering = SegmentLowering(scene: scene, segment: segment)
      return lowering.run()
    })
}

/// The state of lowering one segment.
struct SegmentLowering {
  let scene: CheckedScene
  let segment: CheckedSegment
  var builder = GraphBuilder()
  /// Where layers begin: the coordinates of the cell.
  private var here = Coordinates(id: 0)
  private var root = Environment(scope: nil, arguments: [])
  private var contextCount = 1
  /// The randomness key of the layer being lowered.
  private var layerKey = ""
  private var layerCount = 0
  /// Where a gradient is read that is given no place.
  private var gradientPlace = GradientPlace.value
  private var states = StatePlaces()
  /// The segment's part of the randomness key; empty for an overlay, which is the same in every segment.
  private var segmentKey: String

  init(scene: CheckedScene, segment: CheckedSegment) {
    self.scene = scene
    self.segment = segment
    segmentKey = segment.seed
  }

  private enum GradientPlace {
    case value
    /// Along a text, from two fifths of the gradient on: dark beginnings cannot be read.
    case alongText
  }

  /// What a body can refer to: the arguments of its call and its own `let`s.
  private final class Environment {
    let scope: ScopeID?
    let arguments: [Argument]
    /// The calls that lead here, outermost first.
    let path: [Span]
    var shared: [SharedKey: NodeID] = [:]
    var indices: [Int: NodeID] = [:]

    init(scope: ScopeID?, arguments: [Argument], path: [Span] = []) {
      self.scope = scope
      self.arguments = arguments
      self.path = path
    }
  }

  /// A `let` is one node per place it is evaluated at.
  private struct SharedKey: Hashable {
    var binding: BindingID
    var coordinates: Int
  }

  /// A number is a value where it is passed; a field is evaluated where it is used, at the coordinates there.
  private enum Argument {
    case value(NodeID)
    case field(TypedExpression, Environment)
  }

  mutating func run() -> SegmentGraph {
    let layers = segment.layers.map { lower($0) }
    let feedback = segment.feedback.map { lower($0) }
    let shaders = segment.look.enumerated().map { stage(of: $1, at: $0) }
    layerKey = "look -1"
    let transition = segment.transition.map { transition in
      Transition(
        call: lower(transition.call), frameCount: transition.frameCount, progress: lower(transition.progress))
    }
    let overlay = lowerOverlay()
    let isUnder = scene.overlay.isUnderLook
    return SegmentGraph(
      name: segment.name, frames: segment.frames, nodes: builder.nodes, layers: isUnder ? layers + overlay : layers,
      tone: segment.tone, feedback: feedback, shaders: shaders, overlay: isUnder ? [] : overlay,
      transition: transition)
  }

  /// The layers over all segments: `t` is the clock of the video there.
  private mutating func lowerOverlay() -> [Layer] {
    if scene.overlay.layers.isEmpty { return [] }
    let segment = (here, segmentKey, root)
    defer { (here, segmentKey, root) = segment }
    let clock = here.node(.timeline, in: &builder)
    contextCount += 1
    here = Coordinates(id: contextCount - 1, clock: clock, of: here)
    (segmentKey, root) = ("", Environment(scope: nil, arguments: []))
    return scene.overlay.layers.map { lower($0) }
  }

  // MARK: Layers and shaders

  private mutating func lower(_ layer: CheckedLayer) -> Layer {
    layerKey = layer.name
    layerCount += 1
    states.owner = .layer(layerCount)
    if case .text = layer.source { gradientPlace = .alongText }
    defer { gradientPlace = .value }
    let source: Layer.Source
    switch layer.source {
    case .group(let group):
      let layers = group.layers.map { lower($0) }
      let shaders = group.look.enumerated().map { stage(of: $1, at: $0, in: layer.name) }
      source = .group(LayerGroup(layers: layers, shaders: shaders, sharesCells: group.sharesCells))
      layerKey = layer.name
    case .field(let field): source = .field(lower(field))
    case .effect(let effect): source = .effect(lower(effect))
    case .text(let text):
      source = .text(
        TextBlock(
          text: text.text, alignment: text.alignment, u: lower(text.u), v: lower(text.v), wrap: text.wrap,
          motion: text.motion.map { motion in
            TextMotion(
              styles: motion.styles.map { lower($0) }, elapsed: lower(motion.elapsed),
              remaining: lower(motion.remaining))
          }, lyrics: text.cues.isEmpty ? nil : lower(text.cues)))
    }
    return Layer(
      name: layer.name, source: source, grid: layer.grid, palette: layer.palette.glyphs,
      direction: layer.palette.direction.map { lower($0) },
      paint: Paint(base: lower(layer.paint), brightness: lower(layer.brightness)), wash: lower(layer.wash),
      blend: layer.blend, blendLight: layer.blendLight, opacity: lower(layer.opacity), isOpaque: layer.isOpaque,
      mask: layer.mask.map { lower($0) },
      maskPlace: layer.maskPlace, effects: layer.effects.map { lower($0) }, when: layer.when.map { lower($0) },
      hasBackdrop: layer.hasBackdrop, seed: key("layer")
    )
  }

  /// The cues that this segment can show: a change of others is none of it. They begin and end with frames.
  private mutating func lower(_ cues: [TextCue]) -> TextBlock.Lyrics {
    let fps = scene.format.fps
    // A segment that goes over into the next one runs on past its end.
    let next = scene.segments.first { $0.frames.lowerBound == segment.frames.upperBound }
    let end = segment.frames.upperBound + (next?.transition?.frameCount ?? 0)
    let near = cues.filter { cue in
      let frames = cue.frames(at: fps)
      return frames.lowerBound < end && frames.upperBound > segment.frames.lowerBound
    }
    return TextBlock.Lyrics(cues: near, clock: here.node(.timeline, in: &builder))
  }

  private mutating func lower(_ effect: CheckedCall) -> NativeCall {
    let arguments = effect.arguments.map { argument -> NativeCall.Value in
      switch argument {
      case .number(let value): .number(lower(value))
      case .field(let value): .field(lower(value))
      case .word(let word): .word(word)
      }
    }
    return NativeCall(op: effect.op, arguments: arguments)
  }

  private mutating func lower(_ paint: CheckedLayer.Paint) -> Paint.Base {
    switch paint {
    case .hue(let hue, let saturation): return .hue(lower(hue), saturation: lower(saturation))
    case .color(let color):
      var known: [BindingID: [Gradient]] = [:]
      let gradients = gradients(of: color, &known)
      if !gradients.isEmpty {
        var places: [BindingID: NodeID] = [:]
        return .gradients(gradients, at: place(in: gradients, of: color, &places))
      }
      let (r, g, b) = channels(color)
      return .rgb(r, g, b)
    }
  }

  /// The different gradients that a colour chooses from; none where it is no gradient.
  /// `known`: of names that were met already.
  private func gradients(of color: TypedExpression, _ known: inout [BindingID: [Gradient]]) -> [Gradient] {
    switch color.kind {
    case .binding(let id):
      if let gradients = known[id] { return gradients }
      let gradients = gradients(of: scene.bindings[id.index].value, &known)
      known[id] = gradients
      return gradients
    case .gradient(let gradient, _): return [gradient]
    case .select(_, let then, let otherwise):
      let first = gradients(of: then, &known)
      return gradients(of: otherwise, &known).reduce(into: first) { all, one in
        if !all.contains(one) { all.append(one) }
      }
    default: return []
    }
  }

  /// Where the table that gradients share has the colour.
  private mutating func place(
    in gradients: [Gradient], of color: TypedExpression, _ known: inout [BindingID: NodeID]
  ) -> NodeID {
    switch color.kind {
    case .binding(let id):
      if let place = known[id] { return place }
      let place = place(in: gradients, of: scene.bindings[id.index].value, &known)
      known[id] = place
      return place
    case .gradient(let gradient, let place):
      let place = place.map { lower($0) } ?? usualPlace()
      guard gradients.count > 1, let index = gradients.firstIndex(of: gradient) else { return place }
      let count = max(1, 256 / gradients.count)
      let share = builder.binary(.minimum, builder.binary(.maximum, place, builder.number(0)), builder.number(1))
      return builder.binary(
        .add, builder.number(Double(index * count) / 255),
        builder.binary(.multiply, share, builder.number(Double(count - 1) / 255)))
    case .select(let condition, let then, let otherwise):
      let condition = lower(condition)
      let first = place(in: gradients, of: then, &known)
      return builder.select(condition, first, place(in: gradients, of: otherwise, &known))
    default: preconditionFailure("not a gradient after analysis: \(color)")
    }
  }

  private mutating func usualPlace() -> NodeID {
    switch gradientPlace {
    case .value: return here.node(.value, in: &builder)
    case .alongText:
      let start = builder.number(0.4)
      let along = builder.binary(.multiply, builder.number(0.6), here.node(.energy, in: &builder))
      return builder.binary(.add, start, along)
    }
  }

  private mutating func lower(_ feedback: CheckedFeedback) -> Feedback {
    layerKey = "feedback"
    let (decay, amount) = (lower(feedback.decay), lower(feedback.amount))
    return Feedback(
      decay: decay, motion: feedback.motion, amount: amount, hueShift: lower(feedback.hueShift), blend: feedback.blend,
      opacity: lower(feedback.opacity))
  }

  /// `group`: the name of the group whose look it is; nil for the segment's.
  private mutating func stage(of shader: CheckedShader, at place: Int, in group: String? = nil) -> ShaderStage {
    let key = shader.seed.map { "look seed \($0)" } ?? "look \(place)"
    layerKey = group.map { "\($0) \(key)" } ?? key
    guard let color = shader.color else { return .call(lower(shader)) }
    let (red, green, blue) = channels(color)
    return .pixel(
      PixelShader(
        name: shader.op, red: red, green: green, blue: blue, when: shader.when.map { lower($0) },
        mix: shader.mix.map { lower($0) }))
  }

  private mutating func lower(_ shader: CheckedShader) -> ShaderCall {
    let arguments = shader.arguments.map { argument -> ShaderCall.Value in
      switch argument {
      case .number(let value): return .number(lower(value))
      case .field(let value): return .field(lower(value))
      case .choice(let word): return .choice(word)
      case .gradient(let gradient): return .gradient(gradient)
      case .lookup(let table): return .lookup(table)
      case .color(let color):
        let (r, g, b) = channels(color)
        return .color(r, g, b)
      }
    }
    return ShaderCall(
      op: shader.op, arguments: arguments, when: shader.when.map { lower($0) }, mix: shader.mix.map { lower($0) },
      seed: key("shader"))
  }

  /// A colour as three nodes.
  private mutating func channels(_ color: TypedExpression) -> (NodeID, NodeID, NodeID) {
    var known: [BindingID: (NodeID, NodeID, NodeID)] = [:]
    return channels(color, &known)
  }

  private mutating func channels(
    _ color: TypedExpression, _ known: inout [BindingID: (NodeID, NodeID, NodeID)]
  ) -> (NodeID, NodeID, NodeID) {
    switch color.kind {
    case .binding(let id):
      if let channels = known[id] { return channels }
      let channels = channels(scene.bindings[id.index].value, &known)
      known[id] = channels
      return channels
    case .rgb(let r, let g, let b): return (lower(r), lower(g), lower(b))
    case .select(let condition, let then, let otherwise):
      let condition = lower(condition)
      let (a, b) = (channels(then, &known), channels(otherwise, &known))
      return (
        builder.select(condition, a.0, b.0), builder.select(condition, a.1, b.1), builder.select(condition, a.2, b.2)
      )
    default: preconditionFailure("not a colour after analysis: \(color)")
    }
  }

  // MARK: Expressions

  private mutating func lower(_ expression: TypedExpression) -> NodeID { lower(expression, root, here) }

  private mutating func lower(_ expression: TypedExpression, _ env: Environment, _ at: Coordinates) -> NodeID {
    switch expression.kind {
    case .number(let value): return builder.number(value)
    case .input(let input): return at.node(input, in: &builder)
    case .polar(let coordinate): return at.polar(coordinate, in: &builder)
    case .index(let slot): return env.indices[slot]!
    case .unary(let function, let a): return builder.unary(function, lower(a, env, at))
    case .binary(let function, let a, let b):
      let left = lower(a, env, at)
      return builder.binary(function, left, lower(b, env, at))
    case .select(let condition, let then, let otherwise):
      let condition = lower(condition, env, at)
      let a = lower(then, env, at)
      return builder.select(condition, a, lower(otherwise, env, at))
    case .parameter(let place):
      switch env.arguments[place] {
      case .value(let node): return node
      case .field(let field, let outer): return lower(field, outer, at)
      }
    case .binding(let id): return lower(id, env, at)
    case .loop(let reduction, let slot, let from, let to, let limit, let body):
      return lower(loop: reduction, slot, from, to, limit, body, env, at)
    case .field(let id, let arguments):
      return lower(call: scene.definitions[id.index], arguments, at: expression.span, env, at)
    case .simulation(let call): return lower(call, at: expression.span, env, at)
    case .measured(let picture, let curve): return builder.curve(curve, of: picture, at: at)
    case .gradientLevel(let gradient, let channel, let place):
      let place = lower(place, env, at)
      return builder.append(.gradient(gradient, channel, at: place), rate: builder.rate(place))
    case .picture(let picture, let channel): return builder.picture(picture, channel, at: at)
    case .native(let op, let arguments, let hears):
      var arguments = arguments.map { lower($0, env, at) }
      let rate = arguments.reduce(Rate.frame) { $0.joined(with: builder.rate($1)) }
      if hears, let second = at.second(in: &builder) { arguments.append(second) }
      return builder.append(.native(op: op, arguments: arguments, seed: key(op)), rate: rate)
    case .at(let field, let x, let y, let time):
      let (x, y, time) = (x.map { lower($0, env, at) }, y.map { lower($0, env, at) }, time.map { lower($0, env, at) })
      contextCount += 1
      let there = Coordinates(id: contextCount - 1, x: x, y: y, time: time, outer: at, in: &builder)
      return lower(field, env, there)
    case .percentile(let value, let share):
      return builder.append(.percentile(of: lower(value, env, at), share: share), rate: .segment)
    case .random(let salt, let index):
      let index = lower(index, env, at)
      return builder.append(
        .random(key: key("random \(salt)"), index), rate: builder.rate(index).joined(with: .segment))
    case .choice(let word, let choices): return builder.number(Double(choices.firstIndex(of: word) ?? 0))
    case .text, .rgb, .gradient, .lookup, .invalid: preconditionFailure("not a number after analysis: \(expression)")
    }
  }

  private mutating func lower(
    call field: CheckedField, _ arguments: [TypedExpression], at span: Span, _ env: Environment, _ at: Coordinates
  ) -> NodeID {
    var bound: [Argument] = []
    for (parameter, argument) in zip(field.parameters, arguments) {
      bound.append(parameter.type.isRead ? .field(argument, env) : .value(lower(argument, env, at)))
    }
    let inner = Environment(scope: field.scope, arguments: bound, path: env.path + [span])
    inner.indices = env.indices
    return lower(field.value, inner, at)
  }

  private mutating func lower(_ id: BindingID, _ env: Environment, _ at: Coordinates) -> NodeID {
    let binding = scene.bindings[id.index]
    // A `let` of the body being lowered, or one of the file, the segment, the layer, which have no arguments.
    let owner = env.scope == binding.scope ? env : root
    let key = SharedKey(binding: id, coordinates: at.id)
    if let node = owner.shared[key] { return node }
    let outer = states.owner
    if owner === root { states.owner = .binding(id, name: binding.name) }
    defer { states.owner = outer }
    let node = lower(binding.value, owner, at)
    owner.shared[key] = node
    return node
  }

  private mutating func lower(
    loop reduction: Reduction, _ slot: Int, _ from: TypedExpression, _ to: TypedExpression, _ limit: Int,
    _ body: TypedExpression, _ env: Environment, _ at: Coordinates
  ) -> NodeID {
    let (first, last) = (lower(from, env, at), lower(to, env, at))
    let loop = builder.makeLoop()
    let outer = env.indices[slot]
    env.indices[slot] = builder.append(.index(loop), rate: .constant)
    let body = lower(body, env, at)
    env.indices[slot] = outer
    let rate = builder.rate(first).joined(with: builder.rate(last)).joined(with: builder.rate(body))
    return builder.append(.loop(reduction, loop, from: first, to: last, limit: limit, body: body), rate: rate)
  }

  /// The value of a simulation at the coordinates: the state is that of its place in the scene, whatever reads it.
  private mutating func lower(
    _ call: CheckedCall, at span: Span, _ env: Environment, _ at: Coordinates
  ) -> NodeID {
    let arguments = call.arguments.map { argument -> NativeCall.Value in
      switch argument {
      case .number(let value): .number(lower(value, env, at))
      // A field is evaluated in the cells of the simulation itself.
      case .field(let value): .field(lower(value, env, here))
      case .word(let word): .word(word)
      }
    }
    let role = states.role(of: call.op, path: env.path + [span], layer: layerKey)
    return builder.append(
      .simulation(
        NativeCall(op: call.op, arguments: arguments), seed: ContentDigest.of([scene.seed, segmentKey] + role),
        x: at.node(.x, in: &builder), y: at.node(.y, in: &builder)),
      rate: .cell)
  }

  /// The key of all randomness: scene, segment, layer or op, role (LANGUAGE "Random").
  private func key(_ role: String) -> UInt64 {
    ContentDigest.of([scene.seed, segmentKey, layerKey, role])
  }
}
