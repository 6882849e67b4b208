import Glibc

/// The environment of the programs we start: nothing that changes what they load, log or print.
enum ChildEnvironment {
  /// The folders of PATH in which programs are looked for: absolute ones only, so that no program is taken from the
  /// folder that somebody happens to stand in.
  static func searchFolders(_ path: String) -> [String] {
    path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
  }

  /// The absolute path of a program in PATH; nil where there is none that may be run.
  static func program(_ name: String) -> String? {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    return searchFolders(path).map { "\($0)/\(name)" }.first { candidate in
      var status = stat()
      return stat(candidate, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(candidate, X_OK) == 0
    }
  }

  /// PATH (for wrapper scripts) and a fixed locale.
  static func scrubbed() -> [String] {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return ["PATH=\(searchFolders(path).joined(separator: ":"))", "LC_ALL=C"]
  }
}
