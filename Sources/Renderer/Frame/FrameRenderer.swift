import KernelTable
import SceneLang

/// Renders the frames of one segment: fields → cells → canvas → tone → shaders → picture or video rows.
///
/// Holds all scratch memory, made once; one instance per worker and segment, not `Sendable`. A frame depends on the graph
/// and its `FrameContext` only, never on the frames rendered before, on the kernels or on the bands.
public final class FrameRenderer {
  public let format: PictureFormat
  public let segment: SegmentGraph
  /// Whether `timings` are taken; costs a few percent.
  public var measuresTime = false {
    didSet { clock = measuresTime ? StageClock(layers: layers.names.count, steps: chain.steps.count) : nil }
  }

  let layers: FrameLayers
  var stack: LayerStack { layers.stack }
  /// The layers above the shaders, and rows for them by parity: an even row stays until its chroma is made.
  let overlay: FrameLayers
  private let overlayRows: [RowPairBuffer]
  /// The shaders of a renderer that keeps its coverage; else they are in the chain.
  private let covered: CoveredShaders?
  private let exposureRows: RowPairBuffer
  private let chain: ShaderChain
  private let frames: ((Int) -> FrameContext)?
  private let segmentExposure: SegmentExposure?
  private let frameExposure: FrameExposure?
  private let values: FrameValues
  private let simulations: SegmentSimulations
  private let ticks: TickClock
  /// Made for the first frame that needs it.
  private lazy var video = VideoRows(width: format.width, height: format.height, kernels: kernels)
  private let kernels: any PixelKernels.Type
  private let shading: ShaderSetting
  private var clock: StageClock?

  /// Where states that grow by ticks take what they read.
  public struct TickSource {
    var segment: Int
    var snapshots: SharedSnapshots
    var context: (Int) -> FrameContext

    /// `segment` tells segments apart in `snapshots`; `context` gives what nodes read at a tick of the segment.
    public init(
      segment: Int = 0, snapshots: SharedSnapshots = SharedSnapshots(), context: @escaping (Int) -> FrameContext
    ) {
      self.segment = segment
      self.snapshots = snapshots
      self.context = context
    }
  }

  /// `bandHeight`: see `ShaderChain`; `ticks` is needed by a segment with states, `frames` (what nodes read in a
  /// frame of the segment) by one with feedback or a smoothed exposure. `keepsCoverage`: its frames are `covered` pictures
  /// instead of opaque ones. Precondition: the assets are those of this segment and format.
  public convenience init(
    format: PictureFormat, segment: SegmentGraph, assets: SegmentAssets, kernels: KernelSet, bandHeight: Int = 16,
    ticks: TickSource? = nil, frames: ((Int) -> FrameContext)? = nil, pictures: PictureLibrary = .shared,
    keepsCoverage: Bool = false
  ) {
    self.init(
      format: format, segment: segment, assets: assets, kernels: kernels, bandHeight: bandHeight, ticks: ticks,
      frames: frames, pictures: pictures, keepsCoverage: keepsCoverage, fedBack: nil, scratch: FrameScratch())
  }

  /// `fedBack`: of other renderers of the segment's frames; `scratch`: of the worker's other renderers of this format.
  init(
    format: PictureFormat, segment: SegmentGraph, assets: SegmentAssets, kernels: KernelSet, bandHeight: Int = 16,
    ticks: TickSource?, frames: ((Int) -> FrameContext)?, pictures: PictureLibrary, keepsCoverage: Bool,
    fedBack: FeedbackPictures?, scratch: FrameScratch
  ) {
    precondition(assets.layers.count == segment.layers.count, "the assets of another segment")
    precondition(segment.feedback == nil || frames != nil, "a segment with feedback needs a source of frames")
    self.frames = frames
    self.format = format
    self.segment = segment
    self.kernels = kernels.pixel
    let simulations = SegmentSimulations(segment, format: format, pictures: pictures, kernels: kernels)
    self.simulations = simulations
    let frame = FrameSetting(
      segment: segment, width: format.width, height: format.height, fps: format.fps, simulations: simulations.planes,
      kernels: kernels, scratch: scratch)
    let setting = frame.shader
    shading = setting
    covered = keepsCoverage ? CoveredShaders(segment.shaders, frame) : nil
    layers = FrameLayers(segment.layers, assets: assets.layers, keepsCoverage: keepsCoverage, frame)
    overlay = FrameLayers(segment.overlay, assets: assets.overlay, keepsCoverage: keepsCoverage, frame)
    overlayRows = overlay.isEmpty ? [] : [RowPairBuffer(width: format.width), RowPairBuffer(width: format.width)]
    var tone: (any RowShader)?
    switch segment.tone.exposure {
    case .segment: tone = SegmentExposure(segment.tone, setting)
    case .frame: tone = FrameExposure(segment.tone, setting)
    case .none: tone = nil
    }
    segmentExposure = tone as? SegmentExposure
    frameExposure = tone as? FrameExposure
    exposureRows = RowPairBuffer(width: format.width)
    let feedback = segment.feedback.map { FeedbackStep($0, fps: format.fps, pictures: fedBack, setting) }
    let shaders = (keepsCoverage ? [] : segment.shaders).map {
      $0.step(in: segment, simulations: simulations.planes, kernels: kernels, setting)
    }
    chain = ShaderChain(tone: tone, feedback: feedback, shaders: shaders, bandHeight: bandHeight, setting)
    values = FrameValues(
      segment: segment, roots: segment.frameNodes, geometry: GridGeometry(pixelsOf: format.width, format.height))
    // Effects may read simulations, so those advance first.
    let effects = (layers.effects + overlay.effects).filter { !$0.isStateless }
    let states = simulations.states + effects
    precondition(states.isEmpty || ticks != nil, "a segment with states needs a source of ticks")
    self.ticks = TickClock(
      states, segment: ticks?.segment ?? 0, snapshots: ticks?.snapshots ?? SharedSnapshots(),
      contexts: ticks?.context ?? { _ in preconditionFailure("a segment without states has no ticks") })
  }

  /// Where its simulations and pictures are, in the frame that was rendered last.
  var planes: SimulationPlanes { simulations.planes }

  /// Why a picture that the segment shows could not be decoded; the frames since then are not right.
  var failure: BuildFailure? { simulations.planes.pictures.failure }

  // MARK: Exposure

  /// The frames of the segment (from 0) that `measureExposure` wants the contexts of; empty unless the tone is
  /// `exposure: segment`.
  public var exposureFrames: [Int] {
    segmentExposure == nil ? [] : Exposure.sampledFrames(count: segment.frames.count, fps: format.fps)
  }

  /// The segment's exposure; must be set before a frame of a segment with `exposure: segment` is rendered.
  public var exposure: Exposure? {
    get { segmentExposure?.exposure }
    set { segmentExposure?.exposure = newValue }
  }

  /// Measures the exposure from the given frames, on every fourth pixel row, after layers and before shaders. Nearly
  /// empty frames are left out; if all are, the levels stay as they are but for gamma.
  public func measureExposure(_ contexts: [FrameContext]) -> Exposure {
    let maximum = AlignedBuffer<UInt8>(count: PixelRow.padded(format.width))
    let bins = AlignedBuffer<UInt32>(count: 1024)
    var pooled = [Int](repeating: 0, count: 256)
    for context in contexts {
      fillCells(context, isSteady: false, clock: nil)
      bins.clear()
      for y in stride(from: 0, to: format.height, by: 4) {
        let row = stack.draw(row: y, with: exposureRows.pair, clock: nil)
        kernels.maximum(maximum.base, row.red, row.green, row.blue, count: format.width)
        kernels.histogram(bins.base, maximum.base, step: 1, count: format.width)
      }
      let histogram = (0..<256).map { level in (0..<4).reduce(0) { $0 + Int(bins.base[$1 * 256 + level]) } }
      if !Exposure.isNearlyEmpty(histogram) { pooled = zip(pooled, histogram).map { $0 + $1 } }
    }
    return Exposure(segment: pooled) ?? Exposure(black: 0, white: 255)
  }

  // MARK: Frames

  /// Renders a frame as RGB planes of 8 bits. Precondition: `picture` has the format's size.
  public func picture(_ context: FrameContext, into picture: Picture) {
    precondition(picture.width == format.width && picture.height == format.height, "the picture has another size")
    render(context) { y, row in picture.pixelRow(y).copy(from: row, count: format.width) }
  }

  /// Renders a frame as premultiplied colors with what they cover. Precondition: `picture` has the format's size, and the
  /// renderer keeps coverage.
  func picture(_ context: FrameContext, into picture: CoveredPicture) {
    guard let covered else { preconditionFailure("a renderer of opaque frames") }
    let (colors, count) = (picture.colors, PixelRow.padded(format.width))
    layers.stack.coverage = picture.coverage
    overlay.stack.coverage = picture.coverage
    begin(context)
    shade(context) { y, row in colors.pixelRow(y).copy(from: row, count: count) }
    covered.shade(colors, coverage: picture.coverage, context) { values[$0] }
    if !overlay.isEmpty {
      overlay.fill(context, values, below: colors, clock: nil)
      for y in 0..<format.height {
        colors.pixelRow(y).copy(from: overlay.stack.draw(row: y, with: overlayRows[0].pair, clock: nil), count: count)
      }
    }
    end()
  }

  /// Renders a frame as planar yuv420p, BT.709 limited range, `VideoRows.byteCount` bytes: Y, U, V without padding.
  public func video(_ context: FrameContext, into out: UnsafeMutablePointer<UInt8>) {
    // Once: counting a reference in every row waits for the bytes of the row before.
    let video = video
    render(context) { y, row in video.write(row: y, row, into: out) }
  }

  /// Renders a frame row by row.
  private func render(_ context: FrameContext, output: (_ y: Int, PixelRow) -> Void) {
    precondition(covered == nil, "a renderer of frames with a coverage")
    begin(context)
    if overlay.groupCount > 1 {
      // Its groups are drawn one after the other, over a whole picture.
      shading.scratch.withPictures(1, shading) { pictures in
        shade(context) { y, row in pictures[0].pixelRow(y).copy(from: row, count: format.width) }
        overlay.fill(context, values, below: pictures[0], clock: nil)
        for y in 0..<format.height { output(y, overlay.stack.draw(row: y, with: overlayRows[y & 1].pair, clock: nil)) }
        overlay.release()
      }
    } else {
      overlay.fill(context, values, clock: nil)
      shade(context) { y, row in
        let shown =
          overlay.isEmpty ? row : overlay.stack.draw(row: y, over: row, with: overlayRows[y & 1].pair, clock: nil)
        output(y, shown)
      }
    }
    end()
  }

  /// Fills the layers' cells of a frame, after all that it needs of the frames before.
  private func begin(_ context: FrameContext) {
    for frame in chain.missing(before: context.frame) {
      guard let frames else { preconditionFailure("feedback without a source of frames") }
      measureWindow(before: frame)
      let context = frames(frame)
      fillCells(context, clock: nil)
      measureAhead(frame)
      chain.feedBack(context, value: { values[$0] }, layers: layers)
    }
    measureWindow(before: context.frame)
    fillCells(context, clock: clock)
    measureAhead(context.frame)
  }

  /// Draws the layers whose cells are filled, with tone, feedback and shaders.
  private func shade(_ context: FrameContext, output: (_ y: Int, PixelRow) -> Void) {
    let clock = clock
    chain.run(context, value: { values[$0] }, layers: layers, clock: clock) { y, row in
      let start = clock?.now ?? 0
      output(y, row)
      clock?.add(.output, since: start)
    }
  }

  private func end() {
    layers.release()
    overlay.release()
  }

  /// Measures what a smoothed exposure reads of the frames before.
  private func measureWindow(before frame: Int) {
    for past in frameExposure?.missing(before: frame) ?? [] {
      guard let frames else { preconditionFailure("a smoothed exposure without a source of frames") }
      fillCells(frames(past), clock: nil)
      measure(past)
    }
  }

  /// Measures the frame whose cells are filled, unless its layers are so many that keeping all rows until the levels are known
  /// takes less time than drawing a fourth of them twice: two gain 10 % of a frame (standard bench scene), with four both are
  /// alike, twelve would lose 19 %.
  private func measureAhead(_ frame: Int) {
    if stack.writeCount <= 3 { measure(frame) }
  }

  /// Measures the exposure of the frame whose cells are filled, where each frame has its own.
  private func measure(_ frame: Int) {
    guard let frameExposure else { return }
    let start = clock?.now ?? 0
    frameExposure.measure(frame: frame) { stack.draw(row: $0, with: exposureRows.pair, clock: nil) }
    clock?.add(.step(0), since: start)
  }

  /// `isSteady`: with the values that palettes hold, as of all frames in order.
  func fillCells(_ context: FrameContext, isSteady: Bool = true, clock: StageClock?) {
    if isSteady { hold(before: context.frame) }
    advance(to: context)
    layers.fill(context, values, isSteady: isSteady, clock: clock)
  }

  /// The same with the layers above the shaders.
  func fillAllCells(_ context: FrameContext) {
    fillCells(context, clock: nil)
    overlay.fill(context, values, clock: nil)
  }

  private func advance(to context: FrameContext) {
    values.update(context)
    ticks.advance(through: format.fps.tick(ofFrame: context.frame))
    simulations.refresh()
  }

  /// Takes the values of the frames before `frame` that layers with a hysteresis have not seen.
  private func hold(before frame: Int) {
    let holding = layers.holding + overlay.holding
    guard let first = holding.compactMap({ $0.held?.missing(before: frame).lowerBound }).min() else { return }
    for past in first..<frame {
      guard let frames else { preconditionFailure("a hysteresis without a source of frames") }
      let context = frames(past)
      advance(to: context)
      for layer in holding where layer.held!.missing(before: frame).contains(past) { layer.hold(context) }
    }
  }

  // MARK: Timings

  /// Where the time of all frames since `measuresTime` was set went; nil unless it is set.
  public var timings: FrameTimings? {
    guard let clock else { return nil }
    var stages: [(String, StageClock.Stage)] = []
    for (index, name) in layers.names.enumerated() {
      stages.append(("cells \(name)", .cells(index)))
      stages.append(("layer \(name)", .layer(index)))
    }
    stages += chain.steps.enumerated().map { ($1.name, .step($0)) }
    stages.append(("output", .output))
    return FrameTimings(stages: stages.map { .init(name: $0, nanoseconds: clock[$1]) })
  }
}

extension SegmentGraph {
  /// The nodes of at most frame rate that the renderer reads once per frame.
  fileprivate var frameNodes: [NodeID] {
    let all = (layers + overlay).flatMap(\.parts)
    let ofShaders = (shaders + all.flatMap(\.shaders)).flatMap { stage -> [NodeID] in
      switch stage {
      case .call(let call): call.nodes
      case .tables(let calls): calls.flatMap(\.nodes)
      case .pixel(let shader): [shader.when, shader.mix].compactMap { $0 }
      }
    }
    let ofTransition = transition.map { $0.call.nodes + [$0.progress] } ?? []
    return all.flatMap(\.frameNodes) + (feedback?.roots ?? []) + ofShaders + ofTransition
  }
}
