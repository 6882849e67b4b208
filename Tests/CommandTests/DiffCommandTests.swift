import Foundation
import Testing

/// `diff`: what differs between two versions of a scene, and what a build renders again.
@Suite struct DiffCommandTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private struct Difference: Decodable {
    struct Range: Decodable, Equatable { var first, end: Int }
    struct Segment: Decodable {
      var name: String
      var old, new: Range?
      var changes: [String]
    }
    struct Clip: Decodable {
      var first, end: Int
      var segments, reasons: [String]
    }
    var outputs, video: [String]
    var segments: [Segment]
    var clips: [Clip]
    var clipCount: Int
  }

  private static let scene = """
    ascii-scene: 1
    video: {size: 64x36, fps: 12}
    let: {swell: 0.5 + 0.5 * sin(3 * u + t)}
    segments:
      - name: one
        duration: 4s
        layers:
          - {name: ground, field: swell, grid: xxl, opacity: 0.5}
          - {name: word, text: HI, grid: xxl}
        look: [vignette: 0.2]
      - {name: two, duration: 4s, layers: [{field: "swell * p", grid: xxl}]}
      - {name: three, duration: 4s, layers: [{field: "swell * 0.5", grid: xxl, palette: dense}]}

    """

  /// The difference between the scene and what the replacements make of it.
  private func difference(_ replacements: (old: String, new: String)...) throws -> Difference {
    try bench.write("old.yaml", Self.scene)
    var text = Self.scene
    for replacement in replacements {
      #expect(text.contains(replacement.old))
      text = text.replacing(replacement.old, with: replacement.new)
    }
    try bench.write("new.yaml", text)
    let outcome = try bench.run("diff", "old.yaml", "new.yaml", "--format", "json")
    #expect(outcome.code == 0 && outcome.messages.isEmpty, "\(outcome.messages)")
    return try outcome.decoded()
  }

  @Test func whatCannotBeSeenIsNoDifference() throws {
    // A comment, another order of keys, another name for a value, and a definition moved into an import.
    let same = try difference(
      ("segments:\n", "# The parts.\nsegments:\n"), ("duration: 4s\n    layers", "duration: 4s # four\n    layers"),
      ("{name: word, text: HI, grid: xxl}", "{grid: xxl, text: HI, name: word}"), ("swell", "tide"))
    #expect(same.outputs.isEmpty && same.video.isEmpty)
    #expect(same.segments.isEmpty && same.clips.isEmpty && same.clipCount == 3)
    try bench.write(
      "library.yaml", "ascii-scene: 1\nfields: {ripple: {value: 0.5 + 0.5 * sin(3 * u + t)}}\n")
    let fields = "fields: {ripple: {value: 0.5 + 0.5 * sin(3 * u + t)}}\n"
    try bench.write("here.yaml", "ascii-scene: 1\n\(fields)" + Self.tail("ripple"))
    try bench.write("there.yaml", "ascii-scene: 1\nimport: {sea: library.yaml}\n" + Self.tail("sea.ripple"))
    #expect(try bench.run("diff", "here.yaml", "there.yaml").output == "no difference\n")
  }

  private static func tail(_ field: String) -> String {
    "segments: [{name: one, duration: 1s, layers: [{name: a, field: \(field), grid: xl}]}]\n"
  }

  @Test func oneChangedSegmentIsOneClip() throws {
    let changed = try difference(("opacity: 0.5", "opacity: 0.75"))
    #expect(changed.video.isEmpty)
    #expect(changed.segments.map(\.name) == ["one"])
    #expect(changed.segments[0].changes == ["layer `ground`: opacity changed from 0.5 to 0.75"])
    #expect(changed.clips.map { [$0.first, $0.end] } == [[0, 48]] && changed.clips[0].segments == ["one"])
    #expect(changed.clips[0].reasons == ["layer of `one/ground` changed"])
  }

  @Test func whatChangedIsSaidByName() throws {
    let changed = try difference(
      ("text: HI", "text: HO"), ("grid: xxl, opacity", "grid: xl, opacity"), ("vignette: 0.2", "vignette: 0.1"),
      ("swell * p", "swell * p^2"), ("\"swell * 0.5\"", "\"swell * 0.5\", blend: add"))
    #expect(
      changed.segments.map(\.changes)[0].sorted() == [
        "layer `ground`: grid changed from 40px bold to 24px bold", "layer `word`: text changed from HI to HO",
        "look: vignette strength changed from 0.2 to 0.1",
      ])
    #expect(changed.segments.map(\.name) == ["one", "two", "three"])
    #expect(changed.segments[2].changes == ["layer `value 1`: blend changed from normal to add"])
  }

  @Test func segmentsThatComeGoAndMoveAreTold() throws {
    let moved = try difference(
      ("name: one\n    duration: 4s", "name: one\n    duration: 5s"),
      ("  - {name: three, duration: 4s", "  - {name: four, duration: 4s"))
    #expect(moved.video == ["length changed from 144 frames to 156 frames"])
    #expect(moved.segments.map(\.name) == ["one", "two", "four", "three"])
    #expect(moved.segments[0].old == .init(first: 0, end: 48) && moved.segments[0].new == .init(first: 0, end: 60))
    #expect(moved.segments[1].new == .init(first: 60, end: 108) && moved.segments[1].changes.isEmpty)
    #expect(moved.segments[2].old == nil && moved.segments[3].new == nil)
    // What moved shows the same, and so does what has another name where nothing is random.
    #expect(moved.clips.map(\.segments) == [["one"]])
  }

  @Test func theWholeVideoCanDiffer() throws {
    let changed = try difference(("fps: 12", "fps: 24"), ("64x36", "32x18"))
    #expect(
      changed.video == [
        "size changed from 64x36 to 32x18", "fps changed from 12 to 24", "length changed from 144 frames to 288 frames",
      ])
    #expect(changed.clips.count == 3)
  }

  @Test func outputsThatComeGoAndChangeAreTold() throws {
    let head = "video: {size: 64x36, fps: 12}\n"
    let old = "\(head)output: [film.mp4, small.gif, {file: film.gif, width: 32}]\n"
    try bench.write("old.yaml", Self.scene.replacing(head, with: old))
    let new = "\(head)output: [{file: film.gif, width: 48, fps: 6}, film.webm, film.mp4]\n"
    try bench.write("new.yaml", Self.scene.replacing(head, with: new))
    #expect(
      try bench.run("diff", "old.yaml", "new.yaml").output == """
        output `film.gif`: width changed from 32 to 48
        output `film.gif`: fps changed from its own to 6
        output `film.webm`: new
        output `small.gif`: gone
        0 of 3 clips rendered again: 0 frames, 0.0 s, besides what other outputs need

        """)
    // The order of outputs is none.
    let turned = old.replacing("film.mp4, small.gif", with: "small.gif, film.mp4")
    try bench.write("new.yaml", Self.scene.replacing(head, with: turned))
    #expect(try bench.run("diff", "old.yaml", "new.yaml").output == "no difference\n")
  }

  @Test func framesAreARangeAsEverywhere() throws {
    let longer = try difference(("name: two, duration: 4s", "name: two, duration: 5s"))
    let reasons = longer.clips.flatMap(\.reasons)
    #expect(reasons.contains("frames of `two` changed from 0..48 of 48 to 0..60 of 60"), "\(reasons)")
  }

  @Test func peopleReadLines() throws {
    _ = try difference(("opacity: 0.5", "opacity: 0.75"))
    #expect(
      try bench.run("diff", "old.yaml", "new.yaml").output == """
        segment `one`: layer `ground`: opacity changed from 0.5 to 0.75
        render frames 0..48  one: layer of `one/ground` changed
        1 of 3 clips rendered again: 48 frames, 4.0 s

        """)
  }

  // MARK: Git

  /// Runs git in the workbench with nobody's configuration.
  private func git(_ words: String...) throws {
    let outcome = try bench.start(
      words, environment: ["GIT_CONFIG_GLOBAL": "/dev/null", "HOME": bench.folder.path],
      program: URL(filePath: "/usr/bin/git")
    ).outcome()
    #expect(outcome.code == 0, "\(outcome.messages)")
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/git")))
  func gitHasTheOldVersionWithItsImports() throws {
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "show"), withIntermediateDirectories: true)
    try bench.write("show/scene.yaml", "ascii-scene: 1\nimport: {lib: lib.yaml}\n" + Self.tail("lib.ripple"))
    try bench.write("show/lib.yaml", "ascii-scene: 1\nfields: {ripple: {value: u}}\n")
    try git("init", "-q")
    try git("add", "show")
    try git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first")
    #expect(try bench.run("diff", "HEAD:show/scene.yaml", "show/scene.yaml").output == "no difference\n")
    try bench.write("show/lib.yaml", "ascii-scene: 1\nfields: {ripple: {value: v}}\n")
    let changed = try bench.run("diff", "HEAD:show/scene.yaml", "show/scene.yaml")
    #expect(changed.output.hasPrefix("segment `one`: layer `a`: field changed from u to v\n"), "\(changed.output)")
    let missing = try bench.run("diff", "HEAD:none.yaml", "show/scene.yaml")
    #expect(missing.code == 1 && missing.messages.contains("git has no `HEAD:none.yaml`"))
    let option = try bench.run("diff", "--", "--help:scene.yaml", "show/scene.yaml")
    #expect(option.code == 1 && option.messages.contains("`--help` is no revision"), "\(option.messages)")
  }
}
