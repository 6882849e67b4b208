import Foundation
import Testing

/// A build that several machines share: `plan`, `render-clip` and `assemble`.
@Suite struct SharedBuildTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    // Two clips of one segment, four of one whose frames need those before.
    try bench.write(
      "scene.yaml",
      """
      ascii-scene: 1
      video: {size: 64x36, fps: 12}
      output: [film.mp4, film.gif]
      segments:
        - {name: plain, duration: 9s, layers: [{field: u, grid: xxl}]}
        - {name: fed, duration: 14s, layers: [{field: 0.5 + 0.5 * sin(t), grid: xxl}], feedback: trails}

      """)
  }

  private struct Plan: Decodable {
    struct Piece: Decodable, Equatable {
      var index: Int
      var output: String
      var from, to: Int
      var segments: [String]
      var clips, missing: Int
    }
    var pieces: [Piece]
  }

  private func plan() throws -> [Plan.Piece] {
    try bench.run("plan", "scene.yaml", "--format", "json").decoded(as: Plan.self).pieces
  }

  @Test func piecesInAnyOrderBecomeTheVideoThatABuildMakes() throws {
    #expect(
      try plan() == [
        .init(index: 0, output: "film.mp4", from: 0, to: 54, segments: ["plain"], clips: 1, missing: 1),
        .init(index: 1, output: "film.mp4", from: 54, to: 108, segments: ["plain"], clips: 1, missing: 1),
        .init(index: 2, output: "film.mp4", from: 108, to: 276, segments: ["fed"], clips: 4, missing: 4),
      ])
    let early = try bench.run("assemble", "scene.yaml")
    #expect(early.code == 4 && early.messages.contains("lacks clips of 3 of 3 pieces: 0, 1, 2"), "\(early.messages)")
    #expect(bench.files() == ["scene.yaml"])

    let array = try bench.run("render-clip", "scene.yaml", environment: ["SLURM_ARRAY_TASK_ID": "2"])
    #expect(array.code == 0 && array.messages.contains("frames 108..276, 4 of 4 clips rendered"), "\(array.messages)")
    #expect(try plan().map(\.missing) == [1, 1, 0])
    // Grid Engine counts from 1.
    #expect(try bench.run("render-clip", "scene.yaml", environment: ["SGE_TASK_ID": "1"]).code == 0)
    #expect(try plan().map(\.missing) == [0, 1, 0])
    #expect(try bench.run("render-clip", "scene.yaml", "--index", "1").code == 0)
    let again = try bench.run("render-clip", "scene.yaml", "--index", "1")
    #expect(again.code == 0 && again.messages.contains("0 of 1 clip rendered"))

    // The GIF's clips were encoded with those of the mp4.
    let assembled = try bench.run("assemble", "scene.yaml")
    #expect(assembled.code == 0 && assembled.output.contains("film.gif"), "\(assembled.messages)")
    for kind in ["mp4", "gif"] {
      #expect(try bench.run("build", "scene.yaml", "-o", "alone.\(kind)", "--cache", "other").code == 0)
      #expect(bench.bytes("film.\(kind)") == bench.bytes("alone.\(kind)"))
    }
  }

  /// As after a build of the mp4 alone.
  @Test func whatOnlyALaterOutputLacksIsRenderedToo() throws {
    #expect(try bench.run("build", "scene.yaml", "-o", "film.mp4").code == 0)
    #expect(try plan().map(\.missing) == [1, 1, 4])
    for index in 0..<3 { #expect(try bench.run("render-clip", "scene.yaml", "--index", "\(index)").code == 0) }
    #expect(try plan().map(\.missing) == [0, 0, 0])
    #expect(try bench.run("assemble", "scene.yaml").code == 0)
  }

  /// A poster between the mp4 and the GIF has clips of its own.
  @Test func whatIsInPlaceIsNotTouchedBeforeTheEnd() throws {
    let scene = String(decoding: try #require(bench.bytes("scene.yaml")), as: UTF8.self)
    try bench.write("scene.yaml", scene.replacing("[film.mp4,", with: "[film.mp4, poster.png,"))
    try bench.write("film.gif", "no GIF")
    let kept = try bench.run(["plan", "scene.yaml", "--format", "json"], environment: ["KEEP_INTERMEDIATES": "1"])
    let pieces = try kept.decoded(as: Plan.self).pieces
    #expect(pieces.map(\.output) == ["film.mp4", "film.mp4", "film.mp4", "poster.png"])
    #expect(bench.files() == ["film.gif", "scene.yaml"])
    for index in 0..<3 { #expect(try bench.run("render-clip", "scene.yaml", "--index", "\(index)").code == 0) }
    #expect(try bench.run("assemble", "scene.yaml", "--force").code == 4)
    #expect(bench.files() == ["film.gif", "scene.yaml"])
    #expect(try bench.run("render-clip", "scene.yaml", "--index", "3").code == 0)
    #expect(try bench.run("assemble", "scene.yaml").code == 1)
    #expect(try bench.run("assemble", "scene.yaml", "--force").code == 0)
    #expect(bench.files() == ["film.gif", "film.mp4", "poster.png", "scene.yaml"])
  }

  @Test func aPieceThatIsNotThereIsUsage() throws {
    for words in [[], ["--index", "3"], ["--index", "-1"], ["--index", "0", "--quality", "auto"]] {
      #expect(try bench.run(["render-clip", "scene.yaml"] + words).code == 2, "\(words)")
    }
    let text = try bench.run("render-clip", "scene.yaml", environment: ["SLURM_ARRAY_TASK_ID": "x"])
    #expect(text.code == 2 && text.messages.contains("SLURM_ARRAY_TASK_ID is `x`"))
    for command in ["plan", "assemble"] {
      #expect(try bench.run(command, "scene.yaml", "--quality", "auto").code == 2)
    }
    #expect(bench.files() == ["scene.yaml"])
  }
}
