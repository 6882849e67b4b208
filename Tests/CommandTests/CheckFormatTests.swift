import Foundation
import Testing

/// What `check` prints for programs, what it mends, and what it takes.
@Suite struct CheckFormatTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private static let wrong = """
    ascii-scene: 1
    segments:
      - duration: 8
        layers:
          - {field: plasme}
          - {field: plasma, colour: "#fff"}

    """

  /// A layer below an opaque one is never seen: a warning.
  private static let doubtful = """
    ascii-scene: 1
    segments:
      - duration: 8s
        layers:
          - {field: plasma}
          - {field: plasma, opaque: true, blend: normal}

    """

  // MARK: Formats

  @Test func findingsAnnotateThePullRequest() throws {
    try bench.write("a,b.yaml", Self.wrong)
    let outcome = try bench.run("check", "a,b.yaml", "--format", "github")
    #expect(outcome.code == 1 && outcome.messages.isEmpty)
    #expect(
      outcome.output.split(separator: "\n") == [
        "::error file=a%2Cb.yaml,line=3,endLine=3,col=15,endColumn=15,title=missing_unit::"
          + "`duration` takes a time, found a plain number; write `8s`",
        "::error file=a%2Cb.yaml,line=5,endLine=5,col=17,endColumn=22,title=unknown_name::"
          + "nothing is called `plasme`; did you mean `plasma`?",
      ])
  }

  /// The members of SARIF 2.1.0 that code hosts read.
  private struct Log: Decodable {
    struct Text: Decodable, Equatable { var text: String }
    struct Region: Decodable, Equatable { var startLine, startColumn, endLine, endColumn: Int }
    struct Artifact: Decodable, Equatable { var uri: String }
    struct Rule: Decodable {
      var id: String
      var shortDescription: Text
    }
    struct Driver: Decodable {
      var name, version: String
      var rules: [Rule]
    }
    struct Tool: Decodable { var driver: Driver }
    struct Place: Decodable {
      var artifactLocation: Artifact
      var region: Region
    }
    struct Location: Decodable { var physicalLocation: Place }
    struct Replacement: Decodable {
      var deletedRegion: Region
      var insertedContent: Text
    }
    struct Change: Decodable {
      var artifactLocation: Artifact
      var replacements: [Replacement]
    }
    struct Fix: Decodable { var artifactChanges: [Change] }
    struct Result: Decodable {
      var ruleId, level: String
      var ruleIndex: Int
      var message: Text
      var locations: [Location]
      var fixes: [Fix]?
    }
    struct Run: Decodable {
      var tool: Tool
      var columnKind: String
      var results: [Result]
    }
    var version: String
    var runs: [Run]
  }

  @Test func findingsAreALogForCodeHosts() throws {
    try bench.write("ä b.yaml", Self.wrong)
    let outcome = try bench.run("check", "ä b.yaml", "--format", "sarif")
    #expect(outcome.code == 1 && outcome.messages.isEmpty)
    let log: Log = try outcome.decoded()
    #expect(log.version == "2.1.0" && log.runs.count == 1)
    let run = try #require(log.runs.first)
    #expect(run.tool.driver.name == "ascii-scene" && run.columnKind == "unicodeCodePoints")
    #expect(run.tool.driver.rules.map(\.id) == ["missing_unit", "unknown_name"])
    #expect(run.tool.driver.rules.allSatisfy { $0.shortDescription.text.hasSuffix(".") })
    #expect(run.results.map(\.ruleId) == ["missing_unit", "unknown_name"])
    #expect(run.results.map(\.ruleIndex) == [0, 1] && run.results.allSatisfy { $0.level == "error" })
    let place = try #require(run.results[0].locations.first?.physicalLocation)
    #expect(place.artifactLocation.uri == "%C3%A4%20b.yaml")
    let one = Log.Region(startLine: 3, startColumn: 15, endLine: 3, endColumn: 16)
    #expect(place.region == one)
    let replacement = try #require(run.results[0].fixes?.first?.artifactChanges.first?.replacements.first)
    #expect(replacement.deletedRegion == one && replacement.insertedContent.text == "8s")
  }

  @Test func aCleanSceneIsAnEmptyLog() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    let log: Log = try bench.run("check", "scene.yaml", "--format", "sarif").decoded()
    #expect(log.runs.map { $0.results.count } == [0])
    #expect(try bench.run("check", "scene.yaml", "--format", "github").output.isEmpty)
  }

  // MARK: Strictness

  @Test func warningsFailOnlyUnderStrict() throws {
    try bench.write("doubtful.yaml", Self.doubtful)
    let lenient = try bench.run("check", "doubtful.yaml", "--format", "short")
    #expect(lenient.code == 0 && lenient.output.contains("warning[invisible_layer]"), "\(lenient.output)")
    #expect(try bench.run("check", "doubtful.yaml", "--strict", "--format", "short").code == 1)
    // What the author allows is neither said nor counted.
    let allowed = Self.doubtful.replacing(
      "      - {field: plasma}\n", with: "      - {field: plasma} # ascii-scene: allow invisible_layer\n")
    try bench.write("allowed.yaml", allowed)
    let outcome = try bench.run("check", "allowed.yaml", "--strict", "--format", "short")
    #expect(outcome.code == 0 && outcome.output.isEmpty, "\(outcome.output)")
  }

  // MARK: Mending

  @Test func safeCorrectionsAreMadeAndGuessesAreNot() throws {
    try bench.write("wrong.yaml", Self.wrong)
    let path = bench.folder.appending(path: "wrong.yaml").path
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let outcome = try bench.run("check", "wrong.yaml", "--fix")
    #expect(outcome.code == 1 && outcome.messages.contains("nothing is called `plasme`"))
    #expect(outcome.messages.contains("2 corrections made"))
    let mended = String(decoding: try #require(bench.bytes("wrong.yaml")), as: UTF8.self)
    #expect(mended == Self.wrong.replacing("duration: 8\n", with: "duration: 8s\n").replacing("colour", with: "color"))
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
    #expect(bench.files() == ["wrong.yaml"])
  }

  @Test func aLinkIsMendedWhereItLeads() throws {
    try bench.write("real.yaml", Self.wrong)
    try FileManager.default.createSymbolicLink(
      atPath: bench.folder.appending(path: "link.yaml").path, withDestinationPath: "real.yaml")
    #expect(try bench.run("check", "link.yaml", "--fix").messages.contains("2 corrections made"))
    #expect(String(decoding: try #require(bench.bytes("real.yaml")), as: UTF8.self).contains("duration: 8s\n"))
    #expect(bench.files() == ["link.yaml", "real.yaml"])
  }

  /// Only scenes that are named are mended, so the summary names a library that can be.
  @Test func whatAnImportNeedsIsSaidOfTheImport() throws {
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "lib"), withIntermediateDirectories: true)
    try bench.write("lib/bad.yaml", "ascii-scene: 1\nfields: {f: {value: min(u, v)}}\n")
    try bench.write(
      "scene.yaml", "ascii-scene: 1\nimport: {b: lib/bad.yaml}\nsegments: [{duration: 1s, layers: [field: b.f]}]\n")
    let outcome = try bench.run("check", "scene.yaml", "--fix")
    #expect(outcome.code == 1 && outcome.messages.contains("error[unquoted_expression]"))
    #expect(outcome.messages.hasSuffix("\n`ascii-scene check --fix lib/bad.yaml` mends all of them\n"))
    #expect(try bench.run("check", "--fix", "lib/bad.yaml").code == 0)
    #expect(try bench.run("check", "scene.yaml").messages == "checked 1 scene: no problems\n")
  }

  /// Beside a name so long there is no room for the name of a file in the making, whoever runs the test.
  @Test(arguments: ["human", "json", "short"]) func whatCannotBeWrittenIsCheckedAsItIs(format: String) throws {
    let name = String(repeating: "a", count: 210) + ".yaml"
    try bench.write(name, Self.wrong)
    try bench.write("other.yaml", Self.wrong)
    let outcome = try bench.run("check", name, "other.yaml", "--fix", "--format", format)
    #expect(outcome.code == 4 && outcome.messages.contains("is too long"), "\(outcome.messages)")
    #expect((outcome.output + outcome.messages).contains("missing_unit"))
    #expect(!(outcome.output + outcome.messages).contains("unreadable"))
    #expect(outcome.messages.contains("2 corrections made\n"))
    #expect(bench.bytes(name) == Data(Self.wrong.utf8))
  }

  @Test(arguments: ["json", "sarif", "short", "github"])
  func correctionsAreToldInEveryFormat(format: String) throws {
    try bench.write("wrong.yaml", Self.wrong)
    let outcome = try bench.run("check", "wrong.yaml", "--fix", "--format", format)
    #expect(outcome.code == 1 && outcome.messages == "2 corrections made\n")
    #expect(try bench.run("check", "wrong.yaml", "--fix", "--format", format).messages.isEmpty)
  }

  @Test func aCleanFileIsNotTouched() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    let path = bench.folder.appending(path: "scene.yaml").path
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: path)
    #expect(try bench.run("check", "scene.yaml", "--fix").code == 0)
    let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    #expect(date == Date(timeIntervalSince1970: 1000))
  }

  // MARK: What is checked

  @Test func aFolderIsAllScenesBelowItAndNothingElse() throws {
    for folder in ["library/deep", "library/.hidden"] {
      try FileManager.default.createDirectory(
        at: bench.folder.appending(path: folder), withIntermediateDirectories: true)
    }
    try bench.write("library/b.yaml", Self.wrong)
    try bench.write("library/deep/a.yml", Self.wrong)
    try bench.write("library/.hidden/c.yaml", Self.wrong)
    try bench.write("library/notes.txt", "ascii-scene: 1")
    try bench.write("library/other.yaml", "services: []")
    try bench.write("library/quoted.yaml", "\"ascii-scene\": 1\nsegments: x\n")
    try bench.write("library/large.yaml", "ascii-scene: 1\n#" + String(repeating: " ", count: 4 << 20))
    try #require("ascii-scene: 1\n".data(using: .utf16)).write(to: bench.folder.appending(path: "library/wide.yaml"))
    let outcome = try bench.run("check", "library/", "--format", "short")
    #expect(outcome.code == 1)
    let files = outcome.output.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    #expect(
      files == [
        "library/b.yaml", "library/b.yaml", "library/deep/a.yml", "library/deep/a.yml", "library/large.yaml",
        "library/quoted.yaml", "library/wide.yaml",
      ])
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "empty"), withIntermediateDirectories: true)
    let empty = try bench.run("check", "empty")
    #expect(empty.code == 1 && empty.messages.contains("no scene lies in `empty`"))
  }

  @Test func aMistakeInALibraryIsReportedOnceForAllThatImportIt() throws {
    try bench.write("lib.yaml", "ascii-scene: 1\ngradients: {warm: [\"#ff\", \"#000\"]}\n")
    for name in ["a", "b"] {
      try bench.write("\(name).yaml", "ascii-scene: 1\nimport: {lib: lib.yaml}\n" + Workbench.tiny.dropFirst(15))
    }
    let outcome = try bench.run("check", "a.yaml", "b.yaml", "--format", "short")
    #expect(outcome.code == 1)
    #expect(outcome.output.split(separator: "\n").count { $0.contains("error[bad_color]") } == 1, "\(outcome.output)")
  }

  @Test func standardInputIsAScene() throws {
    try bench.write("wrong.yaml", Self.wrong)
    let command = "'\(Workbench.program.path)' check - --format short < wrong.yaml"
    let outcome = try bench.start(["-c", command], program: URL(filePath: "/bin/sh")).outcome()
    #expect(outcome.code == 1 && outcome.output.hasPrefix("<stdin>:3:15: error[missing_unit]: "))
    let fixed = try bench.run("check", "-", "--fix")
    #expect(fixed.code == 2 && fixed.messages.contains("cannot write to standard input"))
  }
}
