import Foundation
import Testing

@testable import Renderer

/// `graph`, `profile`, `list`, `show` and `doctor`: what people and programs read.
@Suite struct InspectionCommandTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.write("scene.yaml", Workbench.tiny)
  }

  private func output(_ words: String...) throws -> String {
    let outcome = try bench.run(words)
    #expect(outcome.code == 0 && outcome.messages.isEmpty, "\(outcome.messages)")
    return outcome.output
  }

  // MARK: graph

  private struct Graph: Decodable {
    struct Node: Decodable {
      var node, rate: String
      var operands: [Int]
      var facts: [String]
      var operations: Int
    }
    struct Layer: Decodable {
      var name, blend: String
      var reads: [Int]
      var facts: [String]
      var operations: Int
    }
    struct Shader: Decodable {
      var shaders, facts: [String]
    }
    struct Segment: Decodable {
      var name: String
      var start, end: Int
      var nodes: [Node]
      var layers: [Layer]
      var shaders: [Shader]
      var operations: Int
    }
    var width, height, frames: Int
    var fps: String
    var segments: [Segment]
  }

  private func graph(after pass: String? = nil) throws -> Graph {
    let words = ["graph", "scene.yaml", "--format", "json"] + (pass.map { ["--after", $0] } ?? [])
    return try bench.run(words).decoded()
  }

  @Test func theGraphForProgramsHangsTogether() throws {
    let graph = try graph()
    #expect(graph.width == 64 && graph.height == 36 && graph.frames == 24 && graph.fps == "24")
    let segment = try #require(graph.segments.first)
    #expect(graph.segments.count == 1 && segment.name == "one" && segment.start == 0 && segment.end == 24)
    #expect(segment.layers.map(\.blend) == ["normal", "normal"])
    for (place, node) in segment.nodes.enumerated() {
      #expect(node.operands.allSatisfy { $0 < place }, "\(node.node) reads what comes later")
    }
    #expect(segment.layers.flatMap(\.reads).allSatisfy(segment.nodes.indices.contains))
  }

  /// The one field, `0.5 + 0.5 * sin(9 * u + 5 * t)`, has a value for each column.
  @Test func theGraphTellsFactsAndWhatAFrameTakes() throws {
    let segment = try graph().segments[0]
    let cells = try #require(segment.layers[0].facts.last?.wholeMatch(of: /([0-9]+)x[0-9]+ cells/))
    let columns = try #require(Int(cells.1))
    let sine = try #require(segment.nodes.first { $0.node == "sin" })
    #expect(sine.rate == "column" && sine.facts == [] && sine.operations == columns)
    #expect(segment.operations >= sine.operations && segment.layers[0].operations <= segment.operations)
    #expect(segment.shaders.map(\.facts) == [["global", "stateless"], ["pointwise", "stateless"]])
    try bench.write(
      "facts.yaml", Workbench.tiny.replacing("sin(9 * u + 5 * t)", with: "noise + 0.1 * reaction_diffusion"))
    let facts = try output("graph", "facts.yaml")
    #expect(facts.contains(#/ = simplex .*: cell, stateless, [0-9]+ operations\n/#), "\(facts)")
    #expect(facts.contains(#/ = reaction_diffusion.*: cell, stateful, .*[0-9]+ operations\n/#), "\(facts)")
    #expect(facts.contains(/\nsegment one frames 0..24, [0-9]+ operations a frame\n/))
    #expect(try output("graph", "facts.yaml", "--format", "dot").contains("\\nstateful\\n"))
  }

  @Test func passesCanBeWatched() throws {
    let counts = try ["lowering", "shareSubexpressions"].map { try graph(after: $0).segments[0].nodes.count }
    #expect(counts[0] > counts[1])
    #expect(try graph(after: "composeTables").segments[0].nodes.count == graph().segments[0].nodes.count)
  }

  @Test func everyStepIsTimed() throws {
    let lines = try output("graph", "scene.yaml", "--timings").split(separator: "\n")
    #expect(lines.first?.hasPrefix("lowering ") == true && lines.contains { $0.hasPrefix("foldConstants ") })
    #expect(lines.allSatisfy { $0.wholeMatch(of: /[a-zA-Z]+ +[0-9]+\.[0-9]{3} ms/) != nil }, "\(lines)")
  }

  @Test func theGraphForPeopleIsTextOrDot() throws {
    let text = try output("graph", "scene.yaml")
    #expect(text.contains("one") && text.contains("sin"))
    #expect(try output("graph", "scene.yaml", "--after", "lowering") != text)
    let dot = try output("graph", "scene.yaml", "--format", "dot")
    #expect(dot.hasPrefix("digraph ") && dot.contains(" -> ") && dot.hasSuffix("}\n"))
  }

  // MARK: hash

  @Test func hashesAreLinesOrJSONOfAnyStage() throws {
    struct Hashes: Decodable {
      struct Frame: Decodable {
        var frame: Int
        var hash: String
      }
      var stage: String
      var frames: [Frame]
    }
    let lines = try output("hash", "scene.yaml", "--frames", "3..6").split(separator: "\n").map(String.init)
    let pictures: Hashes = try bench.run("hash", "scene.yaml", "--frames", "3..6", "--format", "json").decoded()
    #expect(pictures.stage == "picture" && pictures.frames.map { "\($0.frame) \($0.hash)" } == lines)
    for stage in ["cells", "canvas"] {
      let words = ["hash", "scene.yaml", "--frames", "3..6", "--stage", stage, "--format", "json"]
      let hashes: Hashes = try bench.run(words).decoded()
      #expect(hashes.stage == stage && hashes.frames.map(\.frame) == [3, 4, 5])
      #expect(zip(hashes.frames, pictures.frames).allSatisfy { $0.hash.count == 32 && $0.hash != $1.hash })
    }
  }

  // MARK: profile

  @Test func aProfileNamesEveryStage() throws {
    struct Profile: Decodable {
      struct Stage: Decodable {
        var name: String
        var ms: Double
      }
      var frames: Int
      var msPerFrame: Double
      var nodes: [Stage]
    }
    let profile: Profile = try bench.run("profile", "scene.yaml", "--frames", "3", "--format", "json").decoded()
    #expect(profile.frames == 3 && profile.msPerFrame > 0)
    #expect(profile.nodes.map(\.name).contains("bloom") && profile.nodes.allSatisfy { $0.ms >= 0 })
    #expect(try output("profile", "scene.yaml", "--frames", "2").contains("whole frame"))
  }

  // MARK: list and show

  private struct Item: Decodable {
    var name, kind, summary: String
    var aliases: [String]
  }

  @Test func everythingThatIsListedCanBeShown() throws {
    let items: [Item] = try bench.run("list", "--format", "json").decoded()
    #expect(items.count > 100)
    #expect(items.allSatisfy { !$0.name.isEmpty && !$0.summary.isEmpty })
    for kind in Set(items.map(\.kind)) {
      let item = try #require(items.first { $0.kind == kind })
      #expect(try output("show", item.name).contains(item.summary))
      #expect(try output("list", kind).contains("\n  \(item.name) "))
    }
    let alias = try #require(items.first { !$0.aliases.isEmpty })
    #expect(try output("show", alias.aliases[0]).contains(alias.name))
  }

  @Test func whatThePreludeDefinesIsShownWithItsSource() throws {
    let text = try output("show", "plasma")
    #expect(text.contains("(field)") && text.contains("value: "))
    struct Entry: Decodable {
      struct Parameter: Decodable { var name, type, doc: String }
      var name, kind, summary: String
      var parameters: [Parameter]
      var source: String?
    }
    let entries: [Entry] = try bench.run("show", "vignette", "--format", "json").decoded()
    #expect(entries.map(\.kind) == ["shader"] && entries[0].source == nil)
    #expect(entries[0].parameters.map(\.name) == ["strength"])
  }

  @Test func palettesAreShownWithTheirCharactersAndGradientsWithTheirColors() throws {
    #expect(try output("show", "minimal").contains("\n  characters: .:-=+#@\n"))
    #expect(try output("show", "coral").contains("\n  colors: #3a0f2b #a3264f #ff6b5e #ffb48a #fff0d6\n"))
    struct Entry: Decodable { var members: [String] }
    let entries: [Entry] = try bench.run("show", "greek", "--format", "json").decoded()
    #expect(entries[0].members.prefix(2) == ["α", "β"])
    #expect(try output("show", "plasma").contains("colors:") == false)
  }

  // MARK: doctor

  @Test func theDoctorTellsWhatIsThereAndWhatIsMissing() throws {
    struct Findings: Decodable {
      struct Program: Decodable { var path, version, problem: String? }
      var version, platform: String
      var cores, memory, workers: Int
      var kernels: [String]
      var ffmpeg: Program
    }
    let healthy = try bench.run("doctor", "--format", "json")
    let findings: Findings = try healthy.decoded()
    #expect(healthy.code == 0)
    #expect(findings.ffmpeg.path?.hasSuffix("/ffmpeg") == true && findings.ffmpeg.version != nil)
    #expect(findings.kernels == KernelLevel.allCases.filter(\.isSupported).map(\.rawValue))
    #expect(findings.cores >= 1 && findings.workers >= 1 && findings.memory > 1 << 20)

    let sick = try bench.run("doctor", "--format", "json", environment: ["PATH": bench.folder.path])
    #expect(sick.code == 3)
    #expect(try sick.decoded(as: Findings.self).ffmpeg.problem == "no `ffmpeg` in PATH")
    let readable = try bench.run("doctor", environment: ["PATH": bench.folder.path])
    #expect(readable.code == 3 && readable.output.contains("apt-get install ffmpeg"))
  }

  @Test(arguments: ["ASCII_SCENE_CACHE_AGE", "ASCII_SCENE_CACHE_SIZE"])
  func limitsThatNoBuildCanReadAreAProblem(variable: String) throws {
    struct Findings: Decodable {
      struct Cache: Decodable { var folder, problem: String? }
      var cache: Cache
    }
    let sick = try bench.run("doctor", "--format", "json", environment: [variable: "abc"])
    let cache = try sick.decoded(as: Findings.self).cache
    #expect(sick.code == 2 && cache.folder != nil && cache.problem?.contains(variable) == true)
    let readable = try bench.run("doctor", environment: [variable: "abc"])
    #expect(readable.code == 2)
    #expect(readable.output.contains("\ncache limits problem: the variable \(variable) is not a "))
    #expect(try bench.run("doctor", environment: [variable: ""]).code == 0)
  }
}
