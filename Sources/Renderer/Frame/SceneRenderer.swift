import SceneLang
import Synchronization

/// The exposures of a scene's segments: each is measured once, by the first worker that needs it, and shared read-only.
public final class SharedExposures: Sendable {
  /// One for each segment that was asked for.
  private final class Slot: Sendable {
    let exposure = Mutex<Exposure?>(nil)
  }

  private let slots = Mutex<[Int: Slot]>([:])
  private let find: @Sendable (_ segment: Int) -> Exposure?
  private let keep: @Sendable (_ segment: Int, Exposure) -> Void

  /// `find` knows what was measured before, `keep` takes what was measured now. Each is called by any worker, once for a
  /// segment.
  init(
    find: @escaping @Sendable (_ segment: Int) -> Exposure?, keep: @escaping @Sendable (_ segment: Int, Exposure) -> Void
  ) {
    self.find = find
    self.keep = keep
  }

  /// Exposures that are forgotten with their owner.
  public convenience init() { self.init(find: { _ in nil }, keep: { _, _ in }) }

  /// The exposure of a segment; `measure` runs for one worker only, while others that need the same one wait.
  func exposure(of segment: Int, measure: () -> Exposure) -> Exposure {
    let slot = slots.withLock { slots in
      let slot = slots[segment] ?? Slot()
      slots[segment] = slot
      return slot
    }
    return slot.exposure.withLock { known in
      if let exposure = known { return exposure }
      let exposure = find(segment) ?? measureAndKeep(segment, measure)
      known = exposure
      return exposure
    }
  }

  private func measureAndKeep(_ segment: Int, _ measure: () -> Exposure) -> Exposure {
    let exposure = measure()
    keep(segment, exposure)
    return exposure
  }
}

/// Renders any frame of a scene. Holds the renderer of the segment it is in; one per worker, not `Sendable`.
public final class SceneRenderer {
  public let graph: RenderGraph
  private let kernels: KernelSet
  private let exposures: SharedExposures
  private let faces = FaceLibrary()
  private var current: (index: Int, renderer: FrameRenderer)?

  /// Precondition: `kernels.isSupported`.
  public init(graph: RenderGraph, kernels: KernelLevel, exposures: SharedExposures = SharedExposures()) {
    self.graph = graph
    self.kernels = KernelSet(kernels)
    self.exposures = exposures
  }

  /// Renders a frame of the video as an RGB picture of the format's size.
  public func render(frame: Int, into picture: Picture) {
    let (renderer, context) = prepare(frame)
    renderer.picture(context, into: picture)
  }

  /// Renders a frame of the video as yuv420p; `out` takes width · height · 3 / 2 bytes.
  public func render(frame: Int, into out: UnsafeMutablePointer<UInt8>) {
    let (renderer, context) = prepare(frame)
    renderer.video(context, into: out)
  }

  /// The renderer of a frame's segment, ready for it, and what its nodes read there.
  func prepare(_ frame: Int) -> (renderer: FrameRenderer, context: FrameContext) {
    guard let index = graph.segments.firstIndex(where: { $0.frames.contains(frame) }) else {
      preconditionFailure("frame \(frame) lies outside the video")
    }
    let segment = graph.segments[index]
    let context = graph.context(segment: index, frame: frame - segment.frames.lowerBound)
    if let current, current.index == index { return (current.renderer, context) }
    let assets = SegmentAssets(segment, format: graph.format, faces: faces)
    let renderer = FrameRenderer(format: graph.format, segment: segment, assets: assets, kernels: kernels)
    let sampled = renderer.exposureFrames
    if !sampled.isEmpty {
      renderer.exposure = exposures.exposure(of: index) {
        renderer.measureExposure(sampled.map { graph.context(segment: index, frame: $0) })
      }
    }
    current = (index, renderer)
    return (renderer, context)
  }
}

extension SceneRenderer: ClipFrameSource {
  public func renderFrame(_ frame: Int, into yuv: UnsafeMutablePointer<UInt8>) throws {
    render(frame: frame, into: yuv)
  }
}
