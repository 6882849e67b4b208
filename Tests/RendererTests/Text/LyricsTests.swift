import SceneLang
import Testing

@testable import Renderer

@Suite struct LyricsTests {
  private let cues = [
    TextCue(text: "one two", start: 1, end: 2, wordTimes: [1, 1.5]), TextCue(text: "three", start: 2, end: 3),
    TextCue(text: "over it", start: 2.5, end: 2.75),
  ]

  @Test func aCueIsShownFromItsFirstFrameToItsLast() {
    let lyrics = TextBlock.Lyrics(cues: cues, clock: NodeID(0))
    for rate in [FrameRate(24), FrameRate(30000, 1001), FrameRate(60)] {
      for frame in 0..<Int(rate.value * 4) {
        let shown = cues.indices.filter { index in
          let first = Int((cues[index].start * rate.value + 0.5).rounded(.down))
          let end = Int((cues[index].end * rate.value + 0.5).rounded(.down))
          return (first..<end).contains(frame)
        }
        #expect(lyrics.cues(at: rate.seconds(ofFrame: frame), fps: rate) == shown, "frame \(frame) at \(rate)")
      }
    }
  }

  private func graph(_ layer: String) -> RenderGraph {
    compiledScene(
      layer, duration: "4s",
      header: """
        inputs:
          words: {lyrics: [{from: 1s, to: 2s, text: One two}, {from: 2.5s, to: 3.5s, text: Three four five}]}
        """)
  }

  /// The greatest level of each channel in a frame.
  private func brightest(_ graph: RenderGraph, frame: Int) throws -> [UInt8] {
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    try SceneRenderer(graph: graph, kernels: .best).render(frame: frame, into: picture)
    return (0..<3).map { plane in
      (0..<picture.height).reduce(0) { most, y in
        (0..<picture.width).reduce(most) { max($0, picture.row(y, plane: plane)[$1]) }
      }
    }
  }

  /// A text that is not seen yet casts no shadow.
  @Test func aShadowComesWithItsLetters() throws {
    func levels(_ layer: String, at frames: [Int]) throws -> [UInt8] {
      let graph = compiledScene(
        "{field: 1, palette: binary, color: \"#909090\"}\n\(layer)", duration: "4s",
        header: "inputs: {words: {lyrics: [{from: 0s, to: 4s, text: HELLO}]}}")
      let renderer = SceneRenderer(graph: graph, kernels: .best)
      let picture = Picture(width: graph.format.width, height: graph.format.height)
      return try frames.map { frame in
        try renderer.render(frame: frame, into: picture)
        // Above the letters.
        return picture.row(picture.height * 3 / 8, plane: 0)[picture.width / 2]
      }
    }
    for source in ["text: HELLO", "lyrics: words"] {
      let found = try levels(
        "{\(source), position: [0.5, 0.5], style: fade_in(2s), backdrop: true, grid: {size: 100px}}",
        at: [0, 12, 24, 72])
      #expect(found[0] > found[1] + 5 && found[1] > found[2] + 5 && found[2] > found[3] + 5, "\(source): \(found)")
    }
  }

  /// Whatever is laid over a text or done to its cells, it is done to lyrics that say the same.
  @Test(arguments: [
    "mask: u, mask_at: pixels", "mask: \"v + 0.2 * t\", mask_at: pixels", "mask: u", "wash: 0.5",
    "effects: [{shake: {x_amp: 30}}]", "effects: [glitch_displace: {amount: 0.8}]",
  ])
  func keysOfTextsAreThoseOfLyrics(_ keys: String) throws {
    let rest = "name: a, position: [0.5, 0.5], grid: {size: 66px}, color: \"#ffffff\", style: {wave: {height: 0.4}}"
    let lyrics = compiledScene(
      "{lyrics: words, \(rest), \(keys)}", duration: "4s",
      header: "inputs: {words: {lyrics: [{from: 0s, to: 4s, text: HE HE HE}]}}")
    let text = compiledScene("{text: HE HE HE, \(rest), \(keys)}", duration: "4s")
    let plain = compiledScene("{text: HE HE HE, \(rest)}", duration: "4s")
    #expect(hashes(lyrics, frames: [20, 45]) == hashes(text, frames: [20, 45]))
    #expect(hashes(text, frames: [20, 45]) != hashes(plain, frames: [20, 45]))
  }

  @Test func wordsStandWhenTheyAreSaid() throws {
    let graph = graph("lyrics: words")
    #expect(try brightest(graph, frame: 23).max() == 0)
    #expect(try brightest(graph, frame: 24).max()! > 200)
    #expect(try brightest(graph, frame: 47).max()! > 200)
    #expect(try brightest(graph, frame: 48).max() == 0)
    #expect(hashes(graph, frames: [30]) != hashes(graph, frames: [66]))
    #expect(hashes(graph, frames: [30]) == hashes(graph, frames: [40]))
  }

  @Test(arguments: ["typewriter: 0.5s", "fade_in: 0.5s", "flash", "scatter: 0.5s", "wave"])
  func everyModeRunsWithEachCue(mode: String) throws {
    let graph = graph(
      "{lyrics: words, style: {\(mode)}}".replacing("{flash}", with: "flash").replacing("{wave}", with: "wave"))
    #expect(try brightest(graph, frame: 0).max() == 0 && (try brightest(graph, frame: 50).max()) == 0)
    #expect(Set(hashes(graph, frames: [25, 30, 36, 62, 66, 72])).count > 3)
    // The order of frames changes nothing.
    #expect(hashes(graph, frames: [72, 25, 36]) == [72, 25, 36].flatMap { hashes(graph, frames: [$0]) })
  }

  @Test(arguments: [
    "{karaoke: {sung: \"#ff0000\", unsung: \"#00ff00\"}}", "'karaoke(sung=\"#ff0000\", unsung=\"#00ff00\")'",
  ])
  func wordsLightUpAsTheyAreSung(_ style: String) throws {
    let graph = graph("{lyrics: words, style: \(style)}")
    func share(_ frame: Int) throws -> Double {
      let picture = Picture(width: graph.format.width, height: graph.format.height)
      try SceneRenderer(graph: graph, kernels: .best).render(frame: frame, into: picture)
      var sums = [0, 0]
      for y in 0..<picture.height {
        for x in 0..<picture.width {
          for plane in 0..<2 { sums[plane] += Int(picture.row(y, plane: plane)[x]) }
        }
      }
      return Double(sums[0]) / Double(sums[0] + sums[1])
    }
    // Three words, of which one more is sung in each third.
    let shares = [try share(60), try share(66), try share(75), try share(83)]
    #expect(shares[0] < 0.05 && shares[3] == 1)
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 < $1 })
  }
}
