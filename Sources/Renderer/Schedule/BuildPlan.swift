import SceneLang

/// Everything that a build is: a compiled scene, what to write, how, and who renders the frames.
public struct BuildPlan: Sendable {
  public var graph: RenderGraph
  /// Frames of the video to be built; nil for all.
  public var frames: Range<Int>?
  /// The scene file, by which its last build is known.
  public var scene: String
  /// What is made of the video.
  public var output: Output
  /// All files that the scene was compiled from or reads; the output may be none of them.
  public var inputs: [String]
  /// Of an mp4.
  public var encoder: EncoderSettings
  /// At least 1.
  public var workers: Int
  public var cacheFolder: String
  /// What the cache may keep after the build.
  public var cacheLimits = CacheLimits.standard
  /// How long an encoder may stand still before it is ended.
  public var patience = Duration.seconds(60)
  /// Whether what the programs say is kept beside the video.
  public var keepsLogs = false
  /// Whether the folder of the output is made where it is missing, as for one that the scene names.
  public var makesFolder = false
  /// Whether it is told what the video was made of, in the report and by a digest in the file.
  public var recordsProvenance = false
  /// What an mp4 carries as a track of subtitles, on the clock of the rendered frames: SubRip, one text at a time.
  public var subtitles: String?
  /// Whether clips that the cache lacks are a failure, since other machines were to render them.
  public var rendersNothing = false
  public var makeSource: ClipFrameSourceFactory
  /// How clips that are rendered are encoded as well, for outputs that show the same frames and are built after this one:
  /// the store then has their clips. Precondition: one of the codecs is `final`, the other `lossless`.
  public var alsoEncodes: ClipCodec?

  public init(
    graph: RenderGraph, frames: Range<Int>? = nil, scene: String, output: Output, inputs: [String],
    encoder: EncoderSettings, workers: Int, cacheFolder: String, makeSource: @escaping ClipFrameSourceFactory
  ) {
    self.graph = graph
    self.frames = frames
    self.scene = scene
    self.output = output
    self.inputs = inputs
    self.encoder = encoder
    self.workers = workers
    self.cacheFolder = cacheFolder
    self.makeSource = makeSource
  }

  /// How its clips are encoded.
  var codec: ClipCodec { output.clipCodec(encoder) }

  /// The place of the output, whose file and folder of pictures go with it unless it is committed; a folder that a scene
  /// names stays. Throws as `OutputTarget` does where the output could not be put.
  public func target() throws(BuildFailure) -> OutputTarget {
    if makesFolder, let slash = output.path.lastIndex(of: "/"), slash != output.path.startIndex {
      let folder = String(output.path[..<slash])
      do { try Folder.make(folder, permissions: 0o777) } catch {
        throw .system(.writing, "cannot make the folder `\(folder)`", error.number)
      }
    }
    return try output.target(frameCount: renderedFrames.count, graph.format, inputs: inputs)
  }

  /// A file that the build would replace and that is no earlier result of its kind; nil for none.
  public var strangerInPlace: String? { output.strangerInPlace(frameCount: renderedFrames.count, graph.format) }

  /// The frames of the video that are rendered: one for a poster, that of its own or the middle one.
  var renderedFrames: Range<Int> {
    let frames = self.frames ?? 0..<graph.frameCount
    guard output.isPoster else { return frames }
    let poster = output.posterFrame ?? frames.lowerBound + frames.count / 2
    return poster..<poster + 1
  }
}
