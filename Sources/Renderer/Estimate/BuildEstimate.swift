import SceneLang

/// What a build will take, from a few of its frames (CATALOGUE X-25).
public struct BuildEstimate: Sendable, Hashable {
  public var format: PictureFormat
  /// Of the video, and those of them that the cache lacks.
  public var clips: Int
  public var missing: Int
  public var workers: Int
  /// Frames that were rendered to know.
  public var measuredFrames: Int
  /// Of the whole build.
  public var seconds: Double
  /// Bytes that the workers and their encoders hold at once.
  public var memory: Int
  /// Bytes of the video.
  public var size: Int

  /// Clips that are measured, at most.
  private static let mostSamples = 6
  /// Seconds for what is done once: to ask the programs who they are, to join, to probe; measured on two cores.
  private static let overhead = 0.4
  /// Bytes that are joined in a second: read, written, and moved once more to make room for the head; measured from 10 to 120 MB.
  private static let joiningSpeed = 250e6
  /// Seconds to encode a second of sound, and its bytes.
  private static let soundSeconds = 0.04
  private static let soundBytes = 24_000.0

  /// Measures frames of clips that the cache lacks; of any where it has all, for their size.
  public init(_ plan: BuildPlan, _ cancellation: Cancellation = .never) throws(BuildFailure) {
    let toolchain = try Toolchain.resolve(cancellation)
    let store = try ClipStore(folder: plan.cacheFolder)
    let clipPlan = try Builder.clipPlan(plan, toolchain, frames: plan.frames ?? 0..<plan.graph.frameCount)
    let census = try ClipCensus(clipPlan.clips, store, lastBuild: nil, cancellation)
    let exposures = SharedExposures(plan.graph, clipPlan, engine: try EngineIdentity.current(), store)
    let before = ResourceUse.ofThisProcess.memory

    let runs = ClipRun.all(census.missing)
    let chosen = Self.chosen(runs.map { $0.clips[0] })
    var samples: [(clip: Clip, sample: ClipSample)] = []
    for clip in chosen {
      samples.append((clip, try ClipSample(clip, plan, toolchain, store, exposures, cancellation)))
    }
    func sample(_ clip: Clip) -> ClipSample {
      samples.min { $0.clip.distance(to: clip) < $1.clip.distance(to: clip) }!.sample
    }

    format = plan.graph.format
    clips = clipPlan.clips.count
    missing = census.missing.count
    measuredFrames = chosen.reduce(0) { $0 + min(ClipSample.count, $1.frames.count) }
    let segments = plan.graph.segments
    let workers = missing > 0 ? plan.workers : 1
    self.workers = workers
    let rendered = runs.map { run in
      ClipCost(
        run, sample(run.clips[0]),
        isShared: run.clips.flatMap(\.parts).allSatisfy { segments[$0.segment].sharesFrames },
        encoders: min(workers, run.clips.count))
    }
    var bytes = rendered.reduce(0) { $0 + $1.bytes } + census.entries.values.reduce(0) { $0 + Double($1.size) }
    let duration = plan.graph.format.fps.seconds(ofFrame: plan.frames?.count ?? plan.graph.frameCount)
    if plan.graph.audio != nil { bytes += duration * Self.soundBytes }
    size = Int(bytes)
    seconds =
      Self.overhead + bytes / Self.joiningSpeed
      + ClipCost.makespan(rendered, workers: workers, cores: Machine.current().cores)
    if plan.graph.audio != nil, missing > 0 {
      seconds += duration * Self.soundSeconds / Double(Machine.current().cores)
    }
    let own = ResourceUse.ofThisProcess.memory
    memory = own + (workers - 1) * (own - before) + workers * ResourceUse.ofChildren.memory
  }

  /// The middles of equal parts of the clips.
  private static func chosen(_ clips: [Clip]) -> [Clip] {
    let count = min(mostSamples, clips.count)
    return (0..<count).map { clips[(2 * $0 + 1) * clips.count / (2 * count)] }
  }
}

extension Clip {
  fileprivate func distance(to other: Clip) -> Int { abs(index - other.index) }
}

/// What one run of clips takes.
struct ClipCost: Hashable {
  /// Processor seconds of the renderer and of the encoder, which work at the same time.
  var rendering: Double
  var encoding: Double
  var bytes = 0.0
  /// Several workers can take turns at its frames.
  var isShared = true
  /// At once.
  var encoders = 1

  /// Seconds until all clips stand: workers share the runs, and those without one help with the frames of the last ones.
  /// No run ends before its own encoders, nor one whose frames cannot be shared before its one renderer; and all together
  /// want no more than the cores have.
  static func makespan(_ clips: [ClipCost], workers: Int, cores: Int) -> Double {
    let shared = clips.reduce(0) { $0 + $1.seconds } / Double(workers)
    let all = clips.reduce(0) { $0 + $1.rendering + $1.encoding } / Double(cores)
    let longest =
      clips.map { clip in
        max(clip.encodingTime, clip.isShared ? clip.rendering / Double(workers) : clip.rendering)
      }.max() ?? 0
    return max(shared, all, longest)
  }

  private var seconds: Double { max(rendering, encodingTime) }

  /// Seconds of its encoders alone.
  private var encodingTime: Double { encoding / Double(encoders) }
}

extension ClipCost {
  /// What the frames of a run take if they are like those of the sample.
  fileprivate init(_ run: ClipRun, _ sample: ClipSample, isShared: Bool, encoders: Int) {
    let (frames, clips) = (Double(run.frames.count), Double(run.clips.count))
    self.init(
      rendering: sample.preparing + frames * sample.rendering,
      encoding: clips * sample.starting + frames * sample.encoding,
      bytes: clips * sample.firstBytes + (frames - clips) * sample.frameBytes, isShared: isShared, encoders: encoders)
  }
}
