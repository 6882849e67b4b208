import SceneLang

/// What pictures take of a worker's memory. Whatever else it holds follows from cells and rows, or is the same for every scene.
extension RenderGraph {
  /// Bytes per pixel, an upper bound: of each kind of memory, as much as is needed at one time.
  public var pictureBytesPerPixel: Int {
    segments.indices.map { index in
      let segment = segments[index]
      guard segment.transition != nil, index > 0 else { return segment.fedBack + segment.taken.bytesPerPixel }
      let before = segments[index - 1]
      let taken = before.taken.or(segment.taken) + MemoryUse(Picture.self, 2)
      return before.fedBack + segment.fedBack + taken.bytesPerPixel
    }.max() ?? 0
  }
}

/// How many of each kind of memory are taken.
private struct MemoryUse {
  private var counts: [ObjectIdentifier: (type: any ScratchMemory.Type, count: Int)] = [:]

  init() {}
  init(_ type: any ScratchMemory.Type, _ count: Int = 1) { counts[ObjectIdentifier(type)] = (type, count) }

  var bytesPerPixel: Int { counts.values.reduce(0) { $0 + $1.type.bytesPerPixel * $1.count } }

  /// Both at the same time.
  static func + (a: MemoryUse, b: MemoryUse) -> MemoryUse { a.merged(with: b, by: +) }
  /// One after the other.
  func or(_ other: MemoryUse) -> MemoryUse { merged(with: other, by: max) }

  private func merged(with other: MemoryUse, by combine: (Int, Int) -> Int) -> MemoryUse {
    var merged = self
    merged.counts.merge(other.counts) { ($0.type, combine($0.count, $1.count)) }
    return merged
  }

  static let canvas = MemoryUse(Picture.self) + MemoryUse(CoveragePlane.self)
}

extension SegmentGraph {
  /// The frame before and the one that is made, of 16 bits.
  fileprivate var fedBack: Int { feedback == nil ? 0 : 12 }

  /// What is taken for a frame.
  fileprivate var taken: MemoryUse {
    let (own, above, shading) = (use(of: layers), use(of: overlay), use(of: shaders))
    // Several groups above the shaders are drawn over a whole picture, a single one over its rows.
    let isOverWhole = overlay.lazy.compactMap(\.canvas).count > 1
    let shaded = isOverWhole ? MemoryUse(Picture.self) : above.held
    return own.filling.or(own.held + shaded + shading.first).or(shaded + shading.all)
      .or((isOverWhole ? shaded : own.held) + above.filling)
  }

  /// What groups take while layers are filled, and from then until they are drawn.
  private func use(of layers: [Layer]) -> (filling: MemoryUse, held: MemoryUse) {
    let groups = layers.compactMap(\.canvas)
    if groups.isEmpty { return (MemoryUse(), MemoryUse()) }
    // What the groups before the last have drawn.
    let settled = groups.count > 1 ? MemoryUse.canvas : MemoryUse()
    let filling = groups.map { group in
      let inner = use(of: group.layers)
      return (MemoryUse(CoveragePlane.self) + inner.filling)
        .or(.canvas + inner.held).or(.canvas + use(of: group.shaders).all)
    }
    return (settled + filling.reduce(MemoryUse()) { $0.or($1) }, settled + .canvas)
  }

  /// What two neighbouring stages take: what one has of the picture is read while the next one's is made. `first`: while the
  /// layers are drawn.
  private func use(of stages: [ShaderStage]) -> (first: MemoryUse, all: MemoryUse) {
    let kept = stages.compactMap { memory(for: $0) }
    guard let first = kept.first else { return (MemoryUse(), MemoryUse()) }
    let pairs = zip(kept, kept.dropFirst()).map { $0 + $1 } + [first]
    let all = pairs.reduce(MemoryUse()) { $0.or($1) } + MemoryUse(Picture.self, min(kept.count, 2))
    return (first + MemoryUse(Picture.self), all)
  }

  /// What a shader has of a picture besides the canvas; nil for one that shades rows by themselves.
  private func memory(for stage: ShaderStage) -> MemoryUse? {
    switch stage {
    case .tables: return nil
    case .pixel(let shader): return samplesPicture(for: shader.channels) ? MemoryUse(PixelSamples.self) : nil
    case .call(let call):
      let op = Shaders.op(call.op)
      switch op.declaration.facts.access {
      case .channelwise, .pointwise, .row: return nil
      case .stencil, .warp, .global: return op.keeps.map { MemoryUse($0) } ?? MemoryUse()
      }
    }
  }
}

extension Layer {
  /// A group that is drawn on a canvas of its own.
  fileprivate var canvas: LayerGroup? {
    if case .group(let group) = source, !group.sharesCells { group } else { nil }
  }
}
