import Foundation
import SceneLang
import Testing

/// A scene file beside the text that checking it must print.
struct Fixture: Sendable, CustomTestStringConvertible {
  let name: String
  let folder: URL

  var scene: URL { folder.appending(path: name + ".yaml") }
  var expected: URL { folder.appending(path: name + ".txt") }
  var testDescription: String { name }
}

/// The scene files in `Fixtures/<folder>`, by name.
func fixtures(_ folder: String) -> [Fixture] {
  let url = fixtureFolder(folder)
  let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
  return names.filter { $0.hasSuffix(".yaml") }.sorted().map {
    Fixture(name: String($0.dropLast(".yaml".count)), folder: url)
  }
}

func fixtureFolder(_ name: String, file: String = #filePath) -> URL {
  URL(filePath: file).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
}

/// Compares what `check` finds in a fixture, drawn with carets, with the text beside it.
///
/// With `RECORD=1` in the environment the text is written anew, and the run fails so that somebody reads it.
func expectDiagnostics(
  of fixture: Fixture, sourceLocation: SourceLocation = #_sourceLocation, check: (SourceMap, FileID) -> [Diagnostic]
) throws {
  var sources = SourceMap()
  let file = sources.add(path: fixture.name + ".yaml", bytes: [UInt8](try Data(contentsOf: fixture.scene)))
  let actual = DiagnosticRenderer(sources: sources).render(check(sources, file))
  try expectText(actual, besides: fixture, sourceLocation: sourceLocation)
}

/// Compares a text with that in the fixture's `.txt`, or records it.
func expectText(
  _ actual: String, besides fixture: Fixture, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  if ProcessInfo.processInfo.environment["RECORD"] == "1" {
    try Data(actual.utf8).write(to: fixture.expected)
    Issue.record("recorded \(fixture.name).txt", sourceLocation: sourceLocation)
    return
  }
  let expected = String(decoding: try Data(contentsOf: fixture.expected), as: UTF8.self)
  #expect(actual == expected, "\(fixture.name)", sourceLocation: sourceLocation)
}

/// A source map with one file named `scene.yaml`.
func sourceMap(_ text: String) -> (sources: SourceMap, file: FileID) { sourceMap(Array(text.utf8)) }

func sourceMap(_ bytes: [UInt8]) -> (sources: SourceMap, file: FileID) {
  var sources = SourceMap()
  let file = sources.add(path: "scene.yaml", bytes: bytes)
  return (sources, file)
}
