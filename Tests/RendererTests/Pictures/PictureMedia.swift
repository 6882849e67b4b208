import Foundation
import SceneLang
import Testing

@testable import Renderer

/// Media files made for a test, and scenes that show them.
final class PictureMedia {
  let folder = TemporaryFolder()
  let library = PictureLibrary()

  /// Runs ffmpeg in the folder.
  func ffmpeg(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["ffmpeg", "-v", "error", "-y"] + arguments
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  func write(_ name: String, _ data: Data) throws { try data.write(to: URL(filePath: path(name))) }

  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// A video without loss whose frame n has the luma `level(n)` all over: 64 × 36 pixels.
  func numbered(_ name: String, count: Int, fps: String = "24", _ level: (Int) -> UInt8, more: [String] = []) throws {
    var data = Data("YUV4MPEG2 W64 H36 F\(fps == "24" ? "24:1" : fps) Ip A1:1 C420mpeg2\n".utf8)
    for frame in 0..<count {
      data += Data("FRAME\n".utf8) + Data(repeating: level(frame), count: 64 * 36)
      data += Data(repeating: 128, count: 2 * 32 * 18)
    }
    try write("numbered.y4m", data)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["ffmpeg", "-v", "error", "-y", "-i", "numbered.y4m", "-c:v", "libx264", "-qp", "0", "-g", "12", "-bf", "2"]
      + more + [name]
    process.currentDirectoryURL = URL(filePath: folder.path)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  func open(
    _ name: String, first: Double = 0, mask: MediaFile? = nil, cache: String? = nil
  ) throws -> PictureFacts {
    try library.open(try MediaFile(path: path(name), name: name), first: first, mask: mask, cacheFolder: cache)
  }

  /// A scene of the folder's files.
  func compilation(_ text: String) -> Compilation {
    check(
      path: "scene.yaml", name: "scene", bytes: Array(("ascii-scene: 1\n" + text).utf8), using: .builtin,
      inputReader: { [self] request in
        do {
          let mask = try request.mask.map { try MediaFile(path: path($0), name: $0) }
          var facts: PictureFacts
          if case .images(let fps) = request.kind {
            let parts = request.path.split(separator: "*", omittingEmptySubsequences: false)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
              .filter { $0.hasPrefix(parts[0]) && $0.hasSuffix(parts[1]) }.sorted()
            facts = try library.open(
              paths: names.map(path), names: names, fps: fps, first: request.first, mask: mask, cacheFolder: nil)
          } else {
            facts = try open(request.path, first: request.first, mask: mask)
          }
          if request.isMeasured { facts.curves = try library.curves(of: facts.content, cacheFolder: nil) }
          return .success(facts)
        } catch {
          return .failure(InputFailure(message: "\(error)"))
        }
      })
  }

  func graph(_ text: String) throws -> RenderGraph {
    let result = compilation(text)
    let message = DiagnosticRenderer(sources: result.sources).render(result.diagnostics)
    return try #require(result.scene, "\(message)").renderGraph(using: .builtin)
  }

  /// The middle of the picture that the only picture node of a scene's first segment samples, 0…255, frame by frame.
  func levels(_ graph: RenderGraph, frames: [Int]) throws -> [Int] {
    let segment = graph.segments[0]
    let planes = PicturePlanes(segment, format: graph.format, library: library)
    let node = try #require(segment.nodes.firstIndex { if case .picture = $0.kind { true } else { false } })
    return try frames.map { frame in
      planes.update(graph.context(segment: 0, frame: frame))
      #expect(planes.failure == nil)
      let base = try #require(planes.base(of: NodeID(node)))
      let (columns, rows, stride) = (Int(base[0]), Int(base[1]), Int(base[2]))
      return Int((base[16 + rows / 2 * stride + columns / 2] * 255).rounded())
    }
  }
}

// SAFETY: tests use one from one thread; the reader runs while it is waited for.
extension PictureMedia: @unchecked Sendable {}
