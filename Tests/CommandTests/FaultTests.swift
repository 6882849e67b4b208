import Foundation
import Testing

@testable import Renderer

/// Everything that can break around a build, provoked. Each ends in a clear message and the documented code, leaves no
/// stray file, keeps the finished clips, and lets the next build succeed.
@Suite(.serialized) struct FaultTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.write("scene.yaml", Workbench.clips(3))
    try bench.write("film.mp4", "the old video")
  }

  private static let words = ["build", "scene.yaml", "-o", "film.mp4", "--workers", "1"]

  /// Expects that the failed build told `words`, left what stood there and no part, and that the next one succeeds.
  private func expectHarmless(
    _ outcome: Workbench.Outcome, code: Int32 = 4, _ words: String..., output: String = "film.mp4",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(outcome.code == code, "\(outcome.messages)", sourceLocation: sourceLocation)
    for word in words {
      #expect(outcome.messages.contains(word), "\(outcome.messages)", sourceLocation: sourceLocation)
    }
    #expect(parts.isEmpty, sourceLocation: sourceLocation)
    let old = Data("the old video".utf8)
    #expect(output != "film.mp4" || bench.bytes("film.mp4") == old, sourceLocation: sourceLocation)
    let next = try bench.run(Self.words)
    #expect(next.code == 0, "\(next.messages)", sourceLocation: sourceLocation)
    #expect(parts.isEmpty, sourceLocation: sourceLocation)
  }

  private var parts: [String] {
    (bench.files() + bench.files(below: "cache")).filter { $0.hasSuffix(".part") || $0.contains("scratch") }
  }

  private var clips: Int { bench.files(below: "cache/clips").count { $0.hasSuffix(".mp4") } }

  // MARK: The encoder

  /// A scene whose encoder runs long enough to be caught.
  private func writeSlowScene() throws {
    try bench.write(
      "scene.yaml",
      "ascii-scene: 1\nsegments:\n  - {duration: 6s, layers: [field: plasma]}\n")
  }

  /// Kills the encoder of a running build, at most `count` times.
  private func killEncoders(of run: Workbench.Run, count: Int) {
    var killed: Set<pid_t> = []
    while run.process.isRunning, killed.count < count {
      for child in Self.children(of: run.process.processIdentifier) where !killed.contains(child) {
        let command = (try? String(contentsOfFile: "/proc/\(child)/cmdline", encoding: .utf8)) ?? ""
        guard command.contains("rawvideo") else { continue }
        kill(child, SIGKILL)
        killed.insert(child)
      }
      usleep(2000)
    }
  }

  private static func children(of process: pid_t) -> [pid_t] {
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
    return threads.flatMap { thread -> [pid_t] in
      let text = (try? String(contentsOfFile: "/proc/\(process)/task/\(thread)/children", encoding: .utf8)) ?? ""
      return text.split(separator: " ").compactMap { pid_t($0) }
    }
  }

  @Test func anEncoderKilledOnceIsStartedAgain() throws {
    try writeSlowScene()
    let run = try bench.start(Self.words + ["--quality", "draft"])
    killEncoders(of: run, count: 1)
    let outcome = try run.outcome()
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(parts.isEmpty)
    let warning = outcome.messages.split(separator: "\n").first { $0.hasPrefix("warning: ") }
    #expect(warning?.contains("is rendered once more: ffmpeg was ended by signal 9 (killed)") == true)
  }

  @Test func anEncoderKilledAgainAndAgainIsReported() throws {
    try writeSlowScene()
    let run = try bench.start(Self.words + ["--quality", "draft"])
    killEncoders(of: run, count: 2)
    let outcome = try run.outcome()
    try bench.write("scene.yaml", Workbench.clips(1))
    try expectHarmless(outcome, "failed twice", "was ended by signal 9 (killed)")
  }

  @Test(arguments: [
    ("exit 0", "does not answer"),
    ("echo ffmpeg version 4.4.2; echo 'Encoder libx264 [x]'", "at least 5 is needed"),
    ("echo ffmpeg version 6.1; echo 'Codec libx264 is not recognized'", "without libx264"),
    ("exit 127", "does not work"),
  ])
  func anUnfitFfmpegIsFoundBeforeRendering(script: String, words: String) throws {
    try bench.program("ffmpeg", script)
    try bench.program("ffprobe", "echo ffprobe version 6.1")
    let path = ["PATH": "\(bench.folder.appending(path: "bin").path):/usr/bin:/bin"]
    try expectHarmless(try bench.run(Self.words, environment: path), code: 3, words, "install ffmpeg")
  }

  @Test func aFloodOfErrorsBlocksNothing() throws {
    let real = try Toolchain.resolve()
    // From the first question on, and without an end of a line.
    try bench.program("ffmpeg", "head -c 3000000 /dev/zero | tr '\\0' x >&2; exec \(real.ffmpeg) \"$@\"")
    try bench.program("ffprobe", "exec \(real.ffprobe) \"$@\"")
    let path = ["PATH": "\(bench.folder.appending(path: "bin").path):/usr/bin:/bin"]
    #expect(try bench.run(Self.words, environment: path).code == 0)
  }

  @Test func aClipOfAnotherSizeIsNotKept() throws {
    let real = try Toolchain.resolve()
    // Clips become half as wide: the option stands before the last argument.
    try bench.program(
      "ffmpeg",
      """
      case "$*" in *rawvideo*)
        for last; do :; done
        turn=1; count=$#
        while [ $turn -lt $count ]; do set -- "$@" "$1"; shift; turn=$((turn + 1)); done
        shift
        set -- "$@" -vf scale=iw/2:ih "$last" ;;
      esac
      exec \(real.ffmpeg) "$@"
      """)
    try bench.program("ffprobe", "exec \(real.ffprobe) \"$@\"")
    let path = ["PATH": "\(bench.folder.appending(path: "bin").path):/usr/bin:/bin"]
    try expectHarmless(try bench.run(Self.words, environment: path), "did not encode all")
  }

  // MARK: We ourselves

  @Test func manyKillsAndResumesEndInTheSameBytes() throws {
    try bench.write("scene.yaml", Workbench.clips(10))
    for delay in [80, 150, 230, 310, 420, 530, 640, 700, 810, 950] {
      let run = try bench.start(Self.words)
      usleep(UInt32(delay) * 1000)
      kill(run.process.processIdentifier, SIGKILL)
      _ = try run.outcome()
    }
    #expect(try bench.run(Self.words).code == 0)
    let resumed = try #require(bench.bytes("film.mp4"))
    #expect(parts.isEmpty)
    #expect(try bench.run(Self.words + ["--cache", "other"]).code == 0)
    #expect(bench.bytes("film.mp4") == resumed)
  }

  @Test func twoBuildsAtOnceBothFinish() throws {
    let runs = try ["a.mp4", "b.mp4"].map {
      try bench.start(["build", "scene.yaml", "-o", $0, "--workers", "1"])
    }
    for run in runs { #expect(try run.outcome().code == 0) }
    #expect(bench.bytes("a.mp4") != nil && bench.bytes("a.mp4") == bench.bytes("b.mp4"))
    #expect(parts.isEmpty)
  }

  // MARK: The cache

  enum Damage: CaseIterable { case flipped, truncated, emptied, swapped }

  @Test(arguments: Damage.allCases) func damagedClipsAreRenderedAgainAndSaidSo(damage: Damage) throws {
    #expect(try bench.run(Self.words).code == 0)
    let film = try #require(bench.bytes("film.mp4"))
    let entries = bench.files(below: "cache/clips").filter { $0.hasSuffix(".mp4") }.map {
      bench.folder.appending(path: "cache/clips/\($0)")
    }
    try #require(entries.count == 3)
    var bytes = try Data(contentsOf: entries[0])
    switch damage {
    case .flipped: bytes[bytes.count / 2] ^= 4
    case .truncated: bytes.removeLast(100)
    case .emptied: bytes.removeAll()
    case .swapped:
      let other = try Data(contentsOf: entries[1])
      try bytes.write(to: entries[1])
      bytes = other
    }
    try bytes.write(to: entries[0])
    let outcome = try bench.run(Self.words + ["--why"])
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count { $0.contains("its file in the cache was damaged") } == (damage == .swapped ? 2 : 1))
    #expect(lines.count { $0.hasSuffix("reused") } == (damage == .swapped ? 1 : 2))
    #expect(bench.bytes("film.mp4") == film)
  }

  @Test func checkingTheCacheFindsDamage() throws {
    #expect(try bench.run(Self.words).code == 0)
    #expect(try bench.run("cache", "verify").code == 0)
    let clip = try #require(bench.files(below: "cache/clips").first { $0.hasSuffix(".mp4") })
    try bench.write("cache/clips/\(clip)", "not a clip")
    let outcome = try bench.run("cache", "verify", "--format", "json")
    #expect(outcome.code == 5)
    #expect(outcome.output.contains(String(clip.dropFirst(3).prefix(32))))
    #expect(try bench.run("cache", "verify").code == 0)
    #expect(try bench.run("cache", "clear").code == 0)
    #expect(bench.files(below: "cache/clips").isEmpty)
  }

  @Test func noCacheIsMadeToBeLookedAt() throws {
    let outcome = try bench.run("cache", "info", "--cache", "mistyped")
    #expect(outcome.code == 2 && outcome.messages.contains("there is no cache at `mistyped`"))
    #expect(bench.files(below: "mistyped").isEmpty)
  }

  /// The clock may be wrong or set at any time: entries from 1970 and from 2100 are what they were.
  @Test func theClockDecidesNothingButEviction() throws {
    #expect(try bench.run(Self.words).code == 0)
    for (index, name) in bench.files(below: "cache/clips").enumerated() {
      let date = Date(timeIntervalSince1970: index.isMultiple(of: 2) ? 60 : 4_102_444_800)
      try FileManager.default.setAttributes(
        [.modificationDate: date], ofItemAtPath: bench.folder.appending(path: "cache/clips/\(name)").path)
    }
    #expect(try bench.run(Self.words + ["--why"]).output.split(separator: "\n").count { $0.hasSuffix("reused") } == 3)
  }

  // MARK: Limits

  /// Runs a build under a shell's limit.
  private func build(under limit: String, _ more: [String] = []) throws -> Workbench.Outcome {
    let words = ["-c", "\(limit); exec \"$0\" \"$@\"", Workbench.program.path] + Self.words + more
    return try bench.start(words, program: URL(filePath: "/bin/sh")).outcome()
  }

  @Test func aLimitOnTheSizeOfFilesIsTold() throws {
    try writeSlowScene()
    let outcome = try build(under: "ulimit -f 100", ["--quality", "draft"])
    try bench.write("scene.yaml", Workbench.clips(1))
    try expectHarmless(outcome, "clip 1 failed twice", "(file size limit exceeded)", "while writing", ".part`, frame ")
  }

  @Test func aLimitOnAddressSpaceLowersTheWorkers() throws {
    let words = ["-c", "ulimit -v 200000; exec \"$0\" doctor --format json", Workbench.program.path]
    let outcome = try bench.start(words, program: URL(filePath: "/bin/sh")).outcome()
    #expect(outcome.output.contains("\"memory\":204800000,\"workers\":1,"), "\(outcome.output)\(outcome.messages)")
  }

  @Test func littleMemoryMeansFewerWorkersAndIsSaid() throws {
    let outcome = try bench.run("build", "scene.yaml", "-o", "film.mp4", "--workers", "3", "--memory", "100MB")
    #expect(outcome.code == 0)
    #expect(outcome.messages.contains("note: memory for 1 worker only"))
    #expect(outcome.messages.contains("with 1 worker in 3 rounds"))
  }

  // MARK: Full and read-only file systems

  @Test(.enabled(if: Tmpfs.isAllowed, "only root may mount a tmpfs"))
  func aFullCacheIsToldAndKeepsWhatIsDone() throws {
    let full = try Tmpfs(size: "24k")
    let outcome = try bench.run(Self.words + ["--cache", full.path])
    try expectHarmless(outcome, "the disk is full", full.path, "No space left on device")
    #expect(full.files.filter { $0.hasSuffix(".part") }.isEmpty)
    try full.remount("size=16m")
    #expect(try bench.run(Self.words + ["--cache", full.path]).code == 0)
  }

  @Test(.enabled(if: Tmpfs.isAllowed, "only root may mount a tmpfs"))
  func aFullOutputFolderIsToldBeforeJoining() throws {
    let full = try Tmpfs(size: "8k")
    let words = ["build", "scene.yaml", "-o", "\(full.path)/film.mp4"]
    try expectHarmless(try bench.run(words), "`\(full.path)/film.mp4` needs ", " are free there")
    #expect(full.files.isEmpty)
    #expect(clips == 3)
    try full.remount("size=16m")
    #expect(try bench.run(words + ["--format", "json"]).output.contains("\"rendered\":0"))
  }

  @Test(.enabled(if: Tmpfs.isAllowed, "only root may mount a tmpfs"))
  func readOnlyFoldersAreFoundBeforeRendering() throws {
    let fixed = try Tmpfs(size: "1m")
    try fixed.remount("ro")
    let output = try bench.run("build", "scene.yaml", "-o", "\(fixed.path)/film.mp4")
    try expectHarmless(output, "cannot write in `\(fixed.path)`", "read-only file system")
    let cache = try bench.run(Self.words + ["--cache", fixed.path])
    #expect(cache.code == 4 && cache.messages.contains("cannot make the cache folder"), "\(cache.messages)")
  }
}

/// A small file system of its own, unmounted with its owner.
private final class Tmpfs {
  let path: String

  static let isAllowed: Bool = {
    guard geteuid() == 0, let probe = try? Tmpfs(size: "4k") else { return false }
    return !probe.path.isEmpty
  }()

  struct MountFailure: Error {}

  init(size: String) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "tmpfs-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    do { try Self.mount("size=\(size)", path) } catch {
      try FileManager.default.removeItem(atPath: path)
      throw error
    }
  }

  deinit {
    umount2(path, Int32(MNT_DETACH))
    try? FileManager.default.removeItem(atPath: path)
  }

  func remount(_ options: String) throws { try Self.mount("remount,\(options)", path) }

  var files: [String] { FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? [] }

  private static func mount(_ options: String, _ path: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/mount")
    process.arguments = ["-t", "tmpfs", "-o", options, "tmpfs", path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw MountFailure() }
  }
}
