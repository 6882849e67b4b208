import Foundation
import Testing

/// Programs read on standard output why a command failed, one document whatever happens.
@Suite struct FailureTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private struct Report: Decodable {
    struct Failure: Decodable {
      struct Finding: Decodable { var id: String }
      var exit: Int
      var message: String
      var help: String?
      var findings: [Finding]?
    }
    var failure: Failure?
    var output: String?
    var outcome: String?
  }

  private func fail(_ words: String...) throws -> Workbench.Outcome {
    let outcome = try bench.run(words + ["--format", "json"])
    #expect(outcome.code != 0 && outcome.messages.contains("error"))
    return outcome
  }

  @Test(arguments: ["build", "graph", "hash", "profile", "estimate"])
  func mistakesOfTheSceneAreListed(command: String) throws {
    try bench.write("scene.yaml", Workbench.tiny.replacing("sin(", with: "snn("))
    let outcome = try fail(command, "scene.yaml")
    let failure = try #require(try outcome.decoded(as: Report.self).failure)
    #expect(failure.exit == 1 && outcome.code == 1 && failure.message == "`scene.yaml` has 1 error")
    #expect(failure.findings?.map(\.id) == ["unknown_name"])
  }

  @Test func otherFailuresHaveTheirHelp() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    let outcome = try fail("build", "scene.yaml", "--frames", "20..30")
    let failure = try #require(try outcome.decoded(as: Report.self).failure)
    #expect(failure.exit == 2 && failure.message.contains("the video's last frame is 23") && failure.findings == nil)
    #expect(failure.help == "give a range within 0..24")
    // A check lists what it cannot read among its findings.
    let check = try bench.run("check", "none.yaml", "--format", "json")
    #expect(try check.decoded(as: [Report].self).count == 1)
  }

  @Test(arguments: [
    (["build", "scene.yaml", "--workrs", "2", "--format", "json"], "no option `--workrs`"),
    (["build", "--format=json"], "`build` needs SCENE"),
    (["check", "scene.yaml", "--format", "json", "-o", "x"], "no option `-o`"),
    (["doctor", "--format", "json", "more"], "no further argument `more`"),
  ])
  func mistakesOfUseAreToldToPrograms(words: [String], message: String) throws {
    let outcome = try bench.run(words)
    let failure = try #require(try outcome.decoded(as: Report.self).failure)
    #expect(outcome.code == 2 && failure.exit == 2 && outcome.messages.hasPrefix("error: "))
    #expect(failure.message.contains(message) && failure.help != nil, "\(failure.message)")
  }

  @Test func whoDoesNotAskForJSONGetsNone() throws {
    for words in [["build", "--format", "human"], ["build", "a", "b", "--", "--format", "json"], ["buidl"]] {
      let outcome = try bench.run(words)
      #expect(outcome.code == 2 && outcome.output.isEmpty, "\(words)")
    }
  }

  @Test func whatWasMadeBeforeIsToldWithIt() throws {
    try bench.write("scene.yaml", Workbench.tiny + "output: [one.mp4, two.gif]\n")
    let script = "case \"$*\" in *palette*) echo no palette >&2; exit 1;; esac\nPATH=${PATH#*:} exec ffmpeg \"$@\""
    try bench.program("ffmpeg", script)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let outcome = try bench.run(
      ["build", "scene.yaml", "--format", "json"],
      environment: ["PATH": "\(bench.folder.appending(path: "bin").path):\(path)"])
    #expect(outcome.code == 4)
    let reports: [Report] = try outcome.decoded()
    #expect(reports.map(\.output) == ["one.mp4", "two.gif"])
    #expect(reports.last?.failure?.message.contains("no palette") == true)
  }

  @Test func nothingIsLeftOfWhatFailsAndItsOwnNameIsTold() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    let script = "case \"$*\" in *gbrp*|*vp9*) echo no more >&2; exit 1;; esac\nPATH=${PATH#*:} exec ffmpeg \"$@\""
    try bench.program("ffmpeg", script)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let environment = ["PATH": "\(bench.folder.appending(path: "bin").path):\(path)"]
    let sequence = try bench.run(["build", "scene.yaml", "-o", "frames/%05d.png"], environment: environment)
    #expect(sequence.code == 4 && sequence.messages.contains("no more"), "\(sequence.messages)")
    let video = try bench.run(["build", "scene.yaml", "-o", "film.webm"], environment: environment)
    #expect(video.code == 4 && video.messages.contains("cannot make `film.webm` from the clips: "), "\(video.messages)")
    #expect(!bench.files().contains { $0.hasPrefix("frames") || $0.contains("film") }, "\(bench.files())")
  }

  @Test func missingGoldenFramesAreOutcomes() throws {
    try bench.write("scene.yaml", Workbench.tiny + "golden: [0s]\n")
    let reports: [Report] = try fail("test").decoded()
    #expect(reports.map(\.outcome) == ["unrecorded"])
  }
}
