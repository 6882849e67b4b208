/// A build of one scene's outputs that several machines share: each renders pieces of it into a cache that all of them see.
///
/// With the same scene, options, program and ffmpeg the pieces are the same on every machine, whatever the cache has.
public struct SharedBuild: Sendable {
  /// What one machine renders: a clip, or all clips of a segment of which each frame needs those before it.
  public struct Piece: Sendable {
    /// The output that it is listed for; other ones may show the same clips.
    public let output: String
    /// The plan that it is of, by its place.
    fileprivate let place: Int
    fileprivate let run: ClipRun

    /// Frames of the whole video.
    public var frames: Range<Int> { run.frames }

    public var clipCount: Int { run.clips.count }

    /// The names of the segments that it shows, in order; neighbours of one name are one.
    public var segments: [String] {
      run.clips.flatMap(\.recipe.segments).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
  }

  /// In the order of the outputs and of the timeline. What is rendered for an earlier output is not listed again.
  public let pieces: [Piece]
  private let parts: [Part]
  private let builder: Builder

  /// The build of one output.
  private struct Part {
    let plan: BuildPlan
    let workshop: Workshop
    let clips: ClipPlan
    /// The same frames as clips of a later output, encoded beside these; and that output's plan.
    let twins: (clips: [Clip], plan: BuildPlan)?
  }

  /// Throws as `Builder.build` does before it renders; the outputs are not touched.
  public init(_ plans: [BuildPlan], _ builder: Builder) throws(BuildFailure) {
    self.builder = builder
    var parts: [Part] = []
    for (place, plan) in plans.enumerated() {
      // Their logs would lie beside the outputs.
      var plan = plan
      plan.keepsLogs = false
      let workshop = try Workshop(plan, builder.cancellation)
      var twins: ([Clip], BuildPlan)?
      if let codec = plan.alsoEncodes, let other = plans[(place + 1)...].first(where: { $0.shows(codec) }) {
        let clips = try Builder.clipPlan(plan, workshop.toolchain, frames: workshop.frames, codec: codec).clips
        twins = (clips, other)
      }
      let clips = try Builder.clipPlan(plan, workshop.toolchain, frames: workshop.frames)
      parts.append(Part(plan: plan, workshop: workshop, clips: clips, twins: twins))
    }
    self.parts = parts
    var known: Set<ContentHash> = []
    pieces = parts.enumerated().flatMap { place, part in
      let runs = ClipRun.all(part.clips.clips.filter { known.insert($0.key).inserted })
      known.formUnion(part.twins?.clips.map(\.key) ?? [])
      return runs.map { Piece(output: part.plan.output.path, place: place, run: $0) }
    }
  }

  /// How many clips of a piece the cache lacks, for any of the outputs that show them. Reads those that it has.
  public func missingClips(of piece: Piece) -> Int {
    let part = parts[piece.place]
    return piece.run.clips.count { clip in
      let keys = [clip.key] + (part.twins.map { [$0.clips[clip.index].key] } ?? [])
      return keys.contains { if case .found = part.workshop.store.find($0, .video) { false } else { true } }
    }
  }

  /// Renders what the cache lacks of a piece; gives the number of clips that it did.
  public func render(_ piece: Piece) throws(BuildFailure) -> Int {
    let part = parts[piece.place]
    let rendered = try render(piece.run.clips, part.plan, part)
    // Twins are encoded with their clips, but not where only they were missing.
    guard let (twins, plan) = part.twins else { return rendered }
    return rendered + (try render(piece.run.clips.map { twins[$0.index] }, plan, part))
  }

  private func render(_ clips: [Clip], _ plan: BuildPlan, _ part: Part) throws(BuildFailure) -> Int {
    let census = try ClipCensus(clips, part.workshop.store, lastBuild: nil, builder.cancellation)
    try builder.render(census.missing, plan, part.clips, part.workshop, into: FinishedClips(census.entries))
    return census.missing.count
  }
}

extension BuildPlan {
  /// Whether it is of a whole opaque video whose clips are encoded so.
  fileprivate func shows(_ codec: ClipCodec) -> Bool {
    self.codec == codec && !output.isPoster && !output.isTransparent
  }
}
