import Foundation
import Testing

@testable import ascii_scene

/// What is wrong with a command line ends in 2, with the help that mends it, and does nothing.
@Suite struct UsageTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test(arguments: [
    ([], "see `ascii-scene --help`"),
    (["buidl", "scene.yaml"], "did you mean `build`?"),
    (["check"], "`check` needs SCENE"),
    (["check", "scene.yaml", "--formt", "json"], "did you mean `--format`?"),
    (["check", "scene.yaml", "--format", "jsn"], "did you mean `json`?"),
    (["check", "scene.yaml", "--set", "word"], "expected NAME=VALUE"),
    (["build", "scene.yaml", "two.yaml"], "no further argument `two.yaml`"),
    (["build", "scene.yaml", "--crf", "52"], "an integer from 0 to 51"),
    (["build", "scene.yaml", "--workers", "-1"], "an integer from 0 to 1024"),
    (["build", "scene.yaml", "--resolution", "65x36"], "even sides"),
    (["build", "scene.yaml", "--from", "0.2s", "--to", "0.1s"], "later than `--from`"),
    (["build", "scene.yaml", "-o"], "`-o` needs a value"),
    (["build", "scene.yaml", "--frames", "20..30"], "the video's last frame is 23"),
    (["hash", "scene.yaml", "--frames", "7..7"], "A..B with A < B"),
    (["hash", "scene.yaml", "--kernels", "sse"], "one of baseline, avx2, avx512"),
    (["frame", "scene.yaml", "--aspect", "15:1", "--quality", "max"], "is 32400x2160 at this quality"),
    (["build", "scene.yaml", "--aspect", "1:1000"], "sides of 1 to 8192 pixels"),
    (["build", "scene.yaml", "-o", "a%05d.mp4"], "`frames/%05d.png`"),
    (["help", "buidl"], "did you mean `build`?"),
    (["frame", "scene.yaml", "--at", "1s"], "the video has frames 0 to 23"),
    (["frame", "scene.yaml", "--at", "soon"], "a time such as 2.5s, 500ms, 60f or 50%"),
    (["sheet", "scene.yaml", "--count", "0"], "an integer from 1 to 400"),
    (["analyze", "scene.yaml", "--tempo", "90"], "a scene says its own"),
    (["graph", "scene.yaml", "--after", "magic"], "the passes are lowering, "),
    (["list", "fruit"], "the kinds are "),
    (["build", "scene.yaml", "-o", "a.mp4", "--output=b.gif"], "lists them under `output:`"),
    (["frame", "scene.yaml", "--variant", "a", "--variant", "a"], "`--variant` is given twice"),
    (["show", "plasme"], "did you mean `plasma`?"),
  ])
  func mistakesAreExplained(words: [String], help: String) throws {
    try bench.write("scene.yaml", Workbench.tiny)
    let outcome = try bench.run(words)
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.messages.hasPrefix("error: "))
    #expect(outcome.messages.contains(help), "\(outcome.messages)")
    #expect(bench.files() == ["scene.yaml"])
  }

  @Test(arguments: CommandTable.all.commands.map { $0.declaration.name })
  func everyCommandHasAHelpPage(command: String) throws {
    let overview = try bench.run("--help")
    #expect(overview.code == 0 && overview.output.contains("\n  \(command) "))
    let page = try bench.run(command, "--help")
    #expect(page.code == 0 && page.messages.isEmpty)
    #expect(page.output.contains("Usage: ascii-scene \(command)"))
    let example = try #require(page.output.firstRange(of: "\nExample:\n"))
    #expect(page.output[example.upperBound...].contains("ascii-scene \(command)"))
  }

  /// Its table of commands is written by hand.
  @Test func theReadmeNamesEveryCommand() throws {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md")
    let rows = try String(contentsOf: readme, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }
    let words = Set(rows.flatMap { $0.split(separator: "|")[0].split { "` ,".contains($0) } })
    for command in CommandTable.all.commands { #expect(words.contains(command.declaration.name[...])) }
  }

  /// An option is wrong, not the scene; where both are, the scene is mended first.
  @Test func whatAnOptionAsksOfASceneIsUsage() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    for words in [["--variant", "none"], ["--set", "size=2"], ["--set", "hue=blue"]] {
      let outcome = try bench.run(["frame", "scene.yaml"] + words)
      #expect(outcome.code == 2 && outcome.messages.contains("\(words[0])"), "\(outcome.messages)")
    }
    #expect(try bench.run("check", "scene.yaml", "--variant", "none").code == 2)
    try bench.write("wrong.yaml", Workbench.tiny.replacing("text:", with: "txt:"))
    for command in ["frame", "check"] {
      #expect(try bench.run(command, "wrong.yaml", "--variant", "none").code == 1)
    }
  }

  @Test func theVersionIsPrinted() throws {
    let outcome = try bench.run("--version")
    #expect(outcome.code == 0)
    #expect(outcome.output.wholeMatch(of: /ascii-scene \d+\.\d+\.\d+\n/) != nil)
  }
}
