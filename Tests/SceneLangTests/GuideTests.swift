import Foundation
import Testing

@testable import SceneLang

/// The guide leaves out nothing that a scene can say of a layer or a segment, and no name with a meaning.
@Suite struct GuideTests {
  private static let guide: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    return (try? String(contentsOf: root.appending(path: "docs/language.md"), encoding: .utf8)) ?? ""
  }()

  private static func tells(_ word: String) -> Bool {
    guide.matches(of: /[A-Za-z_][A-Za-z_0-9]*/).contains { $0.output == word }
  }

  @Test(arguments: [KeyTable.layer, .segment]) func everyKeyIsTold(_ table: KeyTable) {
    for key in table.names { #expect(Self.tells(key), "\(key)") }
  }

  @Test(arguments: LanguageNames.all) func everyNameIsTold(_ name: String) {
    #expect(Self.tells(name))
  }
}
