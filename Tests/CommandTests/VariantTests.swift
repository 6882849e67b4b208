import Foundation
import Testing

/// A scene with variants: checked in each, and built in all of them.
@Suite struct VariantTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private static func scene(output: String = "\"{variant}.mp4\"", size: String = "32x64") -> String {
    """
    ascii-scene: 1
    params: {level: {default: 0.5, min: 0, max: 1}, shape: {type: choice, choices: [soft, hard], default: soft}}
    video: {size: 64x36, fps: 12}
    variants:
      wide: {set: {level: 0.7}}
      tall: {video: {size: \(size), fps: 12}, set: {shape: hard}}
    output: \(output)
    segments:
      - {duration: 1s, layers: [{field: "if(shape == soft, u, v)", opacity: level, grid: "if(portrait, xl, lg)"}]}

    """
  }

  private struct Report: Decodable {
    struct Failure: Decodable { var message: String }
    var output: String
    var frames: Int?
    var failure: Failure?
  }

  @Test func allVariantsAreBuiltInOneRun() throws {
    try bench.write("scene.yaml", Self.scene())
    let outcome = try bench.run("build", "scene.yaml", "--all-variants", "--format", "json")
    #expect(outcome.code == 0, "\(outcome.messages)")
    let reports: [Report] = try outcome.decoded()
    #expect(reports.map(\.output) == ["wide.mp4", "tall.mp4"] && reports.allSatisfy { $0.frames == 12 })
    #expect(bench.files() == ["scene.yaml", "tall.mp4", "wide.mp4"])
    #expect(bench.bytes("tall.mp4") != bench.bytes("wide.mp4"))
    // One alone is the same file.
    let tall = try #require(bench.bytes("tall.mp4"))
    #expect(try bench.run("build", "scene.yaml", "--variant", "tall", "-o", "again.mp4").code == 0)
    #expect(bench.bytes("again.mp4") == tall)
    let lines = try bench.run("build", "scene.yaml", "--all-variants").output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasPrefix("wide.mp4: ") && lines[1].hasPrefix("tall.mp4: "))
  }

  /// Of two hundred the last may fail: what was built before is told.
  @Test func aVariantThatFailsDoesNotSilenceThoseBefore() throws {
    try bench.write("scene.yaml", Self.scene())
    let bin = bench.folder.appending(path: "bin").path
    let usual = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    try bench.program(
      "ffmpeg", "case \"$*\" in *'-video_size 32x64'*) exit 1;; esac\nPATH='\(usual)' exec ffmpeg \"$@\"")
    try bench.program("ffprobe", "PATH='\(usual)' exec ffprobe \"$@\"")
    let outcome = try bench.run(
      "build", "scene.yaml", "--all-variants", "--format", "json", environment: ["PATH": "\(bin):/usr/bin:/bin"])
    #expect(outcome.code == 4 && outcome.messages.contains("failed twice"), "\(outcome.messages)")
    let reports: [Report] = try outcome.decoded()
    #expect(reports.map(\.output) == ["wide.mp4", "tall.mp4"])
    #expect(reports[0].failure == nil && reports[1].failure?.message.contains("failed twice") == true)
    #expect(bench.bytes("wide.mp4") != nil && bench.bytes("tall.mp4") == nil)
  }

  @Test func foldersThatTheSceneNamesAreMade() throws {
    try bench.write("scene.yaml", Self.scene(output: "out/deep/{variant}.mp4"))
    let outcome = try bench.run("build", "scene.yaml", "--all-variants")
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(bench.bytes("out/deep/tall.mp4") != nil && bench.bytes("out/deep/wide.mp4") != nil)
    // On the command line it may be a slip.
    #expect(try bench.run("build", "scene.yaml", "--variant", "tall", "-o", "elsewhere/tall.mp4").code == 4)
    #expect(!bench.files().contains("elsewhere"))
  }

  @Test func theCommandLineNamesTheFilesOfVariants() throws {
    try bench.write("scene.yaml", Self.scene(output: "film.mp4"))
    #expect(try bench.run("build", "scene.yaml", "--all-variants", "-o", "of {variant}.gif").code == 0)
    #expect(bench.files() == ["of tall.gif", "of wide.gif", "scene.yaml"])
    #expect(try bench.run("build", "scene.yaml", "--variant", "tall", "-o", "{variant}.gif").code == 0)
    #expect(try bench.run("build", "scene.yaml", "-o", "{variant}.gif").code == 0)
    #expect(bench.files() == ["main.gif", "of tall.gif", "of wide.gif", "scene.yaml", "tall.gif"])
    // The scene does not say where.
    try bench.write("scene.yaml", Self.scene(output: "film.mp4").replacing("tall:", with: "sub/tall:"))
    let outside = try bench.run("build", "scene.yaml", "--all-variants", "-o", "{variant}.gif")
    #expect(outside.code == 2 && outside.messages.contains("`sub/tall`"), "\(outside.messages)")
    #expect(bench.bytes("wide.gif") == nil)
  }

  @Test func nothingIsBuiltWhereTwoWouldBeOneFile() throws {
    try bench.write("scene.yaml", Self.scene(output: "film.mp4"))
    let outcome = try bench.run("build", "scene.yaml", "--all-variants")
    #expect(outcome.code == 2 && outcome.messages.contains("`wide` and `tall` both become `film.mp4`"))
    let given = try bench.run("build", "scene.yaml", "--all-variants", "-o", "other.mp4")
    #expect(given.code == 2 && given.messages.contains("help: put the name into it"), "\(given.messages)")
    #expect(bench.files() == ["scene.yaml"])
    try bench.write("plain.yaml", Workbench.tiny)
    let plain = try bench.run("build", "plain.yaml", "--all-variants")
    #expect(plain.code == 2 && plain.messages.contains("has no variants"))
  }

  @Test func aMistakeInAVariantIsFoundWithoutNamingIt() throws {
    try bench.write("scene.yaml", Self.scene())
    let clean = try bench.run("check", "scene.yaml")
    #expect(clean.code == 0 && clean.messages == "checked 1 scene: no problems\n", "\(clean.messages)")
    try bench.write("high.yaml", Self.scene().replacing("level: 0.7", with: "level: 7"))
    let high = try bench.run("check", "high.yaml", "--format", "short")
    #expect(high.code == 1 && high.output.hasPrefix("high.yaml:5:"), "\(high.output)")
    #expect(high.output.contains("error[out_of_range]") && high.output.split(separator: "\n").count == 1)
    #expect(try bench.run("check", "high.yaml", "--variant", "tall").code == 0)
    try bench.write("odd.yaml", Self.scene(size: "33x64"))
    #expect(try bench.run("check", "odd.yaml", "--format", "short").code == 1)
  }
}
