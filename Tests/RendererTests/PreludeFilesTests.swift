import Foundation
import Testing

@testable import Renderer

@Suite struct PreludeFilesTests {
  @Test func theBinaryHoldsEveryPreludeFileToTheByte() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Renderer/Prelude")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "yaml" }
    #expect(PreludeFiles.sources.count == files.count)
    for file in files {
      let name = file.deletingPathExtension().lastPathComponent
      #expect(PreludeFiles.sources[name] == (try String(contentsOf: file, encoding: .utf8)))
    }
  }
}
