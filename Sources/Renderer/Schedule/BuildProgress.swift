/// How far a build is.
public struct BuildProgress: Sendable, Hashable {
  public enum Step: Sendable, Hashable {
    case rendering, joining
    /// As another format than that of the clips, of which `renderedFrames` are done.
    case encoding
    case verifying
  }

  public var step = Step.rendering
  /// Frames that this build renders, and how many of them are done.
  public var frames: Int
  public var renderedFrames = 0
  /// Clips that this build renders, and how many of them are done.
  public var clips: Int
  public var finishedClips = 0
  /// Clips that are rendered at once.
  public var workers: Int
  /// Frames that the busiest worker has still to render, at least: what is left in equal shares, or the longest clip.
  public var longestShare: Int

  public init(frames: Int, clips: Int, workers: Int, longestShare: Int? = nil) {
    self.frames = frames
    self.clips = clips
    self.workers = workers
    self.longestShare = longestShare ?? frames
  }

  /// Clips that a worker renders one after the other, if all are equally long.
  public var rounds: Int { workers > 0 ? (clips + workers - 1) / workers : 0 }
}
