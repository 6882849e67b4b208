import SceneLang

/// Encodes the video's sound beside the rendering, or takes it from the store.
///
/// AAC takes 40 ms per second of sound: three minutes cost seven seconds that no build has to wait for twice.
final class SoundTask {
  /// What decides the bytes of the encoded sound.
  let key: ContentHash
  /// The encoded sound.
  let outcome: Outcome<ClipStore.Entry>
  private let thread: WorkerThread?

  /// Throws when the file has no sound; whatever else goes wrong is told by `outcome`.
  init(
    _ mix: OpenedMix, _ span: SoundSpan, _ store: ClipStore, _ toolchain: Toolchain, _ cancellation: Cancellation,
    _ logs: BuildLogs?
  ) throws(BuildFailure) {
    let key = Self.key(try mix.contentHash(), span, toolchain)
    self.key = key
    if case .found(let entry) = store.find(key, .sound) {
      outcome = Outcome(entry)
      thread = nil
      return
    }
    let outcome = Outcome<ClipStore.Entry>()
    self.outcome = outcome
    for (_, media) in mix.tracks { try AudioEncoder.check(media, toolchain, cancellation) }
    let log = try logs?.file("sound.log")
    thread = try WorkerThread {
      outcome.give(
        Result { () throws(BuildFailure) in
          let part = try store.makePart()
          try mix.reading { () throws(BuildFailure) in
            try AudioEncoder.encode(mix, span, into: part, toolchain, cancellation, log: log)
          }
          return try store.commit(part, key, .sound)
        })
    }
  }

  private static func key(_ content: ContentHash, _ span: SoundSpan, _ toolchain: Toolchain) -> ContentHash {
    var hasher = ContentHasher()
    hasher.feed(content)
    hasher.feed(toolchain.version)
    for number in [span.samples.lowerBound, span.samples.upperBound] { hasher.feed(number) }
    hasher.feed(span.videoEnd)
    hasher.feed(AudioEncoder.arguments) { $0.feed($1) }
    return hasher.finish()
  }
}
