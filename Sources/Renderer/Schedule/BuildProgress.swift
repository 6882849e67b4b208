/// How far a build is.
public struct BuildProgress: Sendable, Hashable {
  public enum Step: Sendable, Hashable { case rendering, joining, verifying }

  public var step: Step
  /// Frames that this build renders, and how many of them are done.
  public var frames: Int
  public var renderedFrames: Int
  /// Clips that this build renders, and how many of them are done.
  public var clips: Int
  public var finishedClips: Int
}
