import Foundation
import SceneLang
import Testing

@testable import Renderer

/// The scenes of `scenes/gallery`, each of which shows a group of the catalogue, one segment per entry, and those of
/// `scenes/look` and `scenes/showcase`, small whole pictures. They compile without a finding, every segment shows
/// something, and the hash of its middle frame is in `Golden/gallery.txt`.
///
/// `RECORD=1 swift test --filter GalleryTests` writes the hashes anew, and that run fails so that the diff is read.
struct GalleryTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
  private static let recorded = folder.appending(path: "Golden/gallery.txt")
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"
  private static let shorterSide = 360

  private static let names = ["gallery", "look", "showcase"].flatMap(SceneFiles.names)

  @Test(arguments: names) func checkFindsNothing(_ name: String) throws {
    let result = try SceneFiles.check(SceneFiles.url(name), shorterSide: 1080)
    #expect(result.diagnostics.allSatisfy { $0.severity == .note }, "\(result.findings)")
  }

  /// Lines `<hash> <scene> <segment>` of a scene.
  private static func lines(_ name: String) throws -> [String] {
    let graph = try SceneFiles.graph(name, shorterSide: shorterSide)
    let renderer = SceneRenderer(graph: graph, kernels: .best)
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    let black = picture.hash
    return try graph.segments.map { segment in
      try renderer.render(frame: (segment.frames.lowerBound + segment.frames.upperBound) / 2, into: picture)
      #expect(picture.hash != black, "\(name) \(segment.name) is black")
      return "\(picture.hash) \(name) \(segment.name)"
    }
  }

  @Test(.enabled(if: isRecording)) func recordTheGallery() throws {
    let lines = try Self.names.flatMap { try Self.lines($0) }
    try (lines.joined(separator: "\n") + "\n").write(to: Self.recorded, atomically: true, encoding: .utf8)
    Issue.record("recorded \(lines.count) hashes: read the diff and say its cause in the commit")
  }

  @Test(.disabled(if: isRecording), arguments: names)
  func segmentsShowWhatIsRecorded(_ name: String) throws {
    let expected = try String(contentsOf: Self.recorded, encoding: .utf8).split(separator: "\n").map(String.init)
    let lines = try Self.lines(name)
    #expect(lines == expected.filter { $0.split(separator: " ")[1] == name })
    #expect(Set(lines.map { $0.prefix { $0 != " " } }).count == lines.count)
  }

  @Test func thePageOfTheGalleryHasThemAll() throws {
    let docs = Self.folder.appending(path: "../../docs")
    let page = try String(contentsOf: docs.appending(path: "gallery.md"), encoding: .utf8)
    for name in Self.names {
      #expect(page.contains("(../scenes/\(name).yaml)"), "`make gallery` writes the page anew")
      #expect(FileManager.default.fileExists(atPath: docs.appending(path: "gallery/\(name).jpg").path), "\(name)")
    }
  }

  /// Parts of other fields, which show nothing by themselves.
  private static let parts: Set = [
    "bezier_curve", "eased_ramp", "value_noise", "simplex", "voronoi_power", "voronoi_wall", "voronoi_x", "voronoi_y",
    "worley_distance", "ripple_wave",
  ]

  /// No field, palette, gradient, ease, effect, particle system, text style, look, feedback or preset of a simulation is
  /// left out. What a comment, a name or a caption says does not count.
  @Test func everythingOfTheCellsIsShown() throws {
    let text = try Self.names.map { name in
      try String(contentsOf: SceneFiles.url(name), encoding: .utf8)
        .replacing(/(^|\s)#\s.*/, with: "").replacing(/\b(name|text|title): ?("[^"]*"|[^,}\n]*)/, with: "")
    }.joined()
    let words = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    let kinds: Set = [
      "field", "palette", "gradient", "ease", "effect", "cell_effect", "particles", "style", "look", "feedback",
    ]
    let items = Catalog.builtin.items().filter { kinds.contains($0.kind) && !Self.parts.contains($0.name) }
    #expect(Set(items.map(\.kind)) == kinds)
    // A default is shown by the simulation alone.
    let presets = SimulationOps.simulations.flatMap { $0.declaration.parameters }
      .filter { $0.type == .choice && $0.name != "grid" }
      .flatMap { parameter in parameter.choices.filter { $0 != parameter.default } }
    #expect((items.map(\.name) + presets).filter { !words.contains($0) } == [])
  }
}
