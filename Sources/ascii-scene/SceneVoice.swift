import Renderer
import SceneLang
import Synchronization

/// Says the narrations of one scene, for `--speak`.
final class SceneVoice: Sendable {
  /// One for the process: what is said of a scene is heard until its build has ended.
  private static let library = Mutex<SpeechLibrary?>(nil)
  private let world: WorldFailure

  init(_ world: WorldFailure) { self.world = world }

  func speak(_ request: SpeechRequest) -> Result<Speech, InputFailure> {
    do {
      return .success(try library().speak(request))
    } catch {
      world.note(error)
      return .failure(InputFailure(message: error.message))
    }
  }

  private func library() throws(BuildFailure) -> SpeechLibrary {
    if let known = Self.library.withLock({ $0 }) { return known }
    let library = SpeechLibrary(cacheFolder: try ClipStore.defaultFolder(), cancellation: Interrupts.cancellation)
    Self.library.withLock { $0 = library }
    return library
  }
}
