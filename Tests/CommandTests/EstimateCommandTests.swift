import Foundation
import Testing

/// `estimate`: what it says of time is measured by `scripts/check-speed.sh` on a quiet machine; the rest is exact enough
/// to be held here.
@Suite struct EstimateCommandTests {
  private struct Report: Decodable {
    struct Row: Decodable {
      var quality, fps: String
      var width, height, workers, clips, missing, measuredFrames, memory, size: Int
      var seconds: Double
    }
    struct Stage: Decodable {
      var name: String
      var ms: Double
    }
    var qualities: [Row]
    var dearest: [Stage]
  }

  private static let scene = """
    ascii-scene: 1
    segments:
      - {name: one, duration: 4s, layers: [{name: ground, field: plasma}]}
      - {name: two, duration: 4s, layers: [{name: ground, field: rings}], look: none}

    """

  @Test func aBuildIsAsLargeAsEstimated() throws {
    let bench = try Workbench()
    try bench.write("scene.yaml", Self.scene)
    let options = ["scene.yaml", "--resolution", "192x108", "--fps", "12", "--format", "json"]
    let report: Report = try bench.run(["estimate", "--quality", "draft"] + options).decoded()
    let row = try #require(report.qualities.first)
    #expect(report.qualities.count == 1 && row.quality == "draft" && row.fps == "12" && row.width == 192)
    #expect(row.clips == 2 && row.missing == 2 && row.measuredFrames == 24 && row.seconds > 0)
    #expect((10_000_000...4_000_000_000).contains(row.memory))
    let built = try bench.run(["build", "-o", "film.mp4", "--quality", "draft"] + options)
    #expect(built.code == 0, "\(built.messages)")
    let size = try #require(bench.bytes("film.mp4")).count
    #expect(abs(Double(row.size) / Double(size) - 1) < 0.3, "\(row.size) was said, \(size) came")
    #expect(report.dearest.count == 6 && report.dearest.contains { $0.name.contains("in `one`") })
    #expect(report.dearest.map(\.ms) == report.dearest.map(\.ms).sorted(by: >))

    // What is there already takes no time.
    let again: Report = try bench.run(["estimate", "--quality", "draft"] + options).decoded()
    #expect(again.qualities.first?.missing == 0 && again.qualities.first?.measuredFrames == 0)
    #expect(abs(Double(again.qualities[0].size) / Double(size) - 1) < 0.02)
  }

  @Test func allQualitiesAreCompared() throws {
    let bench = try Workbench()
    try bench.write("scene.yaml", Self.scene)
    let outcome = try bench.run("estimate", "scene.yaml", "--resolution", "96x54")
    #expect(outcome.code == 0, "\(outcome.messages)")
    for word in ["draft", "preview", "production", "max", "time", "memory", "dearest"] {
      #expect(outcome.output.contains(word), "\(outcome.output)")
    }
    #expect(bench.files() == ["scene.yaml"], "an estimate leaves nothing")
  }
}
