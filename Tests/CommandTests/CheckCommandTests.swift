import Foundation
import Testing

@Suite struct CheckCommandTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  /// The documented fields of a diagnostic.
  private struct Finding: Decodable, Equatable {
    var id, severity, message, file, caret: String
    var line, column, endLine, endColumn: Int
    var help: String?
  }

  private static let wrong = """
    ascii-scene: 1
    segments:
      - duration: 8
        layers:
          - {field: plasme, colour: heat}
    """

  @Test func everyMistakeIsAnObjectWithItsPlace() throws {
    try bench.write("wrong.yaml", Self.wrong)
    let outcome = try bench.run("check", "wrong.yaml", "--format", "json")
    #expect(outcome.code == 1)
    #expect(outcome.messages.isEmpty)
    let findings: [Finding] = try outcome.decoded()
    try #require(findings.count == 2)
    #expect(
      findings[0].line == 3 && findings[0].column == 15 && findings[0].endLine == 3 && findings[0].endColumn == 16)
    #expect(findings[0].caret == "write `8s`")
    #expect(findings[1].id == "unknown_name" && findings[1].severity == "error" && findings[1].file == "wrong.yaml")
    #expect(findings[1].line == 5 && findings[1].column == 17 && findings[1].endColumn == 23)
    // Members stay, whether they have a value or not.
    #expect(outcome.output.contains(#""help":null"#))
  }

  @Test func aCleanSceneIsSilent() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    let json = try bench.run("check", "scene.yaml", "--format", "json")
    #expect(json.code == 0 && json.output == "[]\n" && json.messages.isEmpty)
    let human = try bench.run("check", "scene.yaml")
    #expect(human.code == 0 && human.output.isEmpty && human.messages == "checked 1 scene: no problems\n")
  }

  @Test func peopleSeeCaretsAndEditorsALineEach() throws {
    try bench.write("wrong.yaml", Self.wrong)
    let human = try bench.run("check", "wrong.yaml")
    #expect(human.code == 1 && human.output.isEmpty)
    #expect(human.messages.contains("^^^^^^ did you mean `plasma`?"))
    #expect(!human.messages.contains("\u{1B}"))
    let colored = try bench.run("check", "wrong.yaml", "--color", "always")
    #expect(colored.messages.contains("\u{1B}[1;31m"))
    let short = try bench.run("check", "wrong.yaml", "--format", "short")
    #expect(short.code == 1)
    #expect(short.output.contains("wrong.yaml:5:17: error[unknown_name]: nothing is called `plasme`\n"))
  }

  @Test func ofVeryManyMistakesTheFirstAreShownAndAllAreCounted() throws {
    let keys = (0..<5000).map { "key\($0): 1\n" }.joined()
    try bench.write("many.yaml", "ascii-scene: 1\n\(keys)segments: [{duration: 1s, layers: [{field: plasma}]}]\n")
    let shown = try bench.run("check", "many.yaml")
    #expect(shown.messages.split(separator: "\n").count { $0.contains("has no key `key") } == 200)
    #expect(shown.messages.contains("… and 4800 more; ") && shown.messages.contains("5000 errors"))
    let listed = try bench.run("check", "many.yaml", "--format", "short")
    #expect(listed.output.split(separator: "\n").count == 5000)
  }

  @Test func oneWrongSceneOfSeveralFailsTheRun() throws {
    try bench.write("fine.yaml", Workbench.tiny)
    try bench.write("wrong.yaml", Self.wrong)
    let outcome = try bench.run("check", "wrong.yaml", "fine.yaml", "--format", "json")
    #expect(outcome.code == 1)
    #expect(Set(try outcome.decoded(as: [Finding].self).map(\.file)) == ["wrong.yaml"])
  }

  @Test func whatIsNoReadableSceneIsToldByName() throws {
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "folder.yaml"), withIntermediateDirectories: false)
    mkfifo(bench.folder.appending(path: "fifo.yaml").path, 0o600)
    try bench.write("large.yaml", "#" + String(repeating: " ", count: 4 << 20))
    for (name, words) in [
      ("none.yaml", "No such file"), ("fifo.yaml", "not a regular file"),
      ("large.yaml", "4 MiB"),
    ] {
      for command in ["check", "build", "frame", "hash", "graph"] {
        let outcome = try bench.run(command, name)
        #expect(outcome.code == 1 && outcome.output.isEmpty, "\(command) \(name)")
        #expect(outcome.messages.contains(name) && outcome.messages.contains(words), "\(outcome.messages)")
      }
    }
  }

  @Test func programsAreToldOfUnreadableFilesAsFindings() throws {
    try bench.write("large.yaml", "#" + String(repeating: " ", count: 4 << 20))
    let outcome = try bench.run("check", "none.yaml", "large.yaml", "--format", "json")
    #expect(outcome.code == 1 && outcome.messages.isEmpty)
    let found = try outcome.decoded(as: [Finding].self)
    #expect(found.map(\.file) == ["none.yaml", "large.yaml"])
    #expect(found.map(\.id) == ["unreadable_file", "file_too_large"] && found.allSatisfy { $0.line == 1 })
    #expect(
      try bench.run("check", "none.yaml", "--format", "short").output.hasPrefix("none.yaml:1:1: error[unreadable_file]")
    )
    #expect(
      try bench.run("check", "none.yaml", "--format", "github").output.hasPrefix("::error file=none.yaml,line=1,"))
    #expect(try bench.run("check", "none.yaml", "--format", "sarif").output.contains(#""ruleId":"unreadable_file""#))
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "empty"), withIntermediateDirectories: false)
    #expect(
      try bench.run("check", "empty", "--format", "json").decoded(as: [Finding].self).map(\.file) == ["empty"])
  }

  /// A library of which a part cannot be read is not checked.
  @Test func whatCannotBeReadInAFolderIsNotPassedOver() throws {
    let folder = bench.folder.appending(path: "scenes")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try bench.write("scenes/fine.yaml", Workbench.tiny)
    try bench.write("scenes/other.yaml", "name: no scene\n")
    try bench.write("scenes/large.yaml", "#" + String(repeating: " ", count: 4 << 20))
    mkfifo(folder.appending(path: "fifo.yaml").path, 0o600)
    let links = ["gone.yaml": "nowhere.yaml", "turning.yml": "turning.yml", "folder.yaml": "."]
    for (name, target) in links {
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: name).path, withDestinationPath: target)
    }
    let outcome = try bench.run("check", "scenes", "--format", "json")
    #expect(outcome.code == 1 && outcome.messages.isEmpty)
    let found = try outcome.decoded(as: [Finding].self)
    #expect(found.map(\.file) == ["scenes/gone.yaml", "scenes/turning.yml"])
    #expect(found.allSatisfy { $0.id == "unreadable_file" })
  }

  /// Latin-1, as old archives have it.
  @Test func aNameThatIsNoTextIsToldWithEscapes() throws {
    func shell(_ script: String) throws -> Workbench.Outcome {
      try bench.start(["-c", script, Workbench.program.path], program: URL(filePath: "/bin/sh")).outcome()
    }
    let folder = bench.folder.appending(path: "scenes")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try bench.write("scenes/fine.yaml", Workbench.tiny)
    let name = "scenes/$(printf 'gr\\374n').yaml"
    #expect(try shell("cp scenes/fine.yaml \"\(name)\"").code == 0)
    let found = try bench.run("check", "scenes", "--format", "json")
    #expect(found.code == 1 && found.messages.isEmpty)
    #expect(try found.decoded(as: [Finding].self).map(\.file) == ["scenes/gr\\xfcn.yaml"])
    let tested = try bench.run("test", "scenes")
    #expect(tested.code == 1 && tested.messages.contains("its name is no UTF-8"), "\(tested.messages)")
    let argument = try shell("exec \"$0\" check \"\(name)\"")
    #expect(argument.code == 2 && argument.output.isEmpty)
    #expect(argument.messages == "error: argument 2 is no UTF-8: `scenes/gr\\xfcn.yaml`\n")
    #expect(try shell("rm -r scenes").code == 0)
  }

  @Test func charactersThatNoFaceDrawsAreMistakes() throws {
    try bench.write(
      "faces.yaml",
      """
      ascii-scene: 1
      params: {word: {type: text, default: HI}}
      palettes: {mine: " ·😀"}
      segments:
        - duration: 1s
          layers:
            - {field: plasma, palette: mine}
            - {field: plasma, palette: mine}
            - {field: plasma, palette: {chars: "·♥𓀀"}}
            - {text: "{word}: 𓀀 and ☃", position: [0.5, 0.3]}
            - {text: "{word}", style: {typewriter: {cursor: "{word}▌"}}}
            - {text: "{word}", style: {typewriter: {cursor: 𓀀}}}
            - {field: {letters: {text: 𓀀}}}
      """)
    let outcome = try bench.run("check", "faces.yaml", "--format", "json")
    let findings: [Finding] = try outcome.decoded()
    #expect(outcome.code == 1)
    #expect(findings.map(\.id) == Array(repeating: "not_drawn", count: 5))
    #expect(findings.map(\.line) == [3, 9, 10, 12, 13])
    #expect(findings[1].message == "no face draws `𓀀` (U+13000)")
    #expect(try bench.run("build", "faces.yaml").code == 1)
    #expect(bench.files() == ["faces.yaml"])
  }
}
