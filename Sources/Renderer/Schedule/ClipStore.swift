import Glibc

/// The folder of finished clips (and sounds), each found by the key of its content.
///
/// An entry is `<key>-<hash of its bytes>-<their number>.<kind>`: one file that appears by one rename and proves itself
/// when it is read. So two builds may share the folder, damage is noticed, and every entry may be deleted at any time.
public final class ClipStore: Sendable {
  public let folder: String
  private let temporary: String

  /// What kinds of entry there are; the raw value ends the file's name.
  enum Kind: String { case video = "mp4", sound = "m4a" }

  /// An entry that is whole.
  struct Entry: Hashable {
    var path: String
    var size: Int
  }

  enum Lookup: Hashable {
    case found(Entry)
    case missing
    /// An entry that was not what its name says; it is removed.
    case damaged
  }

  /// The folder for finished clips: what the command line says, else ASCII_SCENE_CACHE, else `ascii-scene` in
  /// XDG_CACHE_HOME or in `~/.cache`. Relative folders of the environment do not count, as the XDG rules say.
  public static func defaultFolder(_ chosen: String? = nil, environment: (String) -> String? = value(of:))
    throws(BuildFailure) -> String
  {
    if let chosen { return chosen }
    if let own = environment("ASCII_SCENE_CACHE"), !own.isEmpty { return own }
    if let shared = environment("XDG_CACHE_HOME"), shared.hasPrefix("/") { return "\(shared)/ascii-scene" }
    if let home = environment("HOME"), home.hasPrefix("/") { return "\(home)/.cache/ascii-scene" }
    throw BuildFailure(.writing, "no folder for the cache: HOME is not set", help: "name one with `--cache DIR`")
  }

  public static func value(of name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Opens the store, making the folder where it is missing and clearing away what killed builds left.
  public init(folder: String) throws(BuildFailure) {
    guard !folder.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
      throw BuildFailure(.writing, "the name of the cache folder holds control characters")
    }
    self.folder = try Self.absolute(folder)
    temporary = "\(self.folder)/tmp"
    do { try Folder.make(temporary) } catch {
      throw .system(
        .writing, "cannot make the cache folder `\(folder)`", error.number, help: "name another with `--cache DIR`")
    }
    guard access(temporary, W_OK | X_OK) == 0 else {
      throw .system(
        .writing, "cannot write to the cache folder `\(folder)`", errno, help: "name another with `--cache DIR`")
    }
    PartFile.removeLeftovers(of: nil, in: temporary)
  }

  /// ffmpeg reads the paths in a list of its own, so they have to hold from anywhere.
  private static func absolute(_ folder: String) throws(BuildFailure) -> String {
    if folder.hasPrefix("/") { return folder }
    guard let here = getcwd(nil, 0) else { throw .system(.writing, "the working folder is gone", errno) }
    defer { free(here) }
    return "\(String(cString: here))/\(folder)"
  }

  /// The entry with that key, its bytes read and compared with its name.
  func find(_ key: ContentHash, _ kind: Kind) -> Lookup {
    var lookup = Lookup.missing
    for name in Folder.entries(shelf(key)) where name.hasPrefix("\(key)-") && name.hasSuffix(".\(kind.rawValue)") {
      let path = "\(shelf(key))/\(name)"
      if let file = try? Descriptor(opening: path, O_RDONLY | O_NOFOLLOW), let size = file.status?.st_size,
        let hash = try? ContentHash(of: file), name == Self.name(key, hash, size: Int(size), kind)
      {
        return .found(Entry(path: path, size: Int(size)))
      }
      unlink(path)
      lookup = .damaged
    }
    return lookup
  }

  /// A new file to be filled and given to `commit`; it goes with its owner otherwise.
  func makePart() throws(BuildFailure) -> PartFile { try PartFile(for: "clip", in: temporary) }

  /// Makes the finished part the entry of that key.
  func commit(_ part: PartFile, _ key: ContentHash, _ kind: Kind) throws(BuildFailure) -> Entry {
    let hash: ContentHash
    let size = part.size
    do {
      try Folder.make(shelf(key))
      hash = try ContentHash(of: try Descriptor(reading: part.path))
    } catch { throw .system(.writing, "cannot write to the cache folder `\(folder)`", error.number) }
    let path = "\(shelf(key))/\(Self.name(key, hash, size: size, kind))"
    try part.commit(to: path, isDurable: false)
    return Entry(path: path, size: size)
  }

  /// 256 folders, so that none grows too large to list.
  private func shelf(_ key: ContentHash) -> String { "\(folder)/clips/\(key.description.prefix(2))" }

  private static func name(_ key: ContentHash, _ hash: ContentHash, size: Int, _ kind: Kind) -> String {
    "\(key)-\(hash)-\(size).\(kind.rawValue)"
  }
}
