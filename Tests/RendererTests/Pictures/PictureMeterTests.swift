import Foundation
import SceneLang
import Testing

@testable import Renderer

@Suite struct PictureMeterTests {
  private let media = PictureMedia()

  private func block(_ color: (Int, Int) -> [UInt8]) -> PixelBlock {
    PixelBlock(width: 40, height: 20, bytes: (0..<20).flatMap { y in (0..<40).flatMap { x in color(x, y) + [255] } })
  }

  private func measured(_ blocks: PixelBlock...) -> [PictureFeature: [Float]] {
    var meter = PictureMeter()
    for block in blocks { meter.measure(block) }
    return Dictionary(uniqueKeysWithValues: zip(PictureFeature.allCases, meter.values))
  }

  @Test func evenPicturesAreMeasuredByTheirColor() {
    let found = measured(block { _, _ in [0, 0, 0] }, block { _, _ in [51, 51, 51] }, block { _, _ in [255, 0, 0] })
    let brightness = found[.brightness]!
    #expect(brightness[0] == 0 && brightness[1] == 0.2 && abs(brightness[2] - 0.2126) < 0.002)
    for feature in [PictureFeature.contrast, .edgeDensity, .colorVariance] { #expect(found[feature] == [0, 0, 0]) }
    // 51 levels are more than 30, and from grey to red it is three.
    let (movement, hue) = (found[.movement]!, found[.dominantHue]!)
    #expect(movement[0] == 0 && movement[1] == 1 && movement[2] > 0.05 && movement[2] < 0.15)
    #expect(hue[0] == 0 && hue[1] == 0 && hue[2] == 0.5 / 36)
  }

  @Test func halvesHaveContrastEdgesAndHue() {
    let found = measured(
      block { x, _ in x < 20 ? [0, 0, 0] : [255, 255, 255] }, block { x, _ in x < 30 ? [0, 0, 255] : [0, 255, 0] })
    // σ of 0 and 255 is 127.5; two columns of 40 are steep.
    #expect(abs(found[.contrast]![0] - 127.5 / 128) < 1e-5 && abs(found[.edgeDensity]![0] - 0.05) < 1e-6)
    let hue = Double(found[.dominantHue]![1])
    #expect(abs(hue - 24.5 / 36) < 1e-6)
    // Green and blue are 255 for a quarter and three quarters: σ = 255 · √(¼ · ¾) each; red is none.
    let deviation = 255 * (3.0 / 16).squareRoot()
    let variance = Double(found[.colorVariance]![1])
    #expect(abs(variance - 2 * deviation / 384) < 1e-5)
  }

  @Test func aSceneReadsTheFrameThatIsShown() throws {
    try media.numbered("video.mp4", count: 48) { UInt8(16 + 4 * $0) }
    let facts = try media.open("video.mp4")
    let curves = try media.library.curves(of: facts.content, cacheFolder: media.path("cache"))
    let brightness = try #require(curves[.brightness])
    #expect(
      brightness.values.count == 48 && zip(brightness.values, brightness.values.dropFirst()).allSatisfy { $0 < $1 })
    #expect(
      brightness.value(at: -1) == Double(brightness.values[0])
        && brightness.value(at: 9) == Double(brightness.values[47]))
    #expect(media.library.counted.frames == 48)
    _ = try media.library.curves(of: facts.content, cacheFolder: media.path("cache"))
    #expect(media.library.counted.frames == 48)
    let graph = try media.graph(
      """
      video: {fps: 24, size: 64x36}
      inputs: {clip: {video: video.mp4, from: 1s, speed: -1}}
      segments: [{duration: 1s, tone: none, look: none, layers: [{field: 0.2 + 0 * u, opacity: clip.brightness}]}]
      """)
    let node = try #require(graph.segments[0].layers.first?.opacity)
    let values = FrameValues(segment: graph.segments[0], roots: [node], geometry: .test(columns: 4, rows: 3))
    // Backwards from the last frame.
    for (frame, shown) in [(0, 47), (5, 42), (23, 24)] {
      values.update(graph.context(segment: 0, frame: frame))
      #expect(abs(values[node] - Double(brightness.values[shown])) < 1e-6, "\(frame)")
    }
  }

  @Test func aStillIsMeasuredToo() throws {
    try media.ffmpeg("-f", "lavfi", "-i", "color=0x808080:s=64x36", "-frames:v", "1", "gray.png")
    let facts = try media.open("gray.png")
    let curve = try #require(try media.library.curves(of: facts.content, cacheFolder: nil)[.brightness])
    #expect(curve.times == [0] && abs(curve.value(at: 3) - 128.0 / 255) < 0.01)
  }
}
