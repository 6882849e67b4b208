import SceneLang

/// Builds a video: cut into clips → render what the cache lacks → join → verify → put in place.
public struct Builder: Sendable {
  let cancellation: Cancellation
  let onWarning: @Sendable (String) -> Void
  let onProgress: @Sendable (BuildProgress) -> Void

  /// `onProgress` is called by one thread at a time, after every frame; `onWarning` by any, as soon as something had to
  /// be done again or is smaller than was asked for.
  public init(
    cancellation: Cancellation = .never, onProgress: @escaping @Sendable (BuildProgress) -> Void = { _ in },
    onWarning: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.cancellation = cancellation
    self.onWarning = onWarning
    self.onProgress = onProgress
  }

  /// Whatever can fail without rendering fails before it: programs, output, cache, sound.
  public func build(_ plan: BuildPlan) throws(BuildFailure) -> BuildReport {
    let start = SuspendingClock.now
    let output = try plan.output.target(
      frameCount: plan.renderedFrames.count, plan.graph.format, inputs: plan.inputs)
    let workshop = try Workshop(plan, cancellation)
    let mix = plan.output.format.carriesSound ? plan.graph.audio : nil
    let opened = try mix.map { (mix) throws(BuildFailure) in try OpenedMix(mix) }
    let clipPlan = try Self.clipPlan(plan, workshop.toolchain, frames: workshop.frames)
    let clips = clipPlan.clips
    // Of each kind of clips there was a last build.
    let scene = Self.absolute(plan.scene) + (plan.codec == .final(plan.encoder) ? "" : " \(plan.codec)")
    let census = try ClipCensus(
      clips, workshop.store, lastBuild: workshop.store.manifest(of: scene), needsFrames: plan.recordsProvenance,
      cancellation)
    if plan.rendersNothing { try census.checkComplete() }
    let sound = try opened.map { (opened) throws(BuildFailure) in
      let span = SoundSpan(workshop.frames, of: workshop.frameCount, workshop.format.fps)
      return try SoundTask(opened, span, workshop.store, workshop.toolchain, cancellation, workshop.logs)
    }
    let finished = FinishedClips(census.entries)
    let digest = plan.recordsProvenance ? BuildProvenance.digest(plan.output, clips, sound: sound?.key) : nil
    let joiner = Joiner(
      toolchain: workshop.toolchain, fps: workshop.format.fps, cancellation: cancellation, logs: workshop.logs,
      comment: digest.map { "ascii-scene \($0)" })
    let joining =
      plan.output.format == .mp4
      ? JoinTask(
        joiner, clips, finished, sound: sound?.outcome, subtitles: plan.subtitles, into: output.part) : nil
    try render(census.missing, plan, clipPlan, workshop, into: finished)
    let soundEntry = try sound?.outcome.value()

    let joinStart = SuspendingClock.now
    let entries = finished.entries
    let clipBytes = clips.reduce(soundEntry?.size ?? 0) { $0 + entries[$1.key]!.size }
    let provenance = try digest.map { (digest) throws(BuildFailure) in
      try self.provenance(digest, of: plan, clips, sound?.key, workshop)
    }
    let parts = clips.map { Joiner.Part(path: entries[$0.key]!.path, frameCount: $0.frames.count) }
    let outputBytes = try assemble(parts, soundEntry, joiner, joining, bytes: clipBytes, plan, workshop, to: output)
    let end = SuspendingClock.now

    // The video stands: a cache that cannot be written only costs the next build time and reasons. A part of a video is
    // no build that a later one is compared with.
    if workshop.frames.count == workshop.frameCount {
      try? workshop.store.keep(BuildManifest(scene: scene, clips: clips.map(\.recipe)))
    }
    _ = workshop.store.prune(plan.cacheLimits)
    return BuildReport(
      output: plan.output.path, frames: workshop.frames.count,
      outputFrames: plan.output.frameCount(of: workshop.frames.count, workshop.format),
      duration: workshop.format.fps.seconds(ofFrame: workshop.frames.count), seconds: (end - start) / .seconds(1),
      joinSeconds: (end - joinStart) / .seconds(1), clipBytes: clipBytes, outputBytes: outputBytes,
      clips: .init(
        total: clips.count, rendered: census.missing.count, cached: clips.count - census.missing.count,
        damaged: census.damaged),
      clipReports: zip(clips, census.fates).map {
        .init(frames: $0.frames, segments: $0.recipe.segments, fate: $1)
      }, provenance: provenance)
  }

  private func provenance(
    _ digest: ContentHash, of plan: BuildPlan, _ clips: [Clip], _ sound: ContentHash?, _ workshop: Workshop
  ) throws(BuildFailure) -> BuildProvenance {
    let recorded = try clips.map { (clip) throws(BuildFailure) in
      guard let hashes = ClipCensus.frameHashes(of: clip, workshop.store) else {
        throw BuildFailure(
          .writing, "the hashes of frames \(clip.frames) have gone from the cache", help: "build again")
      }
      return BuildProvenance.ClipFrames(frames: clip.frames, key: clip.key, frameHashes: hashes)
    }
    return BuildProvenance(
      digest: digest, engine: workshop.engine, ffmpeg: workshop.toolchain.version, encoder: "\(plan.codec)",
      sound: sound, clips: recorded)
  }

  func render(
    _ clips: [Clip], _ plan: BuildPlan, _ clipPlan: ClipPlan, _ workshop: Workshop, into finished: FinishedClips
  ) throws(BuildFailure) {
    var twins: [ContentHash: (key: ContentHash, codec: ClipCodec)] = [:]
    if let codec = plan.alsoEncodes {
      let others = try Self.clipPlan(plan, workshop.toolchain, frames: workshop.frames, codec: codec).clips
      for clip in clips {
        let key = others[clip.index].key
        if case .found = workshop.store.find(key, .video) { continue }
        twins[clip.key] = (key, codec)
      }
    }
    let exposures = SharedExposures(plan.graph, clipPlan, engine: workshop.engine, workshop.store)
    let scheduler = ClipScheduler(
      format: workshop.format, codec: plan.codec, toolchain: workshop.toolchain, store: workshop.store,
      makeSource: { [makeSource = plan.makeSource] in try makeSource($0, exposures) }, cancellation: cancellation,
      patience: plan.patience, logs: workshop.logs, recordsFrames: plan.recordsProvenance, twins: twins,
      onWarning: onWarning)
    try scheduler.render(clips, workers: plan.workers, into: finished, onProgress: onProgress)
  }

  /// Waits for the joined clips, or encodes them anew, verifies the result and puts it in place. Gives its size in bytes.
  private func assemble(
    _ parts: [Joiner.Part], _ sound: ClipStore.Entry?, _ joiner: Joiner, _ joining: JoinTask?, bytes: Int,
    _ plan: BuildPlan, _ workshop: Workshop, to output: OutputTarget
  ) throws(BuildFailure) -> Int {
    let format = workshop.format
    if let joining {
      report(.joining, frames: workshop.frames.count)
      do {
        try joining.result()
        try verify(output, hasAudio: sound != nil, plan, workshop)
      } catch {
        // ffmpeg does not always say so.
        throw lackOfRoom(bytes, for: output) ?? error
      }
    } else {
      let count = plan.output.frameCount(of: workshop.frames.count, format)
      let transcoder = Transcoder(
        joiner: joiner, output: plan.output, format: format, isDraft: plan.encoder.preset == .ultrafast,
        onWarning: onWarning, onFrame: { report(.encoding, frames: count, done: $0) })
      if plan.output.format == .png {
        return try PictureExport(transcoder: transcoder, target: output).write(parts, count: count)
      }
      try transcoder.encode(parts, audio: sound?.path, into: output.part)
      try verify(output, hasAudio: sound != nil, plan, workshop)
    }
    let size = output.part.size
    try output.commit()
    return size
  }

  private func verify(
    _ output: OutputTarget, hasAudio: Bool, _ plan: BuildPlan, _ workshop: Workshop
  ) throws(BuildFailure) {
    report(.verifying, frames: workshop.frames.count)
    try plan.output.check(
      output.part.path, of: workshop.format, frameCount: workshop.frames.count, hasAudio: hasAudio,
      hasSubtitles: plan.subtitles != nil, workshop.toolchain, cancellation)
  }

  private func report(_ step: BuildProgress.Step, frames: Int, done: Int? = nil) {
    var progress = BuildProgress(frames: frames, clips: 0, workers: 0)
    progress.step = step
    progress.renderedFrames = done ?? frames
    onProgress(progress)
  }

  /// Nil where a video of `bytes` has its room.
  private func lackOfRoom(_ bytes: Int, for output: OutputTarget) -> BuildFailure? {
    guard let left = Folder.freeBytes(output.part.path) else { return nil }
    let free = left + output.part.occupied
    if free >= bytes { return nil }
    return BuildFailure(.writing, "`\(output.path)` needs \(bytes) bytes, and only \(free) are free there")
  }

  /// The clips of a build of `frames`, with all that decides their bytes; `codec` nil for that of the plan. Where they are
  /// cut does not depend on it.
  static func clipPlan(
    _ plan: BuildPlan, _ toolchain: Toolchain, frames: Range<Int>, codec: ClipCodec? = nil
  ) throws(BuildFailure) -> ClipPlan {
    let shared: [ClipRecipe.Part] = [
      .init(.engine, .hash(try EngineIdentity.current())), .init(.ffmpeg, .text(toolchain.version)),
      .init(.encoder, .text("\(codec ?? plan.codec)")),
    ]
    return ClipPlan(plan.graph, range: frames, shared: shared, features: features(plan.graph))
  }

  /// What decides the values of the features.
  static func features(_ graph: RenderGraph) -> ContentHash {
    if let sound = graph.sound { return sound.contentHash }
    var hasher = ContentHasher()
    hasher.feed(graph.tempo)
    return hasher.finish()
  }

  /// The path by which a scene is known wherever it is built from; as given when the file is gone.
  private static func absolute(_ path: String) -> String { Folder.realPath(path) ?? path }
}

/// What clips are rendered with, found fit before any is.
struct Workshop {
  let format: PictureFormat
  /// Of the whole video.
  let frames: Range<Int>
  let frameCount: Int
  let store: ClipStore
  let toolchain: Toolchain
  let engine: ContentHash
  let logs: BuildLogs?

  init(_ plan: BuildPlan, _ cancellation: Cancellation) throws(BuildFailure) {
    format = plan.graph.format
    frameCount = plan.graph.frameCount
    frames = plan.renderedFrames
    store = try ClipStore(folder: plan.cacheFolder)
    // Neither needs the other, and each takes its time where it is not known.
    let hashing = try? WorkerThread { _ = try? EngineIdentity.current() }
    defer { hashing?.join() }
    toolchain = try Toolchain.resolve(store: store, cancellation)
    if plan.codec.isFinal { try toolchain.check(encoder: plan.codec.encoder, cancellation) }
    engine = try EngineIdentity.current()
    logs = plan.keepsLogs ? try BuildLogs(beside: plan.output.path) : nil
  }
}
