import SceneLang

/// How well the picture follows the beats (CATALOGUE I-17): the distances of jumps of brightness, and of cuts, from beats.
public struct SyncReport: Sendable, Hashable {
  /// Seconds from each beat that has a jump nearby to the nearest one, in order.
  public var distances: [Double]
  public var beats: Int
  public var jumps: Int
  /// Cuts among the jumps, however bright the pictures are.
  public var cuts: Int
  /// Jumps that no beat is near.
  public var strayJumps: Int
  public var beatsWithoutJump: Int { beats - distances.count }

  /// A jump changes the mean of a frame by so much of 255, up or down.
  public static let jump = 30.0
  /// Seconds within which a beat and a jump belong together.
  public static let tolerance = 0.05

  /// `levels`: the mean brightness of each frame, 0…255; `cuts`: the frames that begin a segment at once. Beats of the first frame, which has none before it to jump from,
  /// and after the last do not count.
  public init(levels: [Double], cuts: Set<Int> = [], fps: FrameRate, beats: BeatMap) {
    let frames = levels.indices.dropFirst().filter { cuts.contains($0) || abs(levels[$0] - levels[$0 - 1]) > Self.jump }
    let times = frames.map { fps.seconds(ofFrame: $0) }
    self.cuts = frames.count(where: cuts.contains)
    let shown = beats.times.filter { beat in
      // The nearest frame, and the later of two.
      let frame = (beat * fps.value + 0.5 + FrameSpan.tolerance).rounded(.down)
      return frame >= 1 && frame < Double(levels.count)
    }
    let nearest = shown.compactMap { beat in times.map { abs($0 - beat) }.min() }
    distances = nearest.filter { $0 <= Self.tolerance }
    self.beats = shown.count
    jumps = times.count
    strayJumps = times.count { time in !beats.times.contains { abs($0 - time) <= Self.tolerance } }
  }

  /// The frames of a scene that begin a segment at once.
  public static func cuts(of graph: RenderGraph) -> Set<Int> {
    Set(graph.segments.dropFirst().filter { $0.transition == nil }.map(\.frames.lowerBound))
  }

  /// Seconds; 0 without any.
  public var mean: Double { distances.isEmpty ? 0 : distances.reduce(0, +) / Double(distances.count) }
  public var greatest: Double { distances.max() ?? 0 }
  /// The distance that 95 of 100 do not exceed.
  public var percentile95: Double {
    let sorted = distances.sorted()
    return sorted.isEmpty ? 0 : sorted[(sorted.count * 95 + 99) / 100 - 1]
  }

  /// The mean brightness of each frame of a scene, 0…255, by one worker.
  public static func levels(of graph: RenderGraph, kernels: KernelLevel) throws(BuildFailure) -> [Double] {
    let renderer = SceneRenderer(graph: graph, kernels: kernels)
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    return try (0..<graph.frameCount).map { (frame) throws(BuildFailure) in
      try renderer.render(frame: frame, into: picture)
      return picture.brightness.mean
    }
  }
}
