import Foundation
import SceneLang
import Testing

@testable import Renderer

@Suite struct PictureRenderingTests {
  private let media = PictureMedia()

  private func hashes(
    _ graph: RenderGraph, _ frames: [Int], _ kernels: KernelLevel = .best,
    exposures: SharedExposures = SharedExposures()
  ) throws -> [String] {
    let renderer = SceneRenderer(graph: graph, kernels: kernels, exposures: exposures, pictures: media.library)
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    return try frames.map { frame in
      try renderer.render(frame: frame, into: picture)
      return picture.hash
    }
  }

  private func scene() throws -> RenderGraph {
    try media.ffmpeg(
      "-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=2", "-c:v", "libx264", "-pix_fmt", "yuv420p", "clip.mp4")
    return try media.graph(
      """
      video: {size: 320x180}
      inputs: {clip: {video: clip.mp4}}
      segments:
        - duration: 2s
          layers:
            - {video: clip, grid: sm}
            - {field: clip.edges + clip.motion, grid: md, color: clip.gradient, transform: [rotate: 10deg * t]}
      """)
  }

  @Test func orderAndKernelsChangeNothing() throws {
    let graph = try scene()
    let frames = Array(0..<48)
    let first = try hashes(graph, frames)
    #expect(Set(first).count > 40)
    let mixed = [47, 3, 20, 19, 18, 40, 0]
    #expect(try hashes(graph, mixed) == mixed.map { first[$0] })
    for level in KernelLevel.allCases where level.isSupported {
      #expect(try hashes(graph, [5, 30], level) == [first[5], first[30]], "\(level)")
    }
  }

  @Test func workersShareWhatWasLookedAt() throws {
    let graph = try scene()
    #expect(media.library.counted == .init(analyses: 1, subjects: 1))
    let exposures = SharedExposures()
    _ = try hashes(graph, [0], exposures: exposures)
    let sampled = media.library.counted.frames
    for start in [0, 12, 24, 36] { _ = try hashes(graph, Array(start..<start + 12), exposures: exposures) }
    // Each frame once by its worker, and the four before a clip's first, which motion compares it with.
    #expect(media.library.counted == .init(analyses: 1, subjects: 1, frames: sampled + 48 + 3 * 4))
  }

  @Test func aPictureHasItsShapeAndNothingOutside() throws {
    try media.ffmpeg("-f", "lavfi", "-i", "color=white:s=40x40", "-frames:v", "1", "square.png")
    func mean(_ fit: String) throws -> [Double] {
      let graph = try media.graph(
        """
        video: {size: 320x180}
        inputs: {square: {image: square.png, fit: \(fit)}}
        segments: [{duration: 1s, look: none, tone: {exposure: none}, layers: [{image: square, wash: 1}]}]
        """)
      let picture = Picture(width: 320, height: 180)
      try SceneRenderer(graph: graph, kernels: .best, pictures: media.library).render(frame: 0, into: picture)
      return [20, 160, 300].map { x in
        (0..<180).reduce(0) { $0 + Double(picture.row($1, plane: 0)[x]) } / 180
      }
    }
    let (contain, cover, stretch) = (try mean("contain"), try mean("cover"), try mean("stretch"))
    #expect(contain[0] == 0 && contain[2] == 0 && contain[1] > 60)
    #expect(cover.allSatisfy { $0 > 60 } && stretch.allSatisfy { $0 > 60 })
  }

  @Test func transparencyIsAMask() throws {
    try media.ffmpeg(
      "-f", "lavfi", "-i", "color=white:s=64x36,format=rgba,geq=r=255:g=255:b=255:a='if(lt(X,32),255,0)'",
      "-frames:v", "1", "half.png")
    let graph = try media.graph(
      """
      video: {size: 320x180}
      inputs: {half: {image: half.png}}
      segments: [{duration: 1s, look: none, tone: {exposure: none}, layers: [{field: plasma, mask: half.alpha}]}]
      """)
    let picture = Picture(width: 320, height: 180)
    try SceneRenderer(graph: graph, kernels: .best, pictures: media.library).render(frame: 0, into: picture)
    let sums = [40, 280].map { x in (0..<180).reduce(0) { $0 + Int(picture.row($1, plane: 1)[x]) } }
    #expect(sums[0] > 0 && sums[1] == 0)
  }

  @Test func anotherFileIsAnotherClip() throws {
    let graph = try scene()
    try media.ffmpeg("-f", "lavfi", "-i", "color=red:s=320x180:r=24:d=2", "-pix_fmt", "yuv420p", "clip.mp4")
    let other = try media.graph(
      """
      video: {size: 320x180}
      inputs: {clip: {video: clip.mp4}}
      segments: [{duration: 2s, layers: [{video: clip, grid: sm}]}]
      """)
    func key(_ graph: RenderGraph) -> ContentHash {
      ClipPlan(graph, shared: [], features: ContentHash(high: 0, low: 0)).clips[0].key
    }
    var same = graph
    same.segments[0].layers.removeLast()
    #expect(key(same) != key(other))
  }

  @Test func aFileThatCannotBeReadIsAnErrorAtItsLine() {
    let result = media.compilation(
      "inputs: {clip: {video: missing.mp4}}\nsegments: [{duration: 1s, layers: [video: clip]}]")
    #expect(result.diagnostics.map(\.id) == ["unreadable_file"] && result.scene == nil)
  }
}
