import CSystem
import Glibc

/// Looking through the whole store: what is there, what is damaged, what has to go.
extension ClipStore {
  /// An entry as its file's name and date tell, unread.
  public struct Item: Sendable, Hashable {
    public var path: String
    public var key: ContentHash
    public var kind: Kind
    /// Bytes.
    public var size: Int
    /// Since 1970, as the system's clock had it when the entry was last used. Nothing but eviction reads it.
    public var lastUse: Duration
  }

  /// What was removed.
  public struct Eviction: Sendable, Hashable {
    public var entries = 0
    /// Bytes.
    public var size = 0
  }

  /// All entries, the last used first.
  public func items() -> [Item] {
    let found = Folder.entries(shelves).flatMap { shelf in
      Folder.entries("\(shelves)/\(shelf)").compactMap { Item(name: $0, folder: "\(shelves)/\(shelf)") }
    }
    return found.sorted { ($1.lastUse, $0.path) < ($0.lastUse, $1.path) }
  }

  /// Reads every entry and removes those that are not what their names say, which it gives back.
  public func removeDamaged() -> [Item] { items().filter { find($0.key, $0.kind, isUse: false) == .damaged } }

  /// Removes what was not used for longer than the limits say, then what was used longest ago until the rest fits.
  /// `now`: since 1970. Nil, and nothing is removed, while another process uses the store.
  public func prune(_ limits: CacheLimits, now: Duration = .since1970) -> Eviction? {
    var room = limits.size
    // From the last used on: where one has to go, all after it go too.
    var isOver = false
    return evict { item in
      isOver = isOver || item.lastUse < now - limits.age || item.size > room
      room -= item.size
      return isOver
    }
  }

  /// Removes all entries. Nil, and nothing is removed, while another process uses the store.
  public func clear() -> Eviction? { evict { _ in true } }

  /// Asks about every item, the last used first.
  private func evict(_ hasToGo: (Item) -> Bool) -> Eviction? {
    whenAlone {
      var eviction = Eviction()
      for item in items() where hasToGo(item) && Folder.remove(item.path) {
        eviction.entries += 1
        eviction.size += item.size
      }
      return eviction
    }
  }

  /// Runs `body` while nobody else holds the store.
  private func whenAlone<Value>(_ body: () -> Value) -> Value? {
    // A share that cannot be exchanged for the whole lock is given up on trying: it has to be taken again.
    defer { _ = csystem_share_lock(lock.number) }
    return csystem_try_lock(lock.number) != 0 ? body() : nil
  }
}

extension ClipStore.Item {
  /// Nil for a file that is not ours. What has our name and is no file, such as a folder, is damaged and has no size.
  fileprivate init?(name: String, folder: String) {
    let halves = name.split(separator: ".", omittingEmptySubsequences: false)
    let words = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    var status = stat()
    let path = "\(folder)/\(name)"
    guard halves.count == 2, words.count == 3, let key = ContentHash(words[0]), ContentHash(words[1]) != nil,
      let size = Int(words[2]), let kind = ClipStore.Kind(rawValue: String(halves[1])), lstat(path, &status) == 0
    else { return nil }
    let isFile = status.st_mode & S_IFMT == S_IFREG
    self.init(path: path, key: key, kind: kind, size: isFile ? size : 0, lastUse: Duration(status.st_mtim))
  }
}

extension Duration {
  fileprivate init(_ time: timespec) {
    self = .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// By the system's clock, which somebody may set at any time.
  public static var since1970: Duration {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Duration(now)
  }
}
