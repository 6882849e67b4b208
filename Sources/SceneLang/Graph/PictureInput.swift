/// A picture that a scene names under `inputs:`, as nodes sample it.
public struct PictureInput: Hashable, Sendable {
  /// How it is laid over the picture of the scene: `cover` fills it and is cropped, `contain` shows all of itself and leaves
  /// margins, `stretch` has its shape.
  public enum Fit: String, Hashable, Sendable, CaseIterable { case cover, contain, stretch }

  public var content: PictureContent
  public var fit: Fit
  /// Pixels as it is shown, turned upright.
  public var width: Int
  public var height: Int
  /// What `PictureChannel.subject` shows; nil for a picture whose subject is not read.
  public var subject: SubjectMask?

  public init(content: PictureContent, fit: Fit, width: Int, height: Int, subject: SubjectMask? = nil) {
    precondition(width > 0 && height > 0, "a picture has pixels")
    self.content = content
    self.fit = fit
    self.width = width
    self.height = height
    self.subject = subject
  }

  /// Its width and height in the coordinates of a scene, in which the shorter side of the picture is 1.
  public func extent(in format: PictureFormat) -> (width: Double, height: Double) {
    let shorter = Double(format.shorterSide)
    let (width, height) = (Double(format.width) / shorter, Double(format.height) / shorter)
    let (across, down) = (width / Double(self.width), height / Double(self.height))
    let scale = fit == .cover ? max(across, down) : min(across, down)
    return fit == .stretch ? (width, height) : (scale * Double(self.width), scale * Double(self.height))
  }
}

/// Names all bytes of an input: a hash of 128 bits.
public struct PictureContent: Hashable, Sendable {
  public var high: UInt64
  public var low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// What of a picture is read, in 0…1; 0 outside of it and where it is transparent.
public enum PictureChannel: String, Hashable, Sendable, CaseIterable {
  /// BT.709.
  case luma
  case red, green, blue, alpha
  /// How steep the luma is: 1 at a step from black to white.
  case edges
  /// How much the luma differs from that of the frames before.
  case motion
  /// How much it belongs to the subject of the first frame that is shown.
  case subject
}

/// What is known of an input before anything is rendered.
public struct PictureFacts: Hashable, Sendable {
  public var content: PictureContent
  /// Pixels as it is shown.
  public var width: Int
  public var height: Int
  /// 1 for a still.
  public var frameCount: Int
  /// Seconds; 0 for a still.
  public var duration: Double
  /// Its most frequent colours, the darkest first; one or more.
  public var colors: [RGB]
  /// Where its subject is; nil where nobody looked.
  public var subject: SubjectMask?
  /// What was measured of its frames; nil where nobody asked.
  public var curves: [PictureFeature: SampledCurve]?
  /// Whether its file is a video, not a still or an animation.
  public var isFilm: Bool
  /// Whether parts of it may be transparent.
  public var hasAlpha: Bool

  public init(
    content: PictureContent, width: Int, height: Int, frameCount: Int = 1, duration: Double = 0, colors: [RGB],
    subject: SubjectMask? = nil, isFilm: Bool = false, hasAlpha: Bool = false
  ) {
    self.content = content
    self.width = width
    self.height = height
    self.frameCount = frameCount
    self.duration = duration
    self.colors = colors
    self.subject = subject
    self.isFilm = isFilm
    self.hasAlpha = hasAlpha
  }

  public var isMoving: Bool { frameCount > 1 && duration > 0 }
}
