import SceneLang

/// Something about a finished video that its author wants to know.
public struct VideoFinding: Sendable, Hashable {
  public enum Rule: String, Sendable, Hashable, CaseIterable {
    /// Frames, duration, size, codec, colours or tracks are not those of the scene.
    case streams
    case flashes
    case redFlashes = "red_flashes"
    /// A segment is not as bright as its `level:` says.
    case level
    case crushed, blown
    case textContrast = "text_contrast"
    case black, silence
    case loopSeam = "loop_seam"
  }

  /// Errors are broken promises: of the scene (its streams, its levels), or of the limits for flashing.
  public enum Severity: String, Sendable, Hashable { case error, warning }

  public var rule: Rule
  /// Of the scene; nil for the whole video.
  public var frames: Range<Int>?
  /// The segment in which it begins: its place in the graph.
  public var segment: Int?
  /// One line, lower case.
  public var message: String

  public var severity: Severity {
    switch rule {
    case .streams, .flashes, .redFlashes, .level: .error
    case .crushed, .blown, .textContrast, .black, .silence, .loopSeam: .warning
    }
  }
}

/// What was found in a video, and what was measured.
public struct VideoVerification: Sendable, Hashable {
  public struct Segment: Sendable, Hashable {
    public var name: String
    /// Of the scene.
    public var frames: Range<Int>
    public var level: BrightnessBand
    /// Mean luma 0…255 at 10, 50 and 90 % of what is no transition.
    public var brightness: [Double]
    /// Shares of the pixels in the mean over the segment, 0…1.
    public var crushed: Double
    public var blown: Double

    /// What its level is held to: one frame between two beats says little.
    var meanBrightness: Double { brightness.reduce(0, +) / Double(brightness.count) }
  }

  public var video: String
  /// Decoded, of the file.
  public var frames: Int
  public var segments: [Segment]
  /// Mean difference of the last frame from the first where either is lit, and the one that 95 of 100 neighbours do not exceed;
  /// 0…255.
  public var seam: Double
  public var usualDifference: Double
  public var textContrasts: [TextContrast]
  public var findings: [VideoFinding]

  public var hasErrors: Bool { findings.contains { $0.severity == .error } }
}
