/// All that is heard: tracks over one another.
public struct SoundMix: Hashable, Sendable {
  /// One or more.
  public var tracks: [AudioTrack]
  /// Integrated loudness of the whole in LUFS (EBU R 128), reached by one gain; nil leaves it as it is.
  public var loudness: Double?

  public init(tracks: [AudioTrack], loudness: Double? = nil) {
    precondition(!tracks.isEmpty, "a mix has a track")
    self.tracks = tracks
    self.loudness = loudness
  }

  /// One track as it is.
  public init(path: String) { self.init(tracks: [AudioTrack(path: path)]) }
}

/// A sound file and its place in the video. `path` is as resolved from the scene's folder, or the absolute path of a line
/// that was said; times are in seconds.
public struct AudioTrack: Hashable, Sendable {
  public var path: String
  /// When it begins in the video, at least 0.
  public var start = 0.0
  /// What of the file is heard; nil: to its end.
  public var from = 0.0
  public var to: Double?
  /// Scales the samples.
  public var gain = 1.0
  /// How long it rises at its beginning and sinks at its end, or at that of the video.
  public var fadeIn = 0.0
  public var fadeOut = 0.0
  /// To what share the other tracks sink while this one sounds; 1: not at all.
  public var duck = 1.0

  public init(path: String) { self.path = path }
}
