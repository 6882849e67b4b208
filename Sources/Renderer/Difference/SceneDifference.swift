import SceneLang

/// What differs between two versions of a scene. It compares what is rendered: a comment, another order of keys or
/// another name for a value is no difference.
public struct SceneDifference: Sendable, Hashable {
  /// A segment of either version, known by its name.
  public struct Segment: Sendable, Hashable {
    public var name: String
    /// Frames of the whole video; nil for a segment that is new.
    public var old: Range<Int>?
    /// Nil for a segment that is gone.
    public var new: Range<Int>?
    /// What its pictures are made of, in words: `layer \`dots\`: opacity changed from 1 to 0.5`.
    public var changes: [String]
  }

  /// A clip of the new version that is no clip of the old one.
  public struct Clip: Sendable, Hashable {
    /// Frames of the whole video.
    public var frames: Range<Int>
    /// The names of the segments that it shows.
    public var segments: [String]
    /// Why it is rendered again.
    public var reasons: [String]
  }

  /// Of the whole video, in words: size, frames per second, sound.
  public let video: [String]
  /// Those that differ: in the order of the new version, then those that are gone.
  public let segments: [Segment]
  /// Those that a build renders again, for the same encoder.
  public let clips: [Clip]
  /// How many clips the new version has.
  public let clipCount: Int

  public var isEmpty: Bool { video.isEmpty && segments.isEmpty && clips.isEmpty }

  /// Neither graph is empty.
  public init(from old: RenderGraph, to new: RenderGraph) {
    video = Self.video(old, new)
    segments = Self.segments(old, new)
    let plans = [old, new].map { graph in
      ClipPlan(graph, shared: [], features: Builder.features(graph))
    }
    let known = Set(plans[0].clips.map(\.key))
    let earlier = BuildManifest(scene: "", clips: plans[0].clips.map(\.recipe)).matching(plans[1].clips.map(\.recipe))
    clips = zip(plans[1].clips, earlier).filter { clip, _ in !known.contains(clip.key) }.map { clip, earlier in
      Clip(
        frames: clip.frames, segments: clip.recipe.segments,
        reasons: earlier.map { clip.recipe.changes(since: $0) } ?? ["it is new"])
    }
    clipCount = plans[1].clips.count
  }

  private static func video(_ old: RenderGraph, _ new: RenderGraph) -> [String] {
    func change(_ what: String, _ value: (RenderGraph) -> String) -> String? {
      let (before, after) = (value(old), value(new))
      return before == after ? nil : "\(what) changed from \(before) to \(after)"
    }
    return [
      change("size") { "\($0.format.width)x\($0.format.height)" }, change("fps") { "\($0.format.fps)" },
      change("length") { "\($0.frameCount) frames" }, change("tempo") { "\($0.tempo)" },
      change("sound") { $0.audio?.tracks.map(\.path).joined(separator: ", ") ?? "none" },
    ].compactMap { $0 }
  }

  private static func segments(_ old: RenderGraph, _ new: RenderGraph) -> [Segment] {
    let earlier = Dictionary(old.segments.map { ($0.name, $0) }) { first, _ in first }
    let names = Set(new.segments.map(\.name))
    let present = new.segments.map { segment in
      guard let before = earlier[segment.name] else {
        return Segment(name: segment.name, old: nil, new: segment.frames, changes: [])
      }
      return Segment(
        name: segment.name, old: before.frames, new: segment.frames,
        changes: SegmentTraits(segment).changes(since: SegmentTraits(before)))
    }
    let gone = old.segments.filter { !names.contains($0.name) }.map {
      Segment(name: $0.name, old: $0.frames, new: nil, changes: [])
    }
    return present.filter { $0.old != $0.new || !$0.changes.isEmpty } + gone
  }
}
