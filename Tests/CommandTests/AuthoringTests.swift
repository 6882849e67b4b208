import Foundation
import Renderer
import Testing

@testable import ascii_scene

/// From nothing to a scene: `new`, `watch` and `preview`.
@Suite struct AuthoringTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  // MARK: new

  @Test(arguments: NewCommand.Template.allCases)
  func aTemplateIsASceneWithoutProblems(template: NewCommand.Template) throws {
    #expect(try bench.run("new", "scene.yaml", "--template", template.rawValue).code == 0)
    let checked = try bench.run("check", "scene.yaml", "--strict")
    #expect(checked.code == 0 && checked.messages == "checked 1 scene: no problems\n", "\(checked.messages)")
    let said = try bench.run("new", "-", "--template", template.rawValue)
    #expect(Data(said.output.utf8) == bench.bytes("scene.yaml") && said.messages.isEmpty)
  }

  @Test func everyTemplateFileIsATemplate() {
    #expect(Set(TemplateFiles.sources.keys) == Set(NewCommand.Template.allCases.map(\.rawValue)))
  }

  @Test func theReadmeShowsTheFirstTemplate() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md")
    let readme = try String(contentsOf: file, encoding: .utf8)
    let hello = try #require(TemplateFiles.sources["hello"])
    #expect(readme.contains("```yaml\n\(hello)```\n"))
  }

  @Test func nothingIsWrittenOver() throws {
    try bench.write("mine.yaml", "mine")
    let outcome = try bench.run("new", "mine.yaml")
    #expect(outcome.code == 2 && outcome.messages.contains("`mine.yaml` is there already"), "\(outcome.messages)")
    #expect(bench.bytes("mine.yaml") == Data("mine".utf8))
    for name in ["mine.txt", ".yaml", "nowhere/", ""] { #expect(try bench.run("new", name).code == 2) }
    #expect(try bench.run("new", "mine.txt").messages.contains("`mine.yaml`"))
    #expect(try bench.run("new", "nowhere/mine.yaml").code == 4)
    #expect(bench.files() == ["mine.yaml"])
  }

  @Test(arguments: ["it's one.yaml", "-o.yaml"]) func whatIsSaidNextCanBePasted(name: String) throws {
    let said = try bench.run("new", "--", name).messages
    let line = try #require(said.split(separator: "\n").first { $0.contains("ascii-scene watch") })
    let word = try #require(line.firstMatch(of: /ascii-scene watch (.*?) +#/)).1
    let shell = try bench.start(["-c", "cat \(word)"], program: URL(filePath: "/bin/sh")).outcome()
    #expect(shell.output == TemplateFiles.sources["hello"], "\(line)")
  }

  @Test func aStillReplacesPicturesOnlyUnlessItIsNamed() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    try bench.write("scene.png", "no picture")
    #expect(try bench.run("frame", "scene.yaml").code == 1)
    #expect(bench.bytes("scene.png") == Data("no picture".utf8))
    #expect(try bench.run("frame", "scene.yaml", "-o", "scene.png").code == 0)
    #expect(try bench.run("frame", "scene.yaml").code == 0)
  }

  // MARK: watch

  /// A minute at most.
  private func wait(_ run: Workbench.Run, until isDone: () throws -> Bool) throws {
    for _ in 0..<1200 {
      if try isDone() { return }
      let said = try run.messagesSoFar()
      try #require(run.process.isRunning, "\(said)")
      usleep(50_000)
    }
    Issue.record("nothing came: \(try run.messagesSoFar())")
  }

  @Test func aSceneIsRenderedAgainWhenItOrWhatItImportsChanges() throws {
    try bench.write("colors.yaml", "ascii-scene: 1\ngradients: {own: [\"#000000\", \"#ff0000\"]}\n")
    let scene = """
      ascii-scene: 1
      video: {size: 64x36, fps: 24}
      import: {lib: colors.yaml}
      segments: [{duration: 1s, layers: [{field: u, grid: xxl, color: lib.own}]}]

      """
    try bench.write("scene.yaml", scene)
    let run = try bench.start(["watch", "scene.yaml", "-o", "still.png"])
    defer { run.process.terminate() }
    try wait(run) { try run.messagesSoFar().contains("watching 2 files") }
    let first = try #require(bench.bytes("still.png"))

    try bench.write("colors.yaml", "ascii-scene: 1\ngradients: {own: [\"#000000\", \"#00ff00\"]}\n")
    try wait(run) { bench.bytes("still.png") != first }
    let second = bench.bytes("still.png")

    try bench.write("scene.yaml", scene.replacing("lib.own", with: "lib.other"))
    try wait(run) { try run.messagesSoFar().contains("`scene.yaml` has 1 error") }
    #expect(bench.bytes("still.png") == second)

    try bench.write("scene.yaml", scene.replacing("field: u", with: "field: v"))
    try wait(run) { bench.bytes("still.png") != second }
    kill(run.process.processIdentifier, SIGINT)
    #expect(try run.outcome().code == 128 + SIGINT)
  }

  @Test func whatIsMissingIsWaitedFor() throws {
    try FileManager.default.createDirectory(at: bench.folder.appending(path: "lib"), withIntermediateDirectories: true)
    let scene = Workbench.tiny.replacing("segments:", with: "import: {lib: lib/late.yaml}\nsegments:")
    try bench.write("scene.yaml", scene)
    let run = try bench.start(["watch", "scene.yaml", "-o", "still.png"])
    defer { run.process.terminate() }
    try wait(run) { try run.messagesSoFar().contains("watching") }
    #expect(bench.bytes("still.png") == nil)
    try bench.write("lib/late.yaml", "ascii-scene: 1\n")
    try wait(run) { bench.bytes("still.png") != nil }
  }

  /// Written to in place, as a paint program may: what was opened before is not taken for it.
  @Test func aPictureThatIsWrittenToIsOpenedAnew() throws {
    try bench.write("picture.yaml", Workbench.tiny)
    func draw(_ hue: String) throws {
      #expect(try bench.run("build", "picture.yaml", "--set", "hue=\(hue)", "-o", "clip.mp4").code == 0)
    }
    try draw("0.1")
    try bench.write(
      "scene.yaml",
      """
      ascii-scene: 1
      video: {size: 64x36, fps: 24}
      inputs: {clip: {video: shown.mp4}}
      segments: [{duration: 1s, layers: [{video: clip, grid: xxl}]}]

      """)
    let first = try #require(bench.bytes("clip.mp4"))
    try first.write(to: bench.folder.appending(path: "shown.mp4"))
    let run = try bench.start(["watch", "scene.yaml", "-o", "still.png"])
    defer { run.process.terminate() }
    try wait(run) { try run.messagesSoFar().contains("watching 2 files") }
    let red = try #require(bench.bytes("still.png"))
    try draw("0.6")
    for bytes in [try #require(bench.bytes("clip.mp4")), first] {
      let before = bench.bytes("still.png")
      let file = try FileHandle(forWritingTo: bench.folder.appending(path: "shown.mp4"))
      try file.truncate(atOffset: 0)
      try file.write(contentsOf: bytes)
      try file.close()
      try wait(run) { bench.bytes("still.png") != before }
    }
    #expect(bench.bytes("still.png") == red)
  }

  @Test func whatTheCommandLineHasWrongEndsTheWatch() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    #expect(try bench.run("watch", "absent.yaml").code == 1)
    #expect(try bench.run("watch", "-").code == 2)
    #expect(try bench.run("watch", "scene.yaml", "--at", "9s").code == 2)
    #expect(try bench.run("watch", "scene.yaml", "--variant", "none").code == 2)
  }

  // MARK: preview

  @Test func aCharacterIsTwoPixels() {
    let picture = Picture(width: 3, height: 3)
    for (x, red) in [10, 10, 20].enumerated() {
      for y in 0..<3 { picture.row(y, plane: 0)[x] = UInt8(red + y) }
    }
    let (ten, eleven) = ("\u{1B}[38;2;10;0;0m", "\u{1B}[48;2;11;0;0m")
    #expect(
      TerminalScreen.text(of: picture) == """
        \(ten)\(eleven)▀▀\u{1B}[38;2;20;0;0m\u{1B}[48;2;21;0;0m▀\u{1B}[0m
        \u{1B}[38;2;12;0;0m▀▀\u{1B}[38;2;22;0;0m▀\u{1B}[0m

        """)
  }

  @Test func framesFollowOneAnotherWhereNoTerminalIs() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    let outcome = try bench.run("preview", "scene.yaml", "--columns", "16", "--frames", "3")
    let lines = outcome.output.split(separator: "\n")
    // 16 × 9 pixels: five lines each.
    #expect(outcome.code == 0 && lines.count == 15, "\(outcome.messages)")
    #expect(lines.allSatisfy { $0.count { $0 == "▀" } == 16 })
    #expect(try bench.run("preview", "scene.yaml").code == 2)
    #expect(try bench.run("preview", "scene.yaml", "--columns", "16", "--color", "never").code == 2)
  }

  /// `signal` 0: it plays to its end.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")), arguments: [0, SIGINT, SIGQUIT])
  func aTerminalIsGivenBackAsItWas(signal: Int32) throws {
    try bench.write("scene.yaml", Workbench.tiny.replacing("1s", with: signal == 0 ? "1s" : "600s"))
    let command = "stty cols 40 rows 12; echo $$ > pid; exec '\(Workbench.program.path)' preview scene.yaml"
    let run = try bench.start(["-qfc", command, "seen"], program: URL(filePath: "/usr/bin/script"))
    defer { run.process.terminate() }
    func seen() -> String { String(decoding: bench.bytes("seen") ?? Data(), as: UTF8.self) }
    try wait(run) { signal == 0 || seen().contains("▀") }
    if signal != 0 {
      let pid = String(decoding: try #require(bench.bytes("pid")), as: UTF8.self)
      kill(try #require(Int32(pid.trimmingCharacters(in: .newlines))), signal)
    }
    _ = try run.outcome()
    #expect(seen().contains("\u{1B}[?1049h\u{1B}[?25l"), "\(seen())")
    let end = try #require(seen().range(of: "\u{1B}[?25h\u{1B}[?1049l"))
    #expect(!seen()[end.upperBound...].contains("▀"))
    // Eleven lines of 22 rows of pixels and one that stays free: 39 columns.
    let lines = seen().split(whereSeparator: \.isNewline).map { line in line.count { $0 == "▀" } }
    #expect(lines.max() == 39)
  }
}
