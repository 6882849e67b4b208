import SceneLang
import Synchronization

/// Encodes the video's sound beside the rendering, or takes it from the store.
///
/// AAC takes 40 ms per second of sound: three minutes cost seven seconds that no build has to wait for twice.
final class SoundTask {
  /// What decides the bytes of the encoded sound.
  let key: ContentHash
  private let outcome = Outcome()
  private let thread: WorkerThread?

  private final class Outcome: Sendable {
    let result = Mutex<Result<ClipStore.Entry, BuildFailure>?>(nil)
  }

  /// Throws when the file has no sound; whatever else goes wrong is told by `result`.
  init(
    _ mix: OpenedMix, _ span: SoundSpan, _ store: ClipStore, _ toolchain: Toolchain, _ cancellation: Cancellation,
    _ logs: BuildLogs?
  ) throws(BuildFailure) {
    let key = Self.key(try mix.contentHash(), span, toolchain)
    self.key = key
    if case .found(let entry) = store.find(key, .sound) {
      outcome.result.withLock { $0 = .success(entry) }
      thread = nil
      return
    }
    for (_, media) in mix.tracks { try AudioEncoder.check(media, toolchain, cancellation) }
    let log = try logs?.file("sound.log")
    thread = try WorkerThread { [outcome] in
      let result = Result { () throws(BuildFailure) in
        let part = try store.makePart()
        try mix.reading { () throws(BuildFailure) in
          try AudioEncoder.encode(mix, span, into: part, toolchain, cancellation, log: log)
        }
        return try store.commit(part, key, .sound)
      }
      outcome.result.withLock { $0 = result }
    }
  }

  /// Waits for the encoded sound.
  func result() throws(BuildFailure) -> ClipStore.Entry {
    thread?.join()
    return try outcome.result.withLock { $0! }.get()
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
