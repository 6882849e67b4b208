import Foundation
import SceneLang
import Synchronization
import Testing

@testable import Renderer

/// The cache stays within its limits, and never loses what a build is using.
@Suite struct ScheduleUpkeepTests {
  private let folder = TemporaryFolder()

  private func store() throws -> ClipStore { try ClipStore(folder: "\(folder.path)/cache") }

  private func key(_ number: Int) -> ContentHash { ContentHash(high: UInt64(number) << 60, low: UInt64(number)) }

  /// Entries 0, 1, … of 100 bytes each, used `ages` seconds before 1 000 000.
  private func fill(_ store: ClipStore, ages: [Int]) throws {
    for (number, age) in ages.enumerated() {
      try store.keep(String(repeating: "x", count: 100), key(number), .video)
      try setUse(key(number), at: 1_000_000 - age, store)
    }
  }

  private func setUse(_ key: ContentHash, at seconds: Int, _ store: ClipStore) throws {
    let item = try #require(store.items().first { $0.key == key })
    let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, item.path, times, 0) == 0)
  }

  private func kept(_ store: ClipStore) -> Set<UInt64> { Set(store.items().map(\.key.low)) }

  private let now = Duration.seconds(1_000_000)

  @Test func whatWasUsedLongestAgoGoesFirst() throws {
    let store = try store()
    try fill(store, ages: [30, 10, 40, 20])
    #expect(store.items().map(\.key.low) == [1, 3, 0, 2])
    let eviction = store.prune(CacheLimits(size: 250, age: .seconds(1000)), now: now)
    #expect(eviction == ClipStore.Eviction(entries: 2, size: 200))
    #expect(kept(store) == [1, 3])
    #expect(store.prune(CacheLimits(size: 200, age: .seconds(1000)), now: now)?.entries == 0)
    #expect(store.prune(CacheLimits(size: 199, age: .seconds(1000)), now: now)?.entries == 1)
  }

  @Test func whatWasNotUsedForLongGoesWhateverItsSize() throws {
    let store = try store()
    try fill(store, ages: [10, 99, 100, 101])
    #expect(store.prune(CacheLimits(size: 1 << 30, age: .seconds(100)), now: now)?.entries == 1)
    #expect(kept(store) == [0, 1, 2])
  }

  /// Somebody made a folder of an entry, with something in it, and a link of another.
  private func spoil(_ store: ClipStore) throws {
    try fill(store, ages: [30, 20, 10])
    let paths = store.items().map(\.path)
    for path in paths[..<2] { try FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(atPath: "\(paths[0])/inside", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: paths[1], withDestinationPath: folder.path)
  }

  @Test func foldersAndLinksInPlaceOfEntriesAreDamaged() throws {
    let store = try store()
    try spoil(store)
    #expect(store.find(key(2), .video) == .damaged)
    #expect(store.find(key(2), .video) == .missing)
    try store.keep("anew", key(2), .video)
    #expect(store.text(key(2), .video) == "anew")
    #expect(store.removeDamaged().map(\.key.low) == [1])
    #expect(kept(store) == [0, 2])
  }

  @Test func clearingRemovesFoldersInPlaceOfEntries() throws {
    let store = try store()
    try spoil(store)
    #expect(store.clear()?.entries == 3)
    #expect(store.items().isEmpty && folder.files(below: "cache/clips").isEmpty)
    #expect(FileManager.default.fileExists(atPath: folder.path))
  }

  @Test func usingAnEntryKeepsIt() throws {
    let store = try store()
    try fill(store, ages: [30, 20, 10])
    guard case .found = store.find(key(0), .video) else {
      Issue.record("entry 0 is gone")
      return
    }
    _ = store.prune(CacheLimits(size: 100, age: .seconds(1 << 40)))
    #expect(kept(store) == [0])
  }

  @Test func readingForACheckIsNoUse() throws {
    let store = try store()
    try fill(store, ages: [30, 20])
    folder.write("cache/clips/00/notes.txt", "not ours")
    #expect(store.removeDamaged().isEmpty)
    #expect(store.items().map(\.lastUse) == [.seconds(999_980), .seconds(999_970)])
    let item = try #require(store.items().first)
    try Data("y".utf8).write(to: URL(fileURLWithPath: item.path))
    #expect(store.removeDamaged().map(\.key) == [item.key])
    #expect(kept(store) == [0])
  }

  /// The clock may have been set back or forward: that decides what is evicted, and nothing else.
  @Test func entriesFromTheFutureAreFoundAndStay() throws {
    let store = try store()
    try fill(store, ages: [-5_000_000_000, 20])
    #expect(store.prune(CacheLimits(size: 1000, age: .seconds(60)), now: now)?.entries == 0)
    #expect(store.find(key(0), .video, isUse: false) != .missing)
    #expect(store.prune(CacheLimits(size: 1000, age: .seconds(60)), now: .seconds(50))?.entries == 0)
  }

  @Test func onlyOurFilesAreEverRemoved() throws {
    let store = try store()
    try fill(store, ages: [30])
    let entry = try #require(folder.files(below: "cache/clips").first)
    folder.write("cache/clips/notes.txt", "mine")
    folder.write("cache/clips/00/\(entry.dropFirst(3)).bak", "mine")
    folder.write("cache/own.mp4", "mine")
    #expect(store.clear()?.entries == 1)
    #expect(
      folder.files(below: "cache") == ["clips/00/\(entry.dropFirst(3)).bak", "clips/notes.txt", "lock", "own.mp4"])
  }

  @Test func nothingIsEvictedWhileAnotherUsesTheStore() throws {
    let store = try store()
    try fill(store, ages: [30])
    do {
      let other = try self.store()
      #expect(store.clear() == nil)
      #expect(other.prune(CacheLimits(size: 0, age: .zero)) == nil)
    }
    #expect(kept(store) == [0])
    // The share was taken again: a third still sees that the store is in use.
    #expect(try self.store().clear() == nil)
    #expect(store.clear()?.entries == 1)
  }

  @Test func aBuildLeavesTheCacheWithinItsLimits() throws {
    var plan = Toy.plan(Toy.graph([100, 110, 120]), folder)
    _ = try Builder().build(plan)
    let all = try store().items().reduce(0) { $0 + $1.size }
    plan.cacheLimits = CacheLimits(size: all - 1, age: .seconds(1000))
    plan.graph = Toy.graph([100, 110, 130])
    _ = try Builder().build(plan)
    let rest = try store().items().reduce(0) { $0 + $1.size }
    #expect(rest < all && rest > 0)
    #expect(try Builder().build(plan).clips.total == 3)
  }

  @Test func twoBuildsAtOnceShareACache() throws {
    let graph = Toy.graph([100, 110, 120, 130])
    let plans = ["a.mp4", "b.mp4"].map { Toy.plan(graph, folder, output: $0) }
    let reports = Results()
    let threads = try plans.enumerated().map { index, plan in
      try WorkerThread { reports.keep(index, Result { () throws(BuildFailure) in try Builder().build(plan) }) }
    }
    for thread in threads { thread.join() }
    for index in 0..<2 { #expect(try reports.values[index]?.get().frames == 460) }
    let bytes = ["a.mp4", "b.mp4"].map { FileManager.default.contents(atPath: "\(folder.path)/\($0)") }
    #expect(bytes[0] != nil && bytes[0] == bytes[1])
    #expect(folder.files().filter { $0.hasSuffix(".part") }.isEmpty)
  }

  // MARK: Exposures

  @Test func whatWasMeasuredOfUnreadablePicturesIsNotKept() throws {
    let graph = Toy.graph([100])
    let plan = ClipPlan(graph, shared: [], features: ContentHash(high: 0, low: 0))
    for (black, found) in [(10, 10), (20, 20), (30, 20)] {
      let exposures = SharedExposures(graph, plan, engine: ContentHash(high: 1, low: 1), try store())
      let exposure = exposures.exposure(of: 0) { (Exposure(black: black, white: 100), mayKeep: black > 10) }
      #expect(exposure == Exposure(black: found, white: 100))
    }
  }

  @Test func anExposureIsMeasuredOnceForAsLongAsItsLayersStay() throws {
    var graph = Toy.graph([100, 110])
    var measured = 0
    func measure(_ graph: RenderGraph) throws {
      let plan = ClipPlan(graph, shared: [], features: ContentHash(high: 0, low: 0))
      let exposures = SharedExposures(graph, plan, engine: ContentHash(high: 1, low: 1), try store())
      for segment in [0, 1, 0] {
        let exposure = exposures.exposure(of: segment) {
          measured += 1
          return (Exposure(black: 10 + segment, white: 100), mayKeep: true)
        }
        #expect(exposure == Exposure(black: 10 + segment, white: 100))
      }
    }
    try measure(graph)
    #expect(measured == 2)
    graph.segments[0].shaders = [.call(ShaderCall(op: "grain", arguments: [], seed: 1))]
    graph.segments[0].tone.gamma = 0.5
    graph.segments[1].name = "another"
    try measure(graph)
    #expect(measured == 2)
    graph.segments[0].nodes[0].kind = .number(5)
    try measure(graph)
    #expect(measured == 3)
    graph.format.width = 128
    try measure(graph)
    #expect(measured == 5)
  }

  @Test func anExposureThatCannotBeReadIsMeasured() {
    for text in ["", "5", "9 5\n", "-1 5\n", "a b", "1 2 3"] { #expect(Exposure(text: text) == nil, "\(text)") }
    #expect(Exposure(text: Exposure(black: 3, white: 200).text) == Exposure(black: 3, white: 200))
  }
}

private final class Results: Sendable {
  private let all = Mutex<[Int: Result<BuildReport, BuildFailure>]>([:])
  var values: [Int: Result<BuildReport, BuildFailure>] { all.withLock { $0 } }
  func keep(_ index: Int, _ result: Result<BuildReport, BuildFailure>) { all.withLock { $0[index] = result } }
}
