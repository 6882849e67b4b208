import SceneLang
import Synchronization

/// The exposures of a scene's segments: each is measured once, by the first worker that needs it, and shared read-only.
public final class SharedExposures: Sendable {
  private let measured = Mutex<[Int: Exposure]>([:])

  public init() {}

  /// The exposure of a segment; `measure` runs for one worker only, while others that need one wait.
  func exposure(of segment: Int, measure: () -> Exposure) -> Exposure {
    measured.withLock { known in
      if let exposure = known[segment] { return exposure }
      let exposure = measure()
      known[segment] = exposure
      return exposure
    }
  }
}

/// Renders any frame of a scene. Holds the renderer of the segment it is in; one per worker, not `Sendable`.
public final class SceneRenderer {
  public let graph: RenderGraph
  private let kernels: KernelSet
  private let exposures: SharedExposures
  private let snapshots: SharedSnapshots
  private let faces = FaceLibrary()
  private var current: (index: Int, renderer: FrameRenderer)?

  /// Precondition: `kernels.isSupported`.
  public init(
    graph: RenderGraph, kernels: KernelLevel, exposures: SharedExposures = SharedExposures(),
    snapshots: SharedSnapshots = SharedSnapshots()
  ) {
    self.graph = graph
    self.kernels = KernelSet(kernels)
    self.exposures = exposures
    self.snapshots = snapshots
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
    let renderer = FrameRenderer(
      format: graph.format, segment: segment, assets: assets, kernels: kernels,
      ticks: .init(segment: index, snapshots: snapshots) { [graph] in graph.context(segment: index, tick: $0) })
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
