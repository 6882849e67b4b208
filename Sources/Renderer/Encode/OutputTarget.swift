import Glibc
import SceneLang

/// The place of a build's result, found fit before anything is rendered.
public final class OutputTarget {
  public let path: String
  let part: PartFile
  /// One that was made for a sequence.
  private var madeFolder: String?

  /// The kinds of file that a build can make.
  public static let videoExtensions = Output.Format.allCases.map(\.rawValue)

  /// Reserves a unique file beside `path`; what stands at `path` is not touched until `commit`.
  ///
  /// Throws a failure of kind `writing` when the result could not be put there: the folder is missing or read-only, or the
  /// path names a folder, a device, a symbolic link or one of `inputs`; of kind `unusableName` when its name does not end in
  /// one of `extensions`.
  public init(
    path: String, inputs: [String], extensions: [String] = OutputTarget.videoExtensions
  ) throws(BuildFailure) {
    self.path = path
    let (folder, name) = Self.split(path)
    guard !name.isEmpty, name != ".", name != ".." else { throw .outputIsFolder(path) }
    try Self.checkExisting(path, inputs)
    guard extensions.contains(where: { name.lowercased().hasSuffix(".\($0)") && name.count > $0.count + 1 }) else {
      throw BuildFailure(
        .unusableName, "cannot tell what to write to `\(path)`", help: "end its name in \(Self.list(extensions))")
    }
    guard name.utf8.count <= 200 else { throw BuildFailure(.writing, "the name of `\(path)` is too long") }
    PartFile.removeLeftovers(of: name, in: folder)
    part = try PartFile(for: name, in: folder)
  }

  /// `.mp4`, or `one of .mp4, .webm`.
  private static func list(_ extensions: [String]) -> String {
    (extensions.count > 1 ? "one of " : "") + extensions.map { ".\($0)" }.joined(separator: ", ")
  }

  /// The place of a sequence of `count` files; a folder for them is made where it is missing.
  ///
  /// Throws as above, for any of its files, and also when the folder has files of later numbers, which would be taken for
  /// frames of this video.
  convenience init(sequence names: FrameNames, path: String, count: Int, inputs: [String]) throws(BuildFailure) {
    let (folder, _) = Self.split(path)
    let isNew = mkdir(folder, 0o777) == 0
    if !isNew && errno != EEXIST { throw .system(.writing, "cannot make `\(folder)`", errno) }
    for entry in Folder.entries(folder) {
      let existing = folder == "." && !path.hasPrefix("./") ? entry : "\(folder)/\(entry)"
      guard let number = names.number(of: existing) else { continue }
      guard number < count else {
        throw BuildFailure(
          .writing, "`\(existing)` would look like a frame of this video, which has \(count)",
          help: "remove the files of an earlier sequence, or name another folder")
      }
      try Self.checkExisting(existing, inputs)
    }
    try self.init(path: path, inputs: inputs)
    if isNew { madeFolder = folder }
  }

  /// A folder that was made for nothing goes again.
  deinit {
    guard let madeFolder else { return }
    part.discard()
    rmdir(madeFolder)
  }

  /// Puts the finished part in place of whatever stood at `path`.
  func commit() throws(BuildFailure) { try part.commit(to: path, isDurable: true) }

  /// Writes a whole file and puts it in place.
  public func write(_ bytes: [UInt8]) throws(BuildFailure) {
    try part.write(bytes)
    try commit()
  }

  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }

  private static func checkExisting(_ path: String, _ inputs: [String]) throws(BuildFailure) {
    var existing = stat()
    guard lstat(path, &existing) == 0 else {
      guard errno == ENOENT else { throw .system(.writing, "cannot write `\(path)`", errno) }
      return
    }
    switch existing.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .outputIsFolder(path)
    case S_IFLNK: throw BuildFailure(.writing, "the output `\(path)` is a symbolic link", help: "name the file itself")
    default: throw BuildFailure(.writing, "the output `\(path)` is no regular file")
    }
    for input in inputs {
      var status = stat()
      guard stat(input, &status) == 0 else { continue }
      if (status.st_dev, status.st_ino) == (existing.st_dev, existing.st_ino) {
        throw BuildFailure(
          .writing, "the output `\(path)` is also an input of the scene", help: "give another with `-o`")
      }
    }
  }
}

extension BuildFailure {
  fileprivate static func outputIsFolder(_ path: String) -> Self {
    Self(.writing, "the output `\(path)` is a folder", help: "name a file, such as `intro.mp4`")
  }
}
