/// The lowered scene: everything the renderer needs and nothing to default or to look up.
public struct RenderGraph: Hashable, Sendable {
  public var format: PictureFormat
  /// What is heard; nil for a silent video.
  public var audio: SoundMix?
  /// What the features are read from; nil for the synthetic ones.
  public var sound: SoundAnalysis?
  /// Beats per minute of the synthetic features.
  public var tempo: Double
  public var segments: [SegmentGraph]

  public init(
    format: PictureFormat, audio: SoundMix?, sound: SoundAnalysis? = nil, tempo: Double, segments: [SegmentGraph]
  ) {
    self.format = format
    self.audio = audio
    self.sound = sound
    self.tempo = tempo
    self.segments = segments
  }

  public var frameCount: Int { segments.last?.frames.upperBound ?? 0 }
}

/// The size and clock of the picture.
public struct PictureFormat: Hashable, Sendable {
  /// Most pixels of a picture, as of a side: SAFETY caps both.
  public static let mostPixels = 33_554_432
  public static let longestSide = 8192

  /// Pixels, 1…8192.
  public var width: Int
  public var height: Int
  public var fps: FrameRate

  public init(width: Int, height: Int, fps: FrameRate) {
    self.width = width
    self.height = height
    self.fps = fps
  }

  /// Whether a picture may be that large.
  public static func allows(width: Int, height: Int) -> Bool {
    (1...longestSide).contains(width) && (1...longestSide).contains(height) && width * height <= mostPixels
  }

  public var shorterSide: Int { min(width, height) }
  /// Whether it is no whole number of squares of 2 by 2 pixels.
  public var hasOddSide: Bool { !width.isMultiple(of: 2) || !height.isMultiple(of: 2) }
}

/// Frames per second as an exact ratio in lowest terms: 24000/1001 stays exact.
public struct FrameRate: Hashable, Sendable, CustomStringConvertible {
  /// By how many ticks a second simulations and particles go on, whatever the frame rate.
  public static let ticksPerSecond = 24

  public let numerator: Int
  public let denominator: Int

  public init(_ numerator: Int, _ denominator: Int = 1) {
    precondition(numerator > 0 && denominator > 0, "a frame rate is positive: \(numerator)/\(denominator)")
    var (a, b) = (numerator, denominator)
    while b != 0 { (a, b) = (b, a % b) }
    self.numerator = numerator / a
    self.denominator = denominator / a
  }

  public var value: Double { Double(numerator) / Double(denominator) }

  /// The time of a frame in seconds, from integers: nothing accumulates.
  public func seconds(ofFrame frame: Int) -> Double { Double(frame * denominator) / Double(numerator) }

  public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}

/// One segment of the timeline with its own nodes, so that what a clip shows is one value that can be hashed.
public struct SegmentGraph: Hashable, Sendable {
  public var name: String
  /// Frames of the whole video: start included, end not. Never empty.
  public var frames: Range<Int>
  /// Operands before readers.
  public var nodes: [Node]
  public var layers: [Layer]
  public var tone: Tone
  /// Nil for none. A segment with feedback is rendered from its first frame on.
  public var feedback: Feedback?
  public var shaders: [ShaderStage]
  /// Layers drawn onto the picture after the shaders.
  public var overlay: [Layer]
  /// How the segment before goes over into this one; nil for a cut. Never on the first.
  public var transition: Transition?

  public init(
    name: String, frames: Range<Int>, nodes: [Node], layers: [Layer], tone: Tone,
    feedback: Feedback? = nil, shaders: [ShaderStage], overlay: [Layer] = [], transition: Transition? = nil
  ) {
    self.name = name
    self.frames = frames
    self.nodes = nodes
    self.layers = layers
    self.tone = tone
    self.feedback = feedback
    self.shaders = shaders
    self.overlay = overlay
    self.transition = transition
  }

  public subscript(_ id: NodeID) -> Node { nodes[id.index] }
}
