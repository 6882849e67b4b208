import SceneLang
import Synchronization

/// Has lines said aloud, each once: what was said is kept in the cache by its words, its voice and who said it.
public final class SpeechLibrary: Sendable {
  private let cacheFolder: String
  private let cancellation: Cancellation
  private let state = Mutex<(synthesizer: (any Synthesizer)?, store: ClipStore?)>((nil, nil))

  public init(cacheFolder: String, cancellation: Cancellation = .never) {
    self.cacheFolder = cacheFolder
    self.cancellation = cancellation
  }

  /// The line as a file of the cache, which stays there as long as the library.
  ///
  /// Throws a failure of kind `missingProgram` without a synthesiser, `asset` when it cannot speak so, `writing` when the
  /// cache cannot be used.
  public func speak(_ request: SpeechRequest) throws(BuildFailure) -> Speech {
    let store = try store()
    let synthesizer = try synthesizer()
    var hasher = ContentHasher()
    hasher.feed("speech")
    hasher.feed(synthesizer.identity)
    hasher.feed(request.text)
    hasher.feed(request.voice)
    hasher.feed(request.pace)
    let key = hasher.finish()
    if case .found(let entry) = store.find(key, .speech), let wave = store.bytes(key, .speech).flatMap(SpeechWave.init)
    {
      return Speech(path: entry.path, duration: wave.duration)
    }
    let wave = try synthesizer.speak(request, cancellation)
    try store.keep(wave.wav, key, .speech)
    guard case .found(let entry) = store.find(key, .speech) else {
      throw BuildFailure(.writing, "what was said cannot be kept in the cache folder `\(cacheFolder)`")
    }
    return Speech(path: entry.path, duration: wave.duration)
  }

  /// Kept open, so that nothing is evicted before it is heard.
  private func store() throws(BuildFailure) -> ClipStore {
    if let store = state.withLock({ $0.store }) { return store }
    let store = try ClipStore(folder: cacheFolder)
    state.withLock { $0.store = store }
    return store
  }

  private func synthesizer() throws(BuildFailure) -> any Synthesizer {
    if let known = state.withLock({ $0.synthesizer }) { return known }
    let found = try Espeak(cancellation)
    state.withLock { $0.synthesizer = found }
    return found
  }
}
