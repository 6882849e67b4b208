import SceneLang
import Testing

@testable import Renderer

/// What expressions read of the sound, now and at other times.
@Suite struct HearingTests {
  /// The value of an expression at frames of a segment of 8 s that begins at 8 s.
  private func values(_ call: String, _ hearing: Hearing, frames: [Int] = [0, 24, 25, 100]) throws -> [Double] {
    var graph = try PreludeScene(["plasma", call]).graph
    (graph.sound, graph.tempo) = (hearing.sound, hearing.tempo)
    let segment = graph.segments[1]
    guard case .field(let value) = segment.layers[0].source else { throw NoField() }
    let scalars = FrameValues(segment: segment, roots: [value], geometry: .test(columns: 4, rows: 3))
    return frames.map {
      scalars.update(graph.context(segment: 1, frame: $0))
      return scalars[value]
    }
  }

  private struct NoField: Error {}

  private static let drums: Hearing = {
    var synthesizer = Synthesizer(seconds: 16)
    for beat in 0..<32 { synthesizer.play(beat.isMultiple(of: 2) ? .kick : .snare, at: 0.25 + 0.5 * Double(beat)) }
    return Hearing(sound: SoundAnalyzer.analysis(of: synthesizer.frames))
  }()

  private static let hearings = [drums, Hearing(tempo: 100)]

  private func feature(_ feature: Feature, _ hearing: Hearing, at time: Double) -> Double {
    hearing.features(at: time, period: 1.0 / 24)[Feature.allCases.firstIndex(of: feature)!]
  }

  private func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-9 }

  @Test(arguments: hearings) func theSoundIsHeardAtAnotherTime(_ hearing: Hearing) throws {
    for (call, delay, feature) in [
      ("at(bass, t=t - 0.1s)", 0.1, Feature.bass), ("at(at(bdecay, t=t - 1s), t=t - 0.5s)", 1.5, .bdecay),
      ("at(onset, t=t + 0.25s)", -0.25, .onset),
    ] {
      let found = try values(call, hearing)
      for (frame, value) in zip([0, 24, 25, 100], found) {
        let expected = self.feature(feature, hearing, at: 8 + Double(frame) / 24 - delay)
        #expect(isNear(value, expected), "\(call) in frame \(frame)")
      }
    }
    // A clock of each cell's own moves fields, never the sound.
    let here = try values("bass", hearing)
    #expect(try values("max(0, at(bass, x=0.3))", hearing) == here)
  }

  /// Another time for each cell does not move what is heard, and a moment within it is that of the segment.
  @Test func aMomentIsHeardWithinATimeOfCells() throws {
    let segment = try PreludeScene(["plasma", "at(at(bass, t=0.5s), t=1s * u)"]).graph.segments[1]
    let heard = segment.nodes.compactMap { if case .heard(.bass, let second) = $0.kind { second } else { nil } }
    let second = try #require(heard.first)
    let scalars = FrameValues(segment: segment, roots: [second], geometry: .test(columns: 4, rows: 3))
    for frame in [0, 25] {
      scalars.update(try PreludeScene(["plasma", "u"]).graph.context(segment: 1, frame: frame))
      #expect(isNear(scalars[second], 8.5))
    }
  }

  @Test(arguments: hearings) func smoothIsTheMeanOfTheTimeBefore(_ hearing: Hearing) throws {
    for (frame, value) in zip([0, 24, 25, 100], try values("smooth(bass, 0.2s)", hearing)) {
      let mean = (0..<5).reduce(0) { $0 + feature(.bass, hearing, at: 8 + Double(frame) / 24 - 0.04 * Double($1)) } / 5
      #expect(isNear(value, mean), "frame \(frame)")
    }
    #expect(try values("smooth(bass, 0s)", hearing) == values("bass", hearing))
    // Softer: it changes less from frame to frame.
    func change(_ call: String) throws -> Double {
      let curve = try values(call, hearing, frames: Array(0..<96))
      return zip(curve, curve.dropFirst()).reduce(0) { $0 + abs($1.0 - $1.1) }
    }
    #expect(try change("smooth(bass, 0.4s)") < 0.6 * change("bass"))
  }

  @Test(arguments: hearings) func theSpectrumIsReadAtAFrequency(_ hearing: Hearing) throws {
    let place = ScalarMath.log(110.0 / 20) / ScalarMath.log(800)
    func level(_ time: Double) -> Double { hearing.tables(at: time).value(.spectrum, at: place) }
    for (frame, value) in zip([0, 24, 25, 100], try values("spectrum(110Hz)", hearing)) {
      #expect(isNear(value, level(8 + Double(frame) / 24)), "frame \(frame)")
    }
    for (frame, value) in zip([0, 24, 25, 100], try values("smooth(spectrum(110Hz), 100ms)", hearing)) {
      let mean = (0..<3).reduce(0) { $0 + level(8 + Double(frame) / 24 - 0.1 / 3 * Double($1)) } / 3
      #expect(isNear(value, mean), "frame \(frame)")
    }
    #expect(try values("spectrum(0.4)", hearing).allSatisfy { (0...1).contains($0) })
  }

  @Test func cellsReadTheSoundOfAnotherTime() throws {
    let (now, then) = ("spectrum(u)", "at(spectrum(u), t=t - 0.25s)")
    let (wave, mean) = ("0.5 + 0.5 * waveform(u)", "mean(i in 0..3, at(0.5 + 0.5 * waveform(u), t=t - 0.25s * i))")
    let scene = try PreludeScene([now, then, wave, mean])
    func cells(_ call: String, _ frame: Int) throws -> [Float] {
      try scene.values(of: call, contexts: [scene.graph.context(segment: 0, frame: frame)]).frames[0]
    }
    #expect(try cells(then, 60) == cells(now, 54))
    #expect(try cells(now, 54) != cells(now, 60))
    let waves = try [60, 54, 48].map { try cells(wave, $0) }
    for (place, found) in try cells(mean, 60).enumerated() {
      #expect(abs(found - (waves[0][place] + waves[1][place] + waves[2][place]) / 3) < 1e-5, "\(place)")
    }
  }

  @Test func everyOnsetShowsInAFrame() throws {
    let onsets = try values("onset", Self.drums, frames: Array(0..<96))
    // A beat every twelve frames, at 8.25 s first.
    for beat in stride(from: 6, to: 96, by: 12) {
      #expect(onsets[max(0, beat - 1)...min(beat + 1, 95)].max()! > 0.5, "the beat in frame \(beat)")
    }
    #expect(onsets.count { $0 > 0.3 } < 30)
  }
}

@Suite struct LevelsTests {
  private func graph(_ field: String) throws -> RenderGraph { try PreludeScene([field]).graph }

  @Test func percentilesAreMeasuredOverTheSegment() throws {
    let graph = try graph("levels(0.2 + 0.5 * u, 10%, 90%)")
    let found = graph.segments[0].percentiles(format: graph.format, kernels: KernelSet(.best), pictures: .shared) {
      graph.context(segment: 0, frame: $0)
    }
    #expect(found.count == 2 && abs(found[0] - 0.25) < 0.01 && abs(found[1] - 0.65) < 0.01, "\(found)")
  }

  /// The levels of a picture of a field, without anything that changes them, ascending.
  private func levels(of field: String) throws -> [UInt8] {
    let text = """
      ascii-scene: 1
      video: {size: 160x90}
      segments:
        - {duration: 2s, look: none, tone: {exposure: none}, layers: [{field: "\(field)", palette: {chars: " .",
           match: index}, color: "rgb(value, value, value)", brightness: 1, wash: 1, grid: xs}]}
      """
    let compilation = check(path: "levels.yaml", name: "levels", bytes: Array(text.utf8), using: .builtin)
    let findings = DiagnosticRenderer(sources: compilation.sources).render(compilation.diagnostics)
    let graph = try #require(compilation.scene, "\(findings)").renderGraph(using: .builtin)
    let renderer = SceneRenderer(graph: graph, kernels: .best)
    let picture = Picture(width: 160, height: 90)
    try renderer.render(frame: 7, into: picture)
    var bytes = [UInt8](repeating: 0, count: 3 * 160 * 90)
    bytes.withUnsafeMutableBufferPointer { picture.interleave(into: $0.baseAddress!) }
    return bytes.sorted()
  }

  @Test func aStretchedFieldUsesItsRange() throws {
    let plain = try levels(of: "0.45 + 0.1 * plasma")
    let stretched = try levels(of: "levels(0.45 + 0.1 * plasma)")
    func range(_ levels: [UInt8]) -> Int { Int(levels[levels.count * 95 / 100]) - Int(levels[levels.count / 20]) }
    #expect(range(stretched) > 3 * range(plain), "\(range(plain)) → \(range(stretched))")
    // One that reads another.
    #expect(try levels(of: "levels(levels(0.45 + 0.1 * plasma) ^ 2, 5%)").last! > 200)
  }

  @Test func aSegmentIsMeasuredOnce() {
    let shared = SharedExposures()
    var count = 0
    for _ in 0..<3 {
      let found = shared.percentiles(of: 4) {
        count += 1
        return [0.1, 0.9]
      }
      #expect(found == [0.1, 0.9])
    }
    #expect(count == 1)
  }

  @Test(arguments: [
    ("levels(plasma, 98%, 2%)", "out_of_range"), ("levels(plasma, 2)", "out_of_range"),
    ("levels(game_of_life)", "levels_unknown"), ("sum(k in 0..3, levels(plasma))", "levels_in_loop"),
    ("smooth(plasma, 1s)", "wrong_rate"), ("smooth(bass, 0.2)", "missing_unit"), ("smooth(bass, t * 1s)", "wrong_rate"),
    ("spectrum(20deg)", "wrong_unit"), ("smooth(bass)", "wrong_argument_count"), ("levels()", "wrong_argument_count"),
  ])
  func whatCannotBeIsRefused(_ field: String, _ id: String) {
    let text = "ascii-scene: 1\nsegments: [{duration: 2s, layers: [{field: \"\(field)\"}]}]"
    let found = check(path: "a.yaml", name: "a", bytes: Array(text.utf8), using: .builtin).diagnostics
    #expect(found.map(\.id) == [id], "\(found.map(\.message))")
  }
}
