import Glibc

/// The environment of the programs we start: nothing that changes what they load, log or print.
enum ChildEnvironment {
  /// The folders of PATH in which programs are looked for: absolute ones only, so that no program is taken from the
  /// folder that somebody happens to stand in.
  static func searchFolders(_ path: String) -> [String] {
    path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
  }

  /// PATH (for wrapper scripts) and a fixed locale.
  static func scrubbed() -> [String] {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return ["PATH=\(searchFolders(path).joined(separator: ":"))", "LC_ALL=C"]
  }
}
