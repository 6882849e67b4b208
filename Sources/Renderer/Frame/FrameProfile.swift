import SceneLang

/// Where the time of rendering goes: one worker, no encoder, frames as the encoder would get them.
public struct FrameProfile: Sendable {
  public struct Stage: Sendable {
    public var name: String
    /// Per frame.
    public var milliseconds: Double
  }

  public var frameCount: Int
  public var millisecondsPerFrame: Double
  public var stages: [Stage]

  /// Renders the frames twice: once as a build would, for the whole; once with a clock around every stage, for the parts.
  /// What is done once per segment (glyphs, exposure, caches) is done before the clocks start.
  public static func measure(_ graph: RenderGraph, frames: Range<Int>, kernels: KernelLevel) throws(BuildFailure)
    -> FrameProfile
  {
    precondition(!frames.isEmpty, "no frames to measure")
    let renderer = SceneRenderer(graph: graph, kernels: kernels)
    let bytes = AlignedBuffer<UInt8>(count: VideoRows.byteCount(width: graph.format.width, height: graph.format.height))
    try renderer.render(frame: frames.lowerBound, into: bytes.base)

    let clock = ContinuousClock()
    let start = clock.now
    for frame in frames { try renderer.render(frame: frame, into: bytes.base) }
    let whole = clock.now - start
    var totals: [(name: String, nanoseconds: Int)] = []
    for frame in frames {
      let (part, context) = renderer.prepare(frame)
      part.measuresTime = true
      part.video(context, into: bytes.base)
      for stage in part.timings?.stages ?? [] {
        if let place = totals.firstIndex(where: { $0.name == stage.name }) {
          totals[place].nanoseconds += stage.nanoseconds
        } else {
          totals.append((stage.name, stage.nanoseconds))
        }
      }
      part.measuresTime = false
    }
    let count = Double(frames.count)
    return FrameProfile(
      frameCount: frames.count, millisecondsPerFrame: whole / .milliseconds(1) / count,
      stages: totals.map { Stage(name: $0.name, milliseconds: Double($0.nanoseconds) / 1e6 / count) })
  }
}
