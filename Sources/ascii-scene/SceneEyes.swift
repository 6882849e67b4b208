import Renderer
import SceneLang

/// Opens the pictures and videos that one scene shows, below its folder.
final class SceneEyes: Sendable {
  private let folder: SceneFolder
  private let detector: SubjectDetector?
  private let cacheFolder = try? ClipStore.defaultFolder()
  private let world: WorldFailure

  /// `detector`: the path of a program that finds subjects. Throws `CommandFailure` when it is none.
  init(folder: SceneFolder, detector: String?, _ world: WorldFailure) throws {
    self.folder = folder
    self.world = world
    do { self.detector = try detector.map { path throws(BuildFailure) in try SubjectDetector(path: path) } } catch {
      throw CommandFailure(error)
    }
  }

  func look(_ request: PictureRequest) -> Result<PictureFacts, InputFailure> {
    do {
      var facts =
        switch request.kind {
        case .image, .video: try open(request)
        case .images(let fps): try open(sequence: request, fps: fps)
        }
      if request.isMeasured {
        facts.curves = try PictureLibrary.shared.curves(of: facts.content, cacheFolder: cacheFolder)
      }
      return .success(facts)
    } catch let failure as InputFailure {
      return .failure(failure)
    } catch let failure as CommandFailure {
      return .failure(InputFailure(message: "cannot read `\(request.path)`: \(failure.message)"))
    } catch let error as BuildFailure {
      world.note(error)
      return .failure(InputFailure(message: error.message))
    } catch {
      return .failure(InputFailure(message: "\(error)"))
    }
  }

  private func media(_ path: String) throws -> MediaFile {
    do {
      return try MediaFile(path: try folder.resolve(path), name: path)
    } catch let failure as CommandFailure {
      throw InputFailure(message: "cannot read `\(path)`: \(failure.message)")
    }
  }

  private func open(_ request: PictureRequest) throws -> PictureFacts {
    try PictureLibrary.shared.open(
      try media(request.path), first: request.first, mask: try request.mask.map(media), detector: detector,
      cacheFolder: cacheFolder, cancellation: Interrupts.cancellation)
  }

  /// SAFETY: as many stills as an hour has at 24 a second.
  private static let mostStills = 86_400

  /// The files that differ from the path in its `*`, by name.
  private func open(sequence request: PictureRequest, fps: Double) throws -> PictureFacts {
    let path = request.path
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (parent, pattern) = (String(path[..<cut]), path[cut...])
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count == 2, !parent.contains("*") else {
      throw CommandFailure(.scene, "the name of stills has one `*`, as in `shots/*.png`")
    }
    let names = Folder.entries(try folder.resolve(parent.isEmpty ? "." : parent)).filter {
      $0.hasPrefix(parts[0]) && $0.hasSuffix(parts[1]) && $0.count > pattern.count - 1 && !$0.hasPrefix(".")
    }.sorted()
    guard !names.isEmpty else { throw CommandFailure(.scene, "no file is called so") }
    guard names.count <= Self.mostStills else {
      throw CommandFailure(.scene, "there are \(names.count) files, more than \(Self.mostStills)")
    }
    return try PictureLibrary.shared.open(
      paths: try names.map { try folder.resolve(parent + $0) }, names: names.map { parent + $0 },
      fps: fps, first: request.first, mask: try request.mask.map(media), detector: detector,
      cacheFolder: cacheFolder, cancellation: Interrupts.cancellation)
  }
}
