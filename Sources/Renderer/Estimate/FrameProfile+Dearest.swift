import SceneLang

extension FrameProfile {
  /// Segments that are looked at, at most.
  private static let mostSegments = 8

  /// What takes most time in a video: stages with their segment, in milliseconds per frame of the whole video, the dearest
  /// first. Two frames in the middle of each segment are measured, or of some where there are many.
  public static func dearest(
    _ count: Int, of graph: RenderGraph, frames: Range<Int>?, kernels: KernelLevel
  ) throws(BuildFailure) -> [Stage] {
    let shown = graph.segments.filter { $0.frames.overlaps(frames ?? 0..<graph.frameCount) }
    let step = (shown.count + mostSegments - 1) / mostSegments
    let measured = stride(from: 0, to: shown.count, by: step).map { shown[$0] }
    let total = measured.reduce(0) { $0 + $1.frames.count }
    var stages: [Stage] = []
    for segment in measured {
      let middle = segment.frames.lowerBound + segment.frames.count / 2
      let share = Double(segment.frames.count) / Double(total)
      let profile = try measure(graph, frames: middle..<min(middle + 2, segment.frames.upperBound), kernels: kernels)
      stages += profile.stages.map {
        Stage(name: "\($0.name), in `\(segment.name)`", milliseconds: $0.milliseconds * share)
      }
    }
    return Array(stages.sorted { $0.milliseconds > $1.milliseconds }.prefix(count))
  }
}
