import SceneLang
import Testing

@testable import Renderer

/// Cues that are shown at once.
struct CueStackTests {
  @Test func theLastStandsInItsPlaceAndOthersAboveIt() {
    #expect(CueStack.places([1], row: 8, top: 0, rows: 10) == [8])
    #expect(CueStack.places([1, 1], row: 8, top: 0, rows: 10) == [7, 8])
    #expect(CueStack.places([2, 1, 3], row: 7.5, top: 0, rows: 10) == [4, 5.5, 7.5])
    // Lower where they would leave the grid, and only as many of the last as fit.
    #expect(CueStack.places([1, 1], row: 0.8, top: 0.25, rows: 10) == [0.75, 1.75])
    #expect(CueStack.places([1], row: 0.2, top: 0.25, rows: 10) == [0.2])
    #expect(CueStack.places([2, 2, 2], row: 3, top: 0, rows: 4) == [1, 3])
    #expect(CueStack.places([1, 9], row: 2, top: 0, rows: 4) == [2])
    #expect(CueStack.places([], row: 2, top: 0, rows: 4) == [])
  }

  private static let size = "640x360"

  private func graph(_ words: String, _ layer: String, file: String = "") throws -> RenderGraph {
    let text = """
      ascii-scene: 1
      video: {fps: 24, size: \(Self.size)}
      inputs: {words: {lyrics: \(words)}}
      segments: [{duration: 4s, tone: {exposure: none}, look: none, layers: [\(layer)]}]
      """
    let compilation = check(
      path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin, importer: { _ in .success(Array(file.utf8)) }
    )
    #expect(compilation.diagnostics.isEmpty, "\(compilation.diagnostics.map(\.message))")
    return try #require(compilation.scene).renderGraph(using: .builtin)
  }

  private func picture(_ graph: RenderGraph, frame: Int) throws -> Picture {
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    try SceneRenderer(graph: graph, kernels: .best).render(frame: frame, into: picture)
    return picture
  }

  /// The boxes of the lines that are bright, from above; a blank row of pixels parts two.
  private func lines(_ graph: RenderGraph, frame: Int) throws -> [(x: ClosedRange<Int>, y: ClosedRange<Int>)] {
    let picture = try picture(graph, frame: frame)
    let lit = (0..<picture.height).map { y in (0..<picture.width).filter { picture[$0, y].green > 127 } }
    var boxes: [(x: ClosedRange<Int>, y: ClosedRange<Int>)] = []
    for (y, row) in lit.enumerated() {
      guard let first = row.first, let last = row.last else { continue }
      if let box = boxes.last, box.y.upperBound == y - 1 {
        boxes[boxes.count - 1] = (
          min(box.x.lowerBound, first)...max(box.x.upperBound, last), box.y.lowerBound...y
        )
      } else {
        boxes.append((first...last, y...y))
      }
    }
    return boxes
  }

  private static let list = "[{from: 0.5s, to: 2s, text: HHH}, {from: 1s, to: 3s, text: HHEE}]"
  private static let files = [
    "1\n00:00:00,500 --> 00:00:02,000\nHHH\n\n2\n00:00:01,000 --> 00:00:03,000\nHHEE\n",
    // In a file cues may stand in any order.
    "WEBVTT\n\n00:01.000 --> 00:03.000\nHHEE\n\n00:00.500 --> 00:02.000\nHHH\n",
  ]
  private static let layer = "{lyrics: words, grid: {size: 90px}, position: [0.5, 0.7], color: \"#ffffff\"}"

  /// The first stands alone, then above the second, which then stands alone: each in the middle of its line.
  @Test func bothAreShown() throws {
    let graph = try graph(Self.list, Self.layer)
    let (alone, both, after) = (try lines(graph, frame: 18), try lines(graph, frame: 30), try lines(graph, frame: 54))
    #expect(try lines(graph, frame: 6).isEmpty && (try lines(graph, frame: 80).isEmpty))
    #expect(alone.count == 1 && both.count == 2 && after.count == 1)
    // A cell of 90 px is 105 px high, 35 of these.
    #expect(both[0].y == alone[0].y.lowerBound - 35...alone[0].y.upperBound - 35 && both[0].x == alone[0].x)
    #expect(both[1].y == after[0].y && both[1].x == after[0].x && after[0].y == alone[0].y)
  }

  @Test(arguments: files) func filesAreShownAsListsAre(file: String) throws {
    let (list, read) = (try graph(Self.list, Self.layer), try graph("a.srt", Self.layer, file: file))
    for frame in [18, 30, 54] { #expect(try picture(read, frame: frame).hash == picture(list, frame: frame).hash) }
  }

  /// In LRC one line ends where the next begins, but lines of one time, such as a translation, are sung at once.
  @Test func linesOfOneTimeAreBothShown() throws {
    let read = try graph("a.lrc", Self.layer, file: "[00:01.00]HHH\n[00:01.00]HHEE\n[00:03.00]\n")
    let list = try graph("[{from: 1s, to: 3s, text: HHH}, {from: 1s, to: 3s, text: HHEE}]", Self.layer)
    let both = try lines(read, frame: 48)
    #expect(both.count == 2 && both[0].x.count < both[1].x.count)
    #expect(try picture(read, frame: 48).hash == picture(list, frame: 48).hash)
  }

  /// Each cue has its own time in its styles: of two that are sung one after the other, the second waits.
  @Test func everyLineIsSungOnItsOwn() throws {
    let style = "{lyrics: words, grid: {size: 90px}, style: {karaoke: {sung: \"#ff0000\", unsung: \"#00ff00\"}}}"
    let graph = try graph("[{from: 0s, to: 2s, text: HH}, {from: 1.7s, to: 5s, text: HH HH HH}]", style)
    let picture = try picture(graph, frame: 47)
    func sum(_ plane: Int, _ rows: Range<Int>) -> Int {
      rows.reduce(0) { sum, y in (0..<picture.width).reduce(sum) { $0 + Int(picture.row(y, plane: plane)[$1]) } }
    }
    // The second stands at 0.8 of the height, where the two meet there is none of either.
    let middle = Int(0.8 * 360 - 17.5)
    #expect(sum(0, 0..<middle) > 0 && sum(1, 0..<middle) == 0)
    #expect(sum(1, middle..<360) > sum(0, middle..<360) && sum(0, middle..<360) > 0)
  }

  /// All styles may run in two lines at once, in any order of the frames.
  @Test(arguments: [
    "typewriter: 1s", "wave: {height: 0.3}", "scatter: 1s", "slide_in: 1s", "messages: 1s", "beat_words: {}",
  ])
  func stylesRunInEach(style: String) throws {
    let graph = try graph(Self.list, "{lyrics: words, grid: {size: 60px}, style: {\(style)}}")
    let hashes = try [30, 18, 40, 30].map { try picture(graph, frame: $0).hash }
    #expect(hashes[0] == hashes[3] && hashes[0] != hashes[1] && hashes[0] != hashes[2])
  }

  /// What has no room is told, and the latest are shown.
  @Test func tooManyAtOnceAreAWarning() throws {
    let cues = (0..<6).map { "{from: \($0 * 10)f, to: 3s, text: H}" }.joined(separator: ", ")
    for (size, isCrowded) in [(90, false), (200, true)] {
      let text = """
        ascii-scene: 1
        video: {fps: 24, size: \(Self.size)}
        inputs: {words: {lyrics: [\(cues)]}}
        segments: [{duration: 4s, look: none, layers: [{lyrics: words, grid: {size: \(size)px}, position: [0.5, 0.5]}]}]
        """
      let scene = try #require(SceneFiles.check(text: text).scene)
      let found = FaceLibrary().fit(scene)
      #expect(found.map(\.id) == (isCrowded ? ["text_too_large"] : []), "\(found.map(\.message))")
      if isCrowded { #expect(found[0].message.hasPrefix("5 lines do not fit") && found[0].message.contains("1.67s")) }
      #expect(try lines(scene.renderGraph(using: .builtin), frame: 60).count == (isCrowded ? 4 : 6))
    }
  }

  /// One word at a time needs the room of a word.
  @Test(arguments: [("style: beat_words", true), ("style: fade_in", false)])
  func wordsOneByOneHaveRoom(style: String, fits: Bool) throws {
    let text = """
      ascii-scene: 1
      video: {fps: 24, size: \(Self.size)}
      segments: [{duration: 4s, layers: [{text: say it once and say it all again, \(style), grid: {size: 400px}}]}]
      """
    let found = FaceLibrary().fit(try #require(SceneFiles.check(text: text).scene))
    #expect(found.map(\.id) == (fits ? [] : ["text_too_large"]), "\(found.map(\.message))")
  }
}
