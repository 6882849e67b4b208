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

  /// A file or folder, and why no scene can be read there, as far as its name tells.
  typealias Found = (path: String, problem: CommandFailure?)

  /// Files as given, and for a folder all scenes below it, by path. A scene or a library is a YAML file with a line that
  /// begins with `ascii-scene:`; hidden folders and symbolic links to folders are passed over.
  ///
  /// What may be a scene but cannot be read, and a folder below that cannot, is among them: whoever reads it tells why.
  ///
  /// Throws `CommandFailure` for a folder that holds none, or cannot be read.
  static func find(_ arguments: [String]) throws -> [Found] {
    var result: [Found] = []
    for argument in arguments {
      var status = stat()
      guard argument != standardInput, stat(argument, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        result.append((argument, nil))
        continue
      }
      var scenes: [Found] = []
      let folder = argument.hasSuffix("/") ? String(argument.dropLast()) : argument
      guard collect(below: folder, into: &scenes) else {
        throw CommandFailure(.scene, "cannot read `\(folder)`: \(String(cString: strerror(errno)))")
      }
      guard !scenes.isEmpty else {
        throw CommandFailure(
          .scene, "no scene lies in `\(argument)`", help: "scenes are .yaml files that begin with `ascii-scene: 1`")
      }
      result += scenes.sorted { $0.path < $1.path }
    }
    return result
  }

  /// Whether the folder could be read; else `errno` tells why not.
  private static func collect(below folder: String, into scenes: inout [Found]) -> Bool {
    guard let stream = opendir(folder.isEmpty ? "/" : folder) else { return false }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      var status = stat()
      let (text, isThere) = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) {
          (SystemText($0), fstatat(dirfd(stream), $0, &status, AT_SYMLINK_NOFOLLOW) == 0)
        }
      }
      let name = text.shown
      guard isThere, !name.hasPrefix(".") else { continue }
      let path = "\(folder)/\(name)"
      let problem = text.isUTF8 ? nil : CommandFailure(.scene, "cannot read `\(path)`: its name is no UTF-8")
      switch status.st_mode & S_IFMT {
      case S_IFDIR: if problem != nil || !collect(below: path, into: &scenes) { scenes.append((path, problem)) }
      case S_IFREG, S_IFLNK:
        guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { continue }
        if problem != nil || mayBeScene(path) { scenes.append((path, problem)) }
      default: break
      }
    }
    return true
  }

  /// Whether the file is a scene or a library, by its first 64 KiB, or cannot be read, as where a symbolic link leads
  /// nowhere. What is no file is none.
  private static func mayBeScene(_ path: String) -> Bool {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return false }
    guard let bytes = try? start(of: path) else { return true }
    // UTF-16, which `check` refuses with a word of help, has a mark before it, and every other byte is 0.
    return SourceFile(path: path, bytes: Array(bytes.filter { $0 != 0 }.drop { $0 >= 0x80 })).isScene
  }

  private static func start(of path: String) throws -> [UInt8] {
    let descriptor = try openFile(path).descriptor
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0 else { throw CommandFailure(.scene, "cannot read `\(path)`") }
    return Array(bytes[..<count])
  }

  /// The bytes of a scene file, or of standard input. Throws `CommandFailure` for what is no file of at most 4 MiB, or of
  /// what else is said.
  static func read(_ path: String, atMost limit: Int = mostBytes) throws -> [UInt8] {
    if path == SceneFiles.standardInput { return try readToEnd(STDIN_FILENO, of: "standard input", atMost: limit) }
    let (descriptor, size) = try openFile(path)
    defer { close(descriptor) }
    guard size <= limit else { throw CommandFailure.tooLarge("`\(path)`", limit) }
    return try readToEnd(descriptor, of: "`\(path)`", atMost: limit)
  }

  private static func openFile(_ path: String) throws -> (descriptor: Int32, size: Int) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw CommandFailure(.scene, "cannot read `\(path)`: \(String(cString: strerror(errno)))")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw CommandFailure(.scene, "`\(path)` is not a regular file")
    }
    return (descriptor, Int(status.st_size))
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
