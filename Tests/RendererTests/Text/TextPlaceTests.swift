import SceneLang
import Testing

@testable import Renderer

/// A text stands where its scene says, measured on the pixels of its letters.
struct TextPlaceTests {
  /// Words of an even and an odd number of characters, one and two lines, that are as wide as they are symmetric.
  @Test(
    arguments: ["1920x1080", "1080x1920", "720x720", "640x360"],
    [("HH", 200.0, 0.5, 0.5), ("HOH", 90, 0.5, 0.25), ("HOOH", 108, 0.4, 0.7), ("HOH HHHH", 61, 0.5, 0.55)])
  func capitalsHaveTheirMiddleAtThePosition(size: String, text: (words: String, size: Double, u: Double, v: Double))
    throws
  {
    let layer =
      "{text: \(text.words), wrap: 4, grid: {size: \(text.size)px}, position: [\(text.u), \(text.v)], align: center, color: \"#ffffff\"}"
    let box = try litBox(layer, size: size)
    let sides = size.split(separator: "x").map { Double($0)! }
    func middle(_ range: ClosedRange<Int>) -> Double { Double(range.lowerBound + range.upperBound + 1) / 2 }
    let (right, down) = (middle(box.x) - text.u * sides[0], middle(box.y) - text.v * sides[1])
    #expect(abs(right) <= 1.5 && abs(down) <= 1.5, "\(text.words): \(right) px to the right, \(down) px down")
  }

  /// Nothing of a letter is lost where its cells lie beside those of the grid.
  @Test(arguments: [(0.01, 0.05), (0.99, 0.95), (0.5, 0.03)])
  func lettersAtTheEdgeAreWhole(u: Double, v: Double) throws {
    let align = u < 0.2 ? "left" : u > 0.8 ? "right" : "center"
    let box = try litBox(
      "{text: HEEH, grid: {size: 100px}, position: [\(u), \(v)], align: \(align), color: \"#ffffff\"}",
      size: "1920x1080")
    let middle = try litBox("{text: HEEH, grid: {size: 100px}, align: center, color: \"#ffffff\"}", size: "1920x1080")
    #expect(abs(box.x.count - middle.x.count) <= 1 && abs(box.y.count - middle.y.count) <= (v < 0.04 ? 40 : 1))
  }
}

/// Texts at the edges of a picture, whose grid leaves a margin at some sizes and is cropped at others.
struct TextEdgeTests {
  @Test(
    arguments: ["1920x1080", "1280x720", "960x540", "854x480", "640x360"],
    [
      ("xs", 1.0, "right"), ("xs", 0.98, "right"), ("xs", 0, "left"), ("md", 1, "right"), ("lg", 0, "left"),
      ("xl", 1, "right"),
    ])
  func noLetterIsLost(size: String, text: (grid: String, u: Double, align: String)) throws {
    func box(_ u: Double, _ align: String) throws -> ClosedRange<Int> {
      try litBox(
        "{text: HHHHHHHH, grid: \(text.grid), position: [\(u), 0.6], align: \(align), color: \"#ffffff\"}", size: size
      ).x
    }
    #expect(abs(try box(text.u, text.align).count - box(0.5, "center").count) <= 1)
  }

  @Test(arguments: [
    ("position: [0.5, 0.95]", false), ("position: [0.5, 0.99]", true), ("position: [0.5, 0.01]", true),
    ("position: [0.5, 0.95], grid: {size: 200px}", true), ("position: [0.5, 0.9], grid: {size: 160px}", false),
    ("position: [0.05, 0.5], grid: {size: 160px}", true), ("position: [1, 0.5], align: right", false),
    ("position: [0, 0.5], align: left", false), ("position: [0.01, 0.5], align: right, grid: md", true),
  ])
  func aTextThatIsCutIsWarnedOf(keys: String, isCut: Bool) throws {
    for size in ["1920x1080", "854x480", "640x360"] {
      let scene = try #require(
        SceneFiles.check(
          text:
            "ascii-scene: 1\nvideo: {size: \(size)}\nsegments: [{duration: 1s, layers: [{text: GOODBYE, \(keys)}]}]\n"
        ).scene)
      #expect(FaceLibrary().fit(scene).map(\.id) == (isCut ? ["text_outside"] : []), "\(size)")
    }
  }
}

/// What is told of a text that leaves the picture.
@Test func placesAreToldWithThreeDecimals() throws {
  let scene = try #require(
    SceneFiles.check(
      text: "ascii-scene: 1\nsegments: [{duration: 1s, layers: [{text: READ, position: [1.23456789, 0.5]}]}]\n"
    ).scene)
  #expect(
    FaceLibrary().fit(scene).map(\.message) == [
      "none of this text is seen: at [1.235, 0.5] the text leaves the picture"
    ])
}

/// What a text is like whose layer does not say.
struct TextDefaultTests {
  private func layers(_ text: String, size: String = "1920x1080") -> [Layer] {
    compiledScene("{field: plasma}\n{\(text)}", size: size).segments[0].layers
  }

  @Test(arguments: [
    ("text: HELLO", "1920x1080", 160.0), ("text: A WORD OF EIGHTEEN.", "1920x1080", 100),
    ("text: HELLO", "1080x1920", 160), ("text: A WORD OF EIGHTEEN.", "1080x1920", 75),
    ("text: A WORD OF EIGHTEEN., wrap: 8", "1080x1080", 160),
    ("text: A WORD OF EIGHTEEN., position: [0.5, 0.95]", "960x540", 100),
    ("text: GOODBYE, position: [0.5, 0.95]", "1920x1080", 103),
    ("text: GOODBYE, position: [0.5, 0.05]", "1920x1080", 103),
    ("text: GOODBYE, position: [0.5, 0.99]", "1920x1080", 66),
    ("text: GOODBYE, position: [0.5, 0.9]", "1920x1080", 160),
    ("text: HELLO, position: [0.97, 0.5], align: right", "1920x1080", 160),
    ("text: HELLO, prefer: bottom", "1920x1080", 66),
  ])
  func theSizeFollowsTheLongestLineAndTheRoom(text: String, size: String, fontSize: Double) {
    #expect(layers(text, size: size)[1].grid.fontSize == fontSize)
  }

  @Test func aTextOverOthersHasItsShadow() {
    #expect(layers("text: HELLO")[1].hasBackdrop)
    #expect(!layers("text: HELLO, backdrop: false")[1].hasBackdrop)
    #expect(!layers("text: HELLO, mask: circle")[1].hasBackdrop)
    #expect(!layers("text: HELLO, blend: difference")[1].hasBackdrop)
    // Dark letters would vanish in it.
    #expect(!layers("text: HELLO, color: '#5a1020'")[1].hasBackdrop)
    #expect(layers("text: HELLO, color: '#5a1020', backdrop: true")[1].hasBackdrop)
    #expect(layers("text: HELLO, color: '#0000ff'")[1].hasBackdrop)
    #expect(!compiledScene("{text: HELLO}").segments[0].layers[0].hasBackdrop)
  }

  /// Two texts that follow one another do not darken each other: the first is as bright as it is alone.
  @Test func shadowsFallBelowAllTextsThatFollowOneAnother() throws {
    func brightest(_ layers: String) throws -> Int {
      let graph = compiledScene(layers)
      let picture = Picture(width: graph.format.width, height: graph.format.height)
      try SceneRenderer(graph: graph, kernels: .best).render(frame: 0, into: picture)
      return (0..<picture.width).map { Int(picture[$0, picture.height / 2].green) }.max()!
    }
    let ground = "{field: 1, palette: binary, color: \"#808080\", brightness: 1, wash: 0}"
    let first = "{text: HHH, color: \"#ffffff\"}"
    let second = "{text: HHH, position: [0.5, 0.62], grid: lg}"
    #expect(try brightest("\(ground)\n\(first)\n\(second)") == 255)
    #expect(try brightest("\(ground)\n\(second)\n\(first)") == 255)
  }

  /// A full-frame field keeps its wash whatever colour it has.
  @Test func washDoesNotDependOnTheKindOfColor() {
    func value(_ layer: String) -> Double? {
      let segment = compiledScene(layer).segments[0]
      if case .number(let value) = segment.nodes[segment.layers[0].wash.index].kind { return value } else { return nil }
    }
    #expect(value("{field: plasma}") == 0.3 && value("{field: plasma, color: \"#ff5f6d\"}") == 0.3)
    #expect(value("{field: plasma, hue: 0.4}") == 0.3 && value("{field: fill(circle), hue: 0.4}") == 0)
  }
}
