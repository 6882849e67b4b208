import CSystem
import Glibc

/// The folder of finished clips, encoded sounds and analyses, each found by the key of its content.
///
/// An entry is `<key>-<hash of its bytes>-<their number>.<kind>`: one file that appears by one rename and proves itself
/// when it is read. So builds may share the folder, and damage is noticed. Whoever holds a store holds a share of the
/// folder's lock; entries are evicted only by whoever gets the whole lock, so never from under a running build.
public final class ClipStore: Sendable {
  public let folder: String
  private let temporary: String
  let lock: Descriptor

  /// What kinds of entry there are; the raw value ends the file's name.
  public enum Kind: String, Sendable, CaseIterable {
    case video = "mp4"
    case sound = "m4a"
    case exposure
    /// What was found in a sound.
    case analysis
    /// A line that was said aloud.
    case speech = "wav"
    /// What the last build of a scene was made of.
    case manifest
    /// Hashes of a clip's frames, for provenance.
    case frames
    /// The version of ffmpeg that a program has told.
    case toolchain
    /// A golden frame, made small.
    case picture = "ppm"
  }

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
    do { lock = try Descriptor(opening: "\(self.folder)/lock", O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o600) } catch {
      throw .system(.writing, "cannot write to the cache folder `\(folder)`", error.number)
    }
    guard csystem_share_lock(lock.number) == 0 else {
      throw .system(.writing, "cannot lock the cache folder `\(folder)`", errno)
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

  /// The entry with that key, its bytes read and compared with its name. `isUse`: it counts as used now.
  func find(_ key: ContentHash, _ kind: Kind, isUse: Bool = true) -> Lookup {
    var lookup = Lookup.missing
    for name in Folder.entries(shelf(key)) where name.hasPrefix("\(key)-") && name.hasSuffix(".\(kind.rawValue)") {
      let path = "\(shelf(key))/\(name)"
      if let file = try? Descriptor(opening: path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK), let size = file.status?.st_size,
        let hash = try? ContentHash(of: file), name == Self.name(key, hash, size: Int(size), kind)
      {
        // Of our own accord: many systems note reading seldom or never.
        if isUse { futimens(file.number, nil) }
        return .found(Entry(path: path, size: Int(size)))
      }
      _ = Folder.remove(path)
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

  /// The entry with that key as text; nil where there is none.
  func text(_ key: ContentHash, _ kind: Kind, isUse: Bool = true) -> String? {
    bytes(key, kind, isUse: isUse).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of the entry with that key; nil where there is none.
  func bytes(_ key: ContentHash, _ kind: Kind, isUse: Bool = true) -> [UInt8]? {
    guard case .found(let entry) = find(key, kind, isUse: isUse), let file = try? Descriptor(reading: entry.path) else {
      return nil
    }
    return try? file.read(entry.size, at: 0)
  }

  /// Makes a text the entry of that key.
  func keep(_ text: String, _ key: ContentHash, _ kind: Kind) throws(BuildFailure) {
    try keep(Array(text.utf8), key, kind)
  }

  /// Makes bytes the entry of that key.
  func keep(_ bytes: [UInt8], _ key: ContentHash, _ kind: Kind) throws(BuildFailure) {
    let part = try makePart()
    try part.write(bytes)
    _ = try commit(part, key, kind)
  }

  /// 256 folders, so that none grows too large to list.
  func shelf(_ key: ContentHash) -> String { "\(shelves)/\(key.description.prefix(2))" }
  var shelves: String { "\(folder)/clips" }

  private static func name(_ key: ContentHash, _ hash: ContentHash, size: Int, _ kind: Kind) -> String {
    "\(key)-\(hash)-\(size).\(kind.rawValue)"
  }
}
