/// What a build did.
public struct BuildReport: Sendable, Hashable {
  public struct Clips: Sendable, Hashable {
    public var total: Int
    public var rendered: Int
    /// Taken from the cache, or the same as another clip of this video.
    public var cached: Int
    /// Found damaged in the cache, and so among the rendered.
    public var damaged: Int
  }

  /// How one clip of the video was come by.
  public struct ClipReport: Sendable, Hashable {
    public enum Fate: Sendable, Hashable {
      case reused
      /// The same as an earlier clip of this video.
      case repeated
      /// Rendered, with the reasons in words.
      case rendered(because: [String])
    }

    /// Frames of the whole video.
    public var frames: Range<Int>
    /// The names of the segments that it shows.
    public var segments: [String]
    public var fate: Fate
  }

  public var output: String
  /// Frames of the video that was rendered.
  public var frames: Int
  /// Frames of the finished file, which may have a rate of its own.
  public var outputFrames: Int
  /// Seconds of video.
  public var duration: Double
  /// Seconds that the build took, and those of them from the last clip to the finished file.
  public var seconds: Double
  public var joinSeconds: Double
  /// Bytes of the finished clips and the sound, and of the video.
  public var clipBytes: Int
  public var outputBytes: Int
  public var clips: Clips
  /// In the order of the video.
  public var clipReports: [ClipReport]
  /// Nil unless it was asked for.
  public var provenance: BuildProvenance?

  /// Frames of video per second of build.
  public var fps: Double { seconds > 0 ? Double(frames) / seconds : 0 }
}
