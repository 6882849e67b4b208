import KernelTable
import SceneLang

/// What the layers of one worker's segment are made with.
struct FrameSetting {
  var segment: SegmentGraph
  var width: Int
  var height: Int
  var fps: FrameRate
  var simulations: SimulationPlanes
  var kernels: KernelSet

  var scratch: FrameScratch

  var shader: ShaderSetting {
    ShaderSetting(width: width, height: height, seed: 0, kernels: kernels.pixel, scratch: scratch)
  }
}

/// The layers of a segment, an overlay or a group: filled frame by frame, then drawn row by row.
final class FrameLayers: RowSource {
  private enum Member {
    case layer(FrameLayer)
    case group(FrameGroup)
    case cells(SharedCells)
  }

  let stack: LayerStack
  private let layers: [Layer]
  private let members: [Member]
  /// Of the layers whose values of a frame read the grid: each has its own.
  private let ownValues: [FrameValues?]
  private let fps: FrameRate
  /// Whether all groups keep their canvases, so that any of the layers can be drawn again without the others.
  var keepsGroups = false
  /// The group that was filled last and keeps its canvas.
  private var filledGroup: (place: Int, group: FrameGroup)?
  /// For what groups before another one draw.
  private lazy var rows = RowPairBuffer(width: width)
  private let width: Int

  /// How many of them have a canvas of their own.
  var groupCount: Int { members.count { if case .group = $0 { true } else { false } } }
  var isEmpty: Bool { layers.isEmpty }
  var names: [String] { layers.map(\.name) }

  /// `keepsCoverage`: they are drawn on a canvas that has a coverage.
  init(_ layers: [Layer], assets: [LayerAssets], keepsCoverage: Bool = false, _ setting: FrameSetting) {
    self.layers = layers
    width = setting.width
    fps = setting.fps
    ownValues = zip(layers, assets).map { layer, assets in
      guard setting.segment.readsGrid(layer.frameNodes) else { return nil }
      return FrameValues(segment: setting.segment, roots: layer.frameNodes, geometry: assets.geometry)
    }
    members = zip(layers, assets).map { layer, assets in
      if case .group(let group) = layer.source, group.sharesCells {
        return .cells(SharedCells(group, of: layer, assets: assets, keepsCoverage: keepsCoverage, setting))
      }
      if case .group(let group) = layer.source {
        return .group(FrameGroup(group, of: layer, assets: assets, keepsCoverage: keepsCoverage, setting))
      }
      return .layer(
        FrameLayer(
          layer, in: setting.segment, assets: assets, simulations: setting.simulations, width: setting.width,
          height: setting.height, kernels: setting.kernels, keepsCoverage: keepsCoverage))
    }
    let elements = zip(layers, members).map { layer, member in
      switch member {
      case .layer(let own): LayerStack.Element(name: layer.name, drawer: own.compositor, backdrop: own.backdrop)
      case .group(let own): LayerStack.Element(name: layer.name, drawer: own)
      case .cells(let own): LayerStack.Element(name: layer.name, drawer: own.compositor)
      }
    }
    stack = LayerStack(elements, setting.shader)
  }

  /// The effects of all layers, those in groups too.
  var effects: [EffectLayer] {
    members.flatMap { member in
      switch member {
      case .layer(let layer): [layer.effect].compactMap { $0 }
      case .group(let group): group.layers.effects
      case .cells(let group): group.layers.effects
      }
    }
  }

  /// The layers that hold values from frame to frame, those in groups too.
  var holding: [FrameLayer] {
    members.flatMap { member in
      switch member {
      case .layer(let layer): layer.held == nil ? [] : [layer]
      case .group(let group): group.layers.holding
      case .cells(let group): group.layers.holding
      }
    }
  }

  /// The cells of the layers that are seen in this frame, with their places in order.
  var visibleCells: [(place: Int, cells: CellGrid)] {
    members.enumerated().compactMap { place, member in
      guard stack.elements[place].isVisible, case .layer(let layer) = member else { return nil }
      return (place, layer.cells)
    }
  }

  /// Feeds what the cells of the layers that are seen show, with their places, those in groups too.
  func feedCells(into hasher: inout ContentHasher) {
    for (place, member) in members.enumerated() where stack.elements[place].isVisible {
      hasher.feed(place)
      switch member {
      case .layer(let layer): layer.cells.feed(into: &hasher, layer.characters)
      case .group(let group): group.layers.feedCells(into: &hasher)
      case .cells(let group): group.cells.feed(into: &hasher, group.characters)
      }
    }
    // The end, so that a group is told from the layers after it.
    hasher.feed(members.count)
  }

  /// Fills the cells of the layers, and draws the groups, of a frame. `isSteady`: with the values that palettes hold, as of
  /// all frames in order; `below`: what the layers are drawn over, each row once, and what groups may be drawn into.
  func fill(
    _ context: FrameContext, _ values: FrameValues, isSteady: Bool = true, below: Picture? = nil, clock: StageClock?
  ) {
    release()
    if let below { stack.begin(over: below) }
    for (index, layer) in layers.enumerated() {
      ownValues[index]?.update(context)
      let own = ownValues[index] ?? values
      let opacity = own[layer.opacity]
      let isOn = layer.when.map { own[$0] != 0 } ?? true
      stack.elements[index].isVisible = isOn && UInt8(clampingUnit: opacity) > 0
      guard stack.elements[index].isVisible else {
        if isSteady { hold(members[index], context) }
        continue
      }
      if case .group = members[index] { settleGroup(clock) }
      let start = clock?.now ?? 0
      switch members[index] {
      case .group(let group):
        group.fill(context, values, opacity: opacity, isSteady: isSteady)
        filledGroup = (index, group)
      case .cells(let group): group.fill(context, values, opacity: opacity, isSteady: isSteady)
      case .layer(let layer): fill(layer, context, own, opacity: opacity, isSteady: isSteady)
      }
      clock?.add(.cells(index), since: start)
    }
  }

  /// Draws what is up to the group that was filled last, so that the next one can have its memory.
  private func settleGroup(_ clock: StageClock?) {
    guard let filledGroup, !keepsGroups else { return }
    stack.settle(filledGroup.place + 1, with: rows.pair, clock: clock)
    filledGroup.group.release()
    self.filledGroup = nil
  }

  var writeCount: Int { stack.writeCount }
  func draw(row y: Int, with pair: RowPair, clock: StageClock?) -> PixelRow {
    stack.draw(row: y, with: pair, clock: clock)
  }
  func finish() { release() }

  /// Lets go of what the groups have drawn: until the next frame nothing can be drawn.
  func release() {
    filledGroup = nil
    for case .group(let group) in members { group.release() }
    stack.release()
  }

  /// What is not drawn holds its values all the same.
  private func hold(_ member: Member, _ context: FrameContext) {
    switch member {
    case .layer(let layer): layer.hold(context)
    case .group(let group): for layer in group.layers.holding { layer.hold(context) }
    case .cells(let group): for layer in group.layers.holding { layer.hold(context) }
    }
  }

  private func fill(
    _ own: FrameLayer, _ context: FrameContext, _ values: FrameValues, opacity: Double, isSteady: Bool
  ) {
    switch own.layer.source {
    case .effect: own.fill(context, opacity: opacity, ahead: fps.secondsSinceTick(ofFrame: context.frame))
    case .text(let block):
      let (u, v) = (values[block.u], values[block.v])
      if let lyrics = block.lyrics {
        let now = values[lyrics.clock]
        own.fill(context, opacity: opacity, lyrics.cues(at: now, fps: fps), now: now, u: u, v: v)
      } else {
        own.fill(context, opacity: opacity, u: u, v: v)
      }
    case .field, .group: own.fill(context, opacity: opacity, isSteady: isSteady)
    }
  }
}

extension Layer {
  /// What is read of it once per frame, but for what its source reads by itself.
  var frameNodes: [NodeID] {
    var nodes = [opacity] + [when].compactMap { $0 }
    if case .text(let block) = source { nodes += [block.u, block.v] + [block.lyrics?.clock].compactMap { $0 } }
    return nodes
  }
}

extension SegmentGraph {
  /// Whether what nodes tell depends on the grid that they are read in.
  fileprivate func readsGrid(_ roots: [NodeID]) -> Bool {
    var (pending, seen) = (roots, Set(roots))
    while let next = pending.popLast() {
      switch self[next].kind {
      case .input(.columns), .input(.rows), .input(.cellWidth), .input(.cellHeight): return true
      default: pending += self[next].operands.filter { seen.insert($0).inserted }
      }
    }
    return false
  }
}
