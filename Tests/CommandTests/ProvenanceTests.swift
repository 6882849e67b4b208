import Foundation
import Testing

@testable import Renderer

/// `build --provenance`.
@Suite struct ProvenanceTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private struct Sidecar: Decodable {
    struct File: Decodable { var path, hash: String }
    struct Scene: Decodable {
      var files: [File]
      var quality: String
      var set: [String: String]
    }
    struct Tree: Decodable {
      struct Clip: Decodable {
        var first, end: Int
        var key, hash: String
        var frames: [String]
      }
      var hash: String
      var clips: [Clip]
    }
    struct Build: Decodable { var workers, clipsRendered, clipsCached: Int }
    struct Face: Decodable { var name, hash: String }
    var digest, video, size, fps, engine, ffmpeg, encoder: String
    var frames: Int
    var scene: Scene
    var faces: [Face]
    var assets: [File]
    var sound: String?
    var frameTree: Tree
    var build: Build
  }

  private func build(_ output: String, _ options: String...) throws -> Sidecar {
    let outcome = try bench.run(["build", "scene.yaml", "-o", output, "--provenance"] + options)
    #expect(outcome.code == 0, "\(outcome.messages)")
    return try JSONDecoder().decode(Sidecar.self, from: try #require(bench.bytes("\(output).provenance.json")))
  }

  @Test func theDigestIsInTheFileAndNothingElseIs() throws {
    try bench.write("scene.yaml", Workbench.clips(3))
    let one = try build("one.mp4", "--workers", "1")
    let again = try build("two.mp4", "--workers", "3", "--cache", "other")
    let warm = try build("three.mp4")
    let bytes = try #require(bench.bytes("one.mp4"))
    // Byte-identical whatever the workers, the cache and the time.
    #expect(bench.bytes("two.mp4") == bytes && bench.bytes("three.mp4") == bytes)
    #expect(one.digest == again.digest && one.frameTree.hash == again.frameTree.hash)
    #expect(again.frameTree.clips.map(\.frames) == warm.frameTree.clips.map(\.frames))
    #expect(one.build.workers == 1 && warm.build.clipsRendered == 0 && warm.build.clipsCached == 3)
    let probe = try commentOf("one.mp4")
    #expect(probe == "ascii-scene \(one.digest)", "\(probe)")
    #expect(one.frames == 144 && one.frameTree.clips.map { $0.frames.count } == [48, 48, 48])
    #expect(Set(one.frameTree.clips.flatMap(\.frames)).count > 100 && one.faces.count == 5 && one.sound == nil)
  }

  /// The folder of a sequence is made for it.
  @Test func itLiesInTheFolderOfASequence() throws {
    try bench.write("scene.yaml", Workbench.tiny)
    #expect(try build("frames/%03d.png", "--frames", "2").frames == 2)
    let files = ["%03d.png.provenance.json", "000.png", "001.png"].map { "frames/\($0)" }
    #expect(bench.files().filter { $0.hasPrefix("frames/") } == files)
  }

  @Test func aCommentChangesTheSceneHashOnly() throws {
    try bench.write("scene.yaml", Workbench.clips(1))
    let before = try build("one.mp4")
    try bench.write("scene.yaml", Workbench.clips(1) + "# a word\n")
    let after = try build("two.mp4")
    #expect(before.digest == after.digest && bench.bytes("one.mp4") == bench.bytes("two.mp4"))
    #expect(before.scene.files.map(\.path) == ["scene.yaml"] && before.scene.files[0].hash != after.scene.files[0].hash)
  }

  @Test func whatTheVideoIsMadeOfChangesTheDigest() throws {
    try bench.writeSound("music.ogg")
    try bench.write("scene.yaml", "audio: {track: music.ogg, features: synthetic}\n" + Workbench.tiny)
    let plain = try build("one.mp4")
    #expect(plain.assets.map(\.path) == ["music.ogg"] && plain.sound != nil)
    let other = try build("one.mp4", "--set", "hue=0.2")
    #expect(plain.digest != other.digest && plain.frameTree.hash != other.frameTree.hash)
    #expect(other.scene.set == ["hue": "0.2"])
    let cruder = try build("one.mp4", "--crf", "40")
    #expect(plain.digest != cruder.digest && plain.frameTree.hash == cruder.frameTree.hash)
  }

  @Test func clipsOfAnEarlierBuildAreRenderedOnceMoreForTheirFrames() throws {
    try bench.write("scene.yaml", Workbench.clips(2))
    let first = try bench.run("build", "scene.yaml", "-o", "film.mp4")
    #expect(first.code == 0 && bench.bytes("film.mp4.provenance.json") == nil)
    let second = try bench.run("build", "scene.yaml", "-o", "film.mp4", "--provenance", "--why")
    #expect(second.output.contains("rendered: the hashes of its frames are not in the cache"), "\(second.output)")
    #expect(try build("film.mp4").build.clipsRendered == 0)
  }

  private func commentOf(_ name: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: try Toolchain.resolve().ffprobe)
    process.arguments = [
      "-v", "error", "-show_entries", "format_tags=comment", "-of", "default=nk=1:nw=1",
      bench.folder.appending(path: name).path,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
