import Foundation
import Testing

@testable import SceneLang

@Suite struct ExplanationTests {
  /// The ids in the sources: the first argument of every `Diagnostic(…)` and `ExpressionError(…)`.
  private static let ids = ids(in: ["SceneLang", "Renderer", "ascii-scene"])

  /// Those that only the renderer can report; `Tests/RendererTests` has them.
  private static let ownIDs = ids(in: ["SceneLang"])

  private static func ids(in folders: [String]) -> Set<String> {
    let pattern = /(?:Diagnostic|ExpressionError)\(\s*"([a-z0-9_]+)"/
    var ids: Set<String> = []
    for folder in folders {
      let url = TestCatalog.root.appendingPathComponent("Sources/\(folder)").resolvingSymlinksInPath()
      for case let file as URL in FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)!
      where file.pathExtension == "swift" {
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        for match in text.matches(of: pattern) { ids.insert(String(match.1)) }
      }
    }
    return ids
  }

  @Test func everyIdIsExplainedAndNoOther() {
    let explained = Set(Explanation.all.map(\.id))
    #expect(Self.ids.count > 90)
    #expect(Self.ids.subtracting(explained).sorted() == [])
    #expect(explained.subtracting(Self.ids).sorted() == [])
    #expect(explained.count == Explanation.all.count)
  }

  /// A wrong example has the mistake that it stands for and no other; what is said of it stands in the fixture.
  @Test(arguments: Explanation.all.filter { ownIDs.contains($0.id) })
  func wrongExamplesReportTheirIdAndNothingElse(_ explanation: Explanation) throws {
    let fixture = Fixture(name: explanation.id, folder: fixtureFolder("explain"))
    let result = explanation.wrong.check(using: TestCatalog.catalog)
    let ids = Set(result.diagnostics.map(\.id))
    if explanation.id == "too_many_errors" {
      #expect(ids.contains(explanation.id))
    } else {
      #expect(ids == [explanation.id])
    }
    try expectText(TestCatalog.rendered(result), besides: fixture)
  }

  @Test(arguments: Explanation.all)
  func rightExamplesAreClean(_ explanation: Explanation) {
    let result = explanation.right.check(using: TestCatalog.catalog)
    #expect(result.diagnostics.isEmpty, "\(explanation.id): \(TestCatalog.rendered(result))")
  }

  @Test(arguments: Explanation.all)
  func explanationsAreSentences(_ explanation: Explanation) {
    #expect(explanation.text.hasSuffix("."))
    #expect(explanation.text.first?.isUppercase == true || "`0123456789".contains(explanation.text.first!))
  }
}

extension Explanation: CustomTestStringConvertible {
  public var testDescription: String { id }
}
