import SceneLang

/// Which clips of a video the store has, which are to be rendered, and why.
struct ClipCensus {
  /// What the store has, by key.
  private(set) var entries: [ContentHash: ClipStore.Entry] = [:]
  /// To be rendered, each key once.
  private(set) var missing: [Clip] = []
  /// One for each clip.
  private(set) var fates: [BuildReport.ClipReport.Fate] = []
  private(set) var damaged = 0

  /// Looks every clip up. `lastBuild` is what the scene's last build was made of, nil where none is known. `needsFrames`:
  /// a clip without the hashes of its frames counts as missing.
  init(
    _ clips: [Clip], _ store: ClipStore, lastBuild: BuildManifest?, needsFrames: Bool = false,
    _ cancellation: Cancellation
  ) throws(BuildFailure) {
    let earlier = lastBuild?.matching(clips.map(\.recipe))
    var seen: Set<ContentHash> = []
    for clip in clips {
      try cancellation.check()
      guard seen.insert(clip.key).inserted else {
        fates.append(.repeated)
        continue
      }
      let lookup = store.find(clip.key, .video)
      let lacksFrames = needsFrames && Self.frameHashes(of: clip, store) == nil
      if case .found(let entry) = lookup, !lacksFrames {
        entries[clip.key] = entry
        fates.append(.reused)
      } else {
        missing.append(clip)
        if lookup == .damaged { damaged += 1 }
        let reasons: [String] =
          switch lookup {
          case .damaged: ["its file in the cache was damaged"]
          case .found: ["the hashes of its frames are not in the cache"]
          case .missing: Self.reasons(clip.recipe, since: earlier.map { $0[clip.index] })
          }
        fates.append(.rendered(because: reasons))
      }
    }
  }

  /// Throws a failure of kind `rendering` where a clip is missing.
  func checkComplete() throws(BuildFailure) {
    guard let first = missing.first else { return }
    let (lacking, frames) = (missing.count, first.frames)
    let all = fates.count { $0 != .repeated }
    throw BuildFailure(
      .rendering,
      "the cache lacks \(lacking) of \(all) clips, the first of frames "
        + "\(frames.lowerBound)..\(frames.upperBound)",
      help: "`plan` tells which piece each is in, and `render-clip` renders them")
  }

  /// Of the clip's frames, as they were kept when it was rendered.
  static func frameHashes(of clip: Clip, _ store: ClipStore) -> [ContentHash]? {
    store.text(clip.key, .frames).flatMap { FrameHashList(text: $0, count: clip.frames.count)?.hashes }
  }

  /// `earlier`: nil without an earlier build, a nil inside it where that had no such clip.
  private static func reasons(_ recipe: ClipRecipe, since earlier: ClipRecipe??) -> [String] {
    switch earlier {
    case nil: return ["no earlier build of this scene is known"]
    case .some(nil): return ["the last build had no such clip"]
    case .some(.some(let earlier)):
      let changes = recipe.changes(since: earlier)
      return changes.isEmpty ? ["its file is no longer in the cache"] : changes
    }
  }
}
