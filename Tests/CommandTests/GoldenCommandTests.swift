import Foundation
import Testing

/// `test`: golden frames of scene libraries.
@Suite struct GoldenCommandTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private static func scene(golden: String = "", opacity: Double = 0.5, look: String = "none") -> String {
    """
    ascii-scene: 1
    video: {size: 64x36, fps: 12}
    \(golden)
    segments:
      - {name: one, duration: 1s, look: none, layers: [{field: "0.5 + 0.5 * sin(9 * u + t)", grid: xxl}]}
      - name: two
        duration: 1s
        look: \(look)
        layers:
          - {name: ground, field: "0.5 + 0.5 * sin(5 * v + t)", grid: xxl}
          - {name: sparks, field: "0.5 + 0.5 * sin(7 * u - t)", grid: xxl, blend: screen, opacity: \(opacity)}

    """
  }

  private struct Result: Decodable {
    struct Difference: Decodable {
      var frame: Int
      var segment, stage, picture: String
      var hasExpected: Bool
    }
    var scene, outcome: String
    var frames: Int
    var problems: [String]
    var differences: [Difference]
  }

  private func test(_ words: String..., code: Int32) throws -> [Result] {
    let outcome = try bench.run(["test", "--format", "json"] + words)
    #expect(outcome.code == code, "\(outcome.output) \(outcome.messages)")
    return try outcome.decoded()
  }

  @Test func whatIsAsRecordedPasses() throws {
    try bench.write("a.yaml", Self.scene())
    let before = try bench.run("test")
    #expect(before.code == 2 && before.messages.contains("--update"))
    #expect(try test("--update", code: 0).map(\.outcome) == ["recorded"])
    let recorded = try #require(bench.bytes("a.golden"))
    let results = try test(code: 0)
    // The first, the middle and the last of each segment.
    #expect(results.map(\.outcome) == ["same"] && results.first?.frames == 6)
    #expect(try test("a.yaml", "--update", code: 0).count == 1)
    #expect(bench.bytes("a.golden") == recorded, "recording is deterministic")
    let text = String(decoding: recorded, as: UTF8.self)
    #expect(text.contains("size 64x36\nfps 12\nframe 0 one\n") && text.contains("frame 23 two\n"))
    #expect(text.contains("layer ground\n") && text.contains("layer sparks\n") && text.contains("picture\n"))
  }

  @Test func aWrongSceneDoesNotKeepTheOthersFromBeingTested() throws {
    try bench.write("b.yaml", Self.scene())
    _ = try test("--update", code: 0)
    try bench.write("a.yaml", "ascii-scene: 1\nsegments: [{duration: 1s, layers: [field: plasme]}]\n")
    let outcome = try bench.run("test", "--format", "json")
    #expect(outcome.code == 1 && outcome.messages.contains("did you mean `plasma`?"))
    let results = try outcome.decoded(as: [Result].self)
    #expect(results.map(\.outcome) == ["failed", "same"])
    #expect(results[0].problems == ["`./a.yaml` has 1 error"])
  }

  @Test func aSceneThatLacksTheVariantKeepsNoOtherFromItsTest() throws {
    try bench.write("a.yaml", Self.scene())
    try bench.write("b.yaml", Self.scene(golden: "variants: {wide: {}}"))
    #expect(try test("b.yaml", "--update", "--variant", "wide", code: 0).map(\.outcome) == ["recorded"])
    let results = try test("a.yaml", "b.yaml", "--variant", "wide", code: 1)
    #expect(results.map(\.outcome) == ["failed", "same"])
  }

  @Test func eachVariantHasFramesOfItsOwn() throws {
    try bench.write("a.yaml", Self.scene(golden: "variants: {wide: {video: {size: 96x36, fps: 12}}}"))
    for words in [["--update"], ["--update", "--variant", "wide"], [], ["--variant", "wide"]] {
      #expect(try bench.run(["test", "a.yaml"] + words).code == 0)
    }
    #expect(bench.bytes("a.golden") != nil && bench.bytes("a.wide.golden") != nil)
  }

  @Test func theFirstStageThatDiffersIsNamed() throws {
    try bench.write("a.yaml", Self.scene())
    _ = try test("--update", code: 0)
    try bench.write("a.yaml", Self.scene(opacity: 0.8))
    let layer = try #require(try test(code: 5).first)
    #expect(layer.outcome == "differs" && layer.differences.map(\.frame) == [12, 18, 23])
    #expect(layer.differences.allSatisfy { $0.stage == "layer sparks" && $0.segment == "two" && $0.hasExpected })
    try bench.write("a.yaml", Self.scene(look: "[invert]"))
    let look = try #require(try test(code: 5).first)
    #expect(look.differences.map(\.frame) == [12, 18, 23] && look.differences.allSatisfy { $0.stage == "picture" })
  }

  @Test func aDifferenceIsDrawn() throws {
    try bench.write("a.yaml", Self.scene())
    _ = try test("--update", code: 0)
    try bench.write("a.yaml", Self.scene(look: "[invert]"))
    let result = try #require(try test("-o", "out", code: 5).first)
    #expect(result.differences.map(\.picture) == ["out/a-12.png", "out/a-18.png", "out/a-23.png"])
    let png = try #require(bench.bytes("out/a-18.png"))
    // Three pictures side by side, four pixels between them: 3 · 64 + 8.
    #expect(png.starts(with: [0x89, 0x50, 0x4e, 0x47]) && Array(png[16..<24]) == [0, 0, 0, 200, 0, 0, 0, 36])
    // Without the cache there is nothing to compare with by eye, but the difference is found.
    let bare = try #require(try test("--cache", "other", code: 5).first)
    #expect(bare.differences.count == 3 && bare.differences.allSatisfy { !$0.hasExpected })
  }

  @Test func aSceneNamesItsGoldenFrames() throws {
    try bench.write("a.yaml", Self.scene(golden: "golden: [1.5s, 0s, 3f]"))
    #expect(try test("--update", code: 0).first?.frames == 3)
    let text = String(decoding: try #require(bench.bytes("a.golden")), as: UTF8.self)
    #expect(
      text.split(separator: "\n").filter { $0.hasPrefix("frame") } == ["frame 0 one", "frame 3 one", "frame 18 two"])
    try bench.write("a.yaml", Self.scene(golden: "golden: [0s]"))
    let other = try #require(try test(code: 5).first)
    #expect(other.problems.first?.contains("recorded of frames 0 3 18, now 0") == true)
    try bench.write("a.yaml", Self.scene(golden: "golden: [2s]"))
    let late = try bench.run("test")
    #expect(late.code == 1 && late.messages.contains("error[out_of_range]") && late.messages.contains("ends before 2s"))
  }

  @Test func framesOfAnotherSizeAreNotCompared() throws {
    try bench.write("a.yaml", Self.scene())
    _ = try test("--update", code: 0)
    let result = try #require(try test("--resolution", "128x72", code: 5).first)
    #expect(result.problems.first?.contains("recorded at 64x36 and 12 fps, now 128x72") == true)
    let automatic = try bench.run("test", "--quality", "auto")
    #expect(automatic.code == 2)
  }

  @Test func aDamagedFileIsTold() throws {
    try bench.write("a.yaml", Self.scene())
    for text in ["", "ascii-scene golden 1\n", "ascii-scene golden 1\nsize 64x36\nfps 12\n  zz picture\n"] {
      try bench.write("a.golden", text)
      let outcome = try bench.run("test")
      #expect(outcome.code == 1 && outcome.messages.contains("holds no golden frames"), "\(outcome.messages)")
    }
  }
}
