import Renderer
import SceneLang
import Testing

@testable import ascii_scene

/// Options that name sizes, spans and parts of a video.
@Suite struct PartOptionTests {
  @Test(arguments: [
    ("500MB", 500_000_000), ("1.5GiB", 1_610_612_736), ("0", 0), ("7B", 7), ("2kB", 2000), ("1 TB", nil), ("GB", nil),
    ("10", nil), ("-1GB", nil), ("infGB", nil), ("9999999999GB", nil), ("", nil),
  ])
  func sizesHaveUnits(text: String, bytes: Int?) {
    #expect((try? ByteCount(parsing: text))?.bytes == bytes)
  }

  @Test func sizesAreShownInTheLargestUnit() {
    #expect(
      [0, 999, 1000, 220_800_000, 10 << 30].map { ByteCount($0).text } == [
        "0 B", "999 B", "1.0 kB", "220.8 MB", "10.7 GB",
      ])
  }

  @Test(arguments: [
    ("30d", 2_592_000), ("12h", 43_200), ("90min", 5400), ("0s", 0), ("5", nil), ("d", nil), ("-1d", nil),
    ("1.5h", nil),
  ])
  func spansHaveUnits(text: String, seconds: Int?) {
    #expect((try? TimeSpan(parsing: text))?.seconds == seconds)
  }

  @Test func spansAreShownInTheLargestUnit() {
    #expect([0, 59, 61, 7300, 200_000].map { TimeSpan.text(.seconds($0)) } == ["0 s", "59 s", "1 min", "2 h", "2 d"])
  }

  @Test func theCommandLineLimitsTheCacheBeforeTheEnvironmentDoes() throws {
    let variables = [CacheOptions.sizeVariable: "1GB", CacheOptions.ageVariable: ""]
    let limits = try CacheOptions.limits { variables[$0] }
    #expect(limits == CacheLimits(size: 1_000_000_000, age: CacheLimits.standard.age))
    let chosen = try CacheOptions.limits(size: ByteCount(5), age: TimeSpan(parsing: "1d")) { variables[$0] }
    #expect(chosen == CacheLimits(size: 5, age: .seconds(86_400)))
    #expect(try CacheOptions.limits { _ in nil } == .standard)
    let failure = #expect(throws: CommandFailure.self) { try CacheOptions.limits { _ in "much" } }
    #expect(failure?.code == .usage && failure?.message.contains("ASCII_SCENE_CACHE_SIZE") == true)
  }

  // MARK: Parts of a video

  private static let declaration = CommandDeclaration("cut", "Cuts.", options: TimelineSelection.options)

  /// Two segments of 50 frames at 24000/1001.
  private static let graph = RenderGraph(
    format: PictureFormat(width: 64, height: 36, fps: FrameRate(24000, 1001)), audio: nil, tempo: 120,
    segments: ["one", "two"].enumerated().map { index, name in
      SegmentGraph(
        name: name, frames: 50 * index..<50 * (index + 1), nodes: [], layers: [],
        tone: Tone(exposure: .none, gamma: 1), shaders: [])
    })

  private func frames(_ words: String...) throws -> Range<Int>? {
    try TimelineSelection.frames(try ParsedArguments(words, for: Self.declaration), of: Self.graph)
  }

  @Test func aPartIsNamedByFramesTimesOrSegment() throws {
    #expect(try frames() == nil)
    #expect(try frames("--frames", "10..20") == 10..<20)
    #expect(try frames("--from", "1s") == 24..<100)
    #expect(try frames("--from", "20f", "--to", "50%") == 20..<50)
    #expect(try frames("--to", "2s") == 0..<48)
    #expect(try frames("--to", "100%") == 0..<100)
    #expect(try frames("--segment", "two") == 50..<100)
  }

  @Test(arguments: [
    (["--from", "3s", "--to", "1s"], "later than `--from`"), (["--to", "9s"], "are no part"),
    (["--from", "100f"], "are no part"),
    (["--segment", "tow"], "no segment `tow`"), (["--segment", "one", "--from", "1s"], "give one of"),
    (["--frames", "5", "--to", "1s"], "give one of"),
  ])
  func partsThatAreNotThereAreUsageErrors(words: [String], message: String) {
    let failure = #expect(throws: CommandFailure.self) {
      try TimelineSelection.frames(try ParsedArguments(words, for: Self.declaration), of: Self.graph)
    }
    #expect(failure?.code == .usage)
    #expect(failure?.message.contains(message) == true)
  }

  @Test func comparisonsRefuseAutomaticQuality() throws {
    let arguments = try ParsedArguments(["s.yaml", "--quality", "auto"], for: HashCommand.declaration)
    let failure = #expect(throws: CommandFailure.self) { try HashCommand.run(arguments, Console(color: .never)) }
    #expect(failure?.code == .usage)
  }
}
