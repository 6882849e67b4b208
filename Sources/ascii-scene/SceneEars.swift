import Renderer
import SceneLang

/// Reads the sounds that one scene listens to, below its folder.
final class SceneEars: Sendable {
  /// One for the process: `check` of many scenes analyses a track once.
  static let library = SoundLibrary(
    cacheFolder: try? ClipStore.defaultFolder(), cancellation: Interrupts.cancellation)

  private let folder: SceneFolder
  private let world: WorldFailure

  init(folder: SceneFolder, _ world: WorldFailure) { (self.folder, self.world) = (folder, world) }

  func listen(_ request: SoundRequest) -> Result<SoundAnalysis?, SoundFailure> {
    var media: [MediaFile] = []
    for (index, track) in request.mix.tracks.enumerated() {
      do {
        // What was said lies in the cache; a scene names no absolute path.
        let path = track.path.hasPrefix("/") ? track.path : try folder.resolve(track.path)
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
      world.note(error)
      let guilty = request.mix.tracks.firstIndex { error.message.contains("`\($0.path)`") }
      return .failure(SoundFailure(track: guilty ?? 0, message: error.message))
    }
  }
}
