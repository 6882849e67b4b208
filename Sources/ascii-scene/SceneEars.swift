import Renderer
import SceneLang
import Synchronization

/// Reads the sounds that one scene listens to, below its folder.
final class SceneEars: Sendable {
  /// One for the process: `check` of many scenes analyses a track once.
  static let library = SoundLibrary(
    cacheFolder: try? ClipStore.defaultFolder(), cancellation: Interrupts.cancellation)

  private let folder: String
  /// What is no mistake of the scene.
  private let failure = Mutex<BuildFailure?>(nil)

  init(folder: String) { self.folder = folder }

  func listen(_ request: SoundRequest) -> Result<SoundAnalysis?, SoundFailure> {
    var media: [MediaFile] = []
    for (index, track) in request.mix.tracks.enumerated() {
      do {
        // What was said lies in the cache; a scene names no absolute path.
        let path = track.path.hasPrefix("/") ? track.path : try SceneLoader.resolve(track.path, in: folder)
        media.append(try MediaFile(path: path, name: track.path))
      } catch let error as CommandFailure {
        return .failure(SoundFailure(track: index, message: "cannot read `\(track.path)`: \(error.message)"))
      } catch {
        return .failure(SoundFailure(track: index, message: "\(error)"))
      }
    }
    do {
      guard request.isAnalyzed else {
        for file in media { try file.checkIsWhole() }
        return .success(nil)
      }
      return .success(try Self.library.analysis(of: request.mix, media, tempo: request.tempo))
    } catch {
      if error.kind != .asset { failure.withLock { $0 = error } }
      let guilty = request.mix.tracks.firstIndex { error.message.contains("`\($0.path)`") }
      return .failure(SoundFailure(track: guilty ?? 0, message: error.message))
    }
  }

  /// Throws `CommandFailure` when a sound could not be read for want of a program, or because somebody stopped us.
  func checkPrograms() throws {
    if let failure = failure.withLock({ $0 }) { throw CommandFailure(failure) }
  }
}
