import Glibc
import SceneLang

/// The scenes that the arguments of a command name.
enum SceneFiles {
  /// Standard input.
  static let standardInput = "-"

  /// Files as given, and for a folder all scenes below it, by path. A scene or a library is a YAML file with a line that
  /// begins with `ascii-scene:`; hidden folders and symbolic links to folders are passed over.
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
      try collect(below: argument.hasSuffix("/") ? String(argument.dropLast()) : argument, into: &scenes)
      guard !scenes.isEmpty else {
        throw CommandFailure(
          .scene, "no scene lies in `\(argument)`", help: "scenes are .yaml files that begin with `ascii-scene: 1`")
      }
      result += scenes.sorted()
    }
    return result
  }

  private static func collect(below folder: String, into scenes: inout [String]) throws {
    guard let stream = opendir(folder.isEmpty ? "/" : folder) else {
      throw CommandFailure(.scene, "cannot read `\(folder)`: \(String(cString: strerror(errno)))")
    }
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
      case S_IFDIR: try collect(below: path, into: &scenes)
      case S_IFREG, S_IFLNK:
        guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { continue }
        if let bytes = try? SceneLoader.read(path), SourceFile(path: path, bytes: bytes).isScene {
          scenes.append(path)
        }
      default: break
      }
    }
  }
}
