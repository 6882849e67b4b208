import Foundation
import FuzzLaws
import Testing

@testable import SceneLang

/// Small documents, one for every construct of YAML 1.2 and for the ways to get it wrong, in `Fixtures/yaml`.
///
/// A case is a title behind `===`, the document, and behind `==>` what is read: the value as JSON, then each finding as
/// `id at line:column`. In documents `␉ ␍ ␣` stand for a tab, a carriage return and a blank at the end of a line,
/// `⟨85⟩` for U+0085, and `∎` for an end without a line break.
@Suite struct YAMLCorpusTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var title: String
    var document: String
    var expected: String
    var testDescription: String { title }

    /// The bytes that the document's marks stand for.
    var bytes: [UInt8] {
      var text = document + "\n"
      if text.hasSuffix("∎\n") { text.removeLast(2) }
      for (mark, meaning) in [("␉", "\t"), ("␍", "\r"), ("␣", " ")] { text = text.replacing(mark, with: meaning) }
      text = text.replacing(/⟨([0-9A-F]+)⟩/) { match in
        String(Unicode.Scalar(UInt32(match.1, radix: 16)!)!)
      }
      return Array(text.utf8)
    }

    /// What the parser makes of it.
    var actual: String {
      let (sources, file) = sourceMap(bytes)
      var bag = DiagnosticBag()
      let root = parseYAML(file, in: sources, reporting: &bag)
      let findings = bag.sorted().map { finding in
        let place = sources[finding.span.file].codePointPosition(at: finding.span.start)
        return "\(finding.id) at \(place.line):\(place.column)"
      }
      return ([root.map { YAMLCorpusTests.json($0).text } ?? "nothing"] + findings).joined(separator: "\n")
    }
  }

  fileprivate static func json(_ node: YAMLNode) -> JSONValue {
    switch node.content {
    case .invalid: .null
    case .scalar(let scalar): .string(scalar.text)
    case .sequence(let items): .array(items.map(json))
    case .mapping(let entries): .object(entries.map { ($0.key, json($0.value)) })
    }
  }

  private static let files: [URL] = {
    let names = try? FileManager.default.contentsOfDirectory(
      at: fixtureFolder("yaml"), includingPropertiesForKeys: nil)
    return (names ?? []).sorted { $0.path < $1.path }
  }()

  private static func cases(in file: URL) throws -> [Case] {
    let text = "\n" + (try String(contentsOf: file, encoding: .utf8))
    return try text.split(separator: "\n=== ").map { part in
      let pieces = part.split(separator: "\n==>\n", maxSplits: 1, omittingEmptySubsequences: false)
      guard pieces.count == 2 else { throw TestFailure("\(file.lastPathComponent): no `==>` below \(part)") }
      let head = pieces[0].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return Case(
        title: String(head[0]), document: head.count > 1 ? String(head[1]) : "",
        expected: String(pieces[1]).trimmingCharacters(in: .newlines))
    }
  }

  @Test func thereIsACaseForEveryConstruct() throws {
    let cases = try Self.files.flatMap(Self.cases)
    #expect(cases.count >= 300)
    #expect(cases.count { $0.expected.contains("\n") } >= 80)
  }

  @Test(arguments: files)
  func documentsAreReadAsYAMLSays(_ file: URL) throws {
    let cases = try Self.cases(in: file)
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      let text = cases.map { "=== \($0.title)\n\($0.document)\n==>\n\($0.actual)\n" }.joined(separator: "\n")
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent)")
      return
    }
    for item in cases { #expect(item.actual == item.expected, "\(item.title)") }
  }

  /// Whatever the parser makes of a document, the checker goes on from there.
  @Test(arguments: files)
  func documentsNeverBreakTheChecker(_ file: URL) throws {
    for item in try Self.cases(in: file) {
      for bytes in [item.bytes, Array("ascii-scene: 1\n".utf8) + item.bytes] {
        let result = check(path: "scene.yaml", name: "scene", bytes: bytes, using: TestCatalog.catalog)
        #expect(result.scene != nil || result.hasErrors, "\(item.title): refused without a word")
        for finding in result.diagnostics { #expect(finding.span.end <= bytes.count, "\(item.title)") }
        #expect(TextLaws(bytes).broken == [], "\(item.title)")
      }
    }
  }
}
