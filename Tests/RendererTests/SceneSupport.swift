import Foundation
import SceneLang
import Testing

@testable import Renderer

/// Scenes of the repository.
enum SceneFiles {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../scenes")

  /// `gallery/fields` is `scenes/gallery/fields.yaml`.
  static func url(_ name: String) -> URL { folder.appending(path: "\(name).yaml") }

  /// The names of the scenes of a folder, sorted.
  static func names(in group: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: group).path)) ?? [])
      .filter { $0.hasSuffix(".yaml") }.map { "\(group)/\($0.dropLast(5))" }.sorted()
  }

  /// A scene with what it imports and the pictures it reads, found beside it as the command line does.
  static func check(_ file: URL, shorterSide: Int = 1080, fps: FrameRate? = nil) throws -> Compilation {
    var overrides = SceneOverrides()
    overrides.shorterSide = shorterSide
    overrides.presetFPS = fps
    let beside = file.deletingLastPathComponent()
    return SceneLang.check(
      path: file.lastPathComponent, name: file.deletingPathExtension().lastPathComponent,
      bytes: [UInt8](try Data(contentsOf: file)), using: .builtin, overrides: overrides,
      importer: { path in
        (try? Data(contentsOf: beside.appending(path: path))).map { .success([UInt8]($0)) }
          ?? .failure(ImportFailure(reason: "it cannot be read"))
      },
      inputReader: { request in
        do {
          let media = try MediaFile(path: beside.appending(path: request.path).path)
          return .success(try PictureLibrary.shared.open(media, cacheFolder: nil))
        } catch {
          return .failure(InputFailure(message: "\(error)"))
        }
      })
  }

  /// The render graph of a scene of `scenes/`, which has no errors.
  static func graph(_ name: String, shorterSide: Int) throws -> RenderGraph {
    try check(url(name), shorterSide: shorterSide).graph
  }

  /// A scene that a test writes; `files` are what it imports.
  static func check(text: String, files: [String: String] = [:]) -> Compilation {
    SceneLang.check(
      path: "scene.yaml", name: "scene", bytes: Array(text.utf8), using: .builtin,
      importer: { path in
        files[path].map { .success(Array($0.utf8)) } ?? .failure(ImportFailure(reason: "no such file"))
      })
  }
}

extension Compilation {
  /// Everything found, as people read it.
  var findings: String { DiagnosticRenderer(sources: sources).render(diagnostics) }

  /// The render graph; the test fails with what was found when there is none.
  var graph: RenderGraph {
    get throws { try #require(scene, "\(findings)").renderGraph(using: .builtin) }
  }
}
