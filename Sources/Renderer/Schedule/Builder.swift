import Glibc
import SceneLang

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
    let engine = try EngineIdentity.current()

    let clipPlan = ClipPlan(
      plan.graph, range: frames, shared: Self.shared(plan.encoder, toolchain, engine),
      features: Self.features(plan.graph, soundHash))
    let clips = clipPlan.clips
    let scene = Self.absolute(plan.scene)
    let census = try ClipCensus(clips, store, lastBuild: store.manifest(of: scene), cancellation)
    let soundTask = try sound.map { (media) throws(BuildFailure) in
      try SoundTask(media, soundHash!, frames, format.fps, store, toolchain, cancellation)
    }
    let exposures = SharedExposures(plan.graph, clipPlan, engine: engine, store)
    let rendered = try ClipScheduler(
      format: format, encoder: plan.encoder, toolchain: toolchain, store: store,
      makeSource: { [makeSource = plan.makeSource] in try makeSource($0, exposures) }, cancellation: cancellation
    ).render(census.missing, workers: plan.workers, onProgress: onProgress)
    let entries = census.entries.merging(rendered) { _, new in new }
    let soundEntry = try soundTask?.result()

    let joinStart = SuspendingClock.now
    let parts = clips.map { Joiner.Part(path: entries[$0.key]!.path, frameCount: $0.frames.count) }
    let clipBytes = clips.reduce(soundEntry?.size ?? 0) { $0 + entries[$1.key]!.size }
    try checkRoom(clipBytes, for: output)
    report(.joining, frames)
    try Joiner(toolchain: toolchain, fps: format.fps, cancellation: cancellation)
      .join(parts, audio: soundEntry?.path, into: output.part)
    report(.verifying, frames)
    try Probe(output.part.path, toolchain, cancellation).check(
      Probe.Expectation(
        width: format.width, height: format.height, frameCount: frames.count, clock: VideoClock(format.fps),
        hasAudio: sound != nil))
    let outputBytes = output.part.size
    try output.commit()
    let end = SuspendingClock.now

    // The video stands: a cache that cannot be written only costs the next build time and reasons. A part of a video is
    // no build that a later one is compared with.
    if plan.frames == nil { try? store.keep(BuildManifest(scene: scene, clips: clips.map(\.recipe))) }
    _ = store.prune(plan.cacheLimits)
    return BuildReport(
      output: plan.output, frames: frames.count, duration: format.fps.seconds(ofFrame: frames.count),
      seconds: (end - start) / .seconds(1), joinSeconds: (end - joinStart) / .seconds(1), clipBytes: clipBytes,
      outputBytes: outputBytes,
      clips: .init(
        total: clips.count, rendered: census.missing.count, cached: clips.count - census.missing.count,
        damaged: census.damaged),
      clipReports: zip(clips, census.fates).map {
        .init(frames: $0.frames, segments: $0.recipe.segments, fate: $1)
      })
  }

  private func report(_ step: BuildProgress.Step, _ frames: Range<Int>) {
    var progress = BuildProgress(frames: frames.count, clips: 0, workers: 0)
    progress.step = step
    progress.renderedFrames = frames.count
    onProgress(progress)
  }

  private func checkRoom(_ bytes: Int, for output: OutputTarget) throws(BuildFailure) {
    guard let free = Folder.freeBytes(output.part.path), free < bytes else { return }
    throw BuildFailure(.writing, "`\(output.path)` needs \(bytes) bytes, and only \(free) are free there")
  }

  /// What decides all clips' bytes besides the scene.
  private static func shared(
    _ encoder: EncoderSettings, _ toolchain: Toolchain, _ engine: ContentHash
  ) -> [ClipRecipe.Part] {
    [
      .init(.engine, .hash(engine)), .init(.ffmpeg, .text(toolchain.version)),
      .init(.encoder, .text("\(encoder)")),
    ]
  }

  /// What decides the values of the features.
  private static func features(_ graph: RenderGraph, _ sound: ContentHash?) -> ContentHash {
    var hasher = ContentHasher()
    hasher.feed(graph.tempo)
    hasher.feed(sound) { $0.feed($1) }
    return hasher.finish()
  }

  /// The path by which a scene is known wherever it is built from; as given when the file is gone.
  private static func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
