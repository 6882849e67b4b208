import Renderer
import SceneLang
import Synchronization

/// Reads the sounds that one scene listens to, below its folder.
final class SceneEars: Sendable {
  /// One for the process: `check` of many scenes analyses a track once.
  private static let library = SoundLibrary(
    cacheFolder: try? ClipStore.defaultFolder(), cancellation: Interrupts.cancellation)

  private let folder: String
  /// What is no mistake of the scene.
  private let failure = Mutex<BuildFailure?>(nil)

  init(folder: String) { self.folder = folder }

  func listen(_ request: SoundRequest) -> Result<SoundAnalysis?, SoundFailure> {
    do {
      let path = try SceneLoader.resolve(request.track, in: folder)
      let media = try MediaFile(path: path, name: request.track)
      return .success(request.isAnalyzed ? try Self.library.analysis(of: media, tempo: request.tempo) : nil)
    } catch let error as CommandFailure {
      return .failure(SoundFailure(message: "cannot read `\(request.track)`: \(error.message)"))
    } catch let error as BuildFailure {
      if error.kind != .asset { failure.withLock { $0 = error } }
      return .failure(SoundFailure(message: error.message))
    } catch { preconditionFailure("\(error)") }
  }

  /// Throws `CommandFailure` when a sound could not be read for want of a program, or because somebody stopped us.
  func checkPrograms() throws {
    if let failure = failure.withLock({ $0 }) { throw CommandFailure(failure) }
  }
}
