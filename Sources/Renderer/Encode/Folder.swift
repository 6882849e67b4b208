import Glibc

/// Folders of the file system.
public enum Folder {
  /// The path of a file or folder with all symbolic links followed; nil where there is none, and `errno` says why.
  public static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The names in a folder, sorted; none where it cannot be read.
  public static func entries(_ path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes the folder and those above it where they are missing, for the user only unless told. Throws the error number.
  static func make(_ path: String, permissions: mode_t = 0o700) throws(SystemCallError) {
    if mkdir(path, permissions) == 0 { return }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try make(String(path[..<slash]), permissions: permissions)
      if mkdir(path, permissions) == 0 { return }
    }
    let number = errno
    var status = stat()
    if number == EEXIST, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
    throw SystemCallError(number: number == EEXIST ? ENOTDIR : number)
  }

  /// Removes what is called `path`, a folder with all that lies in it; links are removed and not followed. Gives whether
  /// it is gone.
  static func remove(_ path: String) -> Bool {
    if unlink(path) == 0 { return true }
    guard errno == EISDIR || errno == EPERM else { return errno == ENOENT }
    for entry in entries(path) where !remove("\(path)/\(entry)") { return false }
    return rmdir(path) == 0
  }

  /// Bytes that can still be written where `path` lies; nil where the system does not say.
  static func freeBytes(_ path: String) -> Int? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }
}
