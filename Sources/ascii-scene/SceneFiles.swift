import Glibc
import SceneLang

/// The scenes that the arguments of a command name.
enum SceneFiles {
  /// Standard input.
  static let standardInput = "-"

  /// Files as given, and for a folder all scenes below it, by path. A scene or a library is a YAML file with a line that
  /// begins with `ascii-scene:`; hidden folders and symbolic links to folders are passed over.
  ///
  /// What may be a scene but cannot be read, and a folder below that cannot, is among them: whoever reads it tells why.
  ///
  /// Throws `CommandFailure` for a folder that holds none, or cannot be read.
  static func find(_ arguments: [String]) throws -> [String] {
    var result: [String] = []
    for argument in arguments {
      var status = stat()
      guard argument != standardInput, stat(argument, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        result.append(argument)
        continue
      }
      var scenes: [String] = []
      let folder = argument.hasSuffix("/") ? String(argument.dropLast()) : argument
      guard collect(below: folder, into: &scenes) else {
        throw CommandFailure(.scene, "cannot read `\(folder)`: \(String(cString: strerror(errno)))")
      }
      guard !scenes.isEmpty else {
        throw CommandFailure(
          .scene, "no scene lies in `\(argument)`", help: "scenes are .yaml files that begin with `ascii-scene: 1`")
      }
      result += scenes.sorted()
    }
    return result
  }

  /// Whether the folder could be read; else `errno` tells why not.
  private static func collect(below folder: String, into scenes: inout [String]) -> Bool {
    guard let stream = opendir(folder.isEmpty ? "/" : folder) else { return false }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: if !collect(below: path, into: &scenes) { scenes.append(path) }
      case S_IFREG, S_IFLNK:
        if name.hasSuffix(".yaml") || name.hasSuffix(".yml"), mayBeScene(path) { scenes.append(path) }
      default: break
      }
    }
    return true
  }

  /// Whether the file is a scene or a library, or cannot be read, as where a symbolic link leads nowhere. What is larger
  /// than a scene may be is none, and neither is what is no file.
  private static func mayBeScene(_ path: String) -> Bool {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return false }
    do {
      return SourceFile(path: path, bytes: try SceneLoader.read(path)).isScene
    } catch { return (error as? CommandFailure)?.id != CommandFailure.tooLargeID }
  }
}
