import Foundation
import Testing

@testable import Renderer

/// `frame`, `sheet` and `hash`: pictures without a video.
@Suite struct PictureCommandTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.write("scene.yaml", Workbench.tiny)
  }

  /// The picture in a PNG file, read by ffmpeg.
  private func picture(_ name: String, width: Int, height: Int) throws -> Picture {
    let command = ChildCommand(
      program: try Toolchain.resolve().ffmpeg,
      arguments: [
        "-v", "error", "-i", bench.folder.appending(path: name).path, "-f", "rawvideo", "-pix_fmt", "gbrp", "-y",
        bench.folder.appending(path: "\(name).raw").path,
      ])
    try ChildProcess(command, .never).waitForSuccess()
    let bytes = try #require(bench.bytes("\(name).raw"))
    try #require(bytes.count == 3 * width * height)
    let picture = Picture(width: width, height: height)
    for (place, plane) in [1, 2, 0].enumerated() {
      for y in 0..<height {
        for x in 0..<width { picture.row(y, plane: plane)[x] = bytes[(place * height + y) * width + x] }
      }
    }
    return picture
  }

  private func hashes(_ words: String...) throws -> [String] {
    let outcome = try bench.run(["hash", "scene.yaml"] + words)
    try #require(outcome.code == 0, "\(outcome.messages)")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test func aHashIsALineForEveryFrame() throws {
    let lines = try hashes()
    #expect(lines.count == 24)
    for (frame, line) in lines.enumerated() {
      #expect(line.wholeMatch(of: /(\d+) [0-9a-f]{32}/)?.1 == "\(frame)")
    }
    #expect(Set(lines.map { $0.suffix(32) }).count == 24)
    #expect(try hashes("--frames", "5..9") == Array(lines[5..<9]))
    #expect(try hashes("--frames", "3") == Array(lines[..<3]))
    for count in ["1", "2", "3"] { #expect(try hashes("--workers", count) == lines, "\(count) workers") }
    #expect(try hashes("--set", "word=HO") != lines)
    #expect(try hashes("--resolution", "80x48") != lines)
  }

  @Test(arguments: KernelLevel.allCases) func kernelsAreOfferedAsTheProcessorHasThem(level: KernelLevel) throws {
    let outcome = try bench.run("hash", "scene.yaml", "--frames", "2", "--kernels", level.rawValue)
    if level.isSupported {
      #expect(outcome.output.split(separator: "\n").map(String.init) == (try hashes("--frames", "2")))
    } else {
      #expect(outcome.code == 2 && outcome.messages.contains("--kernels \(KernelLevel.best.rawValue)"))
    }
  }

  @Test(arguments: [("500ms", 12), ("0.5s", 12), ("12f", 12), ("0%", 0), ("50%", 12), ("100%", 23), ("0s", 0)])
  func aFrameIsThePictureOfItsHash(time: String, frame: Int) throws {
    let outcome = try bench.run("frame", "scene.yaml", "--at", time, "-o", "still.png")
    #expect(outcome.code == 0 && outcome.output.isEmpty)
    let still = try picture("still.png", width: 64, height: 36)
    #expect(try hashes("--frames", "\(frame)..\(frame + 1)") == ["\(frame) \(still.hash)"])
    let luma = (0..<64 * 36).map { pixel in
      let (red, green, blue) = still[pixel % 64, pixel / 64]
      return 0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)
    }
    func tenths(_ value: Double) -> String { String(format: "%.1f", value) }
    let (mean, most) = (tenths(luma.reduce(0, +) / Double(luma.count)), tenths(luma.max()!))
    let brightness = "brightness \(mean) of 255 on average, \(most) at most"
    #expect(outcome.messages == "still.png: frame \(frame) of 24, \(brightness)\n")
  }

  @Test func picturesAreNamedAfterTheSceneAndReplaceNoScene() throws {
    #expect(try bench.run("frame", "scene.yaml").code == 0)
    #expect(try bench.run("sheet", "scene.yaml", "--count", "3").code == 0)
    #expect(bench.files() == ["scene.png", "scene.sheet.png", "scene.yaml"])
    let outcome = try bench.run("frame", "scene.yaml", "-o", "scene.yaml")
    #expect(outcome.code == 4)
    #expect(bench.bytes("scene.yaml") == Data(Workbench.tiny.utf8))
  }

  @Test func aSheetShowsEvenlySpacedFrames() throws {
    let outcome = try bench.run(
      "sheet", "scene.yaml", "--count", "5", "--columns", "3", "--width", "64", "-o", "sheet.png")
    #expect(outcome.code == 0)
    #expect(outcome.messages == "sheet.png: frames 2 7 12 16 21\n")
    let sheet = try picture("sheet.png", width: 3 * 64 + 2 * 4, height: 2 * 36 + 4)
    #expect(try bench.run("frame", "scene.yaml", "--at", "7f", "-o", "still.png").code == 0)
    let still = try picture("still.png", width: 64, height: 36)
    for y in 0..<36 { for x in 0..<64 { #expect(sheet[68 + x, y] == still[x, y]) } }
  }

  @Test func aSheetOfMoreFramesThanThereAreSaysSo() throws {
    let outcome = try bench.run("sheet", "scene.yaml", "--count", "25", "--columns", "6", "-o", "sheet.png")
    #expect(outcome.code == 0 && outcome.messages.hasPrefix("note: the video has 24 frames, the sheet no more\n"))
    _ = try picture("sheet.png", width: 6 * 64 + 5 * 4, height: 4 * 36 + 3 * 4)
  }
}
