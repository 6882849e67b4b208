import Foundation
import SceneLang
import Testing

@testable import Renderer

/// Every scene in the documents for authors is one that `check --strict` has nothing to say about.
@Suite struct LanguagePageTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")

  /// The blocks of YAML in a document. One that begins with `# file: PATH` is imported by those after it.
  private static func scenes(in document: String) throws -> (scenes: [String], files: [String: String]) {
    let text = try String(contentsOf: root.appending(path: document), encoding: .utf8)
    var (scenes, files): ([String], [String: String]) = ([], [:])
    for match in text.matches(of: /```yaml\n((?:.|\n)*?)```/) {
      let block = String(match.1)
      if let name = block.prefixMatch(of: /# file: (\S+)\n/) { files[String(name.1)] = block }
      scenes.append(block)
    }
    return (scenes, files)
  }

  @Test(arguments: ["docs/language.md"])
  func everySceneOfADocumentIsClean(_ document: String) throws {
    let (scenes, files) = try Self.scenes(in: document)
    #expect(scenes.count >= 7 && !files.isEmpty)
    for scene in scenes {
      let result = SceneFiles.check(text: scene, files: files)
      #expect(result.diagnostics.isEmpty, "\(result.findings)")
      #expect(result.scene != nil)
    }
  }
}
