import Foundation
import SceneLang
import Synchronization
import Testing

@testable import Renderer

/// A folder that goes with its owner.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appending(path: "build-test-\(UUID().uuidString)").path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file below the folder, making the folders on the way.
  @discardableResult func write(_ name: String, _ text: String, mode: Int = 0o644) -> String {
    let file = "\(path)/\(name)"
    try! FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try! text.write(toFile: file, atomically: false, encoding: .utf8)
    try! FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    return file
  }

  /// A shell script that stands in for a program.
  ///
  /// Written by a child: a file that this process holds open for writing, if only as the copy in a child that another
  /// test is just starting, cannot be run.
  func program(_ name: String, _ script: String) -> String {
    let file = "\(path)/\(name)"
    let write = "printf '#!/bin/sh\\n%s\\n' \"$1\" >\"$2\" && chmod 755 \"$2\""
    let command = ChildCommand(program: "/bin/sh", arguments: ["-c", write, "sh", script, file])
    try! ChildProcess(command, .never).waitForSuccess()
    return file
  }

  func files(below name: String = ".") -> [String] {
    let found = FileManager.default.enumerator(atPath: "\(path)/\(name)")?.allObjects as? [String] ?? []
    return found.filter { !FileManager.default.isFolder("\(path)/\(name)/\($0)") }.sorted()
  }
}

extension FileManager {
  fileprivate func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}

/// Scenes and frames that need no compiler and no renderer.
enum Toy {
  static let size = (width: 64, height: 36)

  static func format(_ fps: FrameRate = FrameRate(24)) -> PictureFormat {
    PictureFormat(width: size.width, height: size.height, fps: fps)
  }

  /// Segments of these lengths in frames, each with a number of its own unless `values` says otherwise.
  static func graph(
    _ lengths: [Int], values: [Double]? = nil, fps: FrameRate = FrameRate(24), audio: String? = nil
  ) -> RenderGraph {
    var start = 0
    let segments = lengths.enumerated().map { index, length in
      defer { start += length }
      return segment("s\(index)", start..<start + length, [.number(values?[index] ?? Double(index))])
    }
    return RenderGraph(
      format: format(fps), audio: audio.map { SoundMix(path: $0) }, tempo: 120, segments: segments)
  }

  /// One layer that reads all nodes: the last as its field, the others in turn.
  static func segment(_ name: String, _ frames: Range<Int>, _ kinds: [Node.Kind]) -> SegmentGraph {
    let last = NodeID(kinds.count - 1)
    return SegmentGraph(
      name: name, frames: frames, nodes: kinds.map { Node($0, rate: .constant) }, layers: [layer(last, NodeID(0))],
      tone: Tone(exposure: .none, gamma: 1), shaders: [])
  }

  /// Reads the first node.
  static let feedback = Feedback(
    decay: NodeID(0), motion: .zoom, amount: NodeID(0), hueShift: NodeID(0), blend: "screen", opacity: NodeID(0))

  /// A layer that reads `field` as its value and `other` for everything else.
  static func layer(_ field: NodeID, _ other: NodeID, name: String = "l") -> Layer {
    Layer(
      name: name, source: .field(field), grid: Grid(fontSize: 8, face: .regular),
      palette: Palette(characters: [" ", "#"], match: .ink, order: .measured, gamma: 1, jitter: 0, stretch: 1),
      paint: Paint(base: .rgb(other, other, other), brightness: other), wash: other, blend: "normal",
      opacity: other, isOpaque: false, mask: nil, when: nil, hasBackdrop: false, seed: 0)
  }

  /// Every pixel is a function of the frame number alone.
  final class Source: ClipFrameSource {
    func renderFrame(_ frame: Int, into yuv: UnsafeMutablePointer<UInt8>) {
      for index in 0..<Toy.size.width * Toy.size.height * 3 / 2 {
        yuv[index] = UInt8(16 + (frame * 7 + index / 5 * (frame % 11 + 1)) % 200)
      }
    }

    func renderColors(_ frame: Int, into rgb: UnsafeMutablePointer<UInt8>) {
      for index in 0..<Toy.size.width * Toy.size.height * 3 {
        rgb[index] = UInt8((frame * 7 + index / 5 * (frame % 11 + 1)) % 256)
      }
    }

    func renderFrame(
      _ frame: Int, into yuv: UnsafeMutablePointer<UInt8>, colors rgb: UnsafeMutablePointer<UInt8>
    ) {
      renderFrame(frame, into: yuv)
      renderColors(frame, into: rgb)
    }

    func renderCovered(_ frame: Int, into rgb: UnsafeMutablePointer<UInt8>) {
      renderColors(frame, into: rgb)
      let pixels = Toy.size.width * Toy.size.height
      for pixel in 0..<pixels {
        for channel in 0..<3 { rgb[3 * (pixels + pixel) + channel] = UInt8((frame + pixel) % 256) }
      }
    }
  }

  /// Counts the clips it makes sources for.
  final class Factory: Sendable {
    private let made = Mutex(0)
    var clips: Int { made.withLock { $0 } }

    var make: ClipFrameSourceFactory {
      { _, _ in
        self.made.withLock { $0 += 1 }
        return Source()
      }
    }
  }

  static let encoder = EncoderSettings(preset: .ultrafast, crf: 30)

  static func plan(
    _ graph: RenderGraph, _ folder: TemporaryFolder, output: String = "out.mp4", cache: String = "cache",
    workers: Int = 2,
    frames: Range<Int>? = nil, factory: Factory = Factory()
  ) -> BuildPlan {
    BuildPlan(
      graph: graph, frames: frames, scene: "\(folder.path)/scene.yaml",
      output: Output(path: "\(folder.path)/\(output)", format: Output.Format(path: output) ?? .mp4), inputs: [],
      encoder: encoder, workers: workers,
      cacheFolder: "\(folder.path)/\(cache)", makeSource: factory.make)
  }
}

/// ffprobe, which reads a .mov as it reads an mp4 and looks at the packets themselves, finds what we read from the index.
func expectFfprobeAgrees(with probe: Probe, _ path: String) throws {
  #expect(MP4File(try Descriptor(reading: path))?.tracks.compactMap(\.stream) == probe.streams)
  let other = try Probe(path, try Toolchain.resolve(), .never, format: .mov)
  #expect(other.times == probe.times)
  func words(_ probe: Probe) -> [String] {
    probe.streams.map {
      "\($0.codec) \($0.width ?? 0) \($0.height ?? 0) \($0.width == nil ? "" : $0.pixels)"
    }
  }
  #expect(words(other) == words(probe))
  #expect(other.streams.count == probe.streams.count)
  for (theirs, ours) in zip(other.streams, probe.streams) { #expect(abs(theirs.duration - ours.duration) < 0.001) }
}

/// The failure that `body` ends in; nil when it ends well.
func failure<Value>(_ body: () throws -> Value) -> BuildFailure? {
  do {
    _ = try body()
    return nil
  } catch {
    if let failure = error as? BuildFailure { return failure }
    Issue.record("not the kind of error that is promised: \(error)")
    return nil
  }
}
