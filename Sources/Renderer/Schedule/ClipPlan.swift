import SceneLang

/// The cut of the timeline into clips.
///
/// It follows from the content alone, never from workers, cores or memory, so that the video's bytes do not depend on
/// the machine; and each boundary from what stands near it, so that an edit moves boundaries only near itself.
public struct ClipPlan: Sendable, Hashable {
  /// Seconds. Segments longer than this are split, shorter neighbours are merged up to it.
  public static let longestWhole = 8
  /// Seconds: no part of a segment is longer.
  static let longestPart = 12
  /// Seconds. A segment of at least this length is never merged: runs of shorter ones end at it.
  public static let shortestAlone = 4

  /// Frames: no part of a segment whose frames need those before them is longer. They are rendered one after the other; that
  /// two encoders have work nevertheless, half as many frames as a part has wait for them. Longer parts have fewer key frames
  /// (16 s of trails, superfast: 2.6 % more bytes than with parts of 192 frames) and fewer encoders to start (85 ms each), but
  /// take memory.
  static let longestSequential = 72

  public let clips: [Clip]
  /// Of all segments of the video.
  let segments: [SegmentRecipe]

  /// Cuts the frames `range` (nil: all) of a video. `shared` is what else decides the bytes of every clip (engine, encoder
  /// and its settings); `features` names the sound's features for segments that read them.
  ///
  /// Precondition: `range` is not empty and lies in the video.
  public init(
    _ graph: RenderGraph, range: Range<Int>? = nil, shared: [ClipRecipe.Part], features: ContentHash
  ) {
    let range = range ?? 0..<graph.frameCount
    precondition(!range.isEmpty && range.upperBound <= graph.frameCount, "no such frames: \(range)")
    let format = graph.format
    let common =
      shared + [
        .init(.size, .text("\(format.width)x\(format.height)")), .init(.fps, .text("\(format.fps)")),
      ]
    let segments = SegmentRecipe.all(graph, features: features)
    self.segments = segments
    let sequential = graph.segments.map(\.isSequential)
    let selected = Self.cut(graph.segments.map(\.frames), format.fps, sequential: sequential).compactMap { parts in
      let inside = parts.compactMap { part in
        let frames = part.frames.clamped(to: range)
        return frames.isEmpty ? nil : Clip.Part(segment: part.segment, frames: frames)
      }
      return inside.isEmpty ? nil : inside
    }
    clips = selected.enumerated().map { index, parts in
      let recipe = ClipRecipe(parts: common + parts.flatMap { segments[$0.segment].parts(for: $0.frames) })
      return Clip(
        index: index, parts: parts, recipe: recipe,
        isSequential: parts.contains { sequential[$0.segment] })
    }
  }

  /// The parts of each clip, for segments with these frames; nil: none is `sequential`.
  static func cut(_ segments: [Range<Int>], _ fps: FrameRate, sequential: [Bool]? = nil) -> [[Clip.Part]] {
    var clips: [[Clip.Part]] = []
    var run: [Clip.Part] = []
    for (index, frames) in segments.enumerated() {
      if isAtLeast(shortestAlone, frames.count, fps) {
        if !run.isEmpty { clips.append(run) }
        run = []
        let parts = sequential?[index] == true ? splitSequential(frames) : split(frames, parts(frames.count, fps))
        clips += parts.map { [Clip.Part(segment: index, frames: $0)] }
      } else {
        if let start = run.first?.frames.lowerBound, exceeds(longestWhole, frames.upperBound - start, fps) {
          clips.append(run)
          run = []
        }
        run.append(Clip.Part(segment: index, frames: frames))
      }
    }
    if !run.isEmpty { clips.append(run) }
    return clips
  }

  /// A segment in equal parts (but for a frame), counted from its own start.
  private static func split(_ frames: Range<Int>, _ count: Int) -> [Range<Int>] {
    (0..<count).map { part in
      frames.lowerBound + frames.count * part / count..<frames.lowerBound + frames.count * (part + 1) / count
    }
  }

  /// Whole up to 8 s, in two up to 24 s, else in four or a multiple of them, of 6 s to 12 s: as many as two or four workers
  /// share evenly.
  private static func parts(_ frames: Int, _ fps: FrameRate) -> Int {
    guard exceeds(longestWhole, frames, fps) else { return 1 }
    let round = 4 * longestPart * fps.numerator
    let rounds = (frames * fps.denominator + round - 1) / round
    return exceeds(2 * longestPart, frames, fps) ? 4 * rounds : 2
  }

  /// Two encoders are half a part apart; that they end together, the last part is divided three to one.
  private static func splitSequential(_ frames: Range<Int>) -> [Range<Int>] {
    var parts = split(frames, (frames.count + longestSequential - 1) / longestSequential)
    guard parts.count > 1, let last = parts.popLast() else { return parts }
    let middle = last.upperBound - last.count / 4
    return parts + [last.lowerBound..<middle, middle..<last.upperBound]
  }

  private static func isAtLeast(_ seconds: Int, _ frames: Int, _ fps: FrameRate) -> Bool {
    frames * fps.denominator >= seconds * fps.numerator
  }

  private static func exceeds(_ seconds: Int, _ frames: Int, _ fps: FrameRate) -> Bool {
    frames * fps.denominator > seconds * fps.numerator
  }
}

extension SegmentGraph {
  /// Whether each frame needs all before it.
  var isSequential: Bool {
    feedback != nil || (layers + overlay).flatMap(\.parts).contains { $0.palette.hysteresis > 0 }
  }
}
