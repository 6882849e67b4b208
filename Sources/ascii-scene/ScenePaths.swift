import Glibc
import Renderer

/// Where the files lie that a scene names: below its own folder.
enum ScenePaths {
  /// The real path of a file or folder that a scene in `folder` names, which may be `folder` itself. Throws
  /// `CommandFailure` for what leads out of the folder, by symbolic links too.
  static func resolve(_ path: String, in folder: String) throws -> String {
    let root = folder.isEmpty ? "." : folder
    guard let base = Folder.realPath(root), let target = Folder.realPath(root + "/" + path) else {
      throw CommandFailure(.scene, String(cString: strerror(errno)))
    }
    guard lies(target, in: base) else {
      throw CommandFailure(.scene, "it leads out of the scene's folder")
    }
    return target
  }

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
  private static func lies(_ path: String, in folder: String) -> Bool {
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
