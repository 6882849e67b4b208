import Foundation
import SceneLang
import Synchronization
import Testing

@testable import Renderer

/// Builds of every kind of file but mp4, of pictures of 64×36.
@Suite struct OutputFormatTests {
  private let folder = TemporaryFolder()

  private func plan(_ output: Output, cache: String = "cache", workers: Int = 2) -> BuildPlan {
    var plan = Toy.plan(Toy.graph([30, 110]), folder, cache: cache, workers: workers)
    plan.output = output
    plan.output.path = "\(folder.path)/\(output.path)"
    return plan
  }

  private func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: "\(folder.path)/\(name)") }

  private static let others = Output.Format.allCases.filter { $0 != .mp4 && $0 != .png }

  @Test(arguments: others) func eachFormatHoldsEveryFrameAndTheSameBytes(format: Output.Format) throws {
    for workers in 1...2 {
      let output = Output(path: "\(workers).\(format.rawValue)", format: format, fps: FrameRate(24))
      let report = try Builder().build(plan(output, cache: "cache\(workers)", workers: workers))
      #expect(report.frames == 140 && report.clips.rendered == report.clips.total)
    }
    #expect(bytes("1.\(format.rawValue)") == bytes("2.\(format.rawValue)"))
    if format == .webp {
      let animation = try WebPAnimation("\(folder.path)/1.webp")
      #expect(animation.width == 64 && animation.height == 36 && animation.durations.count == 140)
      #expect(abs(animation.durations.reduce(0, +) - 140_000 / 24) <= 1)
      return
    }
    let probe = try Probe("\(folder.path)/1.\(format.rawValue)", try Toolchain.resolve(), .never, format: format)
    #expect(probe.streams.map(\.codec) == [format.codec])
    #expect(probe.streams[0].width == 64 && probe.streams[0].height == 36)
    #expect(probe.times.count == 140)
  }

  private static let sizes = [(1, 1), (65, 37), (37, 66)]

  /// Sides may be odd where colors are not shared by 2 × 2 pixels.
  @Test(arguments: sizes) func sidesMayBeOdd(_ size: (width: Int, height: Int)) throws {
    let text = """
      ascii-scene: 1
      video: {size: \(size.width)x\(size.height), fps: 24}
      segments:
        - {name: a, duration: 6f, layers: [field: plasma]}
        - {name: b, duration: 6f, transition: {crossfade: 3f}, look: [bloom, crt, chromatic, grain], layers: [field: tunnel]}
      output: [film.mov]
      """
    let compilation = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin)
    let graph = try #require(compilation.scene, "\(compilation.diagnostics)").renderGraph(using: .builtin)
    for format in Output.Format.allCases {
      var plan = plan(Output(path: "film.\(format.rawValue)", format: format))
      plan.graph = graph
      plan.makeSource = { _, exposures in SceneRenderer(graph: graph, kernels: .best, exposures: exposures) }
      guard !format.hasEvenSides else {
        let failed = failure { _ = try Builder().build(plan) }
        #expect(failed?.kind == .unusableName && failed?.message.contains("has even sides") == true)
        continue
      }
      let report = try Builder().build(plan)
      #expect(report.frames == (format == .png ? 1 : 12))
    }
    let probe = try Probe("\(folder.path)/film.mov", try Toolchain.resolve(), .never, format: .mov)
    #expect(probe.streams[0].width == size.width && probe.streams[0].height == size.height)
  }

  private static let variants: [(codec: Output.Codec, bits: Int)] = [(.h264, 10), (.hevc, 8), (.hevc, 10), (.av1, 10)]

  /// ffprobe's words for what was asked for; skipped where this ffmpeg lacks the encoder.
  @Test(arguments: variants) func anMP4IsEncodedAsAsked(_ variant: (codec: Output.Codec, bits: Int)) throws {
    var output = Output(path: "1.mp4", format: .mp4)
    (output.codec, output.bits) = (variant.codec, variant.bits)
    let toolchain = try Toolchain.resolve()
    let encoder = output.clipCodec(EncoderSettings(preset: .ultrafast, crf: 20)).encoder
    if failure({ try toolchain.check(encoder: encoder, .never) }) != nil {
      print("skipped: this ffmpeg has no \(encoder)")
      return
    }
    // SVT-AV1 takes no pictures below 64 × 64.
    let text = """
      ascii-scene: 1
      video: {size: 96x64, fps: 24}
      segments: [{name: a, duration: 30f, layers: [field: plasma]}, {name: b, duration: 110f, layers: [field: tunnel]}]
      """
    let scene = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin).scene
    let graph = try #require(scene).renderGraph(using: .builtin)
    for workers in 1...2 {
      output.path = "\(workers).mp4"
      var plan = plan(output, cache: "cache\(workers)", workers: workers)
      plan.graph = graph
      plan.makeSource = { _, exposures in SceneRenderer(graph: graph, kernels: .best, exposures: exposures) }
      let report = try Builder().build(plan)
      #expect(report.frames == 140 && report.clips.rendered == 2)
    }
    #expect(bytes("1.mp4") == bytes("2.mp4"))
    let probe = try Probe("\(folder.path)/1.mp4", toolchain, .never)
    try expectFfprobeAgrees(with: probe, "\(folder.path)/1.mp4")
    #expect(probe.streams.map(\.codec) == [variant.codec.rawValue] && probe.times.count == 140)
    #expect(probe.streams[0].pixels == "yuv420p\(variant.bits == 10 ? "10le" : "") tv bt709 bt709 bt709")
  }

  @Test func anAnimatedPictureHasExactlyTheRenderedColors() throws {
    _ = try Builder().build(plan(Output(path: "out.apng", format: .apng)))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try Toolchain.resolve().ffmpeg)
    let raw = "\(folder.path)/out.rgb"
    process.arguments = ["-v", "error", "-i", "\(folder.path)/out.apng", "-f", "rawvideo", "-pix_fmt", "rgb24", raw]
    try process.run()
    process.waitUntilExit()
    let decoded = try #require(bytes("out.rgb"))
    let size = Toy.size.width * Toy.size.height * 3
    try #require(decoded.count == 140 * size)
    var frame = [UInt8](repeating: 0, count: size)
    for number in 0..<140 {
      frame.withUnsafeMutableBufferPointer { Toy.Source().renderColors(number, into: $0.baseAddress!) }
      #expect(decoded[number * size..<(number + 1) * size].elementsEqual(frame), "frame \(number)")
    }
  }

  /// A file that is cut off, of another size, length or kind is found out; equal frames are one, all of them a still.
  @Test func anAnimatedWebPIsHeldToItsFrames() throws {
    let video = Toy.size
    let output = Output(path: "a.webp", format: .webp, fps: FrameRate(24))
    _ = try Builder().build(plan(output))
    let toolchain = try Toolchain.resolve()
    func fault(_ file: String, frames: Int = 140, width: Int = 64) -> String? {
      var format = PictureFormat(width: video.width, height: video.height, fps: FrameRate(24))
      format.width = width
      return failure {
        try output.check("\(folder.path)/\(file)", of: format, frameCount: frames, hasAudio: false, toolchain, .never)
      }?.message
    }
    #expect(fault("a.webp") == nil)
    #expect(fault("a.webp", frames: 139)?.contains("140 frames, not 139") == true)
    #expect(fault("a.webp", frames: 150)?.contains("ms, not 6250 ms") == true)
    #expect(fault("a.webp", width: 66)?.contains("64x36, not 66x36") == true)
    let whole = try #require(bytes("a.webp"))
    try whole.dropLast(5).write(to: URL(fileURLWithPath: "\(folder.path)/cut.webp"))
    #expect(fault("cut.webp")?.contains("cut off") == true)
    try Data("RIFF, or what?".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/none.webp"))
    #expect(fault("none.webp")?.contains("no WebP") == true)
  }

  @Test func outputsOfOneSceneShareTheirClips() throws {
    #expect(try Builder().build(plan(Output(path: "a.apng", format: .apng))).clips.rendered == 2)
    let gif = try Builder().build(plan(Output(path: "a.gif", format: .gif, width: 32, fps: FrameRate(10))))
    #expect(gif.clips.rendered == 0)
    let probe = try Probe("\(folder.path)/a.gif", try Toolchain.resolve(), .never, format: .gif)
    #expect(probe.times.count == 59 && probe.streams[0].width == 32 && probe.streams[0].height == 18)
  }

  @Test func framesAreRenderedOnceForTwoCodecs() throws {
    var mp4 = plan(Output(path: "a.mp4", format: .mp4))
    mp4.alsoEncodes = .lossless
    #expect(try Builder().build(mp4).clips.rendered == 2)
    #expect(try Builder().build(plan(Output(path: "a.apng", format: .apng))).clips.rendered == 0)
    // The same bytes as of clips that were rendered for each.
    #expect(try Builder().build(plan(Output(path: "b.apng", format: .apng), cache: "other")).clips.rendered == 2)
    #expect(try Builder().build(plan(Output(path: "b.mp4", format: .mp4), cache: "other")).clips.rendered == 2)
    #expect(bytes("a.apng") == bytes("b.apng") && bytes("a.mp4") == bytes("b.mp4"))
  }

  @Test func bothFormsOfAFrameAreThoseOfItsOwn() throws {
    let text = "ascii-scene: 1\nvideo: {size: 64x36}\nsegments: [{duration: 1s, layers: [field: plasma]}]\n"
    let scene = try #require(check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin).scene)
    let renderer = SceneRenderer(graph: scene.renderGraph(using: .builtin), kernels: .best)
    var (video, colors) = ([UInt8](repeating: 0, count: 3456), [UInt8](repeating: 0, count: 6912))
    var (both, bothColors) = (video, colors)
    try renderer.renderFrame(5, into: &video)
    try renderer.renderColors(5, into: &colors)
    try renderer.renderFrame(5, into: &both, colors: &bothColors)
    #expect(video == both && colors == bothColors && Set(video).count > 4)
  }

  @Test func aGIFIsMadeSmallerUntilItFits() throws {
    let whole = try Builder().build(plan(Output(path: "whole.gif", format: .gif))).outputBytes
    let told = Mutex<[String]>([])
    let builder = Builder(onWarning: { text in told.withLock { $0.append(text) } })
    _ = try builder.build(plan(Output(path: "ample.gif", format: .gif, largest: whole)))
    #expect(told.withLock { $0 } == [])
    let small = try builder.build(plan(Output(path: "small.gif", format: .gif, largest: whole / 2)))
    #expect(small.outputBytes <= whole / 2)
    #expect(told.withLock { $0 }.map { $0.contains("small.gif` is ") } == [true])
    let failed = failure { try Builder().build(plan(Output(path: "none.gif", format: .gif, largest: 1000))) }
    #expect(failed?.kind == .writing && failed?.message.contains("at its smallest") == true)
    #expect(bytes("none.gif") == nil)
  }

  @Test func aPosterIsOneFrameOfTheVideo() throws {
    var poster = Output(path: "a.png", format: .png)
    #expect(plan(poster).renderedFrames == 70..<71)
    poster.posterFrame = 31
    #expect(plan(poster).renderedFrames == 31..<32)
    let report = try Builder().build(plan(poster))
    #expect(report.frames == 1 && report.clips.rendered == 1)
    let probe = try Probe("\(folder.path)/a.png", try Toolchain.resolve(), .never, format: .png)
    #expect(probe.streams.map(\.codec) == ["png"] && probe.streams[0].width == 64)
  }

  @Test func aSequenceHasTheNamesOfItsFrames() throws {
    #expect(FrameNames(path: "a%b/f-%03d.png")?.path(7) == "a%b/f-007.png")
    let names = try #require(FrameNames(path: "ab/f-%03d.png"))
    #expect(names.path(7) == "ab/f-007.png" && names.path(1234) == "ab/f-1234.png")
    #expect(names.number(of: "ab/f-007.png") == 7 && names.number(of: "ab/f-07.png") == nil)
    #expect(names.number(of: "ab/f-.png") == nil && names.number(of: "ab/f-+07.png") == nil)
    for path in ["a.png", "%3d.png", "%d%d.png", "%05d/a.png", "%0d.png", "%.png"] {
      #expect(FrameNames(path: path) == nil, "\(path)")
    }
    let report = try Builder().build(plan(Output(path: "all/%d.png", format: .png, width: 32, fps: FrameRate(2))))
    #expect(report.frames == 140)
    #expect(folder.files(below: "all").count == 12 && folder.files(below: "all").contains("11.png"))
  }

  @Test func framesOfAnotherRateAreThoseOfTheVideo() {
    for (fps, rate, count, expected) in [(24, 15, 48, 30), (24, 10, 140, 59), (24, 24, 7, 7), (30, 1, 31, 2)] {
      let output = Output(path: "a.gif", format: .gif, fps: FrameRate(rate))
      let video = PictureFormat(width: 64, height: 36, fps: FrameRate(fps))
      #expect(output.frameCount(of: count, video) == expected)
      #expect(output.videoFrame(shownIn: expected - 1, video) == (expected - 1) * fps / rate)
      #expect((0..<count).contains((expected - 1) * fps / rate) && expected * fps / rate >= count)
    }
  }
}
