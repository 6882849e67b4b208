import Glibc
import SceneLang

/// The scenes that the arguments of a command name, and their bytes.
enum SceneFiles {
  /// SAFETY caps a scene file at 4 MiB.
  static let mostBytes = 4 << 20
  /// Tables of colors are long: one of 65 × 65 × 65 has 8 MB.
  static let mostTableBytes = 16 << 20

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
        if let bytes = try? read(path), SourceFile(path: path, bytes: bytes).isScene {
          scenes.append(path)
        }
      default: break
      }
    }
  }

  /// The bytes of a scene file, or of standard input. Throws `CommandFailure` for what is no file of at most 4 MiB, or of
  /// what else is said.
  static func read(_ path: String, atMost limit: Int = mostBytes) throws -> [UInt8] {
    if path == SceneFiles.standardInput { return try readToEnd(STDIN_FILENO, of: "standard input", atMost: limit) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw CommandFailure(.scene, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw CommandFailure(.scene, "`\(path)` is not a regular file")
    }
    guard Int(status.st_size) <= limit else { throw CommandFailure.tooLarge("`\(path)`", limit) }
    return try readToEnd(descriptor, of: "`\(path)`", atMost: limit)
  }

  private static func readToEnd(_ descriptor: Int32, of name: String, atMost limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw CommandFailure(.scene, "cannot read \(name): \(String(cString: strerror(errno)))") }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw CommandFailure.tooLarge(name, limit) }
    }
  }
}

extension CommandFailure {
  fileprivate static func tooLarge(_ name: String, _ limit: Int) -> CommandFailure {
    CommandFailure(
      .scene, "\(name) is larger than the \(limit >> 20) MiB that such a file may have", id: "file_too_large")
  }
}
