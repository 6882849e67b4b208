/// Clips that one worker renders one after the other with one renderer: parts of a segment of which each frame needs those
/// before it, or any other clip by itself.
struct ClipRun: Sendable, Hashable {
  /// In order, without gaps; at least one.
  var clips: [Clip]

  /// Frames of the whole video.
  var frames: Range<Int> { clips[0].frames.lowerBound..<clips[clips.count - 1].frames.upperBound }

  /// The runs of clips in the order of the timeline, some of which may be missing.
  static func all(_ clips: [Clip]) -> [ClipRun] {
    var runs: [ClipRun] = []
    for clip in clips {
      if let last = runs.last?.clips.last, clip.continues(last) {
        runs[runs.count - 1].clips.append(clip)
      } else {
        runs.append(ClipRun(clips: [clip]))
      }
    }
    return runs
  }
}

extension Clip {
  fileprivate func continues(_ clip: Clip) -> Bool {
    isSequential && clip.isSequential && parts.count == 1 && clip.parts.count == 1
      && parts[0].segment == clip.parts[0].segment && frames.lowerBound == clip.frames.upperBound
  }
}
