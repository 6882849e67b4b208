import Foundation
import Testing

@testable import Renderer

@Suite struct ScheduleStoreTests {
  private let folder = TemporaryFolder()
  private let one = ContentHash(high: 1, low: 1)
  private let two = ContentHash(high: 1, low: 2)

  private func store() throws -> ClipStore { try ClipStore(folder: "\(folder.path)/cache") }

  private func put(_ text: String, _ key: ContentHash, in store: ClipStore) throws -> ClipStore.Entry {
    let part = try store.makePart()
    try Data(text.utf8).write(to: URL(fileURLWithPath: part.path), options: [])
    return try store.commit(part, key, .video)
  }

  @Test func anEntryIsFoundByItsKeyAndKind() throws {
    let store = try store()
    #expect(store.find(one, .video) == .missing)
    let entry = try put("hello", one, in: store)
    #expect(entry.size == 5)
    #expect(store.find(one, .video) == .found(entry))
    #expect(store.find(one, .sound) == .missing)
    #expect(store.find(two, .video) == .missing)
    #expect(try String(contentsOfFile: entry.path, encoding: .utf8) == "hello")
  }

  enum Damage: CaseIterable { case flipped, truncated, emptied, lengthened }

  @Test(arguments: Damage.allCases) func aDamagedEntryIsNoticedOnceAndRemoved(damage: Damage) throws {
    let store = try store()
    let entry = try put("hello, world", one, in: store)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: entry.path))
    switch damage {
    case .flipped: bytes[3] ^= 1
    case .truncated: bytes.removeLast()
    case .emptied: bytes.removeAll()
    case .lengthened: bytes.append(0)
    }
    try bytes.write(to: URL(fileURLWithPath: entry.path))
    #expect(store.find(one, .video) == .damaged)
    #expect(store.find(one, .video) == .missing)
    #expect(store.find(one, .video) != .found(try put("hello, world", two, in: store)))
  }

  @Test func aPipeIsNoEntry() throws {
    let store = try store()
    let entry = try put("hello", one, in: store)
    unlink(entry.path)
    #expect(mkfifo(entry.path, 0o600) == 0)
    #expect(store.find(one, .video) == .damaged)
    #expect(store.find(one, .video) == .missing)
  }

  @Test func swappedEntriesAreNoticed() throws {
    let store = try store()
    let (a, b) = (try put("aaaa", one, in: store), try put("bbbb", two, in: store))
    rename(a.path, "\(folder.path)/x")
    rename(b.path, a.path)
    rename("\(folder.path)/x", b.path)
    #expect(store.find(one, .video) == .damaged)
    #expect(store.find(two, .video) == .damaged)
  }

  @Test func twoWritersOfOneKeyBothFinish() throws {
    let (a, b) = (try store(), try store())
    let (first, second) = (try put("same", one, in: a), try put("same", one, in: b))
    #expect(first == second)
    #expect(a.find(one, .video) == .found(first))
  }

  @Test func anUnfinishedPartGoesWithItsOwner() throws {
    let store = try store()
    do {
      let part = try store.makePart()
      #expect(FileManager.default.fileExists(atPath: part.path))
    }
    #expect(folder.files() == ["cache/lock"])
  }

  @Test func leftoversOfKilledBuildsAreClearedAwayAndLiveOnesAreNot() throws {
    let store = try store()
    let live = try store.makePart()
    folder.write("cache/tmp/.clip.0123456789abcdef.part", "left")
    folder.write("cache/tmp/.clip.notours.part", "kept")
    _ = try self.store()
    #expect(folder.files(below: "cache/tmp").count == 2)
    #expect(FileManager.default.fileExists(atPath: live.path))
    #expect(FileManager.default.fileExists(atPath: "\(folder.path)/cache/tmp/.clip.notours.part"))
  }

  @Test func theFolderFollowsCommandLineOwnVariableAndXDG() throws {
    func folder(_ chosen: String?, _ variables: [String: String]) -> String? {
      try? ClipStore.defaultFolder(chosen) { variables[$0] }
    }
    let all = ["ASCII_SCENE_CACHE": "/own", "XDG_CACHE_HOME": "/xdg", "HOME": "/home/me"]
    #expect(folder("here", all) == "here")
    #expect(folder(nil, all) == "/own")
    #expect(folder(nil, ["XDG_CACHE_HOME": "/xdg", "HOME": "/home/me"]) == "/xdg/ascii-scene")
    #expect(folder(nil, ["XDG_CACHE_HOME": "relative", "HOME": "/home/me"]) == "/home/me/.cache/ascii-scene")
    #expect(folder(nil, [:]) == nil)
  }

  @Test func aCacheThatIsAFileIsAnError() {
    let file = folder.write("file", "")
    let failure = failure { try ClipStore(folder: file) }
    #expect(failure?.kind == .writing)
    #expect(failure?.message.contains("not a directory") == true)
  }
}
