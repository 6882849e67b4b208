import Renderer
import SceneLang
import Synchronization

/// Says the narrations of one scene, for `--speak`.
final class SceneVoice: Sendable {
  /// One for the process: what is said of a scene is heard until its build has ended.
  private static let library = Mutex<SpeechLibrary?>(nil)
  /// What is no mistake of the scene.
  private let failure = Mutex<BuildFailure?>(nil)

  func speak(_ request: SpeechRequest) -> Result<Speech, InputFailure> {
    do {
      return .success(try library().speak(request))
    } catch {
      if error.kind != .asset { failure.withLock { $0 = error } }
      return .failure(InputFailure(message: error.message))
    }
  }

  /// Throws `CommandFailure` when nothing could be said for want of a program or of a cache.
  func checkPrograms() throws {
    if let failure = failure.withLock({ $0 }) { throw CommandFailure(failure) }
  }

  private func library() throws(BuildFailure) -> SpeechLibrary {
    if let known = Self.library.withLock({ $0 }) { return known }
    let library = SpeechLibrary(cacheFolder: try ClipStore.defaultFolder(), cancellation: Interrupts.cancellation)
    Self.library.withLock { $0 = library }
    return library
  }
}
