/// A picture that a scene asks for.
public struct PictureRequest: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A still or an animation.
    case image
    /// Stills one after another, as `shots/*.png`, so many a second.
    case images(fps: Double)
    case video
  }

  public var kind: Kind
  /// Leads from the scene's folder and stays inside it.
  public var path: String
  /// Seconds at which the first frame is that is shown: where its subject is looked for.
  public var first = 0.0
  /// A picture that is bright where the subject is, in place of what is found.
  public var mask: String?
  /// Whether each of its frames is to be measured.
  public var isMeasured = false
}

/// Why an input could not be read: one line, lower case, that names the file.
public struct InputFailure: Error, Sendable {
  public var message: String

  public init(message: String) { self.message = message }
}

/// Opens a picture and looks at it.
public typealias InputReader = @Sendable (PictureRequest) -> Result<PictureFacts, InputFailure>

/// An entry of `inputs:` that shows a picture, with how its time runs.
public struct CheckedPicture: Hashable, Sendable {
  public enum Clock: String, Hashable, Sendable, CaseIterable { case segment, video }

  public var input: PictureInput
  public var facts: PictureFacts
  /// Seconds of the input that are shown, from and to.
  public var from: Double
  public var to: Double
  /// Seconds of the input per second of the clock; below 0 it runs backwards.
  public var speed: Double
  public var loops: Bool
  public var clock: Clock

  /// Seconds until all is shown once; 0 for a still and for one that stands.
  public var duration: Double { speed == 0 ? 0 : (to - from) / abs(speed) }
}

/// What stands under `inputs:`, by folded name, and what was found in the files.
struct InputTable {
  /// Where each name stands; of one that cannot be read this is all that is known.
  var spans: [String: Span] = [:]
  /// Names that something read.
  var used: Set<String> = []
  var pictures: [String: CheckedPicture] = [:]
  /// Of lyrics and narrations.
  var words: [String: CheckedWords] = [:]
  /// Tables of colors, and those that were read by path; nil for what is none.
  var tables: [String: ColorLookup] = [:]
  var tableFiles: [String: ColorLookup?] = [:]
  /// How pictures were asked for, and what was measured of them, by their content.
  var requests: [PictureContent: PictureRequest] = [:]
  var curves: [PictureContent: [PictureFeature: SampledCurve]] = [:]
  /// What narrations say, with the place of the narration.
  var speeches: [(track: AudioTrack, span: Span)] = []
  /// The files of all inputs, from the scene's folder.
  var paths: [String] = []

  /// The words with times that layers show, by name.
  var usedCues: [TextCue] {
    words.filter { used.contains($0.key) }.sorted { $0.key < $1.key }.flatMap(\.value.cues)
  }
}
