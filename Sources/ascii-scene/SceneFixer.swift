import Glibc
import Renderer
import SceneLang

/// `check --fix`: makes the corrections that a scene's findings call safe.
enum SceneFixer {
  /// Mended structure brings new findings to light, but hardly more often.
  private static let mostRounds = 20

  /// Mends the file and answers how many edits that took; a file without any is not touched.
  ///
  /// Throws `CommandFailure` when the file cannot be read or written.
  static func fix(_ path: String, _ overrides: SceneOverrides) throws -> Int {
    guard path != SceneFiles.standardInput else {
      throw CommandFailure(.usage, "`--fix` cannot write to standard input", help: "name a file")
    }
    let original = try SceneFiles.read(path)
    var bytes = original
    var count = 0
    for _ in 0..<mostRounds {
      let compilation = try SceneLoader.check(path, bytes: bytes, overrides)
      let edits = SourceEdits(compilation.diagnostics, and: compilation.respellings, in: FileID(0))
      let mended = edits.apply(to: bytes)
      if mended == bytes { break }
      bytes = mended
      count += edits.count
    }
    if bytes != original { try write(bytes, to: path) }
    return count
  }

  /// Puts the new text in place of the old, where a link leads, with its permissions.
  private static func write(_ bytes: [UInt8], to name: String) throws {
    var status = stat()
    guard stat(name, &status) == 0, let resolved = realpath(name, nil) else {
      throw CommandFailure(.rendering, "cannot write `\(name)`: \(String(cString: strerror(errno)))")
    }
    defer { free(resolved) }
    let path = String(cString: resolved)
    let suffix = path.split(separator: ".").last.map(String.init) ?? ""
    do {
      try OutputTarget(path: path, inputs: [], extensions: [suffix]).write(bytes)
    } catch { throw CommandFailure(error) }
    guard chmod(path, status.st_mode & 0o7777) == 0 else {
      throw CommandFailure(.rendering, "cannot keep the permissions of `\(path)`: \(String(cString: strerror(errno)))")
    }
  }
}
