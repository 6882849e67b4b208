/// What one of several machines renders of a build, into a cache that they share: a clip, or all clips of a segment of which
/// each frame needs those before it.
public struct BuildPiece: Sendable, Hashable {
  /// The place of its plan among those that were asked about.
  public let plan: Int
  let run: ClipRun

  public var clipCount: Int { run.clips.count }

  /// Frames of the whole video.
  public var frames: Range<Int> { run.frames }

  /// The names of the segments that it shows, each once.
  public var segments: [String] {
    run.clips.flatMap(\.recipe.segments).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }
}

extension Builder {
  /// The pieces of the builds of one scene's outputs, in their order: with the same scene, options, program and ffmpeg the
  /// same on every machine, whatever the cache has. What is rendered for an earlier output is not listed again.
  public func pieces(of plans: [BuildPlan]) throws(BuildFailure) -> [BuildPiece] {
    var pieces: [BuildPiece] = []
    var known: Set<ContentHash> = []
    for (index, plan) in plans.enumerated() {
      let workshop = try Workshop(plan, cancellation)
      let clips = try Self.clipPlan(plan, workshop.toolchain, frames: workshop.frames).clips
      pieces += ClipRun.all(clips.filter { known.insert($0.key).inserted }).map { BuildPiece(plan: index, run: $0) }
      known.formUnion(try twins(of: plan, workshop)?.map(\.key) ?? [])
    }
    return pieces
  }

  /// How many clips of a piece the cache lacks, for any of the outputs that they are for. Reads those that it has.
  public func missingClips(of piece: BuildPiece, of plans: [BuildPlan]) throws(BuildFailure) -> Int {
    let plan = plans[piece.plan]
    let workshop = try Workshop(plan, cancellation)
    let twins = try twins(of: plan, workshop)
    return piece.run.clips.count { clip in
      ([clip.key] + (twins.map { [$0[clip.index].key] } ?? [])).contains { !workshop.store.has($0) }
    }
  }

  /// The clips that the same frames are as well, in the same order.
  private func twins(of plan: BuildPlan, _ workshop: Workshop) throws(BuildFailure) -> [Clip]? {
    guard let codec = plan.alsoEncodes else { return nil }
    return try Self.clipPlan(plan, workshop.toolchain, frames: workshop.frames, codec: codec).clips
  }

  /// Renders what the cache lacks of a piece.
  public func render(_ piece: BuildPiece, of plans: [BuildPlan]) throws(BuildFailure) {
    let plan = plans[piece.plan]
    let workshop = try Workshop(plan, cancellation)
    try render(piece.run.clips, plan, workshop)
    // Twins are rendered with their clips, but not where only they were missing.
    guard let twins = try twins(of: plan, workshop),
      let other = plans[(piece.plan + 1)...].first(where: { $0.codec == plan.alsoEncodes })
    else { return }
    try render(piece.run.clips.map { twins[$0.index] }, other, workshop)
  }

  private func render(_ clips: [Clip], _ plan: BuildPlan, _ workshop: Workshop) throws(BuildFailure) {
    let census = try ClipCensus(clips, workshop.store, lastBuild: nil, cancellation)
    let clipPlan = try Self.clipPlan(plan, workshop.toolchain, frames: workshop.frames)
    try render(census.missing, plan, clipPlan, workshop, into: FinishedClips(census.entries))
  }
}

extension ClipStore {
  fileprivate func has(_ key: ContentHash) -> Bool { if case .found = find(key, .video) { true } else { false } }
}
