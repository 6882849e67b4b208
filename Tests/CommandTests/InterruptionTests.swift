import Foundation
import Testing

/// A build that is ended in the middle loses no finished clip and leaves nothing that the next build does not clear away.
@Suite(.serialized) struct InterruptionTests {
  private let bench: Workbench
  private let words = ["build", "scene.yaml", "-o", "film.mp4", "--workers", "1", "--format", "json"]

  init() throws {
    bench = try Workbench()
    try bench.write("scene.yaml", Workbench.clips(6))
    try bench.write("film.mp4", "the old video")
  }

  private struct Report: Decodable {
    struct Clips: Decodable, Equatable { var total, rendered, cached: Int }
    var clips: Clips
  }

  private var clips: Int { bench.files(below: "cache/clips").count { $0.hasSuffix(".mp4") } }
  private var parts: [String] { (bench.files() + bench.files(below: "cache")).filter { $0.hasSuffix(".part") } }

  /// Starts a build, as a shell does that has `option` of env, and sends it a signal after the first clip.
  private func interrupt(
    with signal: Int32, times: Int = 1, _ option: String = "--default-signal=HUP"
  ) throws -> Workbench.Outcome {
    let run = try bench.start([option, Workbench.program.path] + words, program: URL(filePath: "/usr/bin/env"))
    while clips == 0 && run.process.isRunning { usleep(2000) }
    for _ in 0..<times {
      kill(run.process.processIdentifier, signal)
      usleep(3000)
    }
    return try run.outcome()
  }

  private func expectResumed() throws {
    let kept = clips
    #expect((1..<6).contains(kept))
    let report: Report = try bench.run(words).decoded()
    #expect(report.clips == .init(total: 6, rendered: 6 - kept, cached: kept))
    #expect(parts.isEmpty)
    let resumed = bench.bytes("film.mp4")
    #expect(try bench.run(words + ["--cache", "other"]).code == 0)
    #expect(bench.bytes("film.mp4") == resumed)
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 143)] as [(Int32, Int32)])
  func aWishToStopIsObeyedInOrder(signal: Int32, code: Int32) throws {
    let outcome = try interrupt(with: signal)
    #expect(outcome.code == code)
    #expect(outcome.messages.contains("finished clips are kept"))
    #expect(parts.isEmpty)
    #expect(bench.bytes("film.mp4") == Data("the old video".utf8))
    try expectResumed()
  }

  /// `timeout` sends a signal to its child, and then to the group that this is in.
  @Test func aWishSaidTwiceAtOnceIsOneWish() throws {
    let outcome = try interrupt(with: SIGTERM, times: 3)
    #expect(outcome.code == 143 && outcome.messages.contains("finished clips are kept"), "\(outcome.messages)")
    #expect(parts.isEmpty)
    try expectResumed()
  }

  /// As nohup starts it.
  @Test func aHangupThatIsIgnoredStaysSo() throws {
    #expect(try interrupt(with: SIGHUP, "--ignore-signal=HUP").code == 0)
    #expect(clips == 6 && parts.isEmpty)
  }

  @Test func theNextBuildGoesOnWhereOneWasKilled() throws {
    #expect(try interrupt(with: SIGKILL).code == 128 + SIGKILL)
    #expect(bench.bytes("film.mp4") == Data("the old video".utf8))
    try expectResumed()
  }
}
