import Glibc
import Renderer

/// The folder of a scene, and the root that bounds the files it may use: that folder, or one around it.
struct SceneFolder: Sendable {
  /// As the command line names it; empty for the working folder.
  private let path: String
  /// A real path; nil where the folder does not exist, as for a scene of an earlier commit.
  private let root: String?
  /// How many folders it lies below the root.
  let depth: Int
  /// Told of what the scene names.
  private let watched: WatchedFiles?

  /// Throws `CommandFailure` for a root that is no folder around that of the scene.
  init(of scene: String, root: String?, watched: WatchedFiles? = nil) throws {
    self.watched = watched
    path = ScenePaths.folder(of: scene)
    let base = Folder.realPath(path.isEmpty ? "." : path)
    guard let root else {
      (self.root, depth) = (base, 0)
      return
    }
    guard let around = Folder.realPath(root) else {
      throw CommandFailure(.usage, "`--root \(root)`: \(String(cString: strerror(errno)))")
    }
    guard let base, ScenePaths.lies(base, in: around) else {
      throw CommandFailure(.usage, "`\(scene)` does not lie in `--root \(root)`")
    }
    self.root = around
    depth = base.split(separator: "/").count - around.split(separator: "/").count
  }

  /// The real path of a file or folder that the scene names, which may be the root itself. Throws `CommandFailure` for what
  /// leads out of the root, by symbolic links too.
  func resolve(_ file: String) throws -> String {
    let place = (path.isEmpty ? "./" : path) + file
    watched?.add(place)
    guard let root, let target = Folder.realPath(place) else {
      throw CommandFailure(.scene, String(cString: strerror(errno)))
    }
    guard ScenePaths.lies(target, in: root) else { throw CommandFailure(.scene, "it leads out of the scene's folder") }
    return target
  }
}

/// Where files lie beside a scene.
enum ScenePaths {
  /// Throws `CommandFailure` for an output that a scene names and that symbolic links would put outside of its folder.
  static func checkStays(_ output: String, beside scene: String) throws {
    let folder = folder(of: scene)
    // The folders that exist are resolved; those that do not are made below them.
    var existing = output
    repeat {
      guard let slash = existing.lastIndex(of: "/") else { return }
      existing = String(existing[..<slash])
    } while existing.count > folder.count && Folder.realPath(existing) == nil
    guard !existing.isEmpty else { return }
    let (base, target) = (Folder.realPath(folder.isEmpty ? "." : folder), Folder.realPath(existing))
    guard let base, let target, lies(target, in: base) else {
      throw CommandFailure(
        .scene, "the output `\(output)` leads out of the scene's folder", help: "name the place with `-o`")
    }
  }

  /// Whether a real path is that of a folder or of something in it.
  static func lies(_ path: String, in folder: String) -> Bool {
    path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  /// What the outputs of the scene at `path` are called unless it says: as its file without the end.
  static func name(of path: String) -> String { path == SceneFiles.standardInput ? "stdin" : stem(of: path) }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The folder of a scene file with its last slash; empty for the working folder.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
