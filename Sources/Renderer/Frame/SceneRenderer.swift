import SceneLang
import Synchronization

/// The exposures of a scene's segments and the percentiles that their fields ask for: each is measured once, by the first
/// worker that needs it, and shared read-only.
public final class SharedExposures: Sendable {
  /// One for each segment that was asked for.
  private final class Slot: Sendable {
    let exposure = Mutex<Exposure?>(nil)
    let percentiles = Mutex<[Double]?>(nil)
  }

  private let slots = Mutex<[Int: Slot]>([:])
  private let find: @Sendable (_ segment: Int) -> Exposure?
  private let keep: @Sendable (_ segment: Int, Exposure) -> Void

  /// `find` knows what was measured before, `keep` takes what was measured now. Each is called by any worker, once for a
  /// segment.
  init(
    find: @escaping @Sendable (_ segment: Int) -> Exposure?,
    keep: @escaping @Sendable (_ segment: Int, Exposure) -> Void
  ) {
    self.find = find
    self.keep = keep
  }

  /// Exposures that are forgotten with their owner.
  public convenience init() { self.init(find: { _ in nil }, keep: { _, _ in }) }

  /// The exposure of a segment; `measure` runs for one worker only, while others that need the same one wait. It also tells
  /// whether what it measured may be kept: not, where a picture could not be read.
  func exposure(of segment: Int, measure: () -> (exposure: Exposure, mayKeep: Bool)) -> Exposure {
    slot(of: segment).exposure.withLock { known in
      if let exposure = known { return exposure }
      let exposure = find(segment) ?? measureAndKeep(segment, measure)
      known = exposure
      return exposure
    }
  }

  /// The percentiles of a segment, likewise.
  func percentiles(of segment: Int, measure: () -> [Double]) -> [Double] {
    slot(of: segment).percentiles.withLock { known in
      let percentiles = known ?? measure()
      known = percentiles
      return percentiles
    }
  }

  private func slot(of segment: Int) -> Slot {
    slots.withLock { slots in
      let slot = slots[segment] ?? Slot()
      slots[segment] = slot
      return slot
    }
  }

  private func measureAndKeep(_ segment: Int, _ measure: () -> (exposure: Exposure, mayKeep: Bool)) -> Exposure {
    let (exposure, mayKeep) = measure()
    if mayKeep { keep(segment, exposure) }
    return exposure
  }
}

/// Renders any frame of a scene. Holds the renderers of the segment it is in and of the one before; one per worker, not
/// `Sendable`.
public final class SceneRenderer {
  public let graph: RenderGraph
  private let kernels: KernelSet
  private let exposures: SharedExposures
  private let snapshots: SharedSnapshots
  private let pictures: PictureLibrary
  private let keepsCoverage: Bool
  private let feedback: SharedFeedback
  private let faces = FaceLibrary()
  private let scratch = FrameScratch()
  /// By segment, at most two.
  private var renderers: [Int: FrameRenderer] = [:]
  /// What `renderColors` and `renderCovered` take their frames from.
  private var colors: Picture?
  private var covered: CoveredPicture?
  private var rows: VideoRows?
  private var transition: (segment: Int, renderer: TransitionRenderer)?

  /// `keepsCoverage`: frames are rendered with what they cover, and in no other way. Precondition: `kernels.isSupported`.
  public convenience init(
    graph: RenderGraph, kernels: KernelLevel, exposures: SharedExposures = SharedExposures(),
    snapshots: SharedSnapshots = SharedSnapshots(), pictures: PictureLibrary = .shared, keepsCoverage: Bool = false
  ) {
    self.init(
      graph, KernelSet(kernels), exposures, snapshots, pictures, SharedFeedback(), keepsCoverage: keepsCoverage)
  }

  private init(
    _ graph: RenderGraph, _ kernels: KernelSet, _ exposures: SharedExposures, _ snapshots: SharedSnapshots,
    _ pictures: PictureLibrary, _ feedback: SharedFeedback, keepsCoverage: Bool
  ) {
    self.graph = graph
    self.kernels = kernels
    self.feedback = feedback
    self.exposures = exposures
    self.snapshots = snapshots
    self.pictures = pictures
    self.keepsCoverage = keepsCoverage
  }

  /// Renders a frame of the video as an RGB picture of the format's size.
  ///
  /// Throws when a picture that the scene shows cannot be decoded.
  public func render(frame: Int, into picture: Picture) throws(BuildFailure) {
    let index = segment(of: frame)
    if let mixed = transition(into: index, frame) {
      let (before, after) = pair(index, frame)
      mixed.render(from: before, to: after) { y, row in
        picture.pixelRow(y).copy(from: row, count: picture.width)
      }
    } else {
      let (renderer, context) = prepare(frame)
      renderer.picture(context, into: picture)
    }
    try checkPictures()
  }

  /// Renders a frame of the video as yuv420p; `out` takes width · height · 3 / 2 bytes. Throws as above.
  public func render(frame: Int, into out: UnsafeMutablePointer<UInt8>) throws(BuildFailure) {
    let index = segment(of: frame)
    if let mixed = transition(into: index, frame) {
      let (before, after) = pair(index, frame)
      mixed.render(from: before, to: after) { y, row in mixed.write(row: y, row, into: out) }
    } else {
      let (renderer, context) = prepare(frame)
      renderer.video(context, into: out)
    }
    try checkPictures()
  }

  /// Renders a frame of the video as straight colors with what they cover, as it is without anything behind it. Over
  /// black it is the opaque frame, but for rounding. Throws as above.
  public func render(frame: Int, into picture: CoveredPicture) throws(BuildFailure) {
    let index = segment(of: frame)
    if let mixed = transition(into: index, frame) {
      let (before, after) = pair(index, frame)
      mixed.render(from: before, to: after, into: picture)
    } else {
      let (renderer, context) = prepare(frame)
      renderer.picture(context, into: picture)
    }
    picture.straighten(kernels.pixel)
    try checkPictures()
  }

  /// Throws when a picture that the frame showed could not be decoded.
  func checkPictures() throws(BuildFailure) {
    for renderer in renderers.values { if let failure = renderer.failure { throw failure } }
  }

  /// The renderer of a frame's segment, ready for it, and what its nodes read there.
  func prepare(_ frame: Int) -> (renderer: FrameRenderer, context: FrameContext) {
    let index = segment(of: frame)
    let context = graph.context(segment: index, frame: frame - graph.segments[index].frames.lowerBound)
    return (renderer(of: index), context)
  }

  /// The segments that are seen in a frame, in a transition two of them, the older one first: their renderers, ready for
  /// it, and what their nodes read there.
  func shown(in frame: Int) -> [(renderer: FrameRenderer, context: FrameContext)] {
    let index = segment(of: frame)
    guard isInTransition(into: index, frame) else { return [prepare(frame)] }
    let (before, after) = pair(index, frame)
    return [before, after]
  }

  // MARK: Transitions

  private func isInTransition(into index: Int, _ frame: Int) -> Bool {
    let segment = graph.segments[index]
    return frame - segment.frames.lowerBound < (segment.transition?.frameCount ?? 0)
  }

  /// The renderer of the transition that a frame lies in; nil outside of one.
  private func transition(into index: Int, _ frame: Int) -> TransitionRenderer? {
    guard isInTransition(into: index, frame) else { return nil }
    if let transition, transition.segment == index { return transition.renderer }
    let renderer = TransitionRenderer(into: measured(index), format: graph.format, kernels: kernels, scratch: scratch)
    transition = (index, renderer)
    return renderer
  }

  /// The segment before, which runs on past its end, and the frame's own.
  private func pair(
    _ index: Int, _ frame: Int
  ) -> (
    before: (renderer: FrameRenderer, context: FrameContext), after: (renderer: FrameRenderer, context: FrameContext)
  ) {
    let past = frame - graph.segments[index - 1].frames.lowerBound
    let before = (renderer(of: index - 1), graph.context(segment: index - 1, frame: past))
    return (before, prepare(frame))
  }

  // MARK: Segments

  private func segment(of frame: Int) -> Int {
    // Segments tile the timeline in order.
    var (low, high) = (0, graph.segments.count - 1)
    precondition(frame >= 0 && frame < graph.frameCount, "frame \(frame) lies outside the video")
    while low < high {
      let middle = (low + high) / 2
      if graph.segments[middle].frames.upperBound <= frame { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A segment with its percentiles as numbers.
  private func measured(_ index: Int) -> SegmentGraph {
    let segment = graph.segments[index]
    guard segment.hasPercentiles else { return segment }
    return segment.withPercentiles(
      exposures.percentiles(of: index) {
        segment.percentiles(format: graph.format, kernels: kernels, pictures: pictures) {
          graph.context(segment: index, frame: $0)
        }
      })
  }

  private func renderer(of index: Int) -> FrameRenderer {
    if let known = renderers[index] { return known }
    let renderer = makeRenderer(of: index, keepsCoverage: keepsCoverage)
    let sampled = renderer.exposureFrames
    if !sampled.isEmpty {
      renderer.exposure = exposures.exposure(of: index) {
        // Always that of opaque frames, so that it is the same for all outputs.
        let measuring = keepsCoverage ? makeRenderer(of: index, keepsCoverage: false) : renderer
        let exposure = measuring.measureExposure(sampled.map { graph.context(segment: index, frame: $0) })
        return (exposure, mayKeep: measuring.failure == nil)
      }
    }
    // Only the segment before may be needed beside this one.
    renderers = renderers.filter { $0.key == index - 1 || $0.key == index + 1 }
    feedback.forget(before: index - 1)
    renderers[index] = renderer
    return renderer
  }

  private func fedBack(_ index: Int) -> FeedbackPictures {
    feedback.pictures(of: index, width: graph.format.width, height: graph.format.height)
  }

  private func makeRenderer(of index: Int, keepsCoverage: Bool) -> FrameRenderer {
    let segment = measured(index)
    let assets = SegmentAssets(segment, format: graph.format, faces: faces)
    return FrameRenderer(
      format: graph.format, segment: segment, assets: assets, kernels: kernels,
      ticks: .init(segment: index, snapshots: snapshots) { [graph] in graph.context(segment: index, tick: $0) },
      frames: { [graph] in graph.context(segment: index, frame: $0) }, pictures: pictures,
      keepsCoverage: keepsCoverage, fedBack: segment.feedback.map { _ in fedBack(index) }, scratch: scratch)
  }
}

extension SceneRenderer: SharedFrameSource {
  public func makeColleague() -> any SharedFrameSource {
    SceneRenderer(graph, kernels, exposures, snapshots, pictures, feedback, keepsCoverage: keepsCoverage)
  }

  public func announce(_ frame: Int, after previous: Int?) -> Bool {
    let index = segment(of: frame)
    let segment = graph.segments[index]
    let own = frame - segment.frames.lowerBound
    if segment.feedback != nil { fedBack(index).announce(own) }
    return !isInTransition(into: index, frame) && segment.sharesFrames && previous.map { self.segment(of: $0) } == index
  }

  public func renderFrame(_ frame: Int, into yuv: UnsafeMutablePointer<UInt8>) throws {
    try render(frame: frame, into: yuv)
  }

  public func renderColors(_ frame: Int, into rgb: UnsafeMutablePointer<UInt8>) throws {
    let picture = colors ?? Picture(width: graph.format.width, height: graph.format.height)
    colors = picture
    try render(frame: frame, into: picture)
    picture.interleave(into: rgb)
  }

  public func renderFrame(
    _ frame: Int, into yuv: UnsafeMutablePointer<UInt8>, colors rgb: UnsafeMutablePointer<UInt8>
  ) throws {
    try renderColors(frame, into: rgb)
    guard let colors else { preconditionFailure("colors were rendered into nothing") }
    let rows = rows ?? VideoRows(width: colors.width, height: colors.height, kernels: kernels.pixel)
    self.rows = rows
    for y in 0..<colors.height { rows.write(row: y, colors.pixelRow(y), into: yuv) }
  }

  public func renderCovered(_ frame: Int, into rgb: UnsafeMutablePointer<UInt8>) throws {
    let picture = covered ?? CoveredPicture(width: graph.format.width, height: graph.format.height)
    covered = picture
    try render(frame: frame, into: picture)
    picture.interleave(into: rgb)
  }
}
