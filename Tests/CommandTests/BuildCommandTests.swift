import Foundation
import Testing

@testable import Renderer

/// Whole builds by the program: what it reports, what the file holds, and what is left when it fails.
@Suite struct BuildCommandTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  /// The documented fields of the report.
  private struct Report: Decodable, Equatable {
    struct Clips: Decodable, Equatable { var total, rendered, cached: Int }
    var output: String
    var frames: Int
    var duration, seconds, fps: Double
    var clips: Clips
  }

  private func build(_ words: String...) throws -> Report {
    let outcome = try bench.run(["build"] + words + ["--format", "json"])
    try #require(outcome.code == 0, "\(outcome.messages)")
    return try outcome.decoded()
  }

  private func probe(_ name: String) throws -> Probe {
    try Probe(bench.folder.appending(path: name).path, try Toolchain.resolve(), .never)
  }

  @Test func theReportSaysWhatTheFileHolds() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    let report = try build("scene.yaml", "-o", "film.mp4")
    #expect(report.output == "film.mp4" && report.frames == 24 && report.duration == 1)
    #expect(report.clips == .init(total: 1, rendered: 1, cached: 0))
    #expect(report.seconds > 0 && abs(report.fps - 24 / report.seconds) < 0.001 * report.fps)
    let probe = try probe("film.mp4")
    #expect(probe.streams.map(\.codec) == ["h264"])
    #expect(probe.streams[0].width == 64 && probe.streams[0].height == 36 && probe.streams[0].duration == 1)
    #expect(probe.times.count == 24)
    #expect(bench.files() == ["film.mp4", "scene.yaml"])
  }

  @Test func theReportListsTheWarningsOfTheScene() throws {
    try bench.write(
      "scene.yaml",
      "ascii-scene: 1\nvideo: {size: 64x36, fps: 12}\nsegments:\n  - duration: 0.25s\n    layers:\n"
        + "      - {field: plasma}\n      - {field: plasma, opaque: true, blend: normal}\n")
    struct Warnings: Decodable { var warnings: [String] }
    let outcome = try bench.run("build", "scene.yaml", "--format", "json")
    let warnings = try outcome.decoded(as: Warnings.self).warnings
    let checked = try bench.run("check", "scene.yaml", "--format", "short").output.split(separator: "\n")
    #expect(warnings == checked.map(String.init).filter { $0.contains(" warning[") })
    #expect(warnings.contains { $0.contains("warning[invisible_layer]") }, "\(warnings)")
  }

  @Test func soundIsAsLongAsThePicture() throws {
    try bench.writeSound("music.ogg")
    try bench.write("scene.yaml", Workbench.tiny + "audio: {track: music.ogg, features: synthetic}\n")
    let report = try build("scene.yaml", "--frames", "0..20")
    #expect(report.frames == 20)
    let probe = try probe("scene.mp4")
    #expect(probe.streams.map(\.codec) == ["h264", "aac"])
    #expect(probe.times.count == 20)
    #expect(probe.streams.allSatisfy { abs($0.duration - 20 / 24.0) < 1e-4 })
  }

  @Test func theBytesDependOnNeitherWorkersNorKernelsNorTheCache() throws {
    try bench.writeSound("music.ogg")
    try bench.write("scene.yaml", Workbench.clips(3) + "audio: {track: music.ogg, features: synthetic}\n")
    let first = try build("scene.yaml", "-o", "first.mp4", "--workers", "1")
    #expect(first.frames == 144 && first.clips == .init(total: 3, rendered: 3, cached: 0))
    let expected = try #require(bench.bytes("first.mp4"))
    for (name, words) in [
      ("two", ["--workers", "2", "--cache", "two"]), ("three", ["--workers", "3", "--cache", "three"]),
      ("baseline", ["--kernels", "baseline", "--cache", "baseline"]),
    ] {
      let report = try build("scene.yaml", "-o", "\(name).mp4", words[0], words[1], words[2], words[3])
      #expect(report.clips.rendered == 3)
      #expect(bench.bytes("\(name).mp4") == expected, "\(name)")
    }
    let hot = try build("scene.yaml", "-o", "hot.mp4")
    #expect(hot.clips == .init(total: 3, rendered: 0, cached: 3))
    #expect(bench.bytes("hot.mp4") == expected)
  }

  @Test func aLongSegmentWithFeedbackIsARunOfClipsOfTheSameBytes() throws {
    let segment = "duration: 9s, layers: [{field: \"fill(circle(radius=0.2, cx=0.3 * sin(5 * t)))\", grid: xxl}]"
    let scene = "ascii-scene: 1\nvideo: {size: 64x36, fps: 12}\nsegments:\n"
    try bench.write("plain.yaml", "\(scene)  - {name: a, \(segment)}\n")
    try bench.write(
      "fed.yaml",
      "\(scene)  - {name: a, \(segment), feedback: trails}\n"
        + "  - {name: b, \(segment), feedback: rainbow_trails, transition: {crossfade: 1s}}\n")
    #expect(try build("plain.yaml").clips.total == 2)
    let one = try build("fed.yaml", "-o", "one.mp4", "--workers", "1")
    #expect(one.clips == .init(total: 6, rendered: 6, cached: 0))
    #expect(try build("fed.yaml", "-o", "two.mp4", "--workers", "2", "--cache", "other").clips.rendered == 6)
    #expect(bench.bytes("one.mp4") == bench.bytes("two.mp4"))
  }

  @Test func onlyWhatParametersChangeIsRenderedAgain() throws {
    try bench.write(
      "scene.yaml",
      """
      ascii-scene: 1
      params: {speed: 1}
      video: {size: 64x36, fps: 24}
      segments:
        - {duration: 4s, layers: [{field: "0.5 + 0.5 * sin(9 * u + t)", grid: xxl}]}
        - {duration: 4s, layers: [{field: "0.5 + 0.5 * sin(9 * v + speed * t)", grid: xxl}]}
      """)
    #expect(try build("scene.yaml").clips == .init(total: 2, rendered: 2, cached: 0))
    #expect(try build("scene.yaml", "--set", "speed=1").clips == .init(total: 2, rendered: 0, cached: 2))
    #expect(try build("scene.yaml", "--set", "speed=2").clips == .init(total: 2, rendered: 1, cached: 1))
    #expect(try build("scene.yaml", "--frames", "96..192").clips == .init(total: 1, rendered: 0, cached: 1))
  }

  @Test func theSceneNamesItsVideo() throws {
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "films"), withIntermediateDirectories: false)
    try bench.write("films/scene.yaml", Workbench.tiny + "output: own.mp4\n")
    #expect(try build("films/scene.yaml", "--frames", "2").output == "films/own.mp4")
    #expect(bench.files() == ["films/own.mp4", "films/scene.yaml"])
    try bench.write("films/scene.yaml", Workbench.tiny)
    #expect(try build("films/scene.yaml", "--frames", "2").output == "films/scene.mp4")
  }

  @Test func aSceneMakesAllOfItsOutputs() throws {
    try bench.write(
      "scene.yaml", Workbench.tiny + "output: [film.mp4, {file: film.gif, width: 32, fps: 8}, film.webm]\n")
    let outcome = try bench.run(["build", "scene.yaml"])
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(bench.files() == ["film.gif", "film.mp4", "film.webm", "scene.yaml"])
    let reported = outcome.output.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    #expect(reported == ["film.mp4", "film.gif", "film.webm"])
    // Each report tells the frames of its own file.
    #expect(try build("scene.yaml", "-o", "film.gif").frames == 8)
    #expect(try build("scene.yaml", "-o", "other.apng").clips == .init(total: 1, rendered: 0, cached: 1))
  }

  @Test func whatStoodThereStaysUntilTheNewVideoIsWhole() throws {
    try bench.write("scene.yaml", Workbench.clips(2))
    try bench.write("film.mp4", "the old video")
    let run = try bench.start(["build", "scene.yaml", "-o", "film.mp4"])
    var seen: Set<Data?> = []
    while run.process.isRunning {
      seen.insert(bench.bytes("film.mp4"))
      usleep(1000)
    }
    #expect(try run.outcome().code == 0)
    let film = bench.bytes("film.mp4")
    #expect(seen.contains(Data("the old video".utf8)))
    #expect(seen.isSubset(of: [Data("the old video".utf8), film]))
    #expect(try probe("film.mp4").times.count == 96)
  }

  // MARK: Failures

  /// Expects a build of `scene.yaml` to fail, to leave what stood there, and to leave nothing else.
  private func expectFailure(
    _ code: Int32, _ words: String, output: String = "film.mp4", environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try bench.write("film.mp4", "the old video")
    let before = bench.files()
    let outcome = try bench.run("build", "scene.yaml", "-o", output, environment: environment)
    #expect(outcome.code == code, "\(outcome.messages)", sourceLocation: sourceLocation)
    #expect(outcome.messages.contains(words), "\(outcome.messages)", sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    #expect(bench.bytes("film.mp4") == Data("the old video".utf8), sourceLocation: sourceLocation)
    #expect(bench.files() == before, sourceLocation: sourceLocation)
    let parts = bench.files(below: "cache").filter { $0.hasSuffix(".part") }
    #expect(parts.isEmpty, sourceLocation: sourceLocation)
  }

  @Test func aWrongSceneIsNotBuilt() throws {
    try bench.write("scene.yaml", Workbench.tiny.replacing("sin", with: "sine"))
    try expectFailure(1, "did you mean `sin`?")
    #expect(bench.files(below: "cache/clips").isEmpty)
  }

  @Test func aMissingOrFaultyTrackIsFoundBeforeRendering() throws {
    try bench.write("scene.yaml", Workbench.tiny + "audio: {track: music.ogg, features: synthetic}\n")
    try expectFailure(1, "music.ogg")
    try bench.write("music.ogg", "no music")
    try expectFailure(1, "no sound could be read")
    #expect(bench.files(below: "cache/clips").filter { !$0.hasSuffix(".toolchain") } == [])
  }

  @Test func anUnfitOutputIsFoundBeforeRendering() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    try expectFailure(4, "cannot write in `missing`", output: "missing/film.mp4")
    try expectFailure(2, "cannot tell what to write", output: "film.txt")
    try expectFailure(2, "end its name in one of .mp4, .webm, .mov, .gif", output: "film.avi")
    try expectFailure(4, "is a folder", output: ".")
    #expect(bench.files(below: "cache/clips").isEmpty)
  }

  @Test func withoutFfmpegNothingIsRendered() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    try expectFailure(3, "no `ffmpeg` in PATH", environment: ["PATH": bench.folder.path])
    try bench.program("ffmpeg", "exit 0")
    try bench.program("ffprobe", "exit 0")
    let bin = bench.folder.appending(path: "bin").path
    try expectFailure(3, "apt-get install ffmpeg", environment: ["PATH": bin])
    #expect(bench.files(below: "cache/clips").isEmpty)
  }

  @Test func anEncoderThatFailsIsReportedWithItsLastWords() throws {
    let real = try Toolchain.resolve()
    try bench.write("scene.yaml", Workbench.tiny)
    // Answers questions as the real one does and encodes nothing.
    try bench.program(
      "ffmpeg", "case \"$*\" in *rawvideo*) echo 'no luck today' >&2; exit 7;; *) exec \(real.ffmpeg) \"$@\";; esac")
    try bench.program("ffprobe", "exec \(real.ffprobe) \"$@\"")
    let bin = bench.folder.appending(path: "bin").path
    try expectFailure(4, "no luck today", environment: ["PATH": "\(bin):/usr/bin:/bin"])
  }
}
