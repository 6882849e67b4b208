import Foundation
import Testing

/// What a shell or a supervisor gives the program: streams that are closed, limits, standard input as a scene.
@Suite struct StreamTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.write("scene.yaml", Workbench.tiny)
  }

  /// Runs the program as a shell does, with what stands before and after it.
  private func shell(_ before: String = "", _ words: String) throws -> Workbench.Outcome {
    try bench.start(
      ["-c", "\(before) exec '\(Workbench.program.path)' \(words)"], program: URL(filePath: "/bin/sh")
    ).outcome()
  }

  /// The next file that is opened would get the number of a closed stream, and with it all that is written there.
  @Test(
    arguments: [
      ("<&-", 0), ("2>&-", 0), ("<&- 2>&-", 0), (">&-", 4), ("<&- >&-", 4), (">&- 2>&-", 4), ("<&- >&- 2>&-", 4),
    ] as [(String, Int32)])
  func noFileTakesThePlaceOfAClosedStream(redirection: String, code: Int32) throws {
    #expect(try bench.run("build", "scene.yaml", "-o", "whole.mp4", "--cache", "other").code == 0)
    #expect(try shell("", "build scene.yaml -o film.mp4 \(redirection)").code == code)
    #expect(bench.bytes("film.mp4") == bench.bytes("whole.mp4"))
    #expect(try shell("", "cache list \(redirection)").code == code)
    #expect(bench.bytes("cache/lock") == Data(), "the lock holds what was printed")
    #expect(bench.files(below: "cache/clips") == bench.files(below: "other/clips"))
  }

  @Test func aLimitOfFileSizeIsAFailureThatIsTold() throws {
    for command in ["frame", "sheet"] {
      let outcome = try shell("ulimit -f 1;", "\(command) scene.yaml -o still.png")
      #expect(outcome.code == 4, "\(outcome.messages)")
      #expect(outcome.messages.contains("still.png"))
      #expect(bench.files() == ["scene.yaml"])
    }
  }

  @Test func picturesOfStandardInputHaveAName() throws {
    #expect(try shell("", "frame - < scene.yaml").messages.hasPrefix("stdin.png: "))
    #expect(try shell("", "sheet - --count 2 < scene.yaml").messages.hasPrefix("stdin.sheet.png: "))
    #expect(bench.files() == ["scene.yaml", "stdin.png", "stdin.sheet.png"])
  }

  @Test func aPercentSignIsPartOfAName() throws {
    #expect(try bench.run("build", "scene.yaml", "--frames", "2", "-o", "100%.mp4").code == 0)
    let folder = bench.folder.appending(path: "50%")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    #expect(try bench.run("build", "scene.yaml", "--frames", "2", "-o", "50%/%02d.png").code == 0)
    #expect(bench.files() == ["100%.mp4", "50%/00.png", "50%/01.png", "scene.yaml"])
    #expect(try bench.run("build", "scene.yaml", "--frames", "2", "-o", "100%.png").code == 2)
  }
}
