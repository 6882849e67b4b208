import SceneLang

/// Everything that a build is: a compiled scene, what to write, how, and who renders the frames.
public struct BuildPlan: Sendable {
  public var graph: RenderGraph
  /// Frames of the video to be built; nil for all.
  public var frames: Range<Int>?
  /// The path of the video.
  public var output: String
  /// All files that the scene was compiled from or reads; the output may be none of them.
  public var inputs: [String]
  public var encoder: EncoderSettings
  /// At least 1.
  public var workers: Int
  public var cacheFolder: String
  public var makeSource: ClipFrameSourceFactory

  public init(
    graph: RenderGraph, frames: Range<Int>? = nil, output: String, inputs: [String], encoder: EncoderSettings,
    workers: Int, cacheFolder: String, makeSource: @escaping ClipFrameSourceFactory
  ) {
    self.graph = graph
    self.frames = frames
    self.output = output
    self.inputs = inputs
    self.encoder = encoder
    self.workers = workers
    self.cacheFolder = cacheFolder
    self.makeSource = makeSource
  }
}

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

  public var output: String
  public var frames: Int
  /// Seconds of video.
  public var duration: Double
  /// Seconds that the build took.
  public var seconds: Double
  public var clips: Clips

  /// Frames of video per second of build.
  public var fps: Double { seconds > 0 ? Double(frames) / seconds : 0 }
}

/// Builds a video: cut into clips → render what the cache lacks → join → verify → put in place.
public struct Builder: Sendable {
  let cancellation: Cancellation
  let onProgress: @Sendable (BuildProgress) -> Void

  /// `onProgress` is called by one thread at a time, after every frame.
  public init(
    cancellation: Cancellation = .never, onProgress: @escaping @Sendable (BuildProgress) -> Void = { _ in }
  ) {
    self.cancellation = cancellation
    self.onProgress = onProgress
  }

  /// Whatever can fail without rendering fails before it: programs, output, cache, sound.
  public func build(_ plan: BuildPlan) throws(BuildFailure) -> BuildReport {
    let start = SuspendingClock.now
    let format = plan.graph.format
    let frames = plan.frames ?? 0..<plan.graph.frameCount
    let output = try OutputTarget(path: plan.output, inputs: plan.inputs)
    let store = try ClipStore(folder: plan.cacheFolder)
    let sound = try plan.graph.audio.map { (audio) throws(BuildFailure) in try MediaFile(path: audio.path) }
    let soundHash = try sound?.contentHash()
    let toolchain = try Toolchain.resolve(cancellation)

    let clips = ClipPlan(
      plan.graph, range: frames, identity: try Self.identity(plan.encoder, toolchain),
      features: Self.features(plan.graph, soundHash)
    ).clips
    let soundTask = try sound.map { (media) throws(BuildFailure) in
      try SoundTask(media, soundHash!, frames, format.fps, store, toolchain, cancellation)
    }
    let (entries, counts) = try render(clips, plan, store, toolchain)
    let soundEntry = try soundTask?.result()

    let parts = clips.map { Joiner.Part(path: entries[$0.key]!.path, frameCount: $0.frames.count) }
    try checkRoom(clips.reduce(soundEntry?.size ?? 0) { $0 + entries[$1.key]!.size }, for: output)
    report(.joining, frames)
    try Joiner(toolchain: toolchain, fps: format.fps, cancellation: cancellation)
      .join(parts, audio: soundEntry?.path, into: output.part)
    report(.verifying, frames)
    try Probe(output.part.path, toolchain, cancellation).check(
      Probe.Expectation(
        width: format.width, height: format.height, frameCount: frames.count, clock: VideoClock(format.fps),
        hasAudio: sound != nil))
    try output.commit()
    let seconds = SuspendingClock.now - start
    return BuildReport(
      output: plan.output, frames: frames.count, duration: format.fps.seconds(ofFrame: frames.count),
      seconds: seconds / .seconds(1), clips: counts)
  }

  /// Renders what the store lacks, each key once.
  private func render(
    _ clips: [Clip], _ plan: BuildPlan, _ store: ClipStore, _ toolchain: Toolchain
  ) throws(BuildFailure) -> (entries: [ContentHash: ClipStore.Entry], counts: BuildReport.Clips) {
    var entries: [ContentHash: ClipStore.Entry] = [:]
    var missing: [Clip] = []
    var seen: Set<ContentHash> = []
    var damaged = 0
    for clip in clips where seen.insert(clip.key).inserted {
      try cancellation.check()
      switch store.find(clip.key, .video) {
      case .found(let entry): entries[clip.key] = entry
      case .missing: missing.append(clip)
      case .damaged:
        missing.append(clip)
        damaged += 1
      }
    }
    let scheduler = ClipScheduler(
      format: plan.graph.format, encoder: plan.encoder, toolchain: toolchain, store: store, makeSource: plan.makeSource,
      cancellation: cancellation)
    let rendered = try scheduler.render(missing, workers: plan.workers, onProgress: onProgress)
    entries.merge(rendered) { _, new in new }
    let counts = BuildReport.Clips(
      total: clips.count, rendered: missing.count, cached: clips.count - missing.count, damaged: damaged)
    return (entries, counts)
  }

  private func report(_ step: BuildProgress.Step, _ frames: Range<Int>) {
    onProgress(
      BuildProgress(step: step, frames: frames.count, renderedFrames: frames.count, clips: 0, finishedClips: 0))
  }

  private func checkRoom(_ bytes: Int, for output: OutputTarget) throws(BuildFailure) {
    guard let free = Folder.freeBytes(output.part.path), free < bytes else { return }
    throw BuildFailure(.writing, "`\(output.path)` needs \(bytes) bytes, and only \(free) are free there")
  }

  /// What decides a clip's bytes besides the scene.
  private static func identity(_ encoder: EncoderSettings, _ toolchain: Toolchain) throws(BuildFailure) -> ContentHash {
    var hasher = ContentHasher()
    hasher.feed(try EngineIdentity.current())
    hasher.feed(toolchain.version)
    hasher.feed(encoder.preset)
    hasher.feed(encoder.crf)
    return hasher.finish()
  }

  /// What decides the values of the features.
  private static func features(_ graph: RenderGraph, _ sound: ContentHash?) -> ContentHash {
    var hasher = ContentHasher()
    hasher.feed(graph.tempo)
    hasher.feed(sound) { $0.feed($1) }
    return hasher.finish()
  }
}
