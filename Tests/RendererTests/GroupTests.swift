import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// Groups: layers on a canvas of their own.
struct GroupTests {
  private func graph(_ layers: String, passes: Bool = true) throws -> RenderGraph {
    let text = """
      ascii-scene: 1
      video: {size: 320x180}
      segments: [{duration: 1s, tone: {exposure: none}, look: none, layers: \(layers)}]
      """
    let compilation = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin)
    let scene = try #require(compilation.scene, "\(compilation.diagnostics.map(\.message))")
    return passes ? scene.renderGraph(using: .builtin) : lower(scene)
  }

  private func picture(_ graph: RenderGraph, kernels: KernelLevel = .best) throws -> Picture {
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    try SceneRenderer(graph: graph, kernels: kernels).render(frame: 9, into: picture)
    return picture
  }

  private func picture(_ layers: String) throws -> Picture { try picture(graph(layers)) }

  /// The largest difference of a level.
  private func distance(_ a: Picture, _ b: Picture) -> Double {
    let planes = (0..<3).map { a.plane($0) }
    return b.worst { planes[$0][$2][$1] }
  }

  @Test func aGroupWithoutAnythingOfItsOwnIsItsLayers() throws {
    let text = "{text: HELLO, grid: xl, color: \"#ff8040\", backdrop: false}"
    let inner = "\(text), {field: fbm, blend: screen, opacity: 0.5}"
    let flat = try picture("[field: plasma, \(inner)]")
    let grouped = try picture("[field: plasma, {layers: [\(inner)], blend: normal}]")
    let covering = try picture("[{layers: [field: plasma, \(inner)], blend: normal}]")
    #expect(distance(flat, covering) <= 1)
    #expect(distance(flat, try picture("[field: plasma]")) > 40)
    // Within the group the second layer lies on the first alone: screen is not normal over the plasma.
    #expect(distance(flat, grouped) > 2)
    let normal = inner.replacing("screen", with: "normal")
    let apart = try picture("[field: plasma, \(normal)]")
    #expect(distance(apart, try picture("[field: plasma, {layers: [\(normal)], blend: normal}]")) <= 2)
  }

  @Test func whatIsEmptyCoversNothing() throws {
    let below = try picture("[field: plasma]")
    #expect(distance(below, try picture("[field: plasma, {layers: [{field: 0 * x, wash: 0}], blend: normal}]")) == 0)
    let opaque = try picture("[field: plasma, {layers: [{field: 0 * x, wash: 0, opaque: true}], blend: normal}]")
    #expect(opaque.worst { _, _, _ in 0 } == 0)
    #expect(distance(below, try picture("[field: plasma, {layers: [field: fbm], blend: normal, opacity: 0}]")) == 0)
  }

  @Test func opacityIsThatOfTheWholeGroup() throws {
    let members = "[{field: fbm, opaque: true}, {field: tunnel, opaque: true, blend: normal}]"
    let (below, above) = (try picture("[field: plasma]"), try picture("[{layers: \(members)}]"))
    let mixed = try picture("[field: plasma, {layers: \(members), blend: normal, opacity: 0.4}]")
    let (a, b) = ((0..<3).map { below.plane($0) }, (0..<3).map { above.plane($0) })
    #expect(mixed.worst { 0.6 * a[$0][$2][$1] + 0.4 * b[$0][$2][$1] } <= 1)
  }

  @Test func aMaskHoldsForAllLayers() throws {
    let members = "[{field: fbm, opaque: true}, {field: tunnel, blend: add}]"
    let masked = try picture("[field: plasma, {layers: \(members), blend: normal, mask: u > 0.5}]")
    let (below, above) = (try picture("[field: plasma]"), try picture("[{layers: \(members)}]"))
    let (a, b) = ((0..<3).map { below.plane($0) }, (0..<3).map { above.plane($0) })
    // A cell of the mask is at most 24 pixels wide here.
    let own = (0..<3).map { masked.plane($0) }
    #expect(masked.worst { $1 < 148 ? a[$0][$2][$1] : $1 > 172 ? b[$0][$2][$1] : own[$0][$2][$1] } <= 1)
  }

  @Test func aWarpMovesTheCoverage() throws {
    let half = "{field: \"0 * x + 1\", color: \"#ffffff\", opaque: true, mask: u < 0.5}"
    let turned = try picture("[field: plasma, {layers: [\(half)], blend: normal, look: [mirror_h]}]")
    // The left half is mirrored to the right, so that nothing is left of the plasma.
    let whole = try picture("[{field: \"0 * x + 1\", color: \"#ffffff\", opaque: true}]")
    let (bars, own) = (whole.plane(0), turned.plane(0))
    #expect(turned.worst { _, x, y in x < 150 ? bars[y][x] : x > 170 ? bars[y][319 - x] : own[y][x] } <= 1)
  }

  @Test func aLookOfOneLayerIsItsOwn() throws {
    let inverted = try picture("[field: plasma, {field: fbm, opaque: true, blend: normal, look: [invert]}]")
    let above = (0..<3).map { (try? picture("[{field: fbm, opaque: true}]"))!.plane($0) }
    #expect(inverted.worst { 255 - above[$0][$2][$1] } <= 1)
  }

  @Test func kernelsBandsAndPassesChangeNothing() throws {
    let layers = """
      [field: plasma, {blend: difference, mask: circle, look: [kaleidoscope, bloom: 0.3], layers: [field: tunnel,
      {blend: overlay, layers: [{text: HELLO, grid: xl}, {particles: embers}]}]}]
      """
    let graph = try graph(layers)
    let expected = try picture(graph, kernels: .baseline).hash
    for level in KernelLevel.allCases where level.isSupported {
      #expect(try picture(graph, kernels: level).hash == expected, "\(level)")
    }
    #expect(try picture(self.graph(layers, passes: false)).hash == expected)
    #expect(expected != (try picture("[field: plasma]")).hash)
  }

  // MARK: Blends on a canvas

  /// Premultiplied colors with their coverage, a source with its own, and the W3C formulas in Double.
  @Test(arguments: BlendMode.allCases) func blendsMeetTheFormulaOnACanvas(_ mode: BlendMode) {
    let width = 256
    var numbers = TestNumbers(17)
    let blender = RowBlender(mode, width: width, kernels: baselinePixels)
    let (below, source) = (PixelRowBuffer(width: width), PixelRowBuffer(width: width))
    let out = PixelRowBuffer(width: width)
    let (alpha, coverage) = (AlignedBuffer<UInt8>(count: width), AlignedBuffer<UInt8>(count: width))
    var worst = 0.0
    for _ in 0..<8 {
      var covered: [Double] = []
      for x in 0..<width {
        alpha.base[x] = UInt8.random(in: 0...255, using: &numbers)
        coverage.base[x] = x < 20 ? 0 : UInt8.random(in: 0...255, using: &numbers)
        covered.append(Double(coverage.base[x]) / 255)
        for channel in 0..<3 {
          below.row[channel][x] = UInt8.random(in: 0...coverage.base[x], using: &numbers)
          source.row[channel][x] = UInt8.random(in: 0...255, using: &numbers)
        }
      }
      blender.blend(
        source.row, alpha: Bytes(alpha.base), over: below.row, isBlack: false, coverage: coverage.base, into: out.row)
      for x in 0..<width {
        let (a, c) = (Double(alpha.base[x]) / 255, covered[x])
        let s = (0..<3).map { Double(source.row[$0][x]) / 255 }
        let premultiplied = (0..<3).map { Double(below.row[$0][x]) / 255 }
        // Straight colors are rounded to 8 bits, and some modes make much of a level.
        let straight = premultiplied.map { c > 0 ? min(255, (255 * $0 / c + 0.5).rounded(.down)) / 255 : 0 }
        let b = mode.isSeparable ? zip(straight, s).map { formula(mode, $0, $1) } : formula(mode, straight, s)
        for channel in 0..<3 {
          let exact = (1 - a) * premultiplied[channel] + a * ((1 - c) * s[channel] + c * b[channel])
          // Screen and exclusion take the premultiplied colors as they are.
          worst = max(worst, abs(Double(out.row[channel][x]) - 255 * exact))
        }
        #expect(abs(Double(coverage.base[x]) / 255 - (c + a - c * a)) <= 0.6 / 255)
      }
    }
    #expect(worst <= 1.5, "\(worst)")
  }
}
