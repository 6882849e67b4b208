import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// Memory of a picture's size that groups, shaders and transitions share.
struct FrameScratchTests {
  private let size = (width: 320, height: 180)

  /// A scene, what its renderer took for two frames, and the second one's hash.
  private func rendered(
    _ layers: String, look: String = "[]", overlay: String = "", keepsGroups: Bool = false
  ) throws -> (graph: RenderGraph, scratch: FrameScratch, hash: String) {
    let text = """
      ascii-scene: 1
      video: {size: \(size.width)x\(size.height)}
      segments: [{duration: 1s, tone: {exposure: none}, layers: \(layers), look: \(look)}]
      \(overlay)
      """
    let compilation = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin)
    let scene = try #require(compilation.scene, "\(compilation.diagnostics.map(\.message))")
    let graph = scene.renderGraph(using: .builtin)
    let (scratch, segment) = (FrameScratch(), graph.segments[0])
    let renderer = FrameRenderer(
      format: graph.format, segment: segment,
      assets: SegmentAssets(segment, format: graph.format, faces: FaceLibrary()),
      kernels: KernelSet(.best), ticks: nil, frames: { graph.context(segment: 0, frame: $0) }, pictures: .shared,
      keepsCoverage: false, fedBack: nil, scratch: scratch)
    renderer.layers.keepsGroups = keepsGroups
    renderer.overlay.keepsGroups = keepsGroups
    let picture = Picture(width: size.width, height: size.height)
    for frame in 0..<2 { renderer.picture(graph.context(segment: 0, frame: frame), into: picture) }
    return (graph, scratch, picture.hash)
  }

  private func groups(_ count: Int, look: String) -> String {
    let all = (0..<count).map {
      """
      {opacity: 0.4, blend: \($0 % 2 == 0 ? "screen" : "multiply"), look: \(look), layers: [{field: plasma, seed: \($0)}]}
      """
    }
    return "[{field: noise}, \(all.joined(separator: ", {field: rings, opacity: 0.2}, "))]"
  }

  private let look = "[gaussian_blur: 40px, bloom, kaleidoscope, error_diffusion: 8, pixel_sort: {direction: vertical}]"

  @Test func manyGroupsTakeNoMoreMemoryThanTwo() throws {
    let (two, many) = (
      try rendered(groups(2, look: look)).scratch.made, try rendered(groups(14, look: look)).scratch.made
    )
    #expect(two == many)
    // The canvas of a group, of all before it, of two stages of its shaders, and what two of these make.
    #expect(two["Picture"]! <= 6 && two["BinomialPyramid"] == 1, "\(two)")
  }

  @Test func manyGroupsAboveTheShadersTakeNoMoreMemoryThanThree() throws {
    func made(_ count: Int) throws -> [String: Int] {
      try rendered("[field: plasma]", overlay: "overlay: {layers: \(groups(count, look: look))}").scratch.made
    }
    #expect(try made(3) == made(14))
  }

  @Test func shadersTakeNoMoreMemoryThanTheTwoThatAreNeeded() throws {
    let blurs = Array(repeating: "gaussian_blur: 40px", count: 20).joined(separator: ", ")
    let made = try rendered("[field: plasma]", look: "[\(blurs)]").scratch.made
    #expect(made["BinomialPyramid"] == 2 && made["Picture"] == 2, "\(made)")
  }

  @Test(arguments: [false, true])
  func groupsOverOneAnotherAreTheSameWithAndWithoutTheirOwnMemory(_ isOverlay: Bool) throws {
    // A group that holds two, beside others, with a text over them.
    let inner = "{layers: \(groups(2, look: "[gaussian_blur: 20px]")), opacity: 0.7, look: [hue_rotate: 40]}"
    let layers =
      "[{field: spiral, opacity: 0.5}, \(inner), {text: ONE}, {text: TWO, position: [0.5, 0.8]}, "
      + "{look: [kaleidoscope], layers: [field: plasma], blend: difference}]"
    func hash(keepsGroups: Bool) throws -> String {
      try isOverlay
        ? rendered("[field: noise]", overlay: "overlay: {layers: \(layers)}", keepsGroups: keepsGroups).hash
        : rendered(layers, keepsGroups: keepsGroups).hash
    }
    #expect(try hash(keepsGroups: false) == hash(keepsGroups: true))
  }

  @Test(arguments: [1, 2, 5]) func whatAWorkerTakesIsKnownBefore(_ count: Int) throws {
    let inner = "{layers: \(groups(count, look: look)), opacity: 0.7, look: [gaussian_blur: 20px, soft_focus]}"
    let all = [
      try rendered("[field: plasma]"), try rendered("[field: plasma]", look: look),
      try rendered(groups(count, look: look)), try rendered("[\(inner), \(inner)]", look: look),
      try rendered(
        "[\(inner)]", look: look, overlay: "overlay: {layers: \(groups(count, look: "[gaussian_blur: 20px]"))}"),
    ]
    for (graph, scratch, _) in all {
      let told = graph.pictureBytesPerPixel
      #expect((scratch.bytesPerPixel...scratch.bytesPerPixel * 3 / 2).contains(told), "\(scratch.made)")
    }
  }
}
