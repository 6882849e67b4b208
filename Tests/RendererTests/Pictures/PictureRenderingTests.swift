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

  /// Where a picture is transparent, beside one that is shown whole, and beside one that is moved away, the layer below shows.
  @Test func whatIsBelowShowsThroughAndBesideAPicture() throws {
    try media.ffmpeg(
      "-f", "lavfi", "-i", "color=black:s=64x36,format=rgba,geq=r=0:g=0:b=0:a='if(lt(X,32),255,0)'",
      "-frames:v", "1", "half.png")
    try media.ffmpeg("-f", "lavfi", "-i", "color=black:s=36x36", "-frames:v", "1", "square.png")
    func sums(_ input: String, _ layer: String = "image: shown") throws -> [Int] {
      let graph = try media.graph(
        """
        video: {size: 320x180}
        inputs: {shown: {\(input)}}
        segments:
          - duration: 1s
            look: none
            tone: none
            layers: [{field: "1", color: "#ffffff", wash: 1}, {\(layer), blend: normal}]
        """)
      let picture = Picture(width: 320, height: 180)
      try SceneRenderer(graph: graph, kernels: .best, pictures: media.library).render(frame: 0, into: picture)
      return [20, 160, 300].map { x in (0..<180).reduce(0) { $0 + Int(picture.row($1, plane: 1)[x]) } }
    }
    let half = try sums("image: half.png")
    #expect(half[0] == 0 && half[2] == 180 * 255)
    let contained = try sums("image: square.png, fit: contain")
    #expect(contained[0] == 180 * 255 && contained[1] == 0 && contained[2] == 180 * 255)
    let moved = try sums("image: square.png", "image: shown, transform: [shift: {dx: -1}]")
    #expect(moved[0] == 0 && moved[2] == 180 * 255)
    #expect(try sums("image: square.png") == [0, 0, 0])
    // A wash of one's own is everywhere.
    #expect(try sums("image: half.png", "image: shown, wash: 0.5") == [0, 0, 0])
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

  @Test func stillsFollowOneAnother() throws {
    for (index, gray) in [40, 120, 200].enumerated() {
      try media.ffmpeg(
        "-f", "lavfi", "-i", "color=black:s=64x36,format=gray,geq=lum=\(gray)", "-frames:v", "1", "shot\(index).png")
    }
    let graph = try media.graph(
      """
      video: {size: 64x36, fps: 12}
      inputs: {shots: {images: shot*.png, fps: 2, loop: false}}
      segments: [{duration: 3s, layers: [field: shots.luma + 0 * shots.subject]}]
      """)
    let shown = try media.levels(graph, frames: [0, 5, 6, 11, 12, 17, 30, 3])
    #expect(zip(shown, [40, 40, 120, 120, 200, 200, 200, 40]).allSatisfy { abs($0 - $1) <= 1 }, "\(shown)")
    // One that is none is found before anything is rendered.
    try media.write("shot1.png", Data("no picture".utf8))
    let broken = media.compilation(
      "inputs: {shots: {images: shot*.png}}\nsegments: [{duration: 1s, layers: [field: shots.luma]}]")
    #expect(broken.diagnostics.map(\.id) == ["unreadable_file"] && broken.scene == nil)
  }

  @Test func aPictureIsAPaletteAndAHeightMap() throws {
    try media.ffmpeg(
      "-f", "lavfi", "-i", "color=red:s=64x36,format=rgb24,geq=r='if(lt(X,32),200,10)':g=20:b='if(lt(X,32),10,220)'",
      "-frames:v", "1", "halves.png")
    try media.ffmpeg(
      "-f", "lavfi", "-i", "color=black:s=64x36,format=gray,geq=lum='if(lt(X,32),90,170)'", "-frames:v", "1", "hill.png"
    )
    let facts = try media.open("halves.png")
    #expect(
      facts.colors.count == 2 && facts.colors.contains(RGB(200, 20, 10)) && facts.colors.contains(RGB(10, 20, 220)))
    let graph = try media.graph(
      """
      video: {size: 320x180}
      inputs: {halves: {image: halves.png}, hill: {image: hill.png}}
      segments:
        - {duration: 1s, tone: none, look: none, layers: [{field: u, color: halves.gradient, wash: 1}]}
        - {duration: 1s, tone: none, look: none, layers: [{field: relief(hill.luma), wash: 1}]}
        - {duration: 4s, tone: none, look: none, layers: [{image: halves, transform: ken_burns, wash: 1}]}
      """)
    let picture = Picture(width: 320, height: 180)
    let renderer = SceneRenderer(graph: graph, kernels: .best, pictures: media.library)
    /// Mean level of a color in the rows of a column.
    func mean(_ plane: Int, _ column: Int) -> Double {
      (0..<180).reduce(0) { $0 + Double(picture.row($1, plane: plane)[column]) } / 180
    }
    try renderer.render(frame: 12, into: picture)
    // The gradient leads from the darker blue to the red.
    #expect(mean(2, 110) > mean(0, 110) && mean(0, 300) > mean(2, 300))
    let first = graph.segments[1].frames.lowerBound
    try renderer.render(frame: first, into: picture)
    // The slope is where the level changes, in the middle.
    let flat = [60, 100, 220, 260].map { mean(1, $0) }
    let slope = (140..<180).map { abs(mean(1, $0) - mean(1, 100)) }.max() ?? 0
    #expect(
      abs(flat[0] - flat[1]) < 2 && abs(flat[2] - flat[3]) < 2 && slope > abs(flat[1] - flat[2]) + 5,
      "\(flat) \(slope)")
    let moving = graph.segments[2].frames
    try renderer.render(frame: moving.lowerBound, into: picture)
    let before = picture.hash
    try renderer.render(frame: moving.upperBound - 1, into: picture)
    #expect(picture.hash != before)
  }
}
