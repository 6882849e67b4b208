import Foundation
import SceneLang
import Testing

@testable import Renderer

/// What a build says of each clip, and what it remembers for the next.
@Suite struct ScheduleWhyTests {
  private let folder = TemporaryFolder()

  private func build(_ graph: RenderGraph, crf: Int = 30, frames: Range<Int>? = nil) throws -> [BuildReport.ClipReport
    .Fate]
  {
    var plan = Toy.plan(graph, folder, frames: frames)
    plan.encoder.crf = crf
    return try Builder().build(plan).clipReports.map(\.fate)
  }

  @Test func eachClipTellsWhichPartOfItsKeyChanged() throws {
    var graph = Toy.graph([100, 110, 120])
    let unknown = BuildReport.ClipReport.Fate.rendered(because: ["no earlier build of this scene is known"])
    #expect(try build(graph) == [unknown, unknown, unknown])
    #expect(try build(graph) == [.reused, .reused, .reused])

    graph.segments[1].nodes[0].kind = .number(7)
    graph.segments[2].tone.gamma = 0.5
    #expect(
      try build(graph) == [
        .reused, .rendered(because: ["layer of `s1/l` changed"]),
        .rendered(because: ["tone of `s2` changed from none gamma=1.0 to none gamma=0.5"]),
      ])
    graph.segments[0].shaders = [.call(ShaderCall(op: "grain", arguments: [], seed: 1))]
    graph.segments[1].layers.append(Toy.layer(NodeID(0), NodeID(0), name: "m"))
    graph.segments[1].nodes.append(Node(.input(.feature(.bass)), rate: .frame))
    #expect(
      try build(graph) == [
        .rendered(because: ["look of `s0` changed"]),
        .rendered(because: ["place of `s1` is new", "sound of `s1` is new", "layer of `s1/m` is new"]), .reused,
      ])
  }

  @Test func whatTheWholeBuildSharesIsShownWithBothValues() throws {
    var graph = Toy.graph([100])
    _ = try build(graph)
    #expect(
      try build(graph, crf: 31) == [
        .rendered(because: ["encoder changed from ultrafast crf 30 to ultrafast crf 31"])
      ])
    graph.format.fps = FrameRate(25)
    #expect(try build(graph, crf: 31) == [.rendered(because: ["fps changed from 24 to 25"])])
  }

  @Test func lostAndDamagedClipsAreToldApart() throws {
    let graph = Toy.graph([100, 110])
    _ = try build(graph)
    let clips = folder.files(below: "cache/clips").filter { $0.hasSuffix(".mp4") }
    try FileManager.default.removeItem(atPath: "\(folder.path)/cache/clips/\(clips[0])")
    folder.write("cache/clips/\(clips[1])", "not a clip")
    #expect(
      Set(try build(graph)) == [
        .rendered(because: ["its file is no longer in the cache"]),
        .rendered(because: ["its file in the cache was damaged"]),
      ])
  }

  @Test func segmentsThatComeAndGoAreNamed() throws {
    var graph = Toy.graph([30, 40])
    _ = try build(graph)
    graph = Toy.graph([30, 40, 50], values: [0, 1, 2])
    #expect(try build(graph) == [.rendered(because: ["segment `s2` has come into the clip"])])
    graph = Toy.graph([30])
    #expect(
      try build(graph) == [.rendered(because: ["segment `s1` has left the clip", "segment `s2` has left the clip"])])
    graph.segments[0].name = "new"
    #expect(try build(graph) == [.reused])
  }

  @Test func aPartOfAVideoIsNotWhatTheNextBuildIsComparedWith() throws {
    let graph = Toy.graph([100, 110])
    _ = try build(graph)
    var edited = graph
    edited.segments[0].nodes[0].kind = .number(7)
    _ = try build(edited, frames: 0..<100)
    edited.segments[0].nodes[0].kind = .number(8)
    #expect(try build(edited) == [.rendered(because: ["layer of `s0/l` changed"]), .reused])
  }

  @Test func aSegmentThatMovesAndReadsNoClockIsReused() throws {
    _ = try build(Toy.graph([100, 110, 120], values: [1, 2, 3]))
    // The first two change places.
    #expect(try build(Toy.graph([110, 100, 120], values: [2, 1, 3])) == [.reused, .reused, .reused])
    var reading = Toy.graph([100, 110, 120], values: [1, 2, 3])
    reading.segments[1].nodes.append(Node(.input(.timeline), rate: .frame))
    _ = try build(reading)
    reading.segments[0].frames = 0..<96
    reading.segments[1].frames = 96..<206
    reading.segments[2].frames = 206..<326
    #expect(try build(reading).map { $0 == .reused } == [false, false, true])
  }

  // MARK: The manifest's text

  private let manifest = BuildManifest(
    scene: "/a folder/50%\n/intro.yaml",
    clips: [
      ClipRecipe(parts: [
        .init(.engine, .hash(ContentHash(high: 1, low: 2))), .init(.size, .text("64x36")),
        .init(.frames, of: "the title", .text("0..5 of 9")), .init(.layer, of: "the title/é", .text("")),
      ]),
      ClipRecipe(parts: [.init(.size, .text("64x36")), .init(.frames, of: "", .text("5..9 of 9"))]),
    ])

  @Test func aManifestIsReadAsItWasWritten() {
    #expect(BuildManifest(text: manifest.text) == manifest)
  }

  @Test func aManifestThatIsNotWholeIsNone() {
    let text = manifest.text
    for end in text.indices.dropFirst(1) where text[end...].contains("\n") {
      let cut = String(text[..<end])
      if let read = BuildManifest(text: cut) {
        #expect(manifest.clips.starts(with: read.clips), "\(cut)")
      }
    }
    for (place, other) in [
      ("part", "fart"), ("clip 0", "clip 9"), ("hash 0", "hash x"), ("%0a", "%0"), ("build 1", "build 2"),
    ] {
      #expect(text.contains(place) && BuildManifest(text: text.replacing(place, with: other)) == nil, "\(other)")
    }
  }
}
