import Glibc

/// What the programs of a build said, kept because somebody asked for it: the folder `<output>.logs` with a file for every
/// clip, one for the sound, one for joining, and the list of clips.
public final class BuildLogs: Sendable {
  public let folder: String

  /// Makes the folder, and clears away what an earlier build left in it.
  init(beside output: String) throws(BuildFailure) {
    folder = "\(output).logs"
    do { try Folder.make(folder) } catch { throw .system(.writing, "cannot make the folder `\(folder)`", error.number) }
    var status = stat()
    guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw BuildFailure(.writing, "the folder of logs `\(folder)` is a symbolic link", help: "remove it")
    }
    for name in Folder.entries(folder) where Self.isOurs(name) { unlink("\(folder)/\(name)") }
  }

  /// The name of the list of clips.
  static let clipList = "clips.ffconcat"

  /// The name of a clip's log; clips are counted from 1.
  static func name(ofClip index: Int) -> String {
    let digits = "\(index + 1)"
    return "clip-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits).log"
  }

  /// A new file, or an existing one to be written on: a clip that is rendered once more has one log.
  func file(_ name: String) throws(BuildFailure) -> Descriptor {
    let path = "\(folder)/\(name)"
    do {
      return try Descriptor(opening: path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, mode: 0o666)
    } catch { throw .system(.writing, "cannot write `\(path)`", error.number) }
  }

  private static func isOurs(_ name: String) -> Bool {
    ["sound.log", "join.log", clipList].contains(name)
      || name.hasPrefix("clip-") && name.hasSuffix(".log") && name.dropFirst(5).dropLast(4).allSatisfy(\.isNumber)
  }
}
