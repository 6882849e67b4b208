import SceneLang

/// The inputs of rate `frame` that a segment's nodes can read, for one frame.
public struct FrameContext: Sendable, Hashable {
  /// From 0 in the segment.
  public var frame: Int
  /// Seconds in the segment, from integers.
  public var time: Double
  /// Seconds in the video, from integers.
  public var timeline: Double
  /// 0…1 through the segment.
  public var progress: Double
  /// One value per `Feature.allCases`, in that order.
  public var features: [Double]
  /// The spectrum and the waveform of the sound at that time.
  public var tables: SoundTables
  /// The sound at any other time.
  public var hearing: Hearing
  /// Seconds that a frame is shown.
  public var period: Double

  public init(
    frame: Int, time: Double, timeline: Double, progress: Double, features: [Double],
    tables: SoundTables = .silence, hearing: Hearing = .init(), period: Double = 1.0 / 24
  ) {
    precondition(features.count == Feature.allCases.count, "one value per feature")
    self.frame = frame
    self.time = time
    self.timeline = timeline
    self.progress = progress
    self.features = features
    self.tables = tables
    self.hearing = hearing
    self.period = period
  }
}
