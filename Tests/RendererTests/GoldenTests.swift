import Foundation
import SceneLang
import Testing

@testable import Renderer

/// Frames of whole scenes: their hashes are in `Golden/hashes.txt`, and neither the instruction set nor the number of
/// workers nor the bands change them.
///
/// `RECORD=1 swift test --filter GoldenTests` writes the hashes anew, and that run fails so that the diff is read. The
/// hashes are those of `ascii-scene hash SCENE --quality draft`.
@Suite struct GoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  private static let recorded = folder.appending(path: "hashes.txt")
  static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  /// Scenes by name, and which of their frames are held.
  private static let scenes: KeyValuePairs = [
    "bench/complex": [0, 50], "bench/minimal": [0, 50], "bench/standard": [0, 50],
    "golden/cells": [1, 20, 24, 30, 44],
    "golden/feedback": [0, 11, 23, 35, 47, 59, 71, 83, 85, 95, 97, 107],
    "golden/pixels": [0, 17] + Array(24..<40) + [41, 60],
    "golden/tones": [0, 8, 11, 14, 17, 24, 28],
    "intro": [30, 75, 135, 225, 315],
  ]

  struct Frame: Sendable, CustomTestStringConvertible {
    var scene: String
    var number: Int
    var testDescription: String { "\(scene) \(number)" }
  }

  static let frames = scenes.flatMap { name, numbers in numbers.map { Frame(scene: name, number: $0) } }
  static let levels = KernelLevel.allCases.filter(\.isSupported)

  /// Compiled once for all tests.
  private static let graphs = Dictionary(
    uniqueKeysWithValues: scenes.map { name, _ in (name, Result { try compile(name) }) })

  private static func compile(_ name: String) throws -> RenderGraph {
    let file =
      name.hasPrefix("golden/") ? folder.appending(path: "\(name.dropFirst(7)).yaml") : SceneFiles.url(name)
    let draft = QualitySettings.draft
    return try SceneFiles.check(file, shorterSide: draft.shorterSide, fps: draft.fps).graph
  }

  static func graph(_ name: String) throws -> RenderGraph { try graphs[name]!.get() }

  private func picture(_ frame: Frame, _ level: KernelLevel) throws -> Picture {
    let graph = try Self.graph(frame.scene)
    try #require(frame.number < graph.frameCount)
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    try SceneRenderer(graph: graph, kernels: level).render(frame: frame.number, into: picture)
    return picture
  }

  /// Lines `<hash> <scene> <frame>`, sorted by scene and frame.
  private static func hashes() throws -> [String: String] {
    let lines = try String(contentsOf: recorded, encoding: .utf8).split(separator: "\n")
    return Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let (hash, name) = (line.prefix { $0 != " " }, line.drop { $0 != " " }.dropFirst())
        return (String(name), String(hash))
      })
  }

  @Test(.enabled(if: isRecording)) func recordTheHashes() throws {
    let lines = try Self.frames.map { "\(try picture($0, .best).hash) \($0.testDescription)\n" }
    try lines.joined().write(to: Self.recorded, atomically: true, encoding: .utf8)
    Issue.record("recorded \(lines.count) hashes: read the diff and say its cause in the commit")
  }

  @Test(.disabled(if: isRecording), arguments: frames, levels)
  func framesAreTheRecordedOnes(frame: Frame, level: KernelLevel) throws {
    let picture = try picture(frame, level)
    let expected = try Self.hashes()[frame.testDescription]
    guard picture.hash != expected else { return }
    let name = "\(frame.scene.replacing("/", with: "-"))-\(frame.number)-\(level).png"
    let actual = FileManager.default.temporaryDirectory.appending(path: name)
    try Data(picture.png).write(to: actual)
    Issue.record("the hash is \(picture.hash), not \(expected ?? "known"); the picture is \(actual.path)")
  }

  @Test(.disabled(if: isRecording)) func everyRecordedHashIsOfAFrame() throws {
    #expect(Set(try Self.hashes().keys) == Set(Self.frames.map(\.testDescription)))
  }

  @Test(arguments: ["golden/cells", "golden/feedback", "golden/pixels", "bench/standard"])
  func hashesDoNotDependOnWorkersOrOnTheRun(scene: String) throws {
    let graph = try Self.graph(scene)
    let frames = 18..<30
    let first = try FrameHashes(graph: graph, kernels: .best).of(frames, workers: 1)
    #expect(Set(first).count == frames.count)
    for workers in 1...3 {
      #expect(try FrameHashes(graph: graph, kernels: .best).of(frames, workers: workers) == first, "\(workers) workers")
    }
  }

  /// The frame in the middle of every segment, drawn in bands of other heights.
  @Test(arguments: ["golden/cells", "golden/feedback", "golden/pixels"])
  func bandsDoNotShow(scene: String) throws {
    let graph = try Self.graph(scene)
    let whole = SceneRenderer(graph: graph, kernels: .best)
    for (index, segment) in graph.segments.enumerated() {
      let pictures = (0..<2).map { _ in Picture(width: graph.format.width, height: graph.format.height) }
      let frame = segment.frames.count / 2
      try whole.render(frame: segment.frames.lowerBound + frame, into: pictures[0])
      for height in [2, 18, graph.format.height] {
        let assets = SegmentAssets(segment, format: graph.format, faces: FaceLibrary())
        let renderer = FrameRenderer(
          format: graph.format, segment: segment, assets: assets, kernels: KernelSet(.best), bandHeight: height,
          frames: { graph.context(segment: index, frame: $0) })
        let sampled = renderer.exposureFrames
        if !sampled.isEmpty {
          renderer.exposure = renderer.measureExposure(sampled.map { graph.context(segment: index, frame: $0) })
        }
        renderer.picture(graph.context(segment: index, frame: frame), into: pictures[1])
        #expect(pictures[0].hash == pictures[1].hash, "\(segment.name), bands of \(height)")
      }
    }
  }
}
