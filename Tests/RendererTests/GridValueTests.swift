import SceneLang
import Testing

@testable import Renderer

/// Values of a frame that read a grid: each layer's are those of its own, and where there is none the pixels are the cells.
struct GridValueTests {
  private func picture(_ layers: String, _ segment: String = "look: none", top: String = "") throws -> String {
    let text = """
      ascii-scene: 1
      video: {size: 320x180}
      \(top)
      segments: [{duration: 1s, tone: {exposure: none}, \(segment), layers: \(layers)}]
      """
    let compilation = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin)
    let scene = try #require(compilation.scene, "\(compilation.diagnostics.map(\.message))")
    let picture = Picture(width: 320, height: 180)
    try SceneRenderer(graph: scene.renderGraph(using: .builtin), kernels: .best).render(frame: 9, into: picture)
    return picture.hash
  }

  @Test func aLayerReadsItsOwnGrid() throws {
    func layers(_ a: String, _ b: String) -> String {
      "[{field: plasma, grid: lg, opacity: \(a)}, {field: fbm, grid: sm, blend: screen, opacity: \(b)}]"
    }
    // 160×45 and 320×83 cells.
    #expect(
      try picture(layers("cols / 400", "rows / 200")) == picture(layers("\(160.0 / 400)", "\(83.0 / 200)")))
    #expect(
      try picture(layers("'if(cols > 200, 1, 0.2)'", "'if(cols > 200, 1, 0.2)'")) == picture(layers("0.2", "1")))
    // A name that both read stands for two numbers.
    #expect(
      try picture(layers("share", "share"), top: "let: {share: cols / 400}") == picture(layers("0.4", "0.8")))
    func group(_ opacity: String) -> String {
      "[{layers: [{field: plasma, grid: lg, opacity: \(opacity)}], look: [gamma: 1.1]}]"
    }
    #expect(try picture(group("cols / 400")) == picture(group("0.4")))
  }

  @Test func textsStandOnTheirOwnGrid() throws {
    func text(_ v: String, _ condition: String) -> String {
      "[{text: HI, grid: xl, position: [0.5, \(v)], when: \(condition)}]"
    }
    let shown = try picture(text("37 / cols", "rows < 40"))
    #expect(try shown == picture(text("\(37.0 / 137)", "true")))
    #expect(try shown != picture(text("37 / cols", "rows > 40")))
  }

  @Test func aLookAndAFeedbackReadPixels() throws {
    let layers = "[field: plasma]"
    let plain = try picture(layers)
    let shaded = try picture(layers, "look: [gamma: cols / 160]")
    #expect(try shaded == picture(layers, "look: [gamma: 2]") && shaded != plain)
    #expect(
      try picture(layers, "look: none, feedback: {decay: rows / 200}")
        == picture(layers, "look: none, feedback: {decay: 0.9}"))
  }
}
