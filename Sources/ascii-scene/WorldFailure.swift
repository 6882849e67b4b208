import Renderer
import Synchronization

/// Why inputs of a scene could not be read, where the scene is not to blame: a program is missing, or somebody stopped us.
final class WorldFailure: Sendable {
  private let first = Mutex<BuildFailure?>(nil)

  /// Keeps the first failure; one of an asset is a mistake of the scene, which the checker reports.
  func note(_ failure: BuildFailure) {
    guard failure.kind != .asset else { return }
    first.withLock { $0 = $0 ?? failure }
  }

  /// Throws `CommandFailure` for what was noted.
  func check() throws {
    if let failure = first.withLock({ $0 }) { throw CommandFailure(failure) }
  }
}
