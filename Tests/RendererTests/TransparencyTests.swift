import Foundation
import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// What no layer covers is transparent in the outputs that say so.
@Suite struct TransparencyTests {
  private static let size = (width: 160, height: 90)
  private let folder = TemporaryFolder()

  private func graph(_ segments: String, overlay: String = "") throws -> RenderGraph {
    let text = """
      ascii-scene: 1
      video: {size: 160x90, fps: 12}
      segments: \(segments)
      \(overlay)
      """
    let compilation = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin)
    return try #require(compilation.scene, "\(compilation.diagnostics.map(\.message))").renderGraph(using: .builtin)
  }

  private func opaque(_ graph: RenderGraph, _ frame: Int) throws -> Picture {
    let picture = Picture(width: Self.size.width, height: Self.size.height)
    try SceneRenderer(graph: graph, kernels: .best).render(frame: frame, into: picture)
    return picture
  }

  private func covered(_ graph: RenderGraph, _ frame: Int) throws -> CoveredPicture {
    let picture = CoveredPicture(width: Self.size.width, height: Self.size.height)
    try SceneRenderer(graph: graph, kernels: .best, keepsCoverage: true).render(frame: frame, into: picture)
    return picture
  }

  /// Our own compositor: a picture laid over another, `normal`.
  private func over(_ picture: CoveredPicture, _ below: Picture) -> Picture {
    let out = Picture(width: below.width, height: below.height)
    let blender = RowBlender(.normal, width: below.width, kernels: baselinePixels)
    for y in 0..<below.height {
      blender.blend(
        picture.colors.pixelRow(y), alpha: Bytes(picture.coverage.row(y)), over: below.pixelRow(y), isBlack: false,
        into: out.pixelRow(y))
    }
    return out
  }

  /// The largest difference of a level.
  private func distance(_ a: Picture, _ b: Picture) -> Double {
    let planes = (0..<3).map { a.plane($0) }
    return b.worst { planes[$0][$2][$1] }
  }

  // MARK: What is transparent

  private static let letters = "{text: ALPHA, grid: xl, color: \"#ff8040\"}"
  private static let disc = "{field: plasma, wash: 0.5, opaque: true, mask: circle(0.3), opacity: 0.7}"

  private static let scenes: [String] = [
    "[{duration: 1s, look: none, tone: {exposure: none}, layers: [\(disc), \(letters)]}]",
    "[{duration: 1s, look: [bloom, vignette], layers: [\(disc), \(letters)]}]",
    "[{duration: 1s, look: [bloom, wave_distort, crt], layers: [\(disc), \(letters)]}]",
    "[{duration: 1s, feedback: rainbow_trails, layers: [\(disc)]}]",
    "[{duration: 1s, look: none, layers: [{layers: [\(disc), \(letters)], look: [pixelate], opacity: 0.6}]}]",
  ]

  @Test(arguments: scenes) func overBlackItIsTheOpaqueFrame(_ segments: String) throws {
    let graph = try graph(segments, overlay: "overlay: [{text: top, grid: lg, color: \"#ffffff\"}]")
    let picture = try covered(graph, 5)
    let black = Picture(width: Self.size.width, height: Self.size.height)
    #expect(distance(over(picture, black), try opaque(graph, 5)) <= 2)
    let levels = (0..<Self.size.height).flatMap { y in (0..<Self.size.width).map { picture.coverage.row(y)[$0] } }
    // Glow reaches far: it may leave nothing quite empty.
    #expect((levels.min() ?? 255) < 16 && levels.contains { $0 > 150 })
  }

  @Test(arguments: Transitions.all.map(\.declaration.name)) func transitionsMixCoverages(_ name: String) throws {
    let graph = try graph(
      """
      [{duration: 1s, look: none, tone: {exposure: none}, layers: [\(Self.disc)]},
       {duration: 1s, look: none, tone: {exposure: none}, transition: {\(TransitionTests.call(name))duration: 1s}}, layers: [\(Self.letters)]}]
      """)
    let black = Picture(width: Self.size.width, height: Self.size.height)
    for frame in [13, 18, 22] {
      #expect(distance(over(try covered(graph, frame), black), try opaque(graph, frame)) <= 2, "frame \(frame)")
    }
  }

  private static let recoloring = Shaders.all.map(\.declaration).filter {
    [.pointwise, .channelwise].contains($0.facts.access) && $0.name != "lut"
  }

  /// CATALOGUE O-9: shaders act on the colors, and the coverage stays.
  @Test(arguments: recoloring.map(\.example)) func recoloringKeepsTheCoverage(_ shader: String) throws {
    func picture(_ look: String) throws -> CoveredPicture {
      let layers = "[\(Self.disc), \(Self.letters)]"
      return try covered(graph("[{duration: 1s, look: \(look), tone: {exposure: none}, layers: \(layers)}]"), 5)
    }
    let (plain, shaded) = (try picture("none"), try picture("[{\(shader)}]"))
    var empty = 0
    for y in 0..<Self.size.height {
      for x in 0..<Self.size.width {
        #expect(shaded.coverage.row(y)[x] == plain.coverage.row(y)[x])
        guard plain.coverage.row(y)[x] == 0 else { continue }
        empty += 1
        for channel in 0..<3 { #expect(shaded.colors.row(y, plane: channel)[x] == 0) }
      }
    }
    #expect(empty > 1000)
  }

  @Test func aShaderOfAGroupLeavesWhatTheGroupDoesNotCover() throws {
    let below = "{field: \"1\", palette: {chars: \"█\"}, color: \"#0000ff\", brightness: 1, wash: 0}"
    func frame(_ layers: String) throws -> Picture {
      try opaque(graph("[{duration: 1s, look: none, tone: {exposure: none}, layers: [\(below)\(layers)]}]"), 5)
    }
    let letters = "{text: HI, grid: {size: 400px}, position: [0.5, 0.5], color: \"#ff0000\", backdrop: false}"
    let (alone, inverted) = (try frame(""), try frame(", {layers: [\(letters)], look: [invert]}"))
    var changed = 0
    for y in 0..<Self.size.height {
      for x in 0..<Self.size.width {
        let levels = (0..<3).map { inverted.row(y, plane: $0)[x] }
        if y < 20 { #expect(levels == (0..<3).map { alone.row(y, plane: $0)[x] }) }
        // Red letters become cyan.
        if levels[0] < 30 && levels[1] > 225 && levels[2] > 225 { changed += 1 }
      }
    }
    #expect(changed > 50)
  }

  @Test func theExposureIsThatOfTheOpaqueFrames() throws {
    let graph = try graph(Self.scenes[1])
    let exposures = SharedExposures()
    let alone = CoveredPicture(width: 160, height: 90)
    let after = CoveredPicture(width: 160, height: 90)
    try SceneRenderer(graph: graph, kernels: .best, exposures: exposures).render(frame: 3, into: after.colors)
    try SceneRenderer(graph: graph, kernels: .best, exposures: exposures, keepsCoverage: true)
      .render(frame: 3, into: after)
    try SceneRenderer(graph: graph, kernels: .best, keepsCoverage: true).render(frame: 3, into: alone)
    #expect(alone.png == after.png)
  }

  // MARK: Files

  private func build(_ name: String, _ graph: RenderGraph, width: Int? = nil) throws -> BuildReport {
    var output = Output(path: "\(folder.path)/\(name)", format: try #require(Output.Format(path: name)), width: width)
    output.isTransparent = true
    return try Builder().build(
      BuildPlan(
        graph: graph, scene: "\(folder.path)/scene.yaml", output: output, inputs: [], encoder: Toy.encoder, workers: 2,
        cacheFolder: "\(folder.path)/cache",
        makeSource: { _, exposures in
          SceneRenderer(graph: graph, kernels: .best, exposures: exposures, keepsCoverage: true)
        }))
  }

  /// The bytes that ffmpeg makes of its inputs.
  private func decode(_ arguments: [String]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Toolchain.resolve().ffmpeg)
    let raw = "\(folder.path)/decoded"
    process.arguments = ["-v", "error", "-y"] + arguments + ["-frames:v", "12", "-f", "rawvideo", raw]
    try process.run()
    process.waitUntilExit()
    return [UInt8](try #require(FileManager.default.contents(atPath: raw)))
  }

  private func picture(_ pixels: ArraySlice<UInt8>) -> Picture {
    let picture = Picture(width: Self.size.width, height: Self.size.height)
    for (index, level) in pixels.enumerated() {
      picture.row(index / 3 / picture.width, plane: index % 3)[index / 3 % picture.width] = level
    }
    return picture
  }

  private static let backdrops = ["color=white:", "color=black:", "testsrc2="]

  @Test(arguments: backdrops, ["a.apng", "frames/a%03d.png"])
  func filesLieOverPicturesAsOurCompositorLaysThem(_ backdrop: String, _ name: String) throws {
    let graph = try graph(Self.scenes[1])
    _ = try build(name, graph)
    let below = ["-f", "lavfi", "-i", "\(backdrop)size=160x90:rate=12,format=gbrp"]
    let above = (name.contains("%") ? ["-framerate", "12"] : []) + ["-i", "\(folder.path)/\(name)"]
    let pixels = try decode(
      below + above + ["-filter_complex", "[0:v][1:v]overlay=format=gbrp", "-pix_fmt", "rgb24"])
    let backdrops = try decode(below + ["-pix_fmt", "rgb24"])
    let count = 3 * Self.size.width * Self.size.height
    try #require(pixels.count == 12 * count && backdrops.count == 12 * count)
    for frame in 0..<12 {
      let bytes = frame * count..<(frame + 1) * count
      let expected = over(try covered(graph, frame), picture(backdrops[bytes]))
      #expect(distance(picture(pixels[bytes]), expected) <= 2, "frame \(frame)")
    }
  }

  @Test(arguments: [("a.webm", ["-c:v", "libvpx-vp9"]), ("a.mov", [])])
  func videosKeepTheCoverage(_ name: String, _ decoder: [String]) throws {
    let graph = try graph(Self.scenes[1])
    _ = try build(name, graph)
    let decoded = try decode(decoder + ["-i", "\(folder.path)/\(name)", "-vf", "alphaextract", "-pix_fmt", "gray"])
    let count = Self.size.width * Self.size.height
    try #require(decoded.count == 12 * count)
    var squares = 0.0
    for frame in 0..<12 {
      let picture = try covered(graph, frame)
      for index in 0..<count {
        let level = picture.coverage.row(index / Self.size.width)[index % Self.size.width]
        let difference = Double(level) - Double(decoded[frame * count + index])
        squares += difference * difference
      }
    }
    let ratio = 10 * log10(255 * 255 * Double(12 * count) / max(squares, 1))
    #expect(ratio >= 40, "\(ratio) dB")
  }

  /// ffmpeg reads stills of WebP only, so the one frame of twelve equal pictures is taken out of the animation. The alpha of
  /// lossy WebP is exact.
  @Test func anAnimatedWebPKeepsTheCoverage() throws {
    let graph = try graph("[{duration: 1s, look: none, tone: {exposure: none}, layers: [\(Self.letters)]}]")
    _ = try build("a.webp", graph)
    let file = try #require(FileManager.default.contents(atPath: "\(folder.path)/a.webp"))
    let start = try #require(file.range(of: Data("ANMF".utf8))).upperBound + 4
    func number(_ offset: Int) -> Int { (0..<3).reduce(0) { $0 | Int(file[start + offset + $1]) << (8 * $1) } }
    let (left, top, width, height) = (2 * number(0), 2 * number(3), number(6) + 1, number(9) + 1)
    func bytes(_ value: Int, _ count: Int) -> Data { Data((0..<count).map { UInt8(value >> (8 * $0) & 255) }) }
    // An extended still with an alpha, of the frame's size.
    let head = Data("WEBPVP8X".utf8) + bytes(10, 4) + bytes(0x10, 4) + bytes(width - 1, 3) + bytes(height - 1, 3)
    let still = head + file[(start + 16)...]
    try (Data("RIFF".utf8) + bytes(still.count, 4) + still).write(to: URL(fileURLWithPath: "\(folder.path)/still.webp"))
    let alpha = try decode(["-i", "\(folder.path)/still.webp", "-vf", "alphaextract", "-pix_fmt", "gray"])
    try #require(alpha.count == width * height)
    let picture = try covered(graph, 0)
    for y in 0..<Self.size.height {
      for x in 0..<Self.size.width {
        let isInside = (left..<left + width).contains(x) && (top..<top + height).contains(y)
        let level = isInside ? alpha[(y - top) * width + x - left] : 0
        try #require(picture.coverage.row(y)[x] == level, "\(x), \(y)")
      }
    }
    #expect(Set(alpha).count > 2)
  }

  @Test func aSmallerFileIsTransparentToo() throws {
    let graph = try graph(Self.scenes[1])
    _ = try build("small.apng", graph, width: 80)
    let pixels = try decode(["-i", "\(folder.path)/small.apng", "-pix_fmt", "rgba"])
    try #require(pixels.count == 12 * 80 * 45 * 4)
    let levels = stride(from: 3, to: pixels.count, by: 4).map { pixels[$0] }
    // Glow reaches far: it may leave nothing quite empty.
    #expect((levels.min() ?? 255) < 16 && levels.contains { $0 > 150 })
  }

  @Test func sequencesStandInTheirFolderWholeOrNotAtAll() throws {
    let graph = try graph(Self.scenes[0])
    #expect(try build("frames/%03d.png", graph).frames == 12)
    let names = (0..<12).map { "0\($0 < 10 ? "0" : "")\($0).png" }
    #expect(folder.files(below: "frames") == names)
    let shorter = try self.graph(Self.scenes[0].replacing("1s", with: "0.5s"))
    let failed = failure { try build("frames/%03d.png", shorter) }
    #expect(failed?.kind == .writing && failed?.message.contains("006.png") == true)
    #expect(folder.files(below: "frames") == names)
    // A second build replaces the first, file by file.
    #expect(try build("frames/%03d.png", graph).clips.rendered == 0)
    #expect(folder.files(below: "frames") == names)
  }
}

extension CoveredPicture {
  /// As a PNG file of straight colors and alpha, 8 bits per channel.
  fileprivate var png: [UInt8] {
    PNG.encode(
      width: colors.width, height: colors.height, red: UnsafePointer(colors.row(0, plane: 0)),
      green: UnsafePointer(colors.row(0, plane: 1)), blue: UnsafePointer(colors.row(0, plane: 2)),
      stride: colors.stride, alpha: (UnsafePointer(coverage.row(0)), coverage.stride))
  }
}
