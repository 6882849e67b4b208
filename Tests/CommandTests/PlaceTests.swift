import Foundation
import Testing

/// Where the files of a build may lie: all places are found fit before anything is rendered, and none is outside of what
/// somebody asked for.
@Suite struct PlaceTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    for name in ["outside", "inside/deep"] {
      let folder = bench.folder.appending(path: name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
  }

  private func path(_ name: String) -> String { bench.folder.appending(path: name).path }

  private func write(_ output: String, layers: String = "[field: plasma]") throws {
    try bench.write(
      "inside/scene.yaml",
      "ascii-scene: 1\noutput: \(output)\nsegments: [{duration: 0.25s, layers: \(layers)}]\n")
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: path(target))
  }

  private func build(_ arguments: String...) throws -> Workbench.Outcome {
    try bench.run(["build", "inside/scene.yaml", "--quality", "draft", "--resolution", "160x90"] + arguments)
  }

  @Test func aSceneReplacesOnlyFilesOfTheKindThatItMakes() throws {
    try write("x.mp4")
    try bench.write("inside/x.mp4", "notes\n")
    let refused = try build()
    #expect(refused.code == 1 && refused.messages.contains("is no .mp4 file"), "\(refused.messages)")
    #expect(bench.bytes("inside/x.mp4") == Data("notes\n".utf8))
    #expect(try build("--force").code == 0)
    // What it made itself may go.
    #expect(try build().code == 0)
    try bench.write("inside/x.mp4", "notes\n")
    #expect(try build("-o", "inside/x.mp4").code == 0)
    try write("x.gif")
    try bench.write("inside/x.gif", "")
    #expect(try build().code == 1)
  }

  @Test(arguments: ["away/x.mp4", "away/%05d.png", "away/deep/%05d.png"])
  func noLinkLeadsAnOutputOutOfTheFolder(_ output: String) throws {
    try link("inside/away", to: "outside")
    try write("\"\(output)\"")
    let outcome = try build()
    #expect(outcome.code == 1 && outcome.messages.contains("leads out of the scene's folder"), "\(outcome.messages)")
    #expect(bench.files(below: "outside").isEmpty)
    // Who names the place takes it as it is.
    #expect(try build("-o", "inside/away/x.mp4").code == 0)
  }

  /// Libraries beside the folder of the scene, which two imports lead to: from it and from the library itself.
  @Test func aRootLetsAScenesFilesLieAroundIt() throws {
    try bench.write("colors.yaml", "ascii-scene: 1\ngradients: {warm: [\"#000000\", \"#ffcc88\"]}\n")
    try bench.write("outside/lib.yaml", "ascii-scene: 1\nimport: {colors: ../colors.yaml}\nfields: {mine: plasma}\n")
    try bench.write(
      "inside/scene.yaml",
      "ascii-scene: 1\nimport: {lib: ../outside/lib.yaml, colors: ../colors.yaml}\noutput: x.mp4\n"
        + "segments: [{duration: 0.25s, layers: [{field: lib.mine, color: colors.warm}]}]\n")
    let alone = try build()
    #expect(alone.code == 1 && alone.messages.contains("error[path_outside]"), "\(alone.messages)")
    #expect(alone.messages.contains("--root DIR"), "\(alone.messages)")
    #expect(try build("--root", path("inside")).code == 1)
    let within = try build("--root", bench.folder.path)
    #expect(within.code == 0 && bench.bytes("inside/x.mp4") != nil, "\(within.messages)")
    #expect(try bench.run("check", "inside", "--root", ".").code == 0)

    // No way leads out of the root either.
    try bench.write(
      "inside/deep/a.yaml", "ascii-scene: 1\nimport: {lib: ../../outside/lib.yaml}\nfields: {a: lib.mine}\n")
    #expect(try bench.run("check", "inside/deep", "--root", "inside").messages.contains("error[path_outside]"))
    try link("inside/way.yaml", to: "outside/lib.yaml")
    try bench.write("inside/deep/a.yaml", "ascii-scene: 1\nimport: {lib: ../way.yaml}\nfields: {a: lib.mine}\n")
    let linked = try bench.run("check", "inside/deep", "--root", "inside")
    #expect(linked.code == 1 && linked.messages.contains("leads out of the scene's folder"), "\(linked.messages)")
    let elsewhere = try bench.run("check", "inside/scene.yaml", "--root", "outside")
    #expect(elsewhere.code == 2 && elsewhere.messages.contains("does not lie in"), "\(elsewhere.messages)")
  }

  /// Nothing and the folder itself lie inside, and are no files.
  @Test(arguments: ["\"\"", ".", "deep/.."]) func aFolderIsNoInput(_ path: String) throws {
    try bench.write(
      "inside/scene.yaml",
      "ascii-scene: 1\ninputs: {a: {image: \(path)}}\nsegments: [{duration: 0.25s, layers: [{image: a}]}]\n")
    let outcome = try bench.run("check", "inside/scene.yaml")
    #expect(outcome.code == 1 && outcome.messages.contains("error[unreadable_file]"), "\(outcome.messages)")
    #expect(!outcome.messages.contains("path_outside"), "\(outcome.messages)")
  }

  @Test func noLinkLeadsLogsElsewhere() throws {
    try link("inside/x.mp4.logs", to: "outside")
    try write("x.mp4")
    let outcome = try build("--keep")
    #expect(outcome.code == 4 && outcome.messages.contains("symbolic link"), "\(outcome.messages)")
    #expect(bench.files(below: "outside").isEmpty)
  }

  @Test(arguments: [("[x.mp4, scene.yaml/y.gif]", "--why"), ("x.mp4", "--provenance")])
  func nothingIsRenderedBeforeEveryPlaceIsFit(_ output: String, _ option: String) throws {
    try bench.write("outside/other", "other")
    try link("inside/x.mp4.provenance.json", to: "outside/other")
    try write(output)
    let outcome = try build(option)
    #expect(outcome.code == 4, "\(outcome.messages)")
    #expect(!FileManager.default.fileExists(atPath: path("inside/x.mp4")))
  }

  @Test func anAnimationOfOneFrameIsAPicture() throws {
    try bench.write(
      "inside/scene.yaml",
      "ascii-scene: 1\noutput: x.apng\nsegments: [{duration: 1f, layers: [field: plasma]}]\n")
    let outcome = try build()
    #expect(outcome.code == 0, "\(outcome.messages)")
  }

  @Test(arguments: [["-o", "x.txt"], ["-o", "-"], ["--transparent"]])
  func namesThatTellNothingAreMistakesOfUse(_ arguments: [String]) throws {
    try write("x.mp4")
    let outcome = try bench.run(["build", "inside/scene.yaml"] + arguments)
    #expect(outcome.code == 2, "\(outcome.messages)")
  }

  @Test func aSoundIsNoPictureOfASequence() throws {
    try bench.write("inside/plain.yaml", "ascii-scene: 1\nsegments: [{duration: 1s, layers: [field: plasma]}]\n")
    let sheets = bench.folder.appending(path: "inside/sheets")
    try FileManager.default.createDirectory(at: sheets, withIntermediateDirectories: true)
    let frame = try bench.run(
      ["frame", "inside/plain.yaml", "--resolution", "160x90", "-o", "inside/sheets/a.png"])
    #expect(frame.code == 0, "\(frame.messages)")
    try bench.write(
      "inside/scene.yaml",
      "ascii-scene: 1\ninputs: {v: {images: sheets/*.png, fps: 2}}\nsegments: [{duration: 1s, layers: [image: v]}]\n")
    #expect(try bench.run(["check", "inside/scene.yaml"]).code == 0)
    try bench.write("inside/sheets/b.png", "RIFF\u{4}\u{0}\u{0}\u{0}WAVEfmt ")
    let outcome = try bench.run(["check", "inside/scene.yaml"])
    #expect(outcome.code == 1 && outcome.messages.contains("b.png"), "\(outcome.messages)")
  }

  /// The folder of the scene itself is one like any other.
  @Test(arguments: ["q*.png", "./q*.png", "sheets/../q*.png"]) func stillsMayLieBesideTheScene(_ pattern: String) throws
  {
    try bench.write("inside/plain.yaml", "ascii-scene: 1\nsegments: [{duration: 1s, layers: [field: plasma]}]\n")
    for name in ["q1", "q2", "other"] {
      let frame = try bench.run(
        ["frame", "inside/plain.yaml", "--resolution", "160x90", "-o", "inside/\(name).png"])
      #expect(frame.code == 0, "\(frame.messages)")
    }
    try bench.write(
      "inside/scene.yaml",
      "ascii-scene: 1\ninputs: {v: {images: \"\(pattern)\", fps: 2}}\nsegments: [{duration: v.end, layers: [image: v]}]\n"
    )
    let outcome = try bench.run(["check", "inside/scene.yaml"])
    #expect(outcome.code == (pattern.contains("..") ? 1 : 0), "\(outcome.messages)")
  }
}
