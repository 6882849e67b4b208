import Foundation
import Testing

@testable import SceneLang

/// Laws of every key of the language: a scene that checks clean uses it, and a value of no use is refused at its place.
struct KeyLawTests {
  struct Use: Sendable, CustomTestStringConvertible {
    var key: String
    var fixture: Fixture
    /// Bytes of the value.
    var value: Range<Int>

    var testDescription: String { "\(key) in \(fixture.name)" }
  }

  /// The first use of each key, in the clean scenes and their libraries.
  static let uses: [Use] = {
    var found: [String: Use] = [:]
    for fixture in fixtures("ok") {
      var walk = KeyWalk()
      walk.visit(parsed(fixture), as: .table("scene"))
      for (key, value) in walk.values where found[key] == nil {
        found[key] = Use(key: key, fixture: fixture, value: value)
      }
    }
    return found.values.sorted { $0.key < $1.key }
  }()

  private static func parsed(_ fixture: Fixture) -> YAMLNode {
    var (sources, bag) = (SourceMap(), DiagnosticBag())
    let file = sources.add(path: fixture.name, bytes: [UInt8](try! Data(contentsOf: fixture.scene)))
    return parseYAML(file, in: sources, reporting: &bag)!
  }

  /// Tables whose mappings are read as those of another are, apart from keys of their own.
  private static let kindred = [
    "library": "scene", "segment template": "segment", "segment defaults": "segment", "layer template": "layer",
    "layer defaults": "layer", "show": "layer", "track": "audio",
  ]

  @Test func everyKeyIsUsedInACleanScene() {
    let used = Set(Self.uses.map(\.key))
    for table in KeyTable.all {
      for key in table.keys where !used.contains("\(table.name): \(key.name)") {
        #expect(
          Self.kindred[table.name].map { used.contains("\($0): \(key.name)") } == true, "\(table.name): \(key.name)")
      }
    }
  }

  /// A list in a list in a list is no value of any key.
  @Test(arguments: uses)
  func everyKeyRefusesAValueOfNoUse(_ use: Use) throws {
    var bytes = [UInt8](try Data(contentsOf: use.fixture.scene))
    bytes.replaceSubrange(use.value, with: Array("[[[7]]]".utf8))
    let place = use.value.lowerBound..<use.value.lowerBound + 7
    var overrides = SceneOverrides()
    // What only a variant says is read with it.
    if ["variant: video", "video: aspect"].contains(use.key) { overrides.variant = "landscape" }
    if use.key == "variant: set" { overrides.variant = "portrait" }
    let result = TestCatalog.check(
      String(decoding: bytes, as: UTF8.self), overrides: overrides, folder: use.fixture.folder)
    let there = result.diagnostics.filter { finding in
      finding.severity == .error && result.sources[finding.span.file].path.hasSuffix("scene.yaml")
        && place.overlaps(finding.span.start..<max(finding.span.end, finding.span.start + 1))
    }
    #expect(there.count == 1, "\(TestCatalog.rendered(result))")
  }
}

/// Finds the values of keys in a scene, by the shapes that the key tables declare.
private struct KeyWalk {
  /// By `table: key`, the first of each.
  var values: [String: Range<Int>] = [:]

  mutating func visit(_ node: YAMLNode, as shape: KeyShape) {
    switch (shape, node.content) {
    case (.table(let name), .mapping(let entries)):
      let table = KeyTable.named(name)
      for entry in entries {
        guard let key = table.keys.first(where: { $0.name == Name.folded(entry.key) }) else { continue }
        let place = "\(name): \(key.name)"
        values[place] = values[place] ?? entry.value.span.start..<entry.value.span.end
        visit(entry.value, as: key.shape)
      }
    case (.list(let shape), .sequence(let items)): for item in items { visit(item, as: shape) }
    case (.named(let shape), .mapping(let entries)): for entry in entries { visit(entry.value, as: shape) }
    case (.either(let shapes), _):
      if let shape = shapes.first(where: { fits(node, $0) }) { visit(node, as: shape) }
    // A number may also be keyframes.
    case (.value, .mapping(let entries)) where entries.contains { $0.key == "keys" }:
      visit(node, as: .table("keyframes"))
    default: break
    }
  }

  private func fits(_ node: YAMLNode, _ shape: KeyShape) -> Bool {
    switch (shape, node.content) {
    case (.table(let name), .mapping(let entries)):
      entries.allSatisfy {
        ["use", "with"].contains($0.key) || KeyTable.named(name).names.contains(Name.folded($0.key))
      }
    case (.list, .sequence), (.named, .mapping): true
    case (.either(let shapes), _): shapes.contains { fits(node, $0) }
    default: false
    }
  }
}
