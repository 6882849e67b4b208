import Foundation
import SceneLang
import Testing

@testable import Renderer

/// Which frame of a moving picture is shown when.
@Suite struct PictureTimeTests {
  private let media = PictureMedia()

  private static func level(_ frame: Int) -> UInt8 { UInt8(20 + 4 * frame) }
  /// What `level` becomes on the way from limited range.
  private static func shown(_ frame: Int) -> Int { Int((Double(level(frame)) - 16) * 255 / 219 + 0.5) }

  private func frames(_ input: String, fps: String = "24", at asked: [Int]) throws -> [Int] {
    let graph = try media.graph(
      """
      video: {fps: \(fps), size: 64x36}
      inputs: {clip: \(input)}
      segments: [{duration: 10s, layers: [field: clip.luma]}]
      """)
    let levels = try media.levels(graph, frames: asked)
    let known = (0..<48).map(Self.shown)
    return levels.map { level in known.indices.min { abs(known[$0] - level) < abs(known[$1] - level) }! }
  }

  @Test(arguments: ["mp4", "mkv"]) func frameIsFrame(kind: String) throws {
    try media.numbered("clip.\(kind)", count: 48, Self.level)
    let all = Array(0..<48)
    #expect(try frames("{video: clip.\(kind)}", at: all) == all)
    #expect(try frames("{video: clip.\(kind)}", fps: "12", at: Array(0..<24)) == all.filter { $0.isMultiple(of: 2) })
    #expect(try frames("{video: clip.\(kind)}", fps: "48", at: [0, 1, 2, 3, 95]) == [0, 0, 1, 1, 47])
  }

  @Test(arguments: ["mp4", "mkv", "avi"]) func orderChangesNothing(kind: String) throws {
    try media.numbered("clip.\(kind)", count: 48, Self.level, more: kind == "avi" ? ["-c:v", "ffv1"] : [])
    let asked = [40, 3, 4, 47, 46, 45, 20, 0, 33, 13, 12, 11]
    #expect(try frames("{video: clip.\(kind)}", at: asked) == asked)
  }

  /// Where only points of recovery follow the first picture, each frame is decoded after all before it.
  @Test(arguments: [("mp4", [], true), ("mkv", [], true), ("mp4", ["-intra-refresh", "1", "-bf", "0"], false)])
  func framesAreLookedForWhereTheyNeedNoOther(kind: String, options: [String], isSeekable: Bool) throws {
    try media.numbered("clip.\(kind)", count: 48, Self.level, more: options)
    let file = try MediaFile(path: media.path("clip.\(kind)"), name: "clip")
    #expect(try PictureProbe(file, .resolve(.never), .never).isSeekable == isSeekable)
  }

  @Test func timeRunsAsTheInputSays() throws {
    try media.numbered("clip.mp4", count: 48, Self.level)
    let asked = [0, 1, 10, 23, 24, 30, 47, 48, 60, 100]
    func expect(_ input: String, _ expected: [Int]) throws {
      #expect(try frames("{video: clip.mp4, \(input)}", at: asked) == expected, "\(input)")
    }
    try expect("speed: 1", [0, 1, 10, 23, 24, 30, 47, 47, 47, 47])
    try expect("loop: true", [0, 1, 10, 23, 24, 30, 47, 0, 12, 4])
    try expect("from: 1s, loop: true", [24, 25, 34, 47, 24, 30, 47, 24, 36, 28])
    try expect("from: 0.5s, to: 1s", [12, 13, 22, 23, 23, 23, 23, 23, 23, 23])
    try expect("speed: 2", [0, 2, 20, 46, 47, 47, 47, 47, 47, 47])
    try expect("speed: 0.5", [0, 0, 5, 11, 12, 15, 23, 24, 30, 47])
    try expect("speed: -1", [47, 46, 37, 24, 23, 17, 0, 0, 0, 0])
    try expect("speed: -1, loop: true", [47, 46, 37, 24, 23, 17, 0, 47, 35, 43])
    try expect("speed: 0, from: 1s", Array(repeating: 24, count: asked.count))
  }

  @Test func framesOfUnequalLengthAreShownAsLong() throws {
    try media.numbered(
      "clip.mkv", count: 12, Self.level,
      more: ["-vf", "setpts='if(lt(N,4),N,4+(N-4)*3)/24/TB'", "-fps_mode", "passthrough"])
    let expected = (0..<20).map { $0 < 4 ? $0 : 4 + ($0 - 4) / 3 }
    #expect(try frames("{video: clip.mkv}", at: Array(0..<20)) == expected)
    #expect(try frames("{video: clip.mkv}", at: [19, 7, 18]) == [expected[19], expected[7], expected[18]])
  }

  @Test func animationsAreImages() throws {
    try media.numbered("clip.mp4", count: 10, Self.level)
    try media.ffmpeg("-i", "clip.mp4", "-vf", "fps=10,format=gray", "-frames:v", "4", "clip.gif")
    let facts = try media.open("clip.gif")
    #expect(facts.frameCount == 4 && abs(facts.duration - 0.4) < 0.011)
    let shown = try frames("{image: clip.gif}", fps: "10", at: [0, 1, 2, 3, 4, 5])
    #expect(Set(shown[..<4]).count == 4 && Array(shown[4...]) == Array(shown[..<2]))
  }

  @Test func aClockMayRunOnThroughTheVideo() throws {
    try media.numbered("clip.mp4", count: 48, Self.level)
    let graph = try media.graph(
      """
      video: {size: 64x36}
      inputs: {clip: {video: clip.mp4, clock: video}}
      segments: [{duration: 1s, layers: [field: clip.luma]}, {duration: 1s, layers: [field: clip.luma]}]
      """)
    let segment = graph.segments[1]
    let planes = PicturePlanes(segment, format: graph.format, library: media.library)
    planes.update(graph.context(segment: 1, frame: 3))
    let node = try #require(segment.nodes.firstIndex { if case .picture = $0.kind { true } else { false } })
    let base = try #require(planes.base(of: NodeID(node)))
    #expect(abs(Int((base[16] * 255).rounded()) - Self.shown(27)) <= 2)
  }
}
