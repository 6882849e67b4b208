import Foundation
import SceneLang
import Synchronization
import Testing

@testable import Renderer

/// Whole builds with ffmpeg, of pictures of 64×36.
@Suite struct ScheduleBuildTests {
  private let folder = TemporaryFolder()

  private func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: "\(folder.path)/\(name)") }

  @Test func theBytesDoNotDependOnTheNumberOfWorkers() throws {
    let graph = Toy.graph([30, 110, 200, 20, 40])
    for workers in 1...3 {
      let report = try Builder().build(
        Toy.plan(graph, folder, output: "\(workers).mp4", cache: "cache\(workers)", workers: workers))
      #expect(report.frames == 400)
      #expect(report.clips == .init(total: 5, rendered: 5, cached: 0, damaged: 0))
    }
    let first = try #require(bytes("1.mp4"))
    #expect(first.count > 1000)
    #expect(bytes("2.mp4") == first)
    #expect(bytes("3.mp4") == first)
  }

  /// A segment with feedback is rendered one frame after the other, and encoded by several encoders at once.
  @Test func theBytesOfARunDoNotDependOnTheNumberOfWorkers() throws {
    var graph = Toy.graph([250, 30])
    graph.segments[0].feedback = Toy.feedback
    for workers in [1, 2, 5] {
      let factory = Toy.Factory()
      let report = try Builder().build(
        Toy.plan(
          graph, folder, output: "\(workers).mp4", cache: "cache\(workers)", workers: workers, factory: factory))
      #expect(report.frames == 280)
      #expect(report.clips == .init(total: 6, rendered: 6, cached: 0, damaged: 0))
      #expect(factory.clips == 2)
    }
    let first = try #require(bytes("1.mp4"))
    #expect(bytes("2.mp4") == first)
    #expect(bytes("5.mp4") == first)
  }

  @Test func onlyWhatChangedIsRenderedAgain() throws {
    let factory = Toy.Factory()
    func build(_ values: [Double]) throws -> BuildReport.Clips {
      try Builder().build(Toy.plan(Toy.graph([100, 100, 100], values: values), folder, factory: factory)).clips
    }
    #expect(try build([1, 2, 3]) == .init(total: 3, rendered: 3, cached: 0, damaged: 0))
    #expect(try build([1, 2, 3]) == .init(total: 3, rendered: 0, cached: 3, damaged: 0))
    #expect(try build([1, 5, 3]) == .init(total: 3, rendered: 1, cached: 2, damaged: 0))
    #expect(factory.clips == 4)
  }

  @Test func equalClipsAreRenderedOnce() throws {
    let report = try Builder().build(Toy.plan(Toy.graph([100, 100, 100], values: [1, 1, 1]), folder))
    #expect(report.clips == .init(total: 3, rendered: 1, cached: 2, damaged: 0))
    #expect(report.frames == 300)
  }

  @Test func aThousandClipsAreJoined() throws {
    let graph = Toy.graph(Array(repeating: 100, count: 1000), values: Array(repeating: 1, count: 1000))
    let report = try Builder().build(Toy.plan(graph, folder))
    #expect(report.clips == .init(total: 1000, rendered: 1, cached: 999, damaged: 0))
    #expect(report.frames == 100_000)
  }

  @Test func damageInTheCacheIsRenderedAgainToTheSameBytes() throws {
    let plan = Toy.plan(Toy.graph([100, 120]), folder)
    _ = try Builder().build(plan)
    let before = try #require(bytes("out.mp4"))
    let entry = try #require(folder.files(below: "cache/clips").first { $0.hasSuffix(".mp4") })
    folder.write("cache/clips/\(entry)", "not a clip")
    #expect(try Builder().build(plan).clips == .init(total: 2, rendered: 1, cached: 1, damaged: 1))
    #expect(bytes("out.mp4") == before)
  }

  @Test func soundIsExactlyAsLongAsThePicture() throws {
    for (name, seconds) in [("short", 1), ("long", 9)] {
      let sound = folder.write("\(name).wav", "")
      try Self.wave(seconds: seconds).write(to: URL(fileURLWithPath: sound))
      let graph = Toy.graph([100, 20], fps: FrameRate(24000, 1001), audio: sound)
      _ = try Builder().build(Toy.plan(graph, folder, output: "\(name).mp4"))
      let probe = try Probe("\(folder.path)/\(name).mp4", try Toolchain.resolve(), .never)
      try expectFfprobeAgrees(with: probe, "\(folder.path)/\(name).mp4")
      #expect(probe.streams.map(\.codec) == ["h264", "aac"])
      #expect(probe.times.count == 120)
      #expect(abs(probe.streams[1].duration - 120 * 1001 / 24000) < 0.001)
    }
  }

  @Test func aFileWithoutSoundIsToldBeforeRendering() throws {
    let factory = Toy.Factory()
    let text = folder.write("track.ogg", "no sound at all")
    let failure = failure {
      try Builder().build(Toy.plan(Toy.graph([100], audio: text), folder, factory: factory))
    }
    #expect(failure?.kind == .asset)
    #expect(failure?.message.contains("track.ogg") == true)
    #expect(factory.clips == 0)
    #expect(bytes("out.mp4") == nil)
  }

  @Test func aRangeOfFramesIsAVideoOfItsOwn() throws {
    let graph = Toy.graph([100, 100])
    #expect(try Builder().build(Toy.plan(graph, folder)).clips.rendered == 2)
    let report = try Builder().build(Toy.plan(graph, folder, output: "some.mp4", frames: 90..<200))
    #expect(report.frames == 110)
    #expect(report.clips == .init(total: 2, rendered: 1, cached: 1, damaged: 0))
  }

  @Test func cancellingKeepsFinishedClipsAndLeavesNoParts() throws {
    let graph = Toy.graph([100, 110, 120])
    folder.write("out.mp4", "the old video")
    let cancel = Flag()
    let builder = Builder(cancellation: Cancellation { cancel.isSet }) { if $0.finishedClips == 1 { cancel.set() } }
    let failure = failure { try builder.build(Toy.plan(graph, folder, workers: 1)) }
    #expect(failure?.kind == .cancelled)
    #expect(folder.files().filter { $0.hasSuffix(".part") }.isEmpty)
    #expect(bytes("out.mp4") == Data("the old video".utf8))
    #expect(try Builder().build(Toy.plan(graph, folder)).clips == .init(total: 3, rendered: 2, cached: 1, damaged: 0))
  }

  @Test func aFrameThatCannotBeRenderedIsToldWithItsClip() throws {
    struct Fault: Error, CustomStringConvertible { let description = "no such glyph" }
    var plan = Toy.plan(Toy.graph([100, 120]), folder)
    plan.makeSource = { clip, _ in
      if clip.index == 1 { throw Fault() }
      return Toy.Source()
    }
    let failure = failure { try Builder().build(plan) }
    #expect(failure == BuildFailure(.rendering, "cannot render frames 100..<220: no such glyph"))
  }

  @Test func anEncoderThatDiesOnceIsStartedAgain() throws {
    let real = try Toolchain.resolve()
    let shim = folder.program(
      "ffmpeg",
      "if mkdir \(folder.path)/died 2>/dev/null; then head -c 100000 >/dev/null; kill -9 $$; fi; exec \(real.ffmpeg) \"$@\""
    )
    let (entries, last) = try render(with: shim, real)
    #expect(entries.count == 2)
    #expect(last?.renderedFrames == 220 && last?.finishedClips == 2)
  }

  @Test(arguments: [1, 3]) func whatAnEncoderOfARunDidNotFinishIsRenderedAgain(workers: Int) throws {
    let real = try Toolchain.resolve()
    // The second one that begins dies in the middle of its clip.
    let shim = folder.program(
      "ffmpeg",
      """
      if mkdir \(folder.path)/first 2>/dev/null; then exec \(real.ffmpeg) "$@"; fi
      if mkdir \(folder.path)/died 2>/dev/null; then head -c 100000 >/dev/null; kill -9 $$; fi
      exec \(real.ffmpeg) "$@"
      """)
    var graph = Toy.graph([4 * ClipPlan.longestSequential])
    graph.segments[0].feedback = Toy.feedback
    let (entries, last) = try render(with: shim, real, graph: graph, workers: workers)
    #expect(entries.count == 5)
    #expect(last?.renderedFrames == 4 * ClipPlan.longestSequential && last?.finishedClips == 5)
  }

  @Test func anEncoderThatAlwaysDiesIsReportedWithItsLastWords() throws {
    let real = try Toolchain.resolve()
    let shim = folder.program("ffmpeg", "head -c 100000 >/dev/null; echo out of luck >&2; exit 7")
    let failure = try #require(failure { try render(with: shim, real) })
    #expect(failure.kind == .encoder)
    #expect(failure.message.contains("failed twice"))
    #expect(failure.message.contains("ended with code 7"))
    #expect(failure.message.contains("out of luck"))
    #expect(folder.files().filter { $0.hasSuffix(".part") }.isEmpty)
  }

  @Test func anEncoderThatOmitsFramesIsNotBelieved() throws {
    let real = try Toolchain.resolve()
    // Takes everything, encodes the first frame only, and says that all is well.
    let shim = folder.program("ffmpeg", "\(real.ffmpeg) -frames:v 1 \"$@\" 2>/dev/null; cat >/dev/null; exit 0")
    let failure = failure { try render(with: shim, real) }
    #expect(failure?.kind == .encoder)
    #expect(folder.files(below: "cache/clips").isEmpty)
  }

  @Test func anEncoderThatStandsStillIsEndedAndReported() throws {
    let real = try Toolchain.resolve()
    let shim = folder.program("ffmpeg", "head -c 20000 >/dev/null; kill -STOP $$")
    let failure = try #require(failure { try render(with: shim, real, patience: .milliseconds(300)) })
    #expect(failure.message.contains("failed twice: ffmpeg made no progress for 0.3 seconds and was ended"))
    #expect(folder.files().filter { $0.hasSuffix(".part") }.isEmpty)
  }

  @Test func anEncoderThatFloodsItsErrorsBlocksNothing() throws {
    let real = try Toolchain.resolve()
    let shim = folder.program("ffmpeg", "yes 'a line of noise' | head -c 8000000 >&2; exec \(real.ffmpeg) \"$@\"")
    #expect(try render(with: shim, real).0.count == 2)
  }

  @Test func logsAreKeptOnlyWhenAskedForAndOnlyOfTheLastBuild() throws {
    var plan = Toy.plan(Toy.graph([100, 120]), folder)
    _ = try Builder().build(plan)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/out.mp4.logs"))
    plan.keepsLogs = true
    plan.encoder.crf = 31
    let sound = folder.write("sound.wav", "")
    try Self.wave(seconds: 1).write(to: URL(fileURLWithPath: sound))
    plan.graph.audio = SoundMix(path: sound)
    _ = try Builder().build(plan)
    #expect(
      folder.files(below: "out.mp4.logs") == [
        "clip-0001.log", "clip-0002.log", "clips.ffconcat", "join.log", "sound.log",
      ])
    let log = try String(contentsOfFile: "\(folder.path)/out.mp4.logs/clip-0002.log", encoding: .utf8)
    #expect(log.hasPrefix("$ /") && log.contains("-crf 31") && log.contains("libx264"))
    #expect(log.hasSuffix("ffmpeg ended with code 0\n"))
    folder.write("out.mp4.logs/notes.txt", "mine")
    _ = try Builder().build(plan)
    #expect(folder.files(below: "out.mp4.logs") == ["clips.ffconcat", "join.log", "notes.txt"])
  }

  private func render(
    with ffmpeg: String, _ real: Toolchain, graph: RenderGraph = Toy.graph([100, 120]), workers: Int = 2,
    patience: Duration = .seconds(20)
  ) throws -> ([ContentHash: ClipStore.Entry], BuildProgress?) {
    let toolchain = Toolchain(ffmpeg: ffmpeg, ffprobe: real.ffprobe, version: real.version)
    let scheduler = ClipScheduler(
      format: graph.format, codec: .final(Toy.encoder), toolchain: toolchain,
      store: try ClipStore(folder: "\(folder.path)/cache"), makeSource: { _ in Toy.Source() }, cancellation: .never,
      patience: patience)
    let features = ContentHash(high: 0, low: 0)
    let last = Latest()
    let finished = FinishedClips()
    try scheduler.render(ClipPlan(graph, shared: [], features: features).clips, workers: workers, into: finished) {
      last.keep($0)
    }
    return (finished.entries, last.progress)
  }

  /// A sine of 440 Hz, 16 bits, 22 050 Hz, mono.
  private static func wave(seconds: Int) -> Data {
    let count = 22_050 * seconds
    var data = Data("RIFF".utf8)
    func append<Number: FixedWidthInteger>(_ number: Number) {
      withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
    }
    append(UInt32(36 + 2 * count))
    data.append(Data("WAVEfmt ".utf8))
    append(UInt32(16))
    append(UInt16(1))
    append(UInt16(1))
    append(UInt32(22_050))
    append(UInt32(44_100))
    append(UInt16(2))
    append(UInt16(16))
    data.append(Data("data".utf8))
    append(UInt32(2 * count))
    for index in 0..<count { append(Int16(8000 * sin(2 * .pi * 440 * Double(index) / 22_050))) }
    return data
  }
}

private final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}

private final class Latest: Sendable {
  private let value = Mutex<BuildProgress?>(nil)
  var progress: BuildProgress? { value.withLock { $0 } }
  func keep(_ progress: BuildProgress) { value.withLock { $0 = progress } }
}
