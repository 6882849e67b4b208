import SceneLang
import Testing

@testable import Renderer

/// In which frames beats, bars and spans of time begin: in the one that is nearest, the later of two.
@Suite struct PulseTests {
  private static let rates = [
    FrameRate(12), FrameRate(24000, 1001), FrameRate(24), FrameRate(25), FrameRate(30), FrameRate(60),
  ]
  private static let seconds = 20.0

  private struct NoField: Error {}

  private func nearest(_ seconds: Double, _ fps: FrameRate) -> Int {
    Int((seconds * fps.value + 0.5 + 1e-9).rounded(.down))
  }

  /// The frames of the video in which a span of `period` seconds begins.
  private func starts(_ period: Double, _ fps: FrameRate) -> [Int] {
    (0...Int(Self.seconds / period)).map { nearest(Double($0) * period, fps) }
      .filter { $0 < nearest(Self.seconds, fps) }
  }

  /// The frames of a video in which each condition holds. Its second segment begins in frame 7.
  private func frames(of conditions: [String], header: String) throws -> [[Int]] {
    let layers = conditions.map { "{field: \"if(\($0), 1, 0)\"}" }.joined(separator: ", ")
    let graph = try SceneFiles.check(
      text: """
        ascii-scene: 1
        \(header)
        segments:
          - {duration: 7f, layers: [\(layers)]}
          - {until: 20s, layers: [\(layers)]}
        """
    ).graph
    var found = [[Int]](repeating: [], count: conditions.count)
    for (index, segment) in graph.segments.enumerated() {
      let values = try segment.layers.map { layer -> NodeID in
        guard case .field(let value) = layer.source else { throw NoField() }
        return value
      }
      try #require(values.count == conditions.count)
      let scalars = FrameValues(segment: segment, roots: values, geometry: .test(columns: 4, rows: 3))
      for frame in 0..<segment.frames.count {
        scalars.update(graph.context(segment: index, frame: frame))
        for (place, value) in values.enumerated() where scalars[value] != 0 {
          found[place].append(segment.frames.lowerBound + frame)
        }
      }
    }
    return found
  }

  @Test(arguments: rates) func aSpanOfTimeBeginsInOneFrame(_ fps: FrameRate) throws {
    let periods = [0.1, 0.125, 0.25, 0.3, 0.3125, 0.35, 0.5, 0.7, 1, 1.7]
    let found = try frames(of: periods.map { "every(\($0)s)" }, header: "video: {fps: \(fps)}")
    for (period, frames) in zip(periods, found) { #expect(frames == starts(period, fps), "every \(period) s") }
  }

  @Test(arguments: rates) func everyFrameBeginsASpanOfAFrame(_ fps: FrameRate) throws {
    let found = try frames(of: ["every(1f)", "every(2f)"], header: "video: {fps: \(fps)}")
    let count = nearest(Self.seconds, fps)
    #expect(found[0] == Array(0..<count))
    #expect(found[1] == Array(stride(from: 0, to: count, by: 2)))
  }

  /// A beat is 10.3 frames long at 140 a minute, 12.5 at 120 and 25 frames a second.
  @Test(arguments: [(140.0, FrameRate(24)), (120.0, FrameRate(24)), (120.0, FrameRate(25))])
  func aBeatOfATempoBeginsInOneFrame(_ tempo: Double, _ fps: FrameRate) throws {
    let found = try frames(
      of: ["every(1beat)", "every(4beats)", "beats(4)", "every(1bar)", "bar"],
      header: "video: {fps: \(fps)}\ntempo: \(tempo)")
    #expect(found[0] == starts(60 / tempo, fps))
    for frames in found.dropFirst() { #expect(frames == starts(240 / tempo, fps)) }
    if tempo == 140 { #expect(found[1].starts(with: [0, 41, 82, 123])) }
  }

  @Test(arguments: rates) func beatsOfATempoAreThoseOfATrack(_ fps: FrameRate) {
    for tempo in [60.0, 72, 97, 120, 128, 140, 175] {
      let track = SoundAnalysis(
        duration: Self.seconds + 1, rate: 43, levels: [UInt16](repeating: 0, count: Feature.levels.count),
        beats: BeatMap(tempo: tempo, to: Self.seconds + 1))
      func features(_ hearing: Hearing) -> [[Double]] {
        (0..<nearest(Self.seconds, fps)).map {
          hearing.features(at: fps.seconds(ofFrame: $0), period: 1 / fps.value)
        }
      }
      let (synthetic, heard) = (features(Hearing(tempo: tempo)), features(Hearing(sound: track)))
      func values(_ feature: Feature, _ frames: [[Double]]) -> [Double] {
        frames.map { $0[Feature.allCases.firstIndex(of: feature)!] }
      }
      for feature in [Feature.beat, .beatN, .barN] {
        #expect(values(feature, synthetic) == values(feature, heard), "\(feature) at \(tempo)")
      }
      let hits = values(.beat, synthetic).enumerated().filter { $0.element == 1 }.map(\.offset)
      #expect(hits == starts(60 / tempo, fps), "\(tempo) beats a minute")
      let phases = zip(values(.beatPhase, synthetic), values(.beatPhase, heard))
      #expect(phases.allSatisfy { abs($0 - $1) < 1e-6 && (0...1).contains($0) }, "\(tempo) beats a minute")
      // Where a beat begins it is new, even if the frame is shown before it.
      #expect(hits.allSatisfy { values(.bdecay, synthetic)[$0] > 0 }, "\(tempo) beats a minute")
    }
  }

  @Test func noBeatBeginsBeforeTheVideo() {
    let features = Hearing(tempo: 120).features(at: -0.5, period: 1.0 / 24)
    #expect(features[Feature.allCases.firstIndex(of: .beat)!] == 0)
  }
}
